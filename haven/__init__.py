"""The advocates' vault: a project of its own, with its own origin, database and keys."""
