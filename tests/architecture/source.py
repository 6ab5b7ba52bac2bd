"""The project's source, as the tests of the house rules read it."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("hotspots", "haven", "look", "sealing")
# Read besides the packages where a rule concerns every file.
OTHERS = ("tests", "benchmarks")
LEFT_OUT = frozenset({"node_modules", "__pycache__", "migrations"})
SCRIPTS = ROOT / "look" / "vendor"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """One file of Python."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parse(self.text)

    @property
    def stem(self) -> str:
        return Path(self.name).stem

    def is_in_room_file(self, kind: str) -> bool:
        """Tell whether this is `<kind>.py` or lies in a folder `<kind>/` of a package."""
        parts = Path(self.name).with_suffix("").parts
        return kind in parts[1:] and parts[0] in PACKAGES


@functools.cache
def _parse(text: str) -> ast.Module:
    return ast.parse(text)


def sources(*folders: str) -> Iterator[Source]:
    """Read every file of Python in these folders, without migrations and what is not ours."""
    for folder in folders or PACKAGES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            relative = path.relative_to(ROOT)
            if not LEFT_OUT & set(relative.parts):
                yield Source(relative.as_posix(), path.read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> Iterator[Function]:
    """Find every function, methods and inner ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def top_functions(tree: ast.Module) -> Iterator[Function]:
    """Find the functions of a module itself."""
    return (node for node in tree.body if isinstance(node, Function))


def classes(tree: ast.AST) -> Iterator[ast.ClassDef]:
    """Find every class."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
