"""Data keys wrapped by the master key, keyed digests, destruction."""
