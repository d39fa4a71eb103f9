"""Words of a text in; which year they speak of, the report's or the one before, out."""

from __future__ import annotations

from typing import Final

from reportgen.model.review.figures.clauses import (
    Place,
    Tokens,
)
from reportgen.model.review.figures.vocabulary import Token

ALL_YEAR: Final = "全年"
"""Of a whole year, whichever is spoken of."""
THIS_YEAR: Final = ("本年", "今年")
COMPARING: Final = ("较", "比", "与", "同")


def is_now(token: Token) -> bool:
    """Whether a word says that this whole year is meant."""
    return token.kind == "whole" and token.word != ALL_YEAR


def is_then(place: Place, year: int) -> bool:
    """Whether a number is of the year before: its clause, or one of a time alone ahead of it, says so."""
    if is_past(place.clause, year):
        return True
    alone = all(is_time(token, year) for token in place.before)
    return alone and is_past(place.before, year) and not any(map(is_now, place.clause))


def brings_over(token: Token, year: int) -> bool:
    """Whether an act is one of both years: 上年收到、结转至本年办理的申请3件."""
    return token.kind == "act" and any(now in token.word for now in (str(year), *THIS_YEAR))


def is_past(tokens: Tokens, year: int) -> bool:
    """Whether the year before is named, and not only to compare with."""
    before = ""
    for token in tokens:
        if names_year_before(token, year) and not before.endswith(COMPARING):
            return True
        before = token.word
    return False


def is_time(token: Token, year: int) -> bool:
    """Whether a word tells a time, or nothing."""
    return token.kind in ("fillers", "filler", "whole") or names_year_before(token, year)


def names_year_before(token: Token, year: int) -> bool:
    """Whether a word is the year before: 上年, or its number."""
    if token.number and names_year(token):
        return token.number.value == year - 1
    return token.kind == "earlier"


def names_year(token: Token) -> bool:
    """Whether a word is the number of a year."""
    return token.number is not None and token.number.sense == "year"


def is_other_year(token: Token, year: int) -> bool:
    """Whether a word is the number of another year."""
    return bool(token.number and names_year(token) and token.number.value != year)
