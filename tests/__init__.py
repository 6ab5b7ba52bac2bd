"""The tests of Hot Spots."""
