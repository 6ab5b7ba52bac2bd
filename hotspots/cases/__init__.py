"""Subjects, encounters, citations, arrests, investigations, charges, court."""
