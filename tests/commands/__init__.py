"""The command line, as a person or another program calls it."""
