"""Sign-in, second factor, invitations, sessions, granting of roles."""
