"""Forms of cases: each ends in a verb."""
