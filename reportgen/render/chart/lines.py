"""Lines: data in; a marked line for each series with its figures beside the points, or in a table, out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from reportgen.render.chart.axes import Frame, draw_base, draw_categories, draw_grid, draw_unit, make_frame
from reportgen.render.chart.data import Data
from reportgen.render.chart.keys import SIZE, draw_legend, draw_marker, draw_stroke
from reportgen.render.chart.lettering import FIGURES, Box, Lettering
from reportgen.render.chart.shapes import WHITE, Point, Shape, polygon, rectangle
from reportgen.render.chart.table import draw_table

HEAD: Final = 1.5
AWAY: Final = 0.9


def draw_lines(
    data: Data, lettering: Lettering, small: Lettering, width: float
) -> tuple[tuple[Shape, ...], float]:
    """The shapes of a line chart, and the height they need."""
    legend, head = draw_legend(data, lettering, width) if len(data.rows) > 1 else ((), 0.0)
    unit, above = draw_unit(data, small, head)
    frame = make_frame(data, small, width, head + max(above, small.line) + HEAD)
    figures = place_figures(data, small, frame)
    if figures is None:
        legend, (unit, above) = (), draw_unit(data, small, 0)
        frame = make_frame(data, small, width, above + HEAD)
    shapes = [*legend, *unit, *draw_grid(frame, small), draw_base(frame)]
    for number in range(len(data.rows)):
        shapes += draw_series(data, number, frame)
    for text, (left, top, right, bottom) in figures or ():
        shapes.append(polygon(rectangle(left, top, right, bottom), WHITE))
        shapes.append(small.write(text, (left + right) / 2, bottom, align=0.5))
    labels, end = draw_categories(data, frame, lettering)
    shapes += labels
    if figures is None:
        table, end = draw_table(data, small, width, end + HEAD)
        shapes += table
    return tuple(shapes), end


def points(data: Data, number: int, frame: Frame) -> list[Point | None]:
    """Where the figures of a series lie."""
    return [
        None if value is None else (frame.middle(category), frame.scale.height(value))
        for category, value in enumerate(data.rows[number].values)
    ]


def draw_series(data: Data, number: int, frame: Frame) -> Iterator[Shape]:
    """The line of a series, broken where a figure is unknown, with its marks."""
    run: list[Point] = []
    for place in (*points(data, number, frame), None):
        if place is not None:
            run.append(place)
            continue
        if len(run) > 1:
            yield draw_stroke(number, tuple(run))
        for one in run:
            yield draw_marker(number, one)
        run = []


def place_figures(data: Data, lettering: Lettering, frame: Frame) -> list[tuple[str, Box]] | None:
    """A box for every figure beside its point, none on another or on a mark; nothing when one has no room."""
    rows = [points(data, number, frame) for number in range(len(data.rows))]
    taken: list[Box] = [around(spot, SIZE * 2, SIZE * 2) for row in rows for spot in row if spot]
    strokes = [(one, two) for row in rows for one, two in pairwise(row) if one and two]
    placed = []
    for row, spots in zip(data.rows, rows, strict=True):
        for category, (value, spot) in enumerate(zip(row.values, spots, strict=True)):
            text = data.printed(value)
            anchor = spot or (frame.middle(category), frame.scale.bottom)
            free = [
                box
                for box in candidates(text, lettering, anchor)
                if fits(box, frame) and not any(meet(box, one) for one in taken)
            ]
            box = next((box for box in free if not any(cross(box, *stroke) for stroke in strokes)), None)
            if box is None and not free:
                return None
            placed.append((text, box or free[0]))
            taken.append(placed[-1][1])
    return placed


def candidates(text: str, lettering: Lettering, anchor: Point) -> Iterator[Box]:
    """Where a figure may stand: above its point, below it, then to either side of that."""
    wide, high = lettering.length(text), lettering.size * FIGURES
    away = SIZE + AWAY + high / 2
    for aside in (0.0, -wide / 2, wide / 2):
        for shift in (-away, away):
            yield around((anchor[0] + aside, anchor[1] + shift), wide, high)
    for aside in (-wide / 2 - SIZE - AWAY, wide / 2 + SIZE + AWAY):
        yield around((anchor[0] + aside, anchor[1]), wide, high)


def cross(box: Box, start: Point, end: Point) -> bool:
    """Whether a straight line runs through a box."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        along = end[axis] - start[axis]
        low, high = box[axis] - start[axis], box[axis + 2] - start[axis]
        if along:
            near, far = sorted((low / along, high / along))
            first, last = max(first, near), min(last, far)
        elif low > 0 or high < 0:
            return False
    return first <= last


def around(centre: Point, wide: float, high: float) -> Box:
    """A box around its centre."""
    return (centre[0] - wide / 2, centre[1] - high / 2, centre[0] + wide / 2, centre[1] + high / 2)


def fits(box: Box, frame: Frame) -> bool:
    """Whether a box lies on the drawing, above the labels of the categories."""
    return box[0] >= frame.left and box[2] <= frame.right + 0.01 and box[3] <= frame.scale.bottom


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes touch or nearly do."""
    return (
        one[0] < other[2] + 0.4
        and other[0] < one[2] + 0.4
        and one[1] < other[3] + 0.2
        and other[1] < one[3] + 0.2
    )
