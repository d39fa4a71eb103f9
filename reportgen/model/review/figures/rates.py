"""A text in; rates that the tables do not make, out: 办结率为95.6%."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.review.figures.clauses import Tokens
from reportgen.model.review.figures.examination import Examination, Text
from reportgen.model.review.figures.ratios import Ratio, hold, ratios
from reportgen.model.review.figures.vocabulary import Token

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

HUNDRED: Final = Decimal(100)
"""A rate of 100 % is mostly said of what is due already: a claim, not a rate."""


def find_rates(review: Review, found: Examination, text: Text) -> Iterator[Diagnostic]:
    """The rates of a text (`rates` of figures.yaml) that no part and whole of the tables make."""
    declared = found.ledger.data.get("rates", ())
    if not declared or text.line.is_lone:
        return
    for sentence in text.sentences:
        for word, percent in named_rates(sentence):
            rate = next((each for each in declared if word.word in each["words"].split()), None)
            if rate and text.topic_at(word.start) == rate["topic"]:
                yield from hold(review, text, percent, _ratios(found, rate))


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


def _ratios(found: Examination, rate: Mapping[str, Any]) -> list[Ratio]:
    """Each part with each whole it may be the share of."""
    ledger = found.ledger
    wholes = [ledger.reading(text).value for text in rate["wholes"]]
    return ratios([ledger.reading(text) for text in rate["parts"]], wholes)
