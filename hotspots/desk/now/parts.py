"""What a first page is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits on the reader: a sentence that is a link, one line of detail, when."""

    title: Any
    url: str
    detail: Any = ""
    due: Any = ""
    due_note: Any = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a small table."""

    text: Any
    url: str = ""
    status: str = ""
    is_numeric: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column."""

    label: Any
    is_numeric: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the left column: a small table, or what will appear where nothing is yet."""

    key: str
    heading: Any
    columns: tuple[Heading, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    empty_heading: Any = ""
    empty_text: Any = ""
    link_label: Any = ""
    link_url: str = ""

    @property
    def lines(self) -> list[list[tuple[Cell, Heading]]]:
        """Give each row as pairs of a cell and its heading."""
        return [list(zip(row, self.columns, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Aside:
    """A section of the right column: terms with their values."""

    key: str
    heading: Any
    facts: tuple[tuple[Any, Any], ...] = ()
    text: Any = ""
    link_label: Any = ""
    link_url: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """The one thing a role does most."""

    label: Any
    url: str
    is_big: bool = False
    icon: str = "add"


@dataclass(slots=True)
class Page:
    """A first page, gathered from the reader's roles."""

    todos: list[Todo] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    nothing_waits: list[Any] = field(default_factory=list)
    meta: list[Any] = field(default_factory=list)
