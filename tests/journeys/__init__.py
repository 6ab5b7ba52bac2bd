"""The program as people use it: in a real browser, against the demonstration county."""
