"""Names, a date and their widths in; where 署名 and 成文日期 stand (GB/T 9704-2012 7.3.5) out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from reportgen.render.geometry import POINTS_PER_MM, type_area_width

BARE_INDENT = 2
"""Characters to the right of the name without a seal; and what the date starts further in than the name."""
SEALED_INDENT = 4
"""Characters to the right of the date under a seal."""
BARE_SPACE = 1
SEALED_SPACE = 2
"""Empty lines between the text and the first name; two leave a seal room, at most one line below the text."""


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

    A name too wide for its place stays inside the type area, and the date moves with it.
    """
    character = Decimal(str(layout["grid"]["size"])) - Decimal(str(layout["grid"]["closer"]))
    area = type_area_width(layout) * POINTS_PER_MM
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


def lines_between_seals(layout: Mapping[str, Any]) -> int:
    """Empty lines between two names whose seals must not touch."""
    diameter = Decimal(str(layout["seal"]["diameter"])) * POINTS_PER_MM
    return int((diameter / Decimal(str(layout["grid"]["pitch"]))).to_integral_value(ROUND_CEILING)) - 1
