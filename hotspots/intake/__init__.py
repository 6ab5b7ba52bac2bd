"""Decoy advertisements, their lines, the exports of their phones, and who answered."""
