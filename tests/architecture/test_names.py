"""Names that hide what a thing does are not used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import OTHERS, PACKAGES, Source, classes, sources

MODULES = frozenset(
    {"utils", "util", "helpers", "helper", "lib", "common", "misc", "extras", "core", "services", "managers", "mixins"}
)
WORDS = frozenset({"Manager", "Helper", "Service", "Handler", "Data", "Info", "Utils"})
# Terms of a trade, and whose they are.
TERMS = {"DataKey": "envelope encryption: a data key, wrapped by the master key"}


def forbidden_modules(source: Source) -> Iterator[str]:
    """Report a file or folder with a name that says nothing."""
    for part in Path(source.name).with_suffix("").parts:
        if part in MODULES:
            yield f"{source.name}: {part} says nothing"


def forbidden_words(source: Source) -> Iterator[str]:
    """Report a class whose name holds a word that says nothing."""
    for found in classes(source.tree):
        words = set(re.findall(r"[A-Z][a-z0-9]*", found.name))
        if words & WORDS and found.name not in TERMS:
            yield f"{source.name}:{found.lineno}: {found.name}"


@pytest.mark.parametrize("rule", [forbidden_modules, forbidden_words])
def test_no_name_is_empty(rule) -> None:
    found = [offence for source in sources(*PACKAGES, *OTHERS) for offence in rule(source)]

    assert found == []


@pytest.mark.parametrize("name", ["hotspots/utils.py", "hotspots/cases/helpers/people.py", "hotspots/core/__init__.py"])
def test_an_empty_module_name_is_noticed(name: str) -> None:
    assert list(forbidden_modules(Source(name, "")))


@pytest.mark.parametrize("name", ["CaseManager", "DataOfPerson", "ExportHandler", "LineInfo"])
def test_an_empty_class_name_is_noticed(name: str) -> None:
    assert list(forbidden_words(Source("hotspots/cases/models.py", f"class {name}: ...")))


@pytest.mark.parametrize("name", ["Metadata", "Informant", "Encounter", "BadInput"])
def test_a_word_that_only_begins_alike_is_left_alone(name: str) -> None:
    assert not list(forbidden_words(Source("hotspots/cases/models.py", f"class {name}: ...")))
