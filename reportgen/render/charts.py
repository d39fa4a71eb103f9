"""Charts: a chart of the report in; one drawing for both twins, as SVG and PNG, with words for it, out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reportgen.model.values import Chart
from reportgen.render.chart.bars import draw_bars
from reportgen.render.chart.data import Data, Form, read_data, sentence
from reportgen.render.chart.lettering import Faces, Lettering
from reportgen.render.chart.lines import draw_lines
from reportgen.render.chart.pie import draw_pie
from reportgen.render.chart.raster import write_png
from reportgen.render.chart.shapes import Shape, write_svg
from reportgen.render.font.outlines import EM

WIDTH: Final = Decimal(150)
TYPE: Final = Decimal("10.5")
SMALL: Final = Decimal(9)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn chart: sizes in millimetres; `png` has 300 dpi; `alt` says in a sentence all that it shows."""

    svg: str
    png: bytes
    width: Decimal
    height: Decimal
    alt: str


def draw_chart(chart: Chart, form: str, unknown: str, fonts: Faces, role: str) -> Drawing:
    """Draw a chart in a role's type: `form` is its official name, `unknown` the word for an unknown figure.

    Expects what the model lets through: at least one series, all with the labels of the first; a pie has one
    series and no negative figure. A rarer character is drawn by a set from `with_rare`.
    """
    data = read_data(chart, unknown)
    lettering = Lettering(fonts, role, TYPE, EM)
    shapes, height = draw_shapes(data, lettering)
    return Drawing(
        write_svg(shapes, float(WIDTH), height),
        write_png(shapes, float(WIDTH), height),
        WIDTH,
        Decimal(f"{height:.2f}"),
        str(chart.alt) or sentence(data, form, str(chart.title)),
    )


def draw_shapes(data: Data, lettering: Lettering) -> tuple[tuple[Shape, ...], float]:
    """The shapes of a chart of any form, and the height they need."""
    width, small = float(WIDTH), lettering.at(SMALL)
    match data.form:
        case Form.PIE:
            return draw_pie(data, lettering, width)
        case Form.BAR:
            return draw_bars(data, lettering, small, width)
        case Form.LINE:
            return draw_lines(data, lettering, small, width)
