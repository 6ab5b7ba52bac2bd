"""Documents that the program writes."""
