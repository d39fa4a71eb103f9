"""How series are told apart: a series' number in; its mark, its stroke and a legend of all of them out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportgen.render.chart.data import Data, Form
from reportgen.render.chart.hatches import fill_polygon
from reportgen.render.chart.lettering import Lettering
from reportgen.render.chart.shapes import BLACK, WHITE, Point, Shape, circle, polygon, polyline, rectangle

SWATCH: Final = (9.0, 3.2)
GAP: Final = 1.2
BETWEEN: Final = 6.0
SIZE: Final = 1.15
STROKE: Final = 0.45
DASHES: Final = ((), (1.8, 0.9), (0.5, 0.8), (2.6, 0.8, 0.5, 0.8), (4.0, 1.0), (1.0, 0.5))


def draw_marker(number: int, place: Point) -> Shape:
    """The mark of a series' points: circle, square, triangle, filled or hollow in turn."""
    ground = BLACK if number % 2 == 0 else WHITE
    form = (number // 2 + number % 2 * 2) % 3
    x, y = place
    if form == 0:
        return Shape((circle(place, SIZE),), ground, BLACK, 0.3)
    if form == 1:
        return polygon(
            ((x, y - SIZE * 1.2), (x + SIZE * 1.2, y + SIZE), (x - SIZE * 1.2, y + SIZE)), ground, BLACK, 0.3
        )
    return polygon(rectangle(x - SIZE, y - SIZE, x + SIZE, y + SIZE), ground, BLACK, 0.3)


def draw_stroke(number: int, points: tuple[Point, ...]) -> Shape:
    """The line of a series through its points."""
    return polyline(points, BLACK, STROKE, DASHES[number % len(DASHES)])


def draw_key(form: Form, number: int, x: float, middle: float) -> Iterator[Shape]:
    """The sample of a series, from its left end, around a middle line."""
    width, height = SWATCH
    if form is Form.LINE:
        yield draw_stroke(number, ((x, middle), (x + width, middle)))
        yield draw_marker(number, (x + width / 2, middle))
    else:
        yield from fill_polygon(rectangle(x, middle - height / 2, x + width, middle + height / 2), number)


def draw_legend(data: Data, lettering: Lettering, width: float) -> tuple[tuple[Shape, ...], float]:
    """The names of the series with their samples, centred in as many rows as they need, and their height."""
    lengths = [SWATCH[0] + GAP + lettering.length(row.name) for row in data.rows]
    rows: list[list[int]] = [[]]
    for number, length in enumerate(lengths):
        used = sum(lengths[one] + BETWEEN for one in rows[-1])
        if rows[-1] and used + length > width:
            rows.append([])
        rows[-1].append(number)
    shapes: list[Shape] = []
    for line, numbers in enumerate(rows):
        x = (width - sum(lengths[one] for one in numbers) - BETWEEN * (len(numbers) - 1)) / 2
        top = line * lettering.line
        for number in numbers:
            shapes += draw_key(data.form, number, x, top + lettering.line / 2)
            name = data.rows[number].name
            shapes.append(lettering.write(name, x + SWATCH[0] + GAP, top + lettering.baseline))
            x += lengths[number] + BETWEEN
    return tuple(shapes), len(rows) * lettering.line
