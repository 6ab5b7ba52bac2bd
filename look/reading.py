"""Read what a page hands over: objects or dicts, links as pairs or objects."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A text and where it leads."""

    label: str
    url: str


def attribute_of(thing: object, name: str, default: object = None) -> object:
    """Read a name from an object or a dict, as templates do."""
    if isinstance(thing, dict):
        return thing.get(name, default)
    return getattr(thing, name, default)


def links_of(things: object) -> list[Link]:
    """Read a list of links, each a (label, url) pair or something with `label` and `url`."""
    found = []
    for thing in things or ():
        if isinstance(thing, tuple | list):
            found.append(Link(str(thing[0]), str(thing[1] or "")))
        else:
            found.append(Link(str(attribute_of(thing, "label", "")), str(attribute_of(thing, "url") or "")))
    return found
