"""Column widths in and texts in; widths out that fill the type area exactly."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from reportgen.model.values import Prose

STEP = Decimal("0.01")
LEAST = 3
MOST = 24


def text_width(text: str) -> Decimal:
    """The width of a text in characters: a full-width character is one, a half-width one a half."""
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
    return Decimal(len(text) + wide) / 2


def share_by_text(rows: Sequence[tuple[Prose, ...]]) -> tuple[Decimal, ...]:
    """Column widths in proportion to each column's longest text, within bounds."""
    columns = zip(*rows, strict=True)
    longest = (max(text_width(str(cell)) for cell in column) for column in columns)
    return tuple(min(max(width, Decimal(LEAST)), Decimal(MOST)) + 1 for width in longest)


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
    lacking = [max(need - width, Decimal(0)) for width, need in zip(declared, needed, strict=True)]
    spare = [
        Decimal(0) if lack else max(width - max(need, floor), Decimal(0))
        for width, need, floor, lack in zip(declared, needed, floors, lacking, strict=True)
    ]
    asked, available = sum(lacking, Decimal(0)), sum(spare, Decimal(0))
    if not asked or not available:
        return tuple(declared)
    taken = [(part * min(asked, available) / available).quantize(STEP, ROUND_DOWN) for part in spare]
    given = [(part * sum(taken, Decimal(0)) / asked).quantize(STEP, ROUND_DOWN) for part in lacking]
    left = sum(taken, Decimal(0)) - sum(given, Decimal(0))
    widest = max(range(len(declared)), key=lambda index: lacking[index])
    given[widest] += left
    return tuple(w - t + g for w, t, g in zip(declared, taken, given, strict=True))
