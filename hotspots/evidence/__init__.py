"""Items, custody, packages."""
