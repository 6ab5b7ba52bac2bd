"""Settings and root addresses of Haven."""
