"""Bytes under their own SHA-256: written once, encrypted, streamed."""
