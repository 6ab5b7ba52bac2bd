"""Reads of results: live values, frozen figures beside them, the rows of both."""
