"""The shell: navigation, frame, error pages, tables, default-deny middleware."""
