"""Names, a date and their widths in; where 署名 and 成文日期 stand (GB/T 9704-2012 7.3.5) out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any, Final

from reportgen.model.widths import text_width
from reportgen.render.geometry import POINTS_PER_MM, type_area_width

BARE_INDENT = 2
"""Characters to the right of the name without a seal; and what the date starts further in than the name."""
SEALED_INDENT = 4
"""Characters to the right of the date under a seal."""
BARE_SPACE = 1
SEALED_SPACE = 2
"""Empty lines between the text and the first name; two leave a seal room, at most one line below the text."""
MOST_SEALS = 3
"""Seals in a row (7.3.5.1: the ends of a row stay in the type area; three of 42 mm are what fits)."""
APART = 2
"""Millimetres between two seals at least."""
GAP = "\u3000"
"""What stands between the names of a row, as often as it takes."""
ROW: Final = re.compile(f"{GAP}+")


@dataclass(frozen=True, slots=True)
class Line:
    """Where a line of the signature stands: `right` in pt from the right edge of the type area.

    `before` is the number of empty lines above it."""

    right: Decimal
    before: int


@dataclass(frozen=True, slots=True)
class SignaturePlacement:
    """The lines of the names, in order, and of the date."""

    names: tuple[Line, ...]
    date: Line

    @property
    def lines(self) -> int:
        """How many lines of the grid the signature takes with the space before it."""
        return sum(line.before + 1 for line in (*self.names, self.date))


def place_signature(
    names: Sequence[str],
    date: str,
    sealed: bool,
    measure: Callable[[str], Decimal],
    layout: Mapping[str, Any],
) -> SignaturePlacement:
    """The places of the names and the date; `measure` gives the width in pt of a text as the body is set.

    A name with `GAP` in it is a row of several, each with its seal.
    A name too wide for its place stays inside the type area, and the date moves with it. Without names there
    is no date either.
    """
    if not names:
        return SignaturePlacement((), Line(Decimal(0), 0))
    character, area = character_of(layout), slot_of(1, layout)
    if sealed and any(ROW.search(name) for name in names):
        return _in_rows(names, measure(date), measure, layout)
    widths = [measure(name) for name in names]
    if sealed:
        lines = [min(width, area) for width in widths]
        return _under_seals(lines, measure(date), character, lines_between_seals(layout))
    return _bare(widths, measure(date), character, area)


def _bare(names: Sequence[Decimal], date: Decimal, character: Decimal, area: Decimal) -> SignaturePlacement:
    """The name stands two characters in, the date starts two characters further right than it.

    A date longer than the name stands two characters in instead, and the name moves; so it does under a name
    of several lines, which has no first character on the line above.
    """
    inset, last = BARE_INDENT * character, names[-1]
    name_right = min(inset, max(area - last, Decimal(0)))
    date_right = max(name_right + last - inset - date, Decimal(0))
    if date > last:
        date_right, name_right = inset, inset + date + inset - last
    elif last > area:
        date_right = inset
    rights = [min(inset, max(area - name, Decimal(0))) for name in names[:-1]]
    lines = tuple(
        Line(right, 0 if index else BARE_SPACE) for index, right in enumerate([*rights, name_right])
    )
    return SignaturePlacement(lines, Line(date_right, 0))


def _under_seals(
    names: Sequence[Decimal], date: Decimal, character: Decimal, apart: int
) -> SignaturePlacement:
    """The date stands four characters in, every name is centred on it, each with room for its seal."""
    middle = max(SEALED_INDENT * character + date / 2, max(names) / 2)
    lines = tuple(
        Line(max(middle - name / 2, Decimal(0)), apart if index else SEALED_SPACE)
        for index, name in enumerate(names)
    )
    return SignaturePlacement(lines, Line(middle - date / 2, 0))


def share_rows(names: Sequence[str], layout: Mapping[str, Any]) -> tuple[tuple[int, ...], ...]:
    """How names of a joint document stand in rows, a seal on each (GB/T 9704-2012 7.3.5.1).

    For every row the number of characters left free before each of its names, 0 before the first. There is
    one name in a row when the longest leaves room for no other.
    """
    widths = [text_width(name) for name in names]
    most = next((n for n in range(MOST_SEALS, 1, -1) if fits_rows(max(widths), n, layout)), 1)
    slot = whole_slot(most, layout)
    rows = [widths[start : start + most] for start in range(0, len(widths), most)]
    return tuple(tuple(gaps(row, slot)) for row in rows)


def fits_rows(widest: Decimal, most: int, layout: Mapping[str, Any]) -> bool:
    """Whether so many names, and their seals, stand side by side without touching."""
    slot, character = whole_slot(most, layout), character_of(layout)
    seal = (Decimal(str(layout["seal"]["diameter"])) + APART) * POINTS_PER_MM
    return widest + 1 <= slot and seal + character <= slot * character


def whole_slot(most: int, layout: Mapping[str, Any]) -> int:
    """The room of each name of a row in whole characters: equal names stand equally far apart."""
    return int(slot_of(most, layout) / character_of(layout))


def gaps(widths: Sequence[Decimal], slot: int) -> Iterator[int]:
    """The whole characters before each name of a row, so that they stand in the middle of equal slots."""
    end = widths[0] / 2
    yield 0
    for number, width in enumerate(widths[1:], 1):
        gap = max(1, round(number * slot - width / 2 - end))
        yield gap
        end += gap + width


def character_of(layout: Mapping[str, Any]) -> Decimal:
    """The width of a character of the body in pt."""
    return Decimal(str(layout["grid"]["size"])) - Decimal(str(layout["grid"]["closer"]))


def slot_of(most: int, layout: Mapping[str, Any]) -> Decimal:
    """The room in pt of each of so many names in a row."""
    return type_area_width(layout) * POINTS_PER_MM / most


def _in_rows(
    rows: Sequence[str],
    date: Decimal,
    measure: Callable[[str], Decimal],
    layout: Mapping[str, Any],
) -> SignaturePlacement:
    """Every row stands in the middle of the type area, the date in the middle below the last name."""
    apart, area = lines_between_seals(layout), slot_of(1, layout)
    lines, middle = [], area / 2
    for index, row in enumerate(rows):
        first, *_, last = [measure(name) for name in (*ROW.split(row)[:1], *ROW.split(row)[-1:])]
        middle = (area - measure(row) + (first + last) / 2) / 2  # of the last name, from the right edge
        lines.append(Line(max(middle - last / 2, Decimal(0)), apart if index else SEALED_SPACE))
    return SignaturePlacement(tuple(lines), Line(max(middle - date / 2, Decimal(0)), 0))


def lines_between_seals(layout: Mapping[str, Any]) -> int:
    """Empty lines between two names whose seals must not touch."""
    diameter = Decimal(str(layout["seal"]["diameter"])) * POINTS_PER_MM
    return int((diameter / Decimal(str(layout["grid"]["pitch"]))).to_integral_value(ROUND_CEILING)) - 1
