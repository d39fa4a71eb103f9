"""A text and last year's report in; changes against last year that are not what the two reports say, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic, Related
from reportgen.model.formats import round_half_up
from reportgen.model.review.figures.entries import Entry
from reportgen.model.review.figures.examination import Examination, Text
from reportgen.model.review.figures.named import LAST_YEAR
from reportgen.model.review.figures.numerals import Numeral
from reportgen.model.review.figures.quantities import written
from reportgen.model.review.figures.vocabulary import Token

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

RISING: Final = ("增", "升", "长", "提高", "多")
FALLING: Final = ("降", "减", "少", "下滑")


def find_changes(review: Review, found: Examination, text: Text) -> Iterator[Diagnostic]:
    """The changes told in a text that do not follow from this report and last year's."""
    if found.last is None:
        return
    entries = {entry.numeral: entry for entry in text.entries}
    for sentence in text.sentences:
        subject: Entry | None = None
        since = 0
        for token in sentence:
            if token.number is None:
                continue
            entry = entries.get(token.number)
            if entry and entry.quantity:
                subject, since = entry, token.end
                continue
            words = text.line.text[since : token.start]
            if subject and any(word in words for word in LAST_YEAR):
                yield from _hold(review, found, text, subject, token, words)


def _hold(
    review: Review, found: Examination, text: Text, subject: Entry, token: Token, words: str
) -> Iterator[Diagnostic]:
    number, way = token.number, direction(words)
    if number is None or not way or number.bound:
        return
    changes = list(_changes(found, subject, number))
    if not changes:
        return
    told = number.value * way
    if any(change == told for change in changes):
        return
    yield review.find(
        "prose-change-differs",
        text.line.place(token.start, token.end),
        text.line.path,
        related=_related(found, subject),
        given=token.word,
        place=subject.reading.text if subject.reading else "",
        computed=shown_change(changes[0], number),
    )


def shown_change(change: Decimal, number: Numeral) -> str:
    """A change with its sign, in the unit of the number that tells it."""
    sign = "" if change < 0 else "+"
    return sign + written(change) + ("%" if number.sense == "share" else number.unit)


def direction(words: str) -> int:
    """1 when words say that something rose, -1 when it fell, 0 when they say neither."""
    if any(word in words for word in FALLING):
        return -1
    return 1 if any(word in words for word in RISING) else 0


def _changes(found: Examination, subject: Entry, number: Numeral) -> Iterator[Decimal]:
    """The change from last year in every way of counting, in percent or in pieces, as it would be printed."""
    assert found.last
    assert subject.quantity
    now = subject.numeral.value
    for reading in subject.quantity.readings:
        before = _before(found, reading.cells)
        if before is None:
            continue
        if number.sense == "count" and number.unit == subject.numeral.unit:
            yield now - before
        elif number.sense == "share" and before:
            yield round_half_up((now - before) * 100 / before, number.places)


def _before(found: Examination, cells: Sequence[object]) -> Decimal | None:
    assert found.last
    paths = [getattr(cell, "path", "") for cell in cells]
    return found.last.total([found.last.cells[path] for path in paths if path in found.last.cells])


def _related(found: Examination, subject: Entry) -> tuple[Related, ...]:
    assert found.last
    cells = subject.reading.cells if subject.reading else ()
    last = [found.last.cells[cell.path] for cell in cells if cell.path in found.last.cells]
    return tuple(Related(cell.location, cell.path, cell.written) for cell in last)
