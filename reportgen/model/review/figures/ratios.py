"""A percentage and what of the tables it may be a share of in; the finding when nothing makes it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic, Related
from reportgen.model.formats import round_half_up
from reportgen.model.review.figures.examination import Text
from reportgen.model.review.figures.numerals import Numeral
from reportgen.model.review.figures.quantities import Reading, written
from reportgen.model.review.figures.vocabulary import Token

if TYPE_CHECKING:
    from reportgen.model.review.review import Review


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure of the tables as a part of a whole."""

    reading: Reading
    part: Decimal
    whole: Decimal

    def like(self, told: Numeral) -> Decimal:
        """What it comes to in percent, rounded to the digits of the one that is told."""
        return round_half_up(self.part * 100 / self.whole, told.places)


def ratios(parts: Sequence[Reading], wholes: Sequence[Decimal | None]) -> list[Ratio]:
    """Every part in every whole; none when one of them is still unknown, for that may be the one meant."""
    known = [(part, part.value) for part in parts if part.value is not None]
    if len(known) < len(parts) or None in wholes:
        return []
    return [Ratio(part, value, whole) for (part, value), whole in product(known, wholes) if whole]


def hold(review: Review, text: Text, percent: Token, made: Sequence[Ratio]) -> Iterator[Diagnostic]:
    """A finding for a percentage that none of the ratios makes, if there are any; the first is computed."""
    told = percent.number
    if told is None or not made or any(ratio.like(told) == told.value for ratio in made):
        return
    first = made[0]
    yield review.find(
        "prose-share-differs",
        text.line.place(percent.start, percent.end),
        text.line.path,
        related=tuple(
            Related(cell.location, cell.path, cell.written or "0") for cell in first.reading.cells[:12]
        ),
        given=percent.word,
        part=written(first.part),
        whole=written(first.whole),
        computed=f"{first.like(told):f}%",
    )
