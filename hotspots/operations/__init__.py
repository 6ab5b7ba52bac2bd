"""Campaigns and operations."""
