"""Pages of campaigns and operations."""
