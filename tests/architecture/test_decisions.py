"""Each library has a record of why it was taken, each record is in the index, and nothing else is imported."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT

RECORDS = ROOT / "docs" / "decisions"
PARTS = ("**Context.**", "**Decision.**", "**Consequences.**")
# What a library is called when it is imported, where that is not its own name.
IMPORTED_AS = {"django-allauth": "allauth", "markdown-it-py": "markdown_it", "uuid-utils": "uuid_utils"}


def libraries() -> set[str]:
    """Name what the program needs at run time."""
    lines = (ROOT / "requirements" / "run.in").read_text().splitlines()
    names = (re.match(r"[a-z0-9-]+", line) for line in lines if not line.startswith("#"))
    return {found.group() for found in names if found}


def records() -> list[Path]:
    """Give the records, by number."""
    return sorted(RECORDS.glob("[0-9]*.md"))


def imports_of(path: Path) -> set[str]:
    """Name the packages that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("library", sorted(libraries()))
def test_each_library_has_a_record(library: str) -> None:
    assert [path.name for path in records() if path.name[5:] == f"{library}.md"]


@pytest.mark.parametrize("path", records(), ids=lambda path: path.stem)
def test_a_record_is_whole_and_in_the_index(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    title = text.splitlines()[0].removeprefix(f"# {path.name[:4]}: ")

    assert all(part in text for part in PARTS)
    assert f"| [{path.name[:4]}]({path.name}) | {title} |" in (RECORDS / "README.md").read_text(encoding="utf-8")


def test_records_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in records()] == list(range(1, len(records()) + 1))


def test_the_program_imports_nothing_that_is_not_named() -> None:
    named = {IMPORTED_AS.get(library, library) for library in libraries()}
    allowed = named | set(sys.stdlib_module_names) | set(PACKAGES)

    stray = {
        f"{path.relative_to(ROOT)}: {name}"
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "node_modules" not in path.parts and "vendor" not in path.parts
        for name in imports_of(path) - allowed
    }

    assert not stray
