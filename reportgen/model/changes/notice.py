"""The changes of a report in; the lines of the table that tells readers of them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from reportgen.model.changes.change import TOGETHER, Change, Sort
from reportgen.model.changes.running import PARAGRAPH
from reportgen.model.changes.sentences import changed_sentences

if TYPE_CHECKING:
    from reportgen.model.report import Report

LONGEST: Final = 160
"""Characters of a text that a cell shows: a row has to fit its page."""
UNPRINTED: Final = ("figures", "file")
"""The forms of fields that no document prints as such."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: the official term of its place, before, after, and what changed with it."""

    term: str
    before: str
    after: str
    effects: str


def table_lines(changes: Sequence[Change], report: Report, words: Mapping[str, Any]) -> tuple[Line, ...]:
    """A line for every change that can be seen in the documents, totals before texts among what follows.

    `words` are those of the notice's kind.
    """
    printed = [change for change in changes if is_printed(change.path, report)]
    told = [change for change in printed if is_own(change, report)]
    effects = sorted((change for change in printed if change not in told), key=lambda c: bool(c.pieces))
    key = str(report.kind.blocks["heading"]["key"])
    return tuple(line_of(change, effects, words) for change in with_texts(told or changes, key))


def with_texts(changes: Sequence[Change], heading: str) -> Iterator[Change]:
    """The changes, a sub-heading that came or went as one with the first text below it."""
    left = list(changes)
    while left:
        change, *left = left
        if left and change.place.term[-1:] == (heading,) and is_text_of(left[0], change):
            change, *left = joined(change, left[0]), *left[1:]
        yield change


def is_text_of(change: Change, heading: Change) -> bool:
    """Whether a change is the first text below a sub-heading, and came or went with it."""
    inner, term = heading.place.term[:-1], change.place.term
    is_new = heading.sort is change.sort and change.sort in (Sort.ADDED, Sort.REMOVED)
    return is_new and term in (inner, (*inner, PARAGRAPH.format(1)))


def joined(heading: Change, text: Change) -> Change:
    """A sub-heading and its text as one change, called by the title."""
    place = heading.place
    both = replace(place, term=place.term[:-1], text=f"{place.text}\n{text.place.text}")
    return replace(heading, old=heading.old and both, new=heading.new and both)


def is_printed(path: str, report: Report) -> bool:
    """Whether a document shows what stands at a path."""
    key = path.partition(".")[0].partition("[")[0]
    form = report.kind.schema["properties"].get(key, {}).get("x-type")
    return form not in UNPRINTED


def is_own(change: Change, report: Report) -> bool:
    """Whether a change has a line of its own: it follows from none, or from what no document shows."""
    return not change.causes or not all(is_printed(path, report) for path in change.causes)


def line_of(change: Change, effects: Sequence[Change], words: Mapping[str, Any]) -> Line:
    """The line of one change."""
    before, after = versions(change, words)
    mine = [effect_of(effect, words) for effect in effects if change.path in effect.causes]
    return Line(change.term, before, after, "；".join(mine) or str(words["nothing"]))


def versions(change: Change, words: Mapping[str, Any]) -> tuple[str, str]:
    """What stood there and what stands there now, of a text the sentences that are other."""
    before, after = change.before, change.after
    if change.pieces:
        before, after = changed_sentences(before, after)
    if change.sort is Sort.MOVED and change.old and not change.pieces:
        before = str(words["moved"]).format(change.old.said)
    return short(before, words), short(after, words)


def effect_of(change: Change, words: Mapping[str, Any]) -> str:
    """What changed with a figure: a total with both values, a text with the numbers that are other."""
    pairs = dict.fromkeys(exchanged(change)) or {(change.before, change.after): None}
    told = [
        str(words["pair"]).format(before=short(old, words), after=short(new, words)) for old, new in pairs
    ]
    return str(words["effect"]).format(term=near(change), pairs="，".join(told))


def exchanged(change: Change) -> Iterator[tuple[str, str]]:
    """What stands in the place of what, in a text."""
    for piece, follower in pairwise(change.pieces):
        if (piece.mark, follower.mark) == ("-", "+"):
            yield piece.text, follower.text


def near(change: Change) -> str:
    """The end of a term: the table is the same, and the row tells enough."""
    term = change.place.term
    return TOGETHER.join(term[1:]) if len(term) > 1 else change.term


def short(text: str, words: Mapping[str, Any]) -> str:
    """A text that fits a cell, in one line; the word for nothing when it is empty."""
    text = text.replace("\n", " ").strip()
    if len(text) > LONGEST:
        half = LONGEST // 2
        return f"{text[:half]}{words['long']}{text[-half:]}"
    return text or str(words["nothing"])


def carried_over(changes: Sequence[Change], report: Report) -> Iterator[tuple[Change, str]]:
    """The changed figures that next year's report goes on from, each with the figure there."""
    carried: Mapping[str, str] = report.kind.draft.get("carried", {})
    resting: Mapping[str, str] = report.kind.draft.get("remarks", {})
    for change in (change for change in changes if not change.follows):
        for here, there in carried.items():
            if f"{change.path}.".startswith(f"{here}."):
                yield change, there + change.path.removeprefix(here)
        if change.path in resting:
            yield change, change.path
