"""A review in; everything its texts say that its tables, or its other texts, do not, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic
from reportgen.model.review.figures.breakdowns import find_breakdowns
from reportgen.model.review.figures.changes import find_changes
from reportgen.model.review.figures.claims import find_claims
from reportgen.model.review.figures.comparisons import find_comparisons
from reportgen.model.review.figures.differences import find_differences
from reportgen.model.review.figures.examination import Examination, examine
from reportgen.model.review.figures.named_shares import find_named_shares
from reportgen.model.review.figures.omissions import find_omissions
from reportgen.model.review.figures.past import find_past
from reportgen.model.review.figures.rates import find_rates
from reportgen.model.review.figures.remainders import find_remainders
from reportgen.model.review.figures.repetitions import find_repetitions
from reportgen.model.review.figures.shares import find_shares

if TYPE_CHECKING:
    from reportgen.model.review.review import Review


def check_figures(review: Review) -> Iterator[Diagnostic]:
    """Every finding about the figures of a report's texts."""
    found = examine(review)
    if found is not None:
        yield from find_all(review, found)


def find_all(review: Review, found: Examination) -> Iterator[Diagnostic]:
    """Every finding of an examination."""
    for text in found.texts:
        yield from find_differences(review, found, text)
        yield from find_claims(review, found, text)
        yield from find_omissions(review, found, text)
        yield from find_breakdowns(review, text)
        yield from find_remainders(review, text)
        yield from find_shares(review, found, text)
        yield from find_named_shares(review, found, text)
        yield from find_rates(review, found, text)
        yield from find_changes(review, found, text)
        yield from find_comparisons(review, found, text)
        yield from find_past(review, found, text)
    yield from find_repetitions(review, found.texts)
