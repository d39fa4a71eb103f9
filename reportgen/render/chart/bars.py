"""Columns: data in; groups of columns with figures on them, or in a table where they do not fit, out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Final

from reportgen.render.chart.axes import Frame, draw_base, draw_categories, draw_grid, draw_unit, make_frame
from reportgen.render.chart.data import Data
from reportgen.render.chart.hatches import fill_polygon
from reportgen.render.chart.keys import draw_legend
from reportgen.render.chart.lettering import FIGURES, Box, Lettering
from reportgen.render.chart.shapes import WHITE, Shape, polygon, rectangle
from reportgen.render.chart.table import draw_table

FULL: Final = 0.72
"""The share of a category that its columns take."""

WIDEST: Final = 13.0
LONGEST: Final = 24.0
"""The longest figure that is written upright, in millimetres."""

ABOVE: Final = 0.8
HEAD: Final = 1.5


class Way(Enum):
    """How the figures of the columns are written."""

    ACROSS = "across"
    UPRIGHT = "upright"
    TABLE = "table"


def draw_bars(
    data: Data, lettering: Lettering, small: Lettering, width: float
) -> tuple[tuple[Shape, ...], float]:
    """The shapes of a column chart, and the height they need."""
    rough = make_frame(data, small, width, 0)
    way = choose_way(data, small, rough)
    has_legend = len(data.rows) > 1 and way is not Way.TABLE
    legend, head = draw_legend(data, lettering, width) if has_legend else ((), 0.0)
    boxes = [box for _, box, _ in place_figures(data, rough, small, way)]
    above = max([0.0, *(-top for _, top, _, _ in boxes)])
    below = max([0.0, *(bottom - rough.scale.bottom for *_, bottom in boxes)])
    frame = make_frame(data, small, width, head + draw_unit(data, small, head)[1] + above + HEAD)
    shapes = [*legend, *draw_unit(data, small, head)[0], *draw_grid(frame, small)]
    for number in range(len(data.rows)):
        shapes += draw_columns(data, number, frame)
    for _, box, text in place_figures(data, frame, small, way):
        shapes += [polygon(rectangle(*box), WHITE), text]
    labels, end = draw_categories(data, frame, lettering, below)
    shapes += [draw_base(frame), *labels]
    if way is Way.TABLE:
        table, end = draw_table(data, small, width, end + HEAD)
        shapes += table
    return tuple(shapes), end


def thickness(data: Data, frame: Frame) -> float:
    """The width of a column."""
    return min(WIDEST, frame.slot * FULL / len(data.rows))


def choose_way(data: Data, lettering: Lettering, frame: Frame) -> Way:
    """The way of writing figures for which all of them have room."""
    longest = max(lettering.length(data.printed(value)) for row in data.rows for value in row.values)
    pitch = frame.slot if len(data.rows) == 1 else thickness(data, frame)
    if longest + ABOVE <= pitch:
        return Way.ACROSS
    return Way.UPRIGHT if lettering.size <= pitch and longest <= LONGEST else Way.TABLE


def columns(data: Data, number: int, frame: Frame) -> Iterator[tuple[Decimal | None, float, float]]:
    """The figures of a series, each with the left edge and the end of its column."""
    zero = frame.scale.height(Decimal(0))
    for category, value in enumerate(data.rows[number].values):
        left = frame.middle(category) + (number - len(data.rows) / 2) * thickness(data, frame)
        yield value, left, zero if value is None else frame.scale.height(value)


def draw_columns(data: Data, number: int, frame: Frame) -> Iterator[Shape]:
    """The columns of one series."""
    zero = frame.scale.height(Decimal(0))
    for value, left, end in columns(data, number, frame):
        if value:
            right = left + thickness(data, frame)
            yield from fill_polygon(rectangle(left, min(zero, end), right, max(zero, end)), number)


def place_figures(
    data: Data, frame: Frame, lettering: Lettering, way: Way
) -> Iterator[tuple[str, Box, Shape]]:
    """The figures at the ends of the columns: each with the box it fills and its outlines."""
    if way is Way.TABLE:
        return
    across, high = way is Way.ACROSS, lettering.size * FIGURES
    for number in range(len(data.rows)):
        for value, left, end in columns(data, number, frame):
            below = value is not None and value < 0
            middle, text = left + thickness(data, frame) / 2, data.printed(value)
            foot = end + ABOVE if below else end - ABOVE
            x, y = (middle, foot + high * below) if across else (middle + high / 2, foot)
            align = 0.5 if across else float(below)
            box = lettering.around(text, x, y, align=align, upright=across)
            yield text, box, lettering.write(text, x, y, align=align, upright=across)
