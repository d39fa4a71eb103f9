"""A text and last year's report in; figures of last year that its tables do not have, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic, Related
from reportgen.model.review.figures.entries import Entry
from reportgen.model.review.figures.examination import Examination, Text
from reportgen.model.review.figures.quantities import Ledger, Reading, agrees, written

if TYPE_CHECKING:
    from reportgen.model.review.review import Review


def find_past(review: Review, found: Examination, text: Text) -> Iterator[Diagnostic]:
    """The figures told of last year that are not those of last year's report; none without one."""
    if found.last is None:
        return
    for entry in text.entries:
        readings = readings_then(entry, found.last)
        if readings and not any(holds_then(entry, reading, found.last) for reading in readings):
            yield difference(review, found.last, text, entry, readings[0])


def readings_then(entry: Entry, last: Ledger) -> tuple[Reading, ...]:
    """What a figure of last year counts in last year's tables; none when any of it is not known there."""
    quantity = entry.named.earlier if entry.named else None
    if quantity is None or entry.numeral.sense != "count":
        return ()
    readings = tuple(reading_then(reading, last) for reading in quantity.readings)
    return () if any(reading.value is None for reading in readings) else readings


def reading_then(reading: Reading, last: Ledger) -> Reading:
    """The same cells as last year's report has them; without a value when it lacks one."""
    cells = tuple(last.cells[cell.path] for cell in reading.cells if cell.path in last.cells)
    whole = bool(cells) and len(cells) == len(reading.cells)
    return replace(reading, cells=cells, value=last.total(cells) if whole else None)


def holds_then(entry: Entry, reading: Reading, last: Ledger) -> bool:
    """Whether a figure is what last year's report says, or what its wrong totals should have been."""
    assert reading.value is not None
    return agrees(entry.numeral, reading.value) or agrees(entry.numeral, last.corrected(reading))


def difference(review: Review, last: Ledger, text: Text, entry: Entry, reading: Reading) -> Diagnostic:
    """A figure of last year that is another in last year's report."""
    assert reading.value is not None
    first = reading.cells[0]
    return review.find(
        "prose-past-differs",
        text.line.place(entry.numeral.start, entry.numeral.end),
        text.line.path,
        related=tuple(Related(cell.location, cell.path, cell.written) for cell in reading.cells[:12]),
        given=entry.written,
        place=reading.text,
        value=written(reading.value / last.factor(first)) + last.units.get(first.path, ""),
    )
