"""The demonstration county: its script, and the loading of it through the program's own verbs."""
