"""What needs a person now, one file per role."""
