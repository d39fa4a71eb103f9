"""Pies: data in; sectors from twelve o'clock on, each with a direct label beside the pie, out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from reportgen.render.chart.data import Data
from reportgen.render.chart.hatches import fill
from reportgen.render.chart.lettering import Lettering
from reportgen.render.chart.shapes import (
    BLACK,
    WHITE,
    Contour,
    Point,
    Shape,
    arc,
    circle,
    on_circle,
    polyline,
)

RADIUS: Final = 25.0
ELBOW: Final = 3.0
REACH: Final = 8.0
GAP: Final = 1.6
FINE: Final = 96
"""Corners of the polygon that stands for a whole circle where lines are clipped."""


@dataclass(frozen=True, slots=True)
class Label:
    """What is written beside a sector; `turn` is the middle of the sector, `y` the middle of the label."""

    lines: tuple[str, ...]
    turn: float
    y: float
    height: float


def draw_pie(data: Data, lettering: Lettering, width: float) -> tuple[tuple[Shape, ...], float]:
    """The shapes of a pie, and the height they need."""
    turns = tuple(share_circle(data))
    room = width / 2 - RADIUS - REACH - 1
    labels = [make_label(data, lettering, number, sum(turn) / 2, room) for number, turn in enumerate(turns)]
    right = spread([label for label in labels if label.turn <= 0.5])
    left = spread([label for label in reversed(labels) if label.turn > 0.5])
    top = min(-RADIUS - 1, *(label.y - label.height / 2 for label in (*left, *right)))
    end = max(RADIUS + 1, *(label.y + label.height / 2 for label in (*left, *right)))
    centre = (width / 2, -top)
    placed = (*place(right, lettering, centre, 1), *place(left, lettering, centre, -1))
    return (*placed, *sectors(turns, centre)), end - top


def share_circle(data: Data) -> Iterator[tuple[float, float]]:
    """Where each sector begins and ends, in turns; without any whole the labels share the circle alone."""
    values = [value or Decimal(0) for value in data.rows[0].values]
    whole, passed = sum(values, Decimal(0)), Decimal(0)
    for number, value in enumerate(values):
        if whole:
            yield float(passed / whole), float((passed + value) / whole)
        else:
            yield (number + 0.5) / len(values), (number + 0.5) / len(values)
        passed += value


def make_label(data: Data, lettering: Lettering, number: int, turn: float, room: float) -> Label:
    """The label of a category where it would stand were it alone."""
    value = data.rows[0].values[number]
    share = data.share(value)
    stated = data.with_unit(value) + (f"（{share}）" if share else "")
    lines = (*lettering.wrap(data.labels[number], room), *lettering.wrap(stated, room))
    return Label(lines, turn, on_circle((0, 0), RADIUS + ELBOW, turn)[1], len(lines) * lettering.line)


def spread(labels: list[Label]) -> list[Label]:
    """Labels of one side from top to bottom, moved apart as little as they need (a regression by pooling)."""
    offsets = [0.0]
    for above, below in pairwise(labels):
        offsets.append(offsets[-1] + (above.height + below.height) / 2 + GAP)
    blocks: list[tuple[float, int]] = []
    for label, offset in zip(labels, offsets, strict=False):
        blocks.append((label.y - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (high, some), (low, more) = blocks[-2:]
            blocks[-2:] = [((high * some + low * more) / (some + more), some + more)]
    starts = [start for start, count in blocks for _ in range(count)]
    return [
        replace(label, y=start + offset)
        for label, start, offset in zip(labels, starts, offsets, strict=False)
    ]


def sectors(turns: tuple[tuple[float, float], ...], centre: Point) -> Iterator[Shape]:
    """The sectors with their fills; a circle alone where there is nothing to share."""
    if not any(end > start for start, end in turns):
        yield Shape((circle(centre, RADIUS),), WHITE, BLACK, 0.25)
    for number, (start, end) in enumerate(turns):
        if end <= start:
            continue
        count = max(2, round((end - start) * FINE))
        rim = [on_circle(centre, RADIUS, start + (end - start) * step / count) for step in range(count + 1)]
        if end - start < 1:
            curves = (((rim[0]),), *arc(centre, RADIUS, start, end))
            yield from fill(Shape((Contour(centre, curves),)), [centre, *rim], number)
        else:
            yield from fill(Shape((circle(centre, RADIUS),)), rim[:-1], number)


def place(labels: list[Label], lettering: Lettering, centre: Point, side: int) -> Iterator[Shape]:
    """The labels of one side (1 right, -1 left) with the lines that lead to them."""
    x = centre[0] + side * (RADIUS + REACH)
    for label in labels:
        y = centre[1] + label.y
        rim = on_circle(centre, RADIUS, label.turn)
        yield polyline((rim, *lead(label, centre, (x - side, y))), BLACK, 0.15)
        baseline = y - label.height / 2 + lettering.baseline
        for line in label.lines:
            yield lettering.write(line, x, baseline, align=0 if side > 0 else 1)
            baseline += lettering.line


def lead(label: Label, centre: Point, end: Point) -> tuple[Point, ...]:
    """The way from a sector to its label: along the rim until the straight rest keeps off the pie."""
    direction = math.atan2(end[0] - centre[0], centre[1] - end[1]) / (2 * math.pi) % 1
    step = 1 if direction > label.turn else -1
    way = [on_circle(centre, RADIUS + ELBOW, label.turn)]
    for number in range(1, int(abs(direction - label.turn) * FINE) + 1):
        if clear(way[-1], end, centre):
            break
        way.append(on_circle(centre, RADIUS + ELBOW, label.turn + step * number / FINE))
    return (*way, end)


def clear(start: Point, end: Point, centre: Point) -> bool:
    """Whether a straight line keeps off the pie."""
    along = (end[0] - start[0], end[1] - start[1])
    towards = (centre[0] - start[0], centre[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2
    nearest = min(1.0, max(0.0, (along[0] * towards[0] + along[1] * towards[1]) / length)) if length else 0.0
    return math.hypot(along[0] * nearest - towards[0], along[1] * nearest - towards[1]) >= RADIUS + ELBOW / 2
