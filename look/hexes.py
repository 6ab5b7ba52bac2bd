"""The bytes of one record, 16 a row, as runs of marked and plain text."""

from dataclasses import dataclass
from itertools import groupby

from .reading import attribute_of

ROW_CELLS = 16
GROUP_CELLS = 8


@dataclass(frozen=True, slots=True)
class Run:
    """Neighboring cells that are all marked or all plain."""

    text: str
    is_mark: bool


@dataclass(frozen=True, slots=True)
class HexRow:
    """One row: its offset, two groups of hexadecimal, two groups of text."""

    offset: str
    hex_groups: tuple[tuple[Run, ...], ...]
    text_groups: tuple[tuple[Run, ...], ...]


def is_marked(cell: object) -> bool:
    """Say whether a cell belongs to what is traced; a blank one never does."""
    return cell is not None and bool(attribute_of(cell, "is_mark"))


def runs_of(cells: list[object], *, name: str, blank: str, gap: str) -> tuple[Run, ...]:
    """Join the cells of one group; the gap between a marked and a plain cell is plain."""
    found: list[Run] = []
    for mark, members in groupby(cells, key=is_marked):
        texts = [blank if cell is None else str(attribute_of(cell, name)) for cell in members]
        found.append(Run(gap.join(texts), mark))
    if not gap:
        return tuple(found)
    spaced: list[Run] = []
    for run in found:
        if spaced:
            spaced.append(Run(gap, False))
        spaced.append(run)
    return tuple(spaced)


def lay_out(row: object) -> HexRow:
    """Split a row into its two groups of eight."""
    cells = list(attribute_of(row, "cells") or ())
    cells += [None] * (ROW_CELLS - len(cells))
    halves = (cells[:GROUP_CELLS], cells[GROUP_CELLS:ROW_CELLS])
    return HexRow(
        offset=str(attribute_of(row, "offset")),
        hex_groups=tuple(runs_of(half, name="hex", blank="  ", gap=" ") for half in halves),
        text_groups=tuple(runs_of(half, name="char", blank=" ", gap="") for half in halves),
    )
