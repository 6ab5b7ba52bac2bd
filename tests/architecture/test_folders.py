"""Import contracts see packages only: a folder without `__init__.py` would escape them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import OTHERS, PACKAGES, ROOT, SCRIPTS

# Rooms that are not built yet. One that is built leaves this list.
EMPTY = ("field", "advocacy", "training", "directory")


def bare_folders(root: Path, *folders: str) -> Iterator[str]:
    """Report folders that hold Python and no `__init__.py`."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            inside = path.relative_to(root)
            if "node_modules" in inside.parts or SCRIPTS in path.parents:
                continue
            if not (path.parent / "__init__.py").exists():
                yield path.parent.relative_to(root).as_posix()


def wordy_rooms(root: Path, rooms: tuple[str, ...]) -> Iterator[str]:
    """Report rooms not built yet that hold more or less than one sentence."""
    for room in rooms:
        files = sorted(path.name for path in (root / room).rglob("*.py"))
        text = (root / room / "__init__.py").read_text(encoding="utf-8")
        sentence = (ast.get_docstring(ast.parse(text)) or "").strip()
        is_alone = len(ast.parse(text).body) == 1
        if files != ["__init__.py"] or not is_alone or not sentence.endswith(".") or ". " in sentence:
            yield room


def test_every_folder_with_python_is_a_package() -> None:
    assert sorted(set(bare_folders(ROOT, *PACKAGES, *OTHERS))) == []


def test_a_room_not_built_yet_is_one_sentence() -> None:
    assert list(wordy_rooms(ROOT / "hotspots", EMPTY)) == []


def test_a_bare_folder_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "hotspots" / "cases").mkdir(parents=True)
    (tmp_path / "hotspots" / "cases" / "rules.py").touch()

    assert list(bare_folders(tmp_path, "hotspots")) == ["hotspots/cases"]


def test_a_wordy_room_is_noticed(tmp_path: Path) -> None:
    for name, text in (
        ("one", '"""One sentence."""'),
        ("two", '"""One. Two."""'),
        ("code", '"""One."""\nX = 1'),
        ("none", ""),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(text)

    assert list(wordy_rooms(tmp_path, ("one", "two", "code", "none"))) == ["two", "code", "none"]
