"""Texts in; what they claim without a number, and the tables deny, out: 全部办结, 未发生行政复议."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic, Listed, Related
from reportgen.model.review.figures.examination import Examination, Text
from reportgen.model.review.figures.quantities import written

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

MARKS: Final = re.compile("[。！？；\n]")


def find_claims(review: Review, found: Examination, text: Text) -> Iterator[Diagnostic]:
    """The claims of one text that the tables deny."""
    if text.line.is_lone:
        return
    for claim in found.ledger.data.get("claims", ()):
        for match in pattern(claim["words"]).finditer(text.line.text):
            if _is_meant(claim, text, match):
                yield from _hold(review, found, text, claim, match)


@cache
def pattern(words: str) -> re.Pattern[str]:
    """A claim's words, compiled once."""
    return re.compile(words)


def _is_meant(claim: Mapping[str, Any], text: Text, match: re.Match[str]) -> bool:
    """Whether the claim is about its topic, and of the whole year."""
    if "topic" in claim and text.topic_at(match.start() + 1) != claim["topic"]:
        return False
    if "topic" in claim and _is_of_some(text, match.start()):
        return False
    start = max((mark.end() for mark in MARKS.finditer(text.line.text, 0, match.start())), default=0)
    before = [token for token in text.tokens if start <= token.start < match.start()]
    return not any(token.kind in ("periods", "parts") for token in before)


def _is_of_some(text: Text, place: int) -> bool:
    """Whether what was named last before a claim is only one sort of its topic: 上年结转3件，均已办结."""
    acts = [token for token in text.tokens if token.kind in ("act", "stop") and token.end <= place]
    if not acts or acts[-1].kind == "stop":
        return False
    return acts[-1].name in text.firm


def _hold(
    review: Review, found: Examination, text: Text, claim: Mapping[str, Any], match: re.Match[str]
) -> Iterator[Diagnostic]:
    ledger = found.ledger
    reading = ledger.reading(" + ".join(claim["zero"]))
    against = [cell for cell in reading.cells if ledger.worth(cell)]
    total = sum((ledger.worth(cell) / ledger.factor(cell) for cell in against), Decimal(0))
    if not against:
        return
    yield review.find(
        "prose-claim-unsure" if claim.get("hint") else "prose-claim-differs",
        text.line.place(match.start(), match.end()),
        text.line.path,
        related=tuple(Related(cell.location, cell.path, cell.written) for cell in against),
        given=match[0],
        place=Listed(cell.path for cell in against),
        value=written(total),
    )
