"""A text in; rates that the tables do not make, out: 办结率为95.6%."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic, Related
from reportgen.model.formats import round_half_up
from reportgen.model.review.figures.clauses import Tokens
from reportgen.model.review.figures.examination import Examination, Text
from reportgen.model.review.figures.quantities import Reading, written
from reportgen.model.review.figures.vocabulary import Token

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

HUNDRED: Final = Decimal(100)
"""A rate of 100 % is mostly said of what is due already: a claim, not a rate."""
Way = tuple[Reading, Decimal]


def find_rates(review: Review, found: Examination, text: Text) -> Iterator[Diagnostic]:
    """The rates of a text (`rates` of figures.yaml) that no part and whole of the tables make."""
    declared = found.ledger.data.get("rates", ())
    if not declared or text.line.is_lone:
        return
    for sentence in text.sentences:
        for word, percent in named_rates(sentence):
            rate = next((each for each in declared if word.word in each["words"].split()), None)
            if rate and text.topic_at(word.start) == rate["topic"]:
                yield from _hold(review, text, list(_ways(found, rate)), percent)


def named_rates(sentence: Tokens) -> Iterator[tuple[Token, Token]]:
    """Each percentage with the word right ahead of it: nothing but words without meaning between."""
    last: Token | None = None
    for token in sentence:
        if token.kind == "neutral":
            last = token
        elif token.number and token.number.sense == "share":
            if last and not token.number.bound and token.number.value != HUNDRED:
                yield last, token
            last = None
        elif token.kind not in ("fillers", "filler"):
            last = None


def _ways(found: Examination, rate: Mapping[str, Any]) -> Iterator[Way]:
    """Each part with each whole it may be the share of."""
    wholes = [found.ledger.reading(text).value for text in rate["wholes"]]
    for text in rate["parts"]:
        part = found.ledger.reading(text)
        yield from ((part, whole) for whole in wholes if whole and part.value is not None)


def _hold(review: Review, text: Text, ways: Sequence[Way], percent: Token) -> Iterator[Diagnostic]:
    assert percent.number
    if not ways or any(_percent(way, percent) == percent.number.value for way in ways):
        return
    part, whole = ways[0]
    assert part.value is not None
    yield review.find(
        "prose-share-differs",
        text.line.place(percent.start, percent.end),
        text.line.path,
        related=tuple(Related(cell.location, cell.path, cell.written or "0") for cell in part.cells[:12]),
        given=percent.word,
        part=written(part.value),
        whole=written(whole),
        computed=f"{_percent(ways[0], percent):f}%",
    )


def _percent(way: Way, percent: Token) -> Decimal:
    part, whole = way
    assert percent.number
    assert part.value is not None
    return round_half_up(part.value * 100 / whole, percent.number.places)
