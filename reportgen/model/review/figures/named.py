"""A number in its clause in; what the words around it say of themselves, and the values of a naming, out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from reportgen.model.review.figures.clauses import Place, Tokens, counts
from reportgen.model.review.figures.numerals import Numeral
from reportgen.model.review.figures.quantities import Ledger, Quantity, Reading
from reportgen.model.review.figures.vocabulary import Token, Words, listed

LAST_YEAR: Final = ("同比", "上年", "去年", "上一年", "上年度", "上一年度")
SUMS: Final = ("共计", "合计", "总计")
DIFFERENCES: Final = ("增加", "减少", "增长", "下降", "上升", "多", "少", "增加了", "减少了")


@dataclass(frozen=True, slots=True)
class Named:
    """A number and what it counts; None when nothing of the tables, and `is_part` when only a part of it.

    `label` are the words that say what a number of no quantity counts; `earlier` is what a number of last
    year's counts.
    """

    numeral: Numeral
    place: Place
    quantity: Quantity | None
    topic: str
    is_part: bool = False
    label: str = ""
    earlier: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known before a text is read: the kind's words, the report's year and organ, the topic above."""

    data: Words
    ledger: Ledger
    year: int
    organ: str
    topic: str = ""

    def listed(self, name: str) -> frozenset[str]:
        """The words of one list of the kind's."""
        return listed(self.data, name)


def together(found: Sequence[Quantity | None]) -> Quantity | None:
    """Quantities that are counted in one number: 予以公开和部分公开; None when one is unknown."""
    known = [quantity for quantity in found if quantity is not None]
    if not known or len(known) < len(found):
        return None
    paths = [cell.path for quantity in known for cell in quantity.readings[0].cells]
    each = {quantity.readings[0].text: quantity for quantity in known}
    if len(set(paths)) < len(paths):  # one is part of the other: 不掌握、无法提供的
        return either(known)
    if len(each) == 1:
        return known[-1]
    readings = [quantity.readings[0] for quantity in each.values()]
    return replace(known[-1], readings=(added(readings),))


def either(found: Sequence[Quantity]) -> Quantity:
    """Quantities any of which may be meant, the one of the fewest cells first."""
    ordered = sorted(found, key=lambda quantity: len(quantity.readings[0].cells))
    readings = {reading.text: reading for quantity in ordered for reading in quantity.readings}
    return replace(ordered[0], readings=tuple(readings.values()))


def added(readings: Sequence[Reading]) -> Reading:
    """The sum of readings as one."""
    known = [reading.value for reading in readings if reading.value is not None]
    total = sum(known, Decimal(0)) if len(known) == len(readings) else None
    cells = tuple(cell for reading in readings for cell in reading.cells)
    return Reading(" + ".join(reading.text for reading in readings), cells, total)


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


def is_among(place: Place) -> bool:
    """Whether a number is said to be among one before it: after 其中, or in a bracket still open."""
    if is_bracketed(place):
        return True
    return any(token.kind == "among" and token.end <= place.token.start for token in place.sentence)


def is_bracketed(place: Place) -> bool:
    """Whether a number stands in a bracket."""
    ahead = [token.kind for token in place.sentence if token.end <= place.token.start]
    return ahead.count("open") > ahead.count("close")


def is_joined(place: Place) -> bool:
    """Whether a comma of a list, and no other mark, parts a number's words from the one before."""
    kinds = [token.kind for token in place.head]
    return kinds[:1] == ["join"] and "break" not in kinds


def is_repeated(place: Place) -> bool:
    """Whether a number in brackets says the one before it once more: 15.2万件（152038件）."""
    at = bisect_left(place.sentence, place.token.start, key=lambda token: token.start)
    around = [place.sentence[each].kind for each in (at - 1, at + 1) if 0 <= each < len(place.sentence)]
    return around == ["open", "close"] and at > 1 and counts(place.sentence[at - 2])


def is_difference(clause: Tokens) -> bool:
    """Whether a number says by how much another changed: 比上年增加41条."""
    words = "".join(token.word for token in clause)
    return words.endswith(DIFFERENCES) or any(word in words for word in LAST_YEAR)


def thing_behind(place: Place) -> str:
    """The topic that a number itself is followed by: 3件规章; none when it leads to the next number."""
    first = next((token for token in place.tail if token.kind != "fillers"), None)
    return first.name if first and first.kind == "topic" and not is_of_next(place) else ""


def is_of_next(place: Place) -> bool:
    """Whether the words behind a number lead to the next one: 24件申请已办结21件."""
    end = place.tail[-1].end if place.tail else place.token.end
    after = next((token for token in place.sentence if token.start >= end), None)
    return bool(place.tail) and after is not None and counts(after)


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
