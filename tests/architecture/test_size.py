"""Budgets: what a reader can hold at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.architecture.source import OTHERS, PACKAGES, ROOT, Function, Source, functions, sources

FILE_LINES = 300
FUNCTION_LINES = 50
VIEW_LINES = 20
ARGUMENTS = 6
# Who acts and when are asked everywhere; `as_user` is what `by` is called on the command line.
NOT_COUNTED = frozenset({"self", "cls", "by", "as_user", "clock"})


def long_files(source: Source) -> Iterator[str]:
    """Report a file that passes its budget."""
    count = source.text.count("\n")
    if count > FILE_LINES:
        yield f"{source.name}: {count} lines"


def _lines_of(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def long_functions(source: Source) -> Iterator[str]:
    """Report functions that pass their budget."""
    for function in functions(source.tree):
        if _lines_of(function) > FUNCTION_LINES:
            yield f"{source.name}:{function.lineno}: {function.name} has {_lines_of(function)} lines"


def long_views(source: Source) -> Iterator[str]:
    """Report functions of a views file that pass the budget of a view."""
    if not source.is_in_room_file("views"):
        return
    for function in functions(source.tree):
        if _lines_of(function) > VIEW_LINES:
            yield f"{source.name}:{function.lineno}: {function.name} has {_lines_of(function)} lines"


def many_arguments(source: Source) -> Iterator[str]:
    """Report functions with more arguments than six."""
    for function in functions(source.tree):
        taken = function.args
        names = [argument.arg for argument in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)]
        counted = [name for name in names if name not in NOT_COUNTED]
        if len(counted) > ARGUMENTS:
            yield f"{source.name}:{function.lineno}: {function.name} takes {len(counted)} arguments"


def complexity(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Let ruff measure cyclomatic complexity."""
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "C901", "--output-format", "concise"]
    return subprocess.run([*command, *arguments], input=text, capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.mark.parametrize("rule", [long_files, long_functions, many_arguments])
def test_every_file_keeps_its_budgets(rule) -> None:
    found = [offence for source in sources(*PACKAGES, *OTHERS) for offence in rule(source)]

    assert found == []


def test_every_view_is_short() -> None:
    found = [offence for source in sources() for offence in long_views(source)]

    assert found == []


def test_no_function_is_complex() -> None:
    folders = [name for name in (*PACKAGES, *OTHERS) if (ROOT / name).exists()]

    done = complexity(*folders)

    assert done.returncode == 0, done.stdout


def test_the_budgets_notice_what_passes_them() -> None:
    lines = "\n".join("    x = 1" for _ in range(VIEW_LINES + 1))
    longer = "\n".join("    x = 1" for _ in range(FUNCTION_LINES + 1))

    assert list(long_files(Source("hotspots/a.py", "\n" * 301)))
    assert list(long_functions(Source("hotspots/a.py", f"def f():\n{longer}\n")))
    assert list(long_views(Source("hotspots/cases/views.py", f"def f(request):\n{lines}\n")))
    assert list(long_views(Source("hotspots/cases/views/people.py", f"def f(request):\n{lines}\n")))
    assert list(many_arguments(Source("hotspots/a.py", "def f(a, b, c, /, d, e, *, f, g): ...")))


def test_the_budgets_leave_alone_what_keeps_them() -> None:
    lines = "\n".join("    x = 1" for _ in range(VIEW_LINES + 1))

    assert not list(long_files(Source("hotspots/a.py", "\n" * 300)))
    assert not list(long_views(Source("hotspots/cases/actions.py", f"def f(request):\n{lines}\n")))
    assert not list(many_arguments(Source("hotspots/a.py", "def f(self, a, b, c, *, by, clock, d, e, f): ...")))


def test_complexity_is_noticed() -> None:
    text = "def f(x):\n" + "".join(f"    if x == {n}:\n        x += 1\n" for n in range(9))

    done = complexity("-", text=text)

    assert done.returncode == 1
    assert "C901" in done.stdout
