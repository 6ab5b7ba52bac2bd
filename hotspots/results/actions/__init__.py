"""What is done with results: figures are frozen, releases are written and published."""
