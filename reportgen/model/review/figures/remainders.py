"""A text in; numbers told as what is left over that no whole leaves, out: 共5件，维持1件，其余3件."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.review.figures.breakdowns import Breakdown, breakdowns, is_wrong, parts_differ
from reportgen.model.review.figures.clauses import counts
from reportgen.model.review.figures.entries import Entry
from reportgen.model.review.figures.examination import Text
from reportgen.model.review.figures.named import is_bracketed

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

LEFT_OVER: Final = ("其余", "余下", "剩余")
SLIP: Final = 4
"""What is left over misses by no more than this part of the whole, or it is left over of something else."""


def find_remainders(review: Review, text: Text) -> Iterator[Diagnostic]:
    """The numbers of a text that are called the rest, and are not."""
    for at, entry in enumerate(text.entries):
        ahead = list(_ahead(text.entries[:at], entry)) if _is_rest(entry) else []
        if len(ahead) < 2 or _is_left(entry.numeral.value, [each.numeral.value for each in ahead]):
            continue
        stretches = [[*ahead[start:], entry] for start in range(len(ahead) - 1)]
        whole, *parts = min(stretches, key=_miss)
        if _is_slip(whole, parts) and not _is_told(text, whole):
            yield parts_differ(review, text, Breakdown(whole, tuple(parts)))


def _miss(stretch: Sequence[Entry]) -> Decimal:
    """By how much the first of some numbers is not the sum of the others."""
    values = [entry.numeral.value for entry in stretch]
    return abs(2 * values[0] - sum(values, Decimal(0)))


def _is_rest(entry: Entry) -> bool:
    """Whether a number of none of the tables' is called the rest."""
    if entry.quantity or entry.named is None or entry.numeral.bound or not counts(entry.named.place.token):
        return False
    return any(token.word in LEFT_OVER for token in entry.named.place.clause)


def _ahead(entries: Sequence[Entry], rest: Entry) -> Iterator[Entry]:
    """The numbers of its sentence and unit ahead of one, those in closed brackets left out."""
    assert rest.named
    for entry in entries:
        if entry.named is None or entry.named.place.sentence is not rest.named.place.sentence:
            continue
        is_inner = is_bracketed(entry.named.place) and not is_bracketed(rest.named.place)
        if not is_inner and entry.numeral.unit == rest.numeral.unit and entry.numeral.sense == "count":
            yield entry


def _is_left(rest: Decimal, ahead: Sequence[Decimal]) -> bool:
    """Whether a number ahead leaves it, less some that follow each other behind that one."""
    for at, whole in enumerate(ahead):
        later = ahead[at + 1 :]
        for start in range(len(later)):
            if whole - rest in accumulate(later[start:]):
                return True
    return False


def _is_slip(whole: Entry, parts: Sequence[Entry]) -> bool:
    """Whether parts and rest come near to the whole."""
    if any(part.numeral.bound for part in (whole, *parts)):
        return False
    return _miss((whole, *parts)) <= max(Decimal(1), whole.numeral.value / SLIP)


def _is_told(text: Text, whole: Entry) -> bool:
    """Whether the whole is found wrong as a total already."""
    return any(each.total is whole and is_wrong(each) for each in breakdowns(text))
