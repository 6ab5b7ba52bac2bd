"""Calls to advocates and the signed totals they send back; not built yet."""
