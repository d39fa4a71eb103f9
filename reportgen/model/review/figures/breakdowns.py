"""A text in; totals whose parts, named beside them, do not add up, out: 共276条，其中甲216条、乙50条."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic, Listed, Related
from reportgen.model.review.figures.clauses import Tokens, counts
from reportgen.model.review.figures.entries import Entry
from reportgen.model.review.figures.examination import Text
from reportgen.model.review.figures.named import SUMS, is_difference
from reportgen.model.review.figures.numerals import Numeral
from reportgen.model.review.figures.quantities import written
from reportgen.model.review.figures.vocabulary import Token

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

NEAR: Final = Decimal("0.9")
"""Parts that come so near to their total are meant to be all of it."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and the parts named with it; `is_open` when they are said not to be all."""

    total: Entry
    parts: tuple[Entry, ...]
    is_open: bool = False

    @property
    def sum(self) -> Decimal:
        """What the parts come to."""
        return sum((part.numeral.value for part in self.parts), Decimal(0))


def find_breakdowns(review: Review, text: Text) -> Iterator[Diagnostic]:
    """The totals of a text that their parts do not make."""
    for breakdown in breakdowns(text):
        if is_wrong(breakdown):
            yield parts_differ(review, text, breakdown)


def parts_differ(review: Review, text: Text, breakdown: Breakdown) -> Diagnostic:
    """The finding for a total that its parts do not make."""
    total, line = breakdown.total, text.line
    return review.find(
        "prose-parts-differ",
        line.place(total.numeral.start, total.numeral.end),
        line.path,
        related=tuple(
            Related(line.place(part.numeral.start, part.numeral.end), line.path, part.written)
            for part in breakdown.parts
        ),
        given=total.written,
        computed=written(breakdown.sum) + total.numeral.unit,
        parts=Listed(part.written for part in breakdown.parts[:12]),
    )


def is_wrong(breakdown: Breakdown) -> bool:
    """Whether all parts seem to be named, and do not make the total."""
    total, parts = breakdown.total.numeral.value, [part.numeral.value for part in breakdown.parts]
    if len(parts) < 2 or all(part.quantity for part in (breakdown.total, *breakdown.parts)):
        return False
    sums = [sum(parts[: number + 1], Decimal(0)) for number in range(len(parts))]
    if total in sums or any(part.numeral.bound for part in (breakdown.total, *breakdown.parts)):
        return False
    return sums[-1] > total or (not breakdown.is_open and sums[-1] >= total * NEAR)


def breakdowns(text: Text) -> Iterator[Breakdown]:
    """Every total of a text with the parts that are named behind it, or in front of it."""
    entries = {entry.numeral: entry for entry in text.entries if entry.verdict}
    for sentence in text.sentences:
        numbers = [
            token
            for token in sentence
            if counts(token) and token.number in entries and not _tells_change(entries[token.number])
        ]
        for at, token in enumerate(numbers):
            parts = _parts(sentence, token, numbers[at + 1 :]) or _summed(sentence, token, numbers[:at])
            if parts:
                yield _breakdown(entries, token, parts, sentence)


def _tells_change(entry: Entry) -> bool:
    return not entry.quantity and entry.named is not None and is_difference(entry.named.place.clause)


def _breakdown(
    entries: Mapping[Numeral, Entry], token: Token, parts: Sequence[Token], sentence: Tokens
) -> Breakdown:
    assert token.number
    span = (token.start, max(part.end for part in parts))
    after = [word for word in sentence if span[0] <= word.start < span[1] + 6]
    is_open = any(word.kind == "open-end" for word in after)
    return Breakdown(
        entries[token.number], tuple(entries[part.number] for part in parts if part.number), is_open
    )


def _parts(sentence: Tokens, total: Token, later: Sequence[Token]) -> list[Token]:
    """The numbers behind a total that are said to be among it: as far as the bracket or the sentence goes."""
    if not later:
        return []
    between = [word for word in sentence if total.end <= word.start < later[0].start]
    if (
        _is_sum_of(total, later)
        or not any(word.kind == "among" for word in between)
        or any(word.word in ("；", ";") for word in between)
    ):
        return []
    bracket = any(word.kind == "open" for word in between)
    depth = 1 if bracket else 0
    found: list[Token] = []
    for word in (word for word in sentence if word.start >= later[0].start):
        depth += {"open": 1, "close": -1}.get(word.kind, 0)
        if (bracket and depth == 0) or word.word in ("；", ";") or (found and word.kind == "among"):
            break
        if word in later and depth <= (1 if bracket else 0) and _same_unit(word, total):
            found.append(word)
    return found


def _is_sum_of(total: Token, later: Sequence[Token]) -> bool:
    """Whether the numbers behind a total make it whatever their units are: 共79条，其中甲20件、乙59条."""
    sums = accumulate(token.number.value for token in later if token.number)
    return total.number is not None and total.number.value in sums


def _summed(sentence: Tokens, total: Token, earlier: Sequence[Token]) -> list[Token]:
    """The numbers ahead of a total that says 合计."""
    ahead = [word for word in sentence if word.end <= total.start]
    said = any(word.word in SUMS for word in ahead[-2:])
    return [word for word in earlier if _same_unit(word, total)] if said else []


def _same_unit(one: Token, other: Token) -> bool:
    return bool(one.number and other.number and one.number.unit == other.number.unit)
