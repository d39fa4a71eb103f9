"""A text in; percentages of acts without their figures that no total makes, out: 其中予以公开占58%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.review.figures.clauses import Tokens, counts, letters
from reportgen.model.review.figures.examination import Examination, Text
from reportgen.model.review.figures.named import together
from reportgen.model.review.figures.quantities import Quantity
from reportgen.model.review.figures.ratios import hold, ratios
from reportgen.model.review.figures.shares import LOOSE, SAYS_SHARE
from reportgen.model.review.figures.vocabulary import Token

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

LEADING: Final = ("fillers", "filler", "neutral", "among", "sorting")
"""Kinds of words that only lead to a column."""


def find_named_shares(review: Review, found: Examination, text: Text) -> Iterator[Diagnostic]:
    """The percentages of a text whose parts only the tables tell, and that do not come out."""
    for sentence in text.sentences:
        for words, percent in named_shares(sentence):
            quantity = _meant(found, words) or _of_column(found, text, words)
            if quantity:
                yield from hold(review, text, percent, ratios(quantity.readings, found.totals))


def named_shares(sentence: Tokens) -> Iterator[tuple[list[Token], Token]]:
    """Each percentage that follows 占, with the words ahead of it that no figure parts from it."""
    words: list[Token] = []
    said = False
    for token in sentence:
        if counts(token) or token.kind in ("break", "open", "close"):
            words, said = [], False
        elif token.word in SAYS_SHARE:
            said = True
        elif token.number:
            if said and token.number.sense == "share" and not token.number.bound:
                yield words, token
            words, said = [], False
        elif not said:
            words.append(token)


def _meant(found: Examination, words: Sequence[Token]) -> Quantity | None:
    """What acts that have a topic of their own count together; None when other words are among them."""
    acts = [token for token in words if token.kind == "act"]
    topics = [found.ledger.topic_of(token.name) for token in acts]
    if not acts or not all(topics) or letters(words) > LOOSE:
        return None
    if any(token.kind in ("foreign", "parts", "periods", "column") for token in words):
        return None
    ends = [at for at, token in enumerate(words) if token.kind == "open-end"]
    listed = [act for act in acts if not ends or act.start >= words[ends[-1]].end]
    return together([found.ledger.quantity(found.ledger.topic_of(act.name), act.name) for act in listed])


def _of_column(found: Examination, text: Text, words: Sequence[Token]) -> Quantity | None:
    """What a column alone counts of the topic spoken of: 自然人占84%."""
    known = [token for token in words if token.kind not in LEADING]
    if len(known) != 1 or known[0].kind != "column":
        return None
    return found.ledger.quantity(text.topic_at(known[0].start), "", known[0].name)
