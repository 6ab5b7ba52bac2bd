"""Contacts, agreements, meetings, concerns."""
