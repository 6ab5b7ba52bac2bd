"""Each role's first page, search, and the oversight pages."""
