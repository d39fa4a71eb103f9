"""What charts are tried with: figures in, a chart of a report out; and faces made of squares."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reportgen.diagnostics import Location
from reportgen.model.values import Chart, Figure, Prose, Segment, Series
from reportgen.render.chart.lettering import Lettering
from reportgen.render.font.outlines import EM


@dataclass(frozen=True)
class SquareFaces:
    """What lettering asks of fonts."""

    def advance(self, character: str, role: str) -> int:
        """Half an em for what stands before the Chinese characters in Unicode."""
        assert role == "宋体"
        return EM if character >= "\u2000" else EM // 2

    def outline(self, character: str, role: str) -> tuple[tuple[tuple[int, int, bool], ...], ...]:
        """A square with one round corner; nothing for a blank."""
        side = self.advance(character, role)
        corners = ((0, 0, True), (0, side, False), (side, side, True), (side, 0, True))
        return () if character.isspace() else (corners,)


def lettering(points: str = "10.5") -> Lettering:
    """Lettering in these faces."""
    return Lettering(SquareFaces(), "宋体", Decimal(points), EM)


def prose(text: str) -> Prose:
    """A text of a report."""
    return Prose("", (Segment(text),), Location("report.yaml"))


def chart(
    form: str, series: dict[str, dict[str, Figure]], unit: str = "件", title: str = "申请渠道", alt: str = ""
) -> Chart:
    rows = tuple(Series(name, tuple(points.items())) for name, points in series.items())
    return Chart(form, prose(title), rows, unit, prose(alt), "总体情况[0]")
