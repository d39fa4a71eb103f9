"""Fills that can be told apart in black and white: a polygon and a number in; its shapes out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from reportgen.render.chart.shapes import BLACK, WHITE, Point, Shape, polygon, segments

OUTLINE: Final = 0.25


@dataclass(frozen=True, slots=True)
class Hatch:
    """A grey ground with lines over it: each of an angle in degrees and a distance in millimetres."""

    ground: int
    lines: tuple[tuple[int, float], ...] = ()
    ink: int = BLACK
    width: float = 0.22


HATCHES: Final = (
    Hatch(120),
    Hatch(WHITE, ((45, 1.4),)),
    Hatch(208),
    Hatch(WHITE, ((90, 1.2),)),
    Hatch(32, ((135, 1.6),), WHITE, 0.3),
    Hatch(WHITE, ((45, 1.7), (135, 1.7))),
    Hatch(160),
    Hatch(WHITE, ((0, 1.2),)),
    Hatch(96, ((45, 1.5),), WHITE, 0.35),
    Hatch(WHITE, ((135, 0.75),)),
    Hatch(WHITE),
    Hatch(WHITE, ((0, 1.5), (90, 1.5))),
)
"""Neighbours differ in darkness or in the way of their lines."""


def fill(outline: Shape, points: Sequence[Point], number: int) -> Iterator[Shape]:
    """The shapes that fill an outline by the hatch of that number; `points` are a polygon along it."""
    hatch = HATCHES[number % len(HATCHES)]
    yield Shape(outline.contours, hatch.ground)
    for angle, distance in hatch.lines:
        lines = tuple(clip(points, angle, distance))
        if lines:
            yield segments(lines, hatch.ink, hatch.width)
    yield Shape(outline.contours, None, BLACK, OUTLINE)


def fill_polygon(points: Sequence[Point], number: int) -> Iterator[Shape]:
    """The shapes that fill a polygon by the hatch of that number."""
    return fill(polygon(points), points, number)


def clip(points: Sequence[Point], angle: int, distance: float) -> Iterator[tuple[Point, Point]]:
    """The parts inside a polygon of parallel lines at that angle; the whole drawing shares their grid."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    turned = [(x * cosine + y * sine, y * cosine - x * sine) for x, y in points]
    sides = [*pairwise(turned), (turned[-1], turned[0])]
    levels = [level for _, level in turned]
    for number in range(math.ceil(min(levels) / distance), math.floor(max(levels) / distance) + 1):
        level = number * distance
        crossings = sorted(
            one[0] + (level - one[1]) / (two[1] - one[1]) * (two[0] - one[0])
            for one, two in sides
            if (one[1] <= level) != (two[1] <= level)
        )
        for start, end in zip(crossings[::2], crossings[1::2], strict=True):
            yield back(start, level, cosine, sine), back(end, level, cosine, sine)


def back(along: float, level: float, cosine: float, sine: float) -> Point:
    """A point of the turned plane in the drawing."""
    return (along * cosine - level * sine, along * sine + level * cosine)
