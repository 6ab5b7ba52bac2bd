"""Pages of sign-in, people and grants."""
