"""Reads of cases with a shape of their own."""
