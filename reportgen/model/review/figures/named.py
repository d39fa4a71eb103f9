"""A number in its clause in; what the words around it say of themselves, and the values of a naming, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportgen.model.review.figures.clauses import Place, Tokens, counts
from reportgen.model.review.figures.numerals import Numeral
from reportgen.model.review.figures.quantities import Ledger, Quantity, Reading
from reportgen.model.review.figures.vocabulary import Token


@dataclass(frozen=True, slots=True)
class Named:
    """A number and what it counts; None when nothing of the tables, and `is_part` when only a part of it.

    `label` are the words that say what a number of no quantity counts.
    """

    numeral: Numeral
    place: Place
    quantity: Quantity | None
    topic: str
    is_part: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known before a text is read: the kind's words, the report's year and organ, the topic above."""

    data: Mapping[str, Any]
    ledger: Ledger
    year: int
    organ: str
    topic: str = ""


def together(found: Sequence[Quantity | None]) -> Quantity | None:
    """Quantities that are counted in one number: 予以公开和部分公开; None when one is unknown."""
    known = [quantity for quantity in found if quantity is not None]
    if not known or len(known) < len(found):
        return None
    paths = [cell.path for quantity in known for cell in quantity.readings[0].cells]
    each = {quantity.readings[0].text: quantity for quantity in known}
    if len(set(paths)) < len(paths):  # one is part of the other: 不掌握、无法提供的
        return known[-1]
    if len(each) == 1:
        return known[-1]
    readings = [quantity.readings[0] for quantity in each.values()]
    return replace(known[-1], readings=(added(readings),))


def added(readings: Sequence[Reading]) -> Reading:
    """The sum of readings as one."""
    values = [reading.value for reading in readings]
    total = (
        None
        if any(value is None for value in values)
        else sum(value for value in values if value is not None)
    )
    cells = tuple(cell for reading in readings for cell in reading.cells)
    return Reading(" + ".join(reading.text for reading in readings), cells, total)  # type: ignore[arg-type]


def names_part(words: Tokens) -> bool:
    """Whether a part is named, and not all of them: 网络、信函等渠道."""
    part = next((token for token in reversed(words) if token.kind in ("parts", "periods")), None)
    return part is not None and not any(
        token.kind == "open-end" for token in words if token.start >= part.end
    )


def label_of(place: Place) -> str:
    """The words before a number that say what it counts, without those that only lead up to it."""
    return "".join(token.word for token in place.clause if is_telling(token))


def is_telling(token: Token) -> bool:
    """Whether a word says what is counted."""
    return token.kind not in ("fillers", "filler", "join", "whole", "open", "close")


def is_apiece(clause: Tokens) -> bool:
    """Whether one figure is given for each of several: 分别, 各."""
    return any(token.kind == "apiece" for token in clause)


def until_apiece(clause: Tokens) -> Tokens:
    """The words before the one that says so."""
    at = next((number for number, token in enumerate(clause) if token.kind == "apiece"), len(clause))
    return clause[:at]


def ahead(tokens: Tokens, mark: Token) -> Tokens:
    """The words before another."""
    return tuple(token for token in tokens if token.end <= mark.start)


def numbers_from(place: Place) -> Iterator[Token]:
    """The number and those listed with it."""
    for token in place.sentence:
        if token.start < place.token.start or token.kind in ("join", "fillers", "filler"):
            continue
        if not counts(token):
            return
        yield token


def following(place: Place) -> int:
    """How many numbers are listed from this one on."""
    return sum(1 for _ in numbers_from(place))


def unit_behind(place: Place) -> str:
    """The unit of a number in a list that names it once: 1、2和3件."""
    return next(
        (token.number.unit for token in numbers_from(place) if token.number and token.number.unit), ""
    )
