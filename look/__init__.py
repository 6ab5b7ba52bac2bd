"""The frame, the parts and the vendored front-end of every page; nothing here knows a case."""
