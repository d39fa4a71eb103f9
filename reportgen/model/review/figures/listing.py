"""A review in; one row for each number of its texts, for a reviewer to sign off, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic, Location
from reportgen.model.review.figures.checker import find_all
from reportgen.model.review.figures.differences import shown
from reportgen.model.review.figures.entries import Entry
from reportgen.model.review.figures.examination import Examination, examine
from reportgen.model.review.figures.past import readings_then
from reportgen.model.review.figures.shares import sound_shares

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

BEFORE: Final = 14
AFTER: Final = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One number: where it is written, the words around it, what it was taken for, and the verdict.

    `cell` and `value` are the figure of the tables it was held against. The verdict is one of an entry, or
    `bound` (an expression gives that very figure), `recomputed` (a percentage that comes out), `found`
    (another finding is about it), or what it is when it counts nothing: `year`, `date`, `name`, `share`,
    `points`, `range`; `past` when it is last year's.
    """

    location: Location
    path: str
    before: str
    written: str
    after: str
    cell: str
    value: str
    verdict: str


def list_figures(review: Review) -> tuple[Row, ...]:
    """Every number of a report's texts, in file order."""
    found = examine(review)
    if found is None:
        return ()
    places = {_start(finding) for finding in find_all(review, found)}
    rows = list(_rows(found, places))
    return tuple(sorted(rows, key=lambda row: row.location))


def _start(finding: Diagnostic) -> tuple[int, int]:
    return finding.location.line, finding.location.column


def _rows(found: Examination, places: set[tuple[int, int]]) -> Iterator[Row]:
    for text in found.texts:
        sound = {share.printed for share in sound_shares(found, text)}
        for entry in text.entries:
            row = _row(found, entry, places, entry.numeral in sound)
            yield replace(row, verdict="past") if row.verdict == "part" and is_past(found, entry) else row


def is_past(found: Examination, entry: Entry) -> bool:
    """Whether a figure is last year's and was held against its report; one that differs is a finding."""
    return found.last is not None and bool(readings_then(entry, found.last))


def _row(found: Examination, entry: Entry, places: set[tuple[int, int]], is_sound: bool) -> Row:
    start, end, text = entry.numeral.start, entry.numeral.end, entry.line.text
    location = entry.line.place(start, end)
    cell = entry.reading.text if entry.reading else ""
    value = shown(found.ledger, entry) if entry.reading else ""
    return Row(
        location,
        entry.line.path,
        text[max(0, start - BEFORE) : start].lstrip(),
        text[start:end],
        text[end : end + AFTER].rstrip(),
        cell,
        value,
        _verdict(entry, (location.line, location.column) in places, is_sound),
    )


def _verdict(entry: Entry, is_found: bool, is_sound: bool) -> str:
    if entry.verdict == "agrees" and entry.line.names(entry.numeral.start, entry.numeral.end):
        return "bound"
    if entry.verdict in ("", "free", "part", "unknown") and is_found:
        return "found"
    if is_sound:
        return "recomputed"
    return entry.verdict or entry.numeral.sense
