"""The names of 签发人 in; how they stand in lines, name below name (GB/T 9704-2012 7.2.6), out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Final

from reportgen.model.widths import text_width

SPACE: Final = "\u3000"
"""What stands inside a name of two characters, and as often as it takes between names."""
MOST: Final = 2
"""Names of a line."""
INSET: Final = 2
"""Characters free at the ends of a line: one at each."""
APART: Final = 1
"""Characters between the columns, and between the number and what stands beside it."""


@dataclass(frozen=True, slots=True)
class SignerRow:
    """A line of names: the characters before each, 0 before the first, and those free behind the last."""

    gaps: tuple[int, ...]
    right: Decimal


@dataclass(frozen=True, slots=True)
class SignerBlock:
    """The lines of names and their common width in characters."""

    rows: tuple[SignerRow, ...]
    width: Decimal


def spaced(name: str) -> str:
    """A name as it is printed: one of two characters is as wide as one of three."""
    letters = "".join(name.split())
    return SPACE.join(letters) if len(letters) == 2 and text_width(letters) == 2 else name


def arrange_signers(names: Sequence[str], number: str, label: str, room: Decimal) -> SignerBlock:
    """The names two in a line; one, where the line of the last has no room beside the document number."""
    pairs = _block(names, min(MOST, len(names)))
    return pairs if signers_fit(pairs, number, label, room) else _block(names, 1)


def signers_fit(block: SignerBlock, number: str, label: str, room: Decimal) -> bool:
    """Whether the names fit a line of `room` characters, the last with the number beside them (7.2.5)."""
    named = text_width(label) + block.width
    beside = text_width(number) + APART + (named if len(block.rows) == 1 else block.width)
    return max(named, beside) <= room - INSET


def _block(names: Sequence[str], most: int) -> SignerBlock:
    widths = [text_width(name) for name in names]
    columns = [max(widths[at::most]).to_integral_value(ROUND_CEILING) for at in range(most)]
    width = sum(columns, Decimal(APART * (most - 1)))
    rows = (widths[start : start + most] for start in range(0, len(widths), most))
    return SignerBlock(tuple(_row(row, columns, width) for row in rows), width)


def _row(widths: Sequence[Decimal], columns: Sequence[Decimal], width: Decimal) -> SignerRow:
    before = zip(columns, widths[:-1], strict=False)
    gaps = (0, *(int((column - taken).to_integral_value()) + APART for column, taken in before))
    return SignerRow(gaps, width - sum(widths) - sum(gaps))
