"""Courses, completions and certificates; not built yet."""
