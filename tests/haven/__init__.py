"""Haven is a project of its own."""
