"""Which icons there are."""

import re
from functools import cache
from pathlib import Path

SPRITE = Path(__file__).parent / "static" / "look" / "img" / "icons.svg"


class NoSuchIcon(ValueError):
    """A page names an icon that `vendor/icons.txt` does not list."""


@cache
def icon_names() -> frozenset[str]:
    """Read the names out of the committed sprite."""
    return frozenset(re.findall(r'<symbol id="([a-z_]+)"', SPRITE.read_text()))


def check_icon(name: str) -> str:
    """Refuse a name the sprite does not hold: on the page it would be an empty square nobody notices."""
    if name not in icon_names():
        raise NoSuchIcon(f"no icon {name!r}: add it to look/vendor/icons.txt and run look/vendor/vendor.sh")
    return name
