"""The figures of a crowded chart as a table below it: data in; rows by category, columns by series, out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from reportgen.render.chart.data import Data
from reportgen.render.chart.keys import SWATCH, draw_key
from reportgen.render.chart.lettering import Lettering
from reportgen.render.chart.shapes import BLACK, Shape, segments

PADDING: Final = 0.8
FIRST: Final = 0.3
"""The share of the width that the labels take at most."""

SMALLEST: Final = Decimal(5)


def draw_table(data: Data, lettering: Lettering, width: float, top: float) -> tuple[tuple[Shape, ...], float]:
    """The shapes of the table from `top` down, and where it ends."""
    first = min(max(map(lettering.length, data.labels)) + 2 * PADDING, width * FIRST)
    column = (width - first) / len(data.rows)
    names = [lettering.wrap(row.name, column - SWATCH[0] - 3 * PADDING) for row in data.rows]
    y = top + max(map(len, names)) * lettering.line + PADDING
    shapes, lines = [*draw_head(data, lettering, names, first, column, (top + y) / 2)], [top, y]
    for category, label in enumerate(data.labels):
        wrapped = lettering.wrap(label, first - 2 * PADDING)
        end = y + len(wrapped) * lettering.line + PADDING
        shapes += write_lines(wrapped, lettering, PADDING, (y + end) / 2, 0)
        for number, row in enumerate(data.rows):
            value, middle = data.printed(row.values[category]), first + (number + 0.5) * column
            shapes += write_lines((value,), fit(value, lettering, column), middle, (y + end) / 2, 0.5)
        lines.append(end)
        y = end
    rules = [((0.0, line), (width, line)) for line in lines]
    rules += [((x, top), (x, y)) for x in (first + number * column for number in range(len(data.rows)))]
    return (*shapes, segments(rules, BLACK, 0.15)), y


def draw_head(
    data: Data, lettering: Lettering, names: list[tuple[str, ...]], first: float, column: float, middle: float
) -> Iterator[Shape]:
    """The names of the series with their samples."""
    for number, lines in enumerate(names):
        whole = SWATCH[0] + PADDING + max(map(lettering.length, lines))
        x = first + number * column + (column - whole) / 2
        yield from draw_key(data.form, number, x, middle)
        yield from write_lines(lines, lettering, x + SWATCH[0] + PADDING, middle, 0)


def write_lines(
    lines: tuple[str, ...], lettering: Lettering, x: float, middle: float, align: float
) -> Iterator[Shape]:
    """Lines of text around a middle line."""
    top = middle - len(lines) * lettering.line / 2
    for number, line in enumerate(lines):
        yield lettering.write(line, x, top + number * lettering.line + lettering.baseline, align=align)


def fit(text: str, lettering: Lettering, column: float) -> Lettering:
    """The lettering, smaller where a figure would not fit its column."""
    smaller = lettering
    while smaller.length(text) > column - 2 * PADDING and smaller.points > SMALLEST:
        smaller = smaller.at(smaller.points - Decimal("0.5"))
    return smaller
