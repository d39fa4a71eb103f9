"""The figures of a chart as drawn: a chart of a report in; plain series, shares and a sentence out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from reportgen.model.values import Chart, Figure, Unknown
from reportgen.render.chart.scales import figure


class Form(Enum):
    """The charts that can be drawn."""

    PIE = "pie"
    BAR = "bar"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Row:
    """One series: a figure for each label, none where it is unknown."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """What is drawn: the labels of the categories and the series; `unknown` is printed for no figure."""

    form: Form
    labels: tuple[str, ...]
    rows: tuple[Row, ...]
    unit: str
    unknown: str

    @property
    def known(self) -> tuple[Decimal, ...]:
        """All figures there are."""
        return tuple(value for row in self.rows for value in row.values if value is not None)

    def printed(self, value: Decimal | None) -> str:
        """A figure as it stands beside its mark."""
        return self.unknown if value is None else figure(value)

    def with_unit(self, value: Decimal | None) -> str:
        """A figure with its unit."""
        return self.unknown if value is None else figure(value) + self.unit

    def share(self, value: Decimal | None) -> str:
        """The share of a figure in a pie, in percent with one decimal; empty when there is no whole."""
        whole = sum(self.known, Decimal(0))
        if value is None or not whole or len(self.known) < len(self.labels):
            return ""
        return f"{(value * 100 / whole).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def read_data(chart: Chart, unknown: str) -> Data:
    """The data of a report's chart: every series has the labels of the first."""
    rows = tuple(Row(row.name, tuple(known(value) for _, value in row.points)) for row in chart.series)
    return Data(
        Form(chart.form), tuple(label for label, _ in chart.series[0].points), rows, chart.unit, unknown
    )


def known(value: Figure) -> Decimal | None:
    """A figure as a decimal, none when it is still unknown."""
    return None if isinstance(value, Unknown) else Decimal(value)


def sentence(data: Data, form: str, title: str) -> str:
    """All that a chart shows in one sentence, for those who do not see it; `form` is its official name."""
    parts = []
    for row in data.rows:
        stated = "，".join(
            state(data, label, value) for label, value in zip(data.labels, row.values, strict=True)
        )
        parts.append(f"{row.name}：{stated}" if row.name else stated)
    heading = f"{form}“{title}”" if title else form
    return f"{heading}：{'；'.join(parts)}。"


def state(data: Data, label: str, value: Decimal | None) -> str:
    """One figure in words: label, figure with unit, share."""
    share = data.share(value) if data.form is Form.PIE else ""
    return f"{label}{data.with_unit(value)}" + (f"（{share}）" if share else "")
