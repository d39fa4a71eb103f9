"""Texts in; figures of one and the same thing that are told differently in two places, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic, Related
from reportgen.model.review.figures.entries import Entry
from reportgen.model.review.figures.examination import Text
from reportgen.model.review.figures.named import is_telling

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

SHORTEST: Final = 4
"""Characters of a label that is surely of one thing."""


def find_repetitions(review: Review, texts: Sequence[Text]) -> Iterator[Diagnostic]:
    """Free numbers under the same words and unit with other values."""
    seen: dict[tuple[str, str], Entry] = {}
    for text in texts:
        for entry in text.entries:
            if not _is_telling(entry):
                continue
            assert entry.named
            key = (entry.named.label, entry.numeral.unit)
            first = seen.setdefault(key, entry)
            if first.numeral.value != entry.numeral.value and not _is_listed(first, entry):
                yield _find(review, first, entry)


def _is_telling(entry: Entry) -> bool:
    named, numeral = entry.named, entry.numeral
    if entry.verdict != "free" or named is None or not numeral.unit or numeral.bound or entry.line.is_lone:
        return False
    if numeral.sense != "count" or any(token.kind == "among" for token in named.place.head):
        return False
    return len(named.label) >= SHORTEST


def _is_listed(first: Entry, second: Entry) -> bool:
    """Whether both stand in one sentence: then they are of different things, or times."""
    assert first.named
    assert second.named
    return first.line is second.line and first.named.place.sentence == second.named.place.sentence


def _find(review: Review, first: Entry, second: Entry) -> Diagnostic:
    place = first.line.place(first.numeral.start, first.numeral.end)
    return review.find(
        "prose-told-twice",
        second.line.place(second.numeral.start, second.numeral.end),
        second.line.path,
        related=(Related(place, first.line.path, first.written),),
        label=words_of(second),
        given=second.written,
        other=first.written,
    )


def words_of(entry: Entry) -> str:
    """The words before a number that say what it counts, as they stand in the text."""
    assert entry.named
    words = [token for token in entry.named.place.clause if is_telling(token)]
    return entry.line.text[words[0].start : entry.numeral.start].rstrip(" 共为约达有计合")
