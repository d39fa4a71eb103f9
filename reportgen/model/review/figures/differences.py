"""Numbers that do not hold in; the findings about them, with where the right figure stands, out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic, Related, Severity
from reportgen.model.review.figures.entries import Entry
from reportgen.model.review.figures.examination import Examination, Text
from reportgen.model.review.figures.quantities import COLUMN, Ledger, agrees, written
from reportgen.model.values import Cell

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

MOST_RELATED: Final = 12
IMPLAUSIBLE: Final = 10_000
"""No one writes so many ten thousands."""


def find_differences(review: Review, found: Examination, text: Text) -> Iterator[Diagnostic]:
    """The findings about the numbers of one text that name figures of the tables."""
    for entry in text.entries:
        if entry.verdict in ("differs", "odd"):
            yield difference(review, found.ledger, entry)
        elif entry.verdict == "doubtful":
            yield doubt(review, found.ledger, entry)
        if (
            entry.numeral.scale == "万"
            and entry.numeral.unit
            and _count(entry) >= IMPLAUSIBLE
            and entry.numeral.unit != "元"
        ):
            place = text.line.place(entry.numeral.start, entry.numeral.end)
            digits = written(_count(entry))
            yield review.find(
                "prose-unit-implausible", place, text.line.path, given=entry.written, digits=digits
            )


def _count(entry: Entry) -> Decimal:
    return entry.numeral.value / IMPLAUSIBLE


def difference(review: Review, ledger: Ledger, entry: Entry) -> Diagnostic:
    """A number that names a figure of the tables and is another."""
    assert entry.reading
    case, other = slip(ledger, entry)
    return review.find(
        "prose-figure-differs",
        entry.line.place(entry.numeral.start, entry.numeral.end),
        entry.line.path,
        related=related(ledger, entry),
        severity=Severity.WARNING if entry.verdict == "odd" else None,
        given=entry.written,
        place=entry.reading.text,
        value=shown(ledger, entry),
        case=case,
        other=other,
    )


def doubt(review: Review, ledger: Ledger, entry: Entry) -> Diagnostic:
    """A number that agrees with a total which is wrong itself."""
    assert entry.reading
    return review.find(
        "prose-figure-doubtful",
        entry.line.place(entry.numeral.start, entry.numeral.end),
        entry.line.path,
        related=related(ledger, entry),
        given=entry.written,
        place=entry.reading.text,
        value=shown(ledger, entry),
    )


def shown(ledger: Ledger, entry: Entry) -> str:
    """The right value in the unit of its cells."""
    assert entry.reading
    if entry.worth is None:
        return ""
    unit = ledger.units.get(entry.reading.cells[0].path, "")
    factor = ledger.factor(entry.reading.cells[0])
    return written(entry.worth / factor) + unit


def related(ledger: Ledger, entry: Entry) -> tuple[Related, ...]:
    """The cells that were meant, those that are not 0 first."""
    assert entry.reading
    cells = sorted(entry.reading.cells, key=lambda cell: not ledger.worth(cell))
    return tuple(Related(cell.location, cell.path, cell.written or "0") for cell in cells[:MOST_RELATED])


def slip(ledger: Ledger, entry: Entry) -> tuple[str, str]:
    """How the number came about, if another figure of the tables tells: the case of the hint, that figure."""
    assert entry.quantity
    own = ledger.data.get("own-column", "")
    reading = entry.quantity.readings[0]
    declared = ledger.text_of(entry.quantity.key)
    if own and COLUMN in declared:
        column = ledger.reading(declared, own)
        if column.value is not None and column.value != reading.value and agrees(entry.numeral, column.value):
            return "column", column.text
    if len(reading.cells) > 1:
        row = next((cell for cell in reading.cells if _is(ledger, cell, entry)), None)
        if row:
            return "row", row.path
    return "", ""


def _is(ledger: Ledger, cell: Cell, entry: Entry) -> bool:
    return bool(ledger.worth(cell)) and agrees(entry.numeral, ledger.worth(cell))
