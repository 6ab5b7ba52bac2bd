"""Settings, root urls, wsgi."""
