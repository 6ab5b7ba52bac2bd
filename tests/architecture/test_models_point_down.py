"""A foreign key is an import by another name: it may point down the staircase only."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from django.apps import apps

from tests.architecture.source import ROOT


def staircase() -> dict[str, int]:
    """Read from the import contract how high each room stands; rooms of one step share a number."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "staircase")
    return {room.strip(): height for height, layer in enumerate(reversed(layers)) for room in layer.split("|")}


def points_up(room: str, target: str, heights: dict[str, int]) -> bool:
    """Tell whether a relation from one room to another leaves the staircase; neighbors may not see each other."""
    return room != target and heights[target] >= heights[room]


def relations() -> Iterator[tuple[str, str, str]]:
    """Find every relation between models of our rooms: room of the model, room of its target, the field."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            target = field.related_model
            if field.auto_created or not isinstance(target, type):
                continue
            rooms = [module.split(".") for module in (model.__module__, target.__module__)]
            if all(parts[0] == "hotspots" for parts in rooms):
                yield rooms[0][1], rooms[1][1], f"{model._meta.label}.{field.name} -> {target._meta.label}"


def test_every_relation_points_down() -> None:
    heights = staircase()

    up = [name for room, target, name in relations() if points_up(room, target, heights)]

    assert up == []


def test_there_are_relations_to_look_at() -> None:
    assert list(relations())


@pytest.mark.parametrize(
    ("room", "target", "expected"),
    [
        ("cases", "intake", False),
        ("cases", "cases", False),
        ("intake", "cases", True),
        ("keys", "audit", True),
        ("results", "field", True),
        ("advocacy", "cases", True),
    ],
)
def test_a_relation_up_or_aside_is_noticed(room: str, target: str, expected: bool) -> None:
    assert points_up(room, target, staircase()) is expected
