"""The scale of an axis: figures in; exact round steps that hold them all, and heights on the page, out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

MOST_STEPS: Final = 6
ROUND: Final = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Scale:
    """Equal steps from `low` to `high`, zero among them, drawn between a bottom and a top in millimetres."""

    low: Decimal
    high: Decimal
    step: Decimal
    bottom: float
    top: float

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        """The values that are marked."""
        return tuple(
            self.low + self.step * number for number in range(int((self.high - self.low) / self.step) + 1)
        )

    def height(self, value: Decimal) -> float:
        """Where a value lies."""
        share = (value - self.low) / (self.high - self.low)
        return self.bottom + float(share) * (self.top - self.bottom)


def fit_scale(values: Iterable[Decimal], bottom: float, top: float) -> Scale:
    """The finest scale of round steps, not finer than whole numbers for whole figures."""
    known = (Decimal(0), *values)
    low, high = min(known), max(known)
    if low == high:
        return Scale(Decimal(0), Decimal(1), Decimal(1), bottom, top)
    power = Decimal(1).scaleb(((high - low) / MOST_STEPS).adjusted())
    steps = (power * factor for factor in (*ROUND, Decimal(20)))
    whole = all(value == value.to_integral_value() for value in known)
    for step in steps:
        first = (low / step).to_integral_value(ROUND_FLOOR)
        last = (high / step).to_integral_value(ROUND_CEILING)
        if last - first <= MOST_STEPS and not (whole and step < 1):
            return Scale(first * step, last * step, step, bottom, top)
    return Scale(low, high, high - low, bottom, top)


def figure(value: Decimal) -> str:
    """A figure in plain digits, with the decimals it was given."""
    return f"{value:f}"


def plain(value: Decimal) -> str:
    """A figure of an axis, without needless zeros."""
    text = f"{value:f}"
    return figure(Decimal(text.rstrip("0").rstrip(".") if "." in text else text))
