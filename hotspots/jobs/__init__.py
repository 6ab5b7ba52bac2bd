"""Long work: one table with lease, progress, cancel and resume."""
