"""Services a person can be referred to, in the HSDS form; not built yet."""
