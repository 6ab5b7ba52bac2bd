"""Measures, frozen figures, releases, the public site, open data."""
