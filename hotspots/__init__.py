"""Hot Spots: the operating record of a county's counter-trafficking coalition."""

__version__ = "0.1.0"
