"""The kernel that draws a map: projection, thinning, paths."""

from __future__ import annotations

import doctest
import math
import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hotspots.analysis import map as kernel
from hotspots.analysis.map import Bounds, Point, area_of, bounds_of, fit, middle_of, path_of, thin

coordinate = st.floats(-60, 60).map(lambda value: round(value, 6))
points = st.tuples(coordinate, coordinate)
WIDTH, HEIGHT, MARGIN = 1000, 850, 70


def test_the_examples_worked_by_hand_are_right() -> None:
    assert doctest.testmod(kernel).failed == 0


@given(st.lists(points, min_size=2, max_size=40))
def test_every_point_lies_inside_the_margins_and_north_is_up(listed: list[Point]) -> None:
    box = bounds_of(listed)
    assume(box.east - box.west > 1e-3 and box.north - box.south > 1e-3)

    projection = fit(box, WIDTH, HEIGHT, MARGIN)

    for point in listed:
        x, y = projection.place(point)
        assert MARGIN - 1e-6 <= x <= WIDTH - MARGIN + 1e-6
        assert MARGIN - 1e-6 <= y <= HEIGHT - MARGIN + 1e-6
    assert projection.place((box.west, box.north))[1] < projection.place((box.west, box.south))[1]


@given(st.lists(points, min_size=3, max_size=40, unique=True), st.floats(0.01, 20))
def test_thinning_keeps_both_ends_and_stays_within_the_tolerance(listed: list[Point], tolerance: float) -> None:
    kept = thin(listed, tolerance)

    assert (kept[0], kept[-1]) == (listed[0], listed[-1])
    at = 0
    for start, end in pairwise(kept):
        first = listed.index(start, at)
        last = listed.index(end, first + 1)
        at = last
        assert all(kernel._distance(point, start, end) <= tolerance for point in listed[first + 1 : last])


def test_thinning_a_ring_keeps_a_ring() -> None:
    ring = [(math.cos(turn / 50 * math.tau), math.sin(turn / 50 * math.tau)) for turn in range(50)]

    kept = thin([*ring, ring[0]], 0.05)

    assert 5 <= len(kept) < 50
    assert kept[0] == kept[-1]


@given(st.integers(3, 12), coordinate, coordinate, st.floats(0.01, 3))
def test_the_middle_of_a_regular_ring_is_its_center(corners: int, east: float, north: float, radius: float) -> None:
    turns = [turn / corners * math.tau for turn in range(corners)]
    ring = [(east + radius * math.cos(turn), north + radius * math.sin(turn)) for turn in turns]

    x, y = middle_of([*ring, ring[0]])

    assert math.isclose(x, east, abs_tol=1e-6)
    assert math.isclose(y, north, abs_tol=1e-6)
    assert area_of([*ring, ring[0]]) > 0


def test_a_ring_without_an_area_has_the_middle_of_its_points() -> None:
    assert middle_of([(0, 0), (2, 0), (0, 0)]) == (2 / 3, 0)


@given(st.lists(st.lists(points, min_size=1, max_size=12), max_size=4), st.booleans())
def test_a_path_holds_nothing_but_moves_lines_and_numbers(lines: list[list[Point]], is_closed: bool) -> None:
    path = path_of(lines, fit(Bounds(-60, -60, 60, 60), WIDTH, HEIGHT, MARGIN), is_closed=is_closed)

    number = r"-?\d+(\.\d)?"
    end = "Z" if is_closed else ""
    assert re.fullmatch(rf"(M{number} {number}(L{number} {number})*{end})*", path)
    assert path.count("M") == len(lines)


@pytest.mark.parametrize("box", [Bounds(1, 1, 1, 2), Bounds(1, 1, 2, 1)])
def test_a_box_without_an_area_is_refused(box: Bounds) -> None:
    with pytest.raises(ValueError, match="without an area"):
        fit(box, WIDTH, HEIGHT, MARGIN)
    with pytest.raises(ValueError, match="needs a point"):
        bounds_of([])
