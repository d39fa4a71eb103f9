"""A report in; charts whose description gives another figure than the one drawn out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.linked import exhibits
from reportgen.model.review.passages import Passage
from reportgen.model.values import Chart, Unknown

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

FIGURE: Final = r"(?:为|是|有|共|：|:)?([0-9]+(?:\.[0-9]+)?)(?![0-9.%年月]|,[0-9])"
"""What may stand between the label of a category and its figure, and the figure."""


def check_descriptions(review: Review) -> Iterator[Diagnostic]:
    """Figures that follow the label of a category in a chart's description and are not what is drawn."""
    for chart in exhibits(review.report.values):
        if isinstance(chart, Chart) and len(chart.series) == 1:
            yield from _differences(review, chart)


def _differences(review: Review, chart: Chart) -> Iterator[Diagnostic]:
    said = Passage(chart.alt, str(chart.alt), "", "title")
    for label, drawn in chart.series[0].points:
        if not label or isinstance(drawn, Unknown):
            continue
        for match in re.finditer(re.escape(label) + FIGURE, said.text):
            if Decimal(match[1]) != drawn:
                place = said.place(*match.span(1))
                yield review.find(
                    "chart-description-differs",
                    place,
                    said.path,
                    given=match[1],
                    label=label,
                    drawn=str(drawn),
                )
