"""Column widths in and texts in; widths out that fill the type area exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from reportgen.model.values import Prose
from reportgen.model.widths import text_width

STEP = Decimal("0.01")
LEAST = 3
MOST = 24
WORD = re.compile(r"[!-~]+")
PAIR, FLOOR = 2, 4
"""Characters of a column that stand whole if they can, and those it keeps when it gives room to others."""
LONGEST = 12
"""A figure, a date or a word of more letters may be broken."""


@dataclass(frozen=True, slots=True)
class CellText:
    """How text is set in the cells of an author's table: a character and what both sides take, in mm."""

    character: Decimal
    sides: Decimal

    def need(self, text: str, least: int) -> Decimal:
        """The width of the cell in which a figure, date or short word, or `least` characters, stand whole."""
        words = (text_width(word) for word in WORD.findall(text) if len(word) <= LONGEST)
        longest = max(min(text_width(text), Decimal(least)), *words, Decimal(0))
        return (longest * self.character + self.sides).quantize(STEP, ROUND_UP)


def share_by_text(rows: Sequence[tuple[Prose, ...]], total: Decimal, cell: CellText) -> tuple[Decimal, ...]:
    """Column widths in mm that fill `total`, in proportion to each column's longest text, within bounds.

    A column whose dates, figures or short words would be broken is as wide as they are, where there is room;
    no column gives more than leaves it `FLOOR` characters.
    """
    columns = [[str(text) for text in column] for column in zip(*rows, strict=True)]
    longest = (max(map(text_width, column)) for column in columns)
    shares = [min(max(width, Decimal(LEAST)), Decimal(MOST)) + 1 for width in longest]
    needs, floors = (
        [max(cell.need(text, least) for text in column) for column in columns] for least in (PAIR, FLOOR)
    )
    return share_by_need(scale_to(shares, total), needs, floors)


def scale_to(widths: Sequence[Decimal], total: Decimal) -> tuple[Decimal, ...]:
    """The same proportions filling `total` exactly, to a hundredth; the last column takes the remainder."""
    whole = sum(widths, Decimal(0))
    scaled = [(width * total / whole).quantize(STEP, ROUND_DOWN) for width in widths[:-1]]
    return (*scaled, total - sum(scaled, Decimal(0)))


def share_by_need(
    declared: Sequence[Decimal], needed: Sequence[Decimal], floors: Sequence[Decimal]
) -> tuple[Decimal, ...]:
    """The declared widths, or, when a column needs more, widths shared anew within the same total.

    A column grows to its need; the others give in proportion to what they have above their floor. What
    cannot be given is not taken: columns that are then still too narrow are the caller's finding.
    """
    needs = list(zip(declared, needed, floors, strict=True))
    lacking = [max(need - width, Decimal(0)).quantize(STEP, ROUND_UP) for width, need, _ in needs]
    spare = [
        Decimal(0) if need > width else max(width - max(need, floor), Decimal(0))
        for width, need, floor in needs
    ]
    moved = min(sum(lacking, Decimal(0)), sum(spare, Decimal(0)))
    if not moved:
        return tuple(declared)
    taken, given = portions(moved, spare), portions(moved, lacking)
    return tuple(width - less + more for width, less, more in zip(declared, taken, given, strict=True))


def portions(total: Decimal, limits: Sequence[Decimal]) -> list[Decimal]:
    """A total cut in proportion to the limits, none of them exceeded."""
    whole = sum(limits, Decimal(0))
    parts = [(limit * total / whole).quantize(STEP, ROUND_DOWN) for limit in limits]
    for index, limit in enumerate(limits):
        parts[index] += min(total - sum(parts, Decimal(0)), limit - parts[index])
    return parts
