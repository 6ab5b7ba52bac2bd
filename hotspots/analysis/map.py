"""From coordinates to a drawing: projection, thinning and SVG paths of a small area.

Points are (longitude, latitude) in degrees WGS 84 on the way in, and (x, y) in drawing units, y downward, on the way
out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box of longitudes and latitudes."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Projection:
    """An equirectangular projection that fits a box into a drawing of width × height, whole and centered.

    x = (longitude - longitude₀) · cos(latitude of the middle) · scale + x₀;  y = (latitude₀ - latitude) · scale + y₀.
    Over 70 km at 38 degrees a length is off by less than half a percent (Snyder, Map Projections, 1987, section 12).
    """

    longitude: float
    latitude: float
    scale: float
    x: float
    y: float
    squeeze: float

    def place(self, point: Point) -> Point:
        """Place a point in the drawing."""
        return (
            self.x + (point[0] - self.longitude) * self.squeeze * self.scale,
            self.y + (self.latitude - point[1]) * self.scale,
        )


def bounds_of(points: Iterable[Point]) -> Bounds:
    """Find the box around points.

    >>> bounds_of([(-126.0, 38.0), (-125.0, 39.0), (-125.5, 38.5)])
    Bounds(west=-126.0, south=38.0, east=-125.0, north=39.0)
    """
    listed = list(points)
    if not listed:
        raise ValueError("a box needs a point")
    longitudes, latitudes = [point[0] for point in listed], [point[1] for point in listed]
    return Bounds(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def fit(bounds: Bounds, width: float, height: float, margin: float) -> Projection:
    """Fit a box into a drawing, with a margin on every side.

    One degree of latitude at the equator fills the height of a drawing of 100 with a margin of 10:

    >>> projection = fit(Bounds(0.0, -0.5, 1.0, 0.5), 200, 100, 10)
    >>> round(projection.scale, 6), projection.place((0.5, 0.0)), projection.place((0.5, 0.5))
    (80.0, (100.0, 50.0), (100.0, 10.0))
    """
    squeeze = math.cos(math.radians((bounds.south + bounds.north) / 2))
    across, down = (bounds.east - bounds.west) * squeeze, bounds.north - bounds.south
    if across <= 0 or down <= 0:
        raise ValueError("a box without an area cannot be drawn")
    scale = min((width - 2 * margin) / across, (height - 2 * margin) / down)
    middle = ((bounds.west + bounds.east) / 2, (bounds.south + bounds.north) / 2)
    return Projection(middle[0], middle[1], scale, width / 2, height / 2, squeeze)


def thin(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Leave out points that lie within a tolerance of the line between those kept (Douglas and Peucker, 1973).

    The first and the last point stay. A closed ring keeps its farthest point from the start too: it stays a ring.

    >>> thin([(0, 0), (1, 0.1), (2, 0), (3, 5)], 0.5)
    [(0, 0), (2, 0), (3, 5)]
    """
    if len(points) < 3:
        return list(points)
    kept = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        farthest, distance = _farthest(points, first, last)
        if distance > tolerance:
            kept.add(farthest)
            waiting += [(first, farthest), (farthest, last)]
    return [points[at] for at in sorted(kept)]


def _farthest(points: Sequence[Point], first: int, last: int) -> tuple[int, float]:
    found, distance = first, -1.0
    for at in range(first + 1, last):
        away = _distance(points[at], points[first], points[last])
        if away > distance:
            found, distance = at, away
    return found, distance


def _distance(point: Point, start: Point, end: Point) -> float:
    """Measure from a point to a piece of line."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = across * across + down * down
    share = 0.0 if length == 0 else ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / length
    share = min(1.0, max(0.0, share))
    return math.hypot(point[0] - start[0] - share * across, point[1] - start[1] - share * down)


def path_of(
    lines: Iterable[Sequence[Point]], projection: Projection, *, is_closed: bool, tolerance: float = 0.5
) -> str:
    """Write lines or rings as the `d` of an SVG path, one decimal a number.

    >>> path_of([[(0, 0.5), (1, 0.5), (1, -0.5), (0, 0.5)]], fit(Bounds(0, -0.5, 1, 0.5), 200, 100, 10), is_closed=True)
    'M60 10L140 10L140 90Z'
    """
    parts = []
    for line in lines:
        placed = thin([projection.place((point[0], point[1])) for point in line], tolerance)
        if is_closed and len(placed) > 1 and placed[0] == placed[-1]:
            placed = placed[:-1]
        if placed:
            parts.append("M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in placed) + ("Z" if is_closed else ""))
    return "".join(parts)


def _number(value: float) -> str:
    rounded = round(value, 1) + 0.0  # no minus zero
    return f"{rounded:.1f}".removesuffix(".0")


def area_of(ring: Sequence[Point]) -> float:
    """Give the signed area of a closed ring, in square units; positive when it runs counterclockwise (Green).

    >>> area_of([(0, 0), (2, 0), (2, 1), (0, 1), (0, 0)])
    2.0
    """
    return sum(one[0] * two[1] - two[0] * one[1] for one, two in pairwise(ring)) / 2


def middle_of(ring: Sequence[Point]) -> Point:
    """Give the centroid of a closed ring; of one without an area, the mean of its points.

    >>> middle_of([(0, 0), (2, 0), (2, 1), (0, 1), (0, 0)])
    (1.0, 0.5)
    """
    # Measured from the first point: far from the origin the products would drown the differences.
    west, south = ring[0]
    near = [(point[0] - west, point[1] - south) for point in ring]
    area = area_of(near)
    if area == 0:
        return (sum(point[0] for point in ring) / len(ring), sum(point[1] for point in ring) / len(ring))
    x = y = 0.0
    for one, two in pairwise(near):
        cross = one[0] * two[1] - two[0] * one[1]
        x += (one[0] + two[0]) * cross
        y += (one[1] + two[1]) * cross
    return (west + x / (6 * area), south + y / (6 * area))
