"""A text in; changes that do not follow from the two figures beside them out: 22件，比上年（31件）下降30%."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic, Related
from reportgen.model.formats import round_half_up
from reportgen.model.review.figures.changes import direction, shown_change
from reportgen.model.review.figures.clauses import Tokens, counts, letters
from reportgen.model.review.figures.examination import Examination, Text
from reportgen.model.review.figures.named import LAST_YEAR
from reportgen.model.review.figures.numerals import Numeral
from reportgen.model.review.figures.times import names_year_before
from reportgen.model.review.figures.vocabulary import Token

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

LOOSE: Final = 6
"""Unknown characters that may stand between the three figures of a comparison."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """This year's figure, last year's, and the change told, positive when it rose."""

    now: Token
    before: Token
    change: Token
    told: Decimal

    @property
    def computed(self) -> Decimal:
        """What the change comes to, in percent or in pieces, as it would be printed."""
        now, before, change = number(self.now), number(self.before), number(self.change)
        if change.sense == "share":
            return round_half_up((now.value - before.value) * 100 / before.value, change.places)
        return now.value - before.value


def find_comparisons(review: Review, found: Examination, text: Text) -> Iterator[Diagnostic]:
    """The changes told in a text with both figures that do not come out."""
    for sentence in text.sentences:
        for each in comparisons(sentence, found.year):
            if each.computed != each.told:
                yield _find(review, text, each)


def number(token: Token) -> Numeral:
    """The number of a word that is one."""
    assert token.number
    return token.number


def comparisons(sentence: Tokens, year: int) -> Iterator[Comparison]:
    """Figures in a row: 甲，比上年的乙增长丙; 甲，同比增长丙（上年乙）."""
    found = [at for at, token in enumerate(sentence) if counts(token) or _is_share(token)]
    for first, second, third in zip(found, found[1:], found[2:], strict=False):
        ahead, behind = sentence[first + 1 : second], sentence[second + 1 : third]
        now, one, other = sentence[first], sentence[second], sentence[third]
        if letters(ahead) > LOOSE or letters(behind) > LOOSE or not counts(now):
            continue
        sooner, later = direction(words(ahead)), direction(words(behind))
        if _is_then(ahead, year) and later and not sooner:
            before, change = one, other
        elif _is_then(behind, year) and sooner and not later and any(t.kind == "open" for t in behind):
            before, change = other, one
        else:
            continue
        if _is_alike(now, before, change):
            yield Comparison(now, before, change, number(change).value * (sooner or later))


def words(tokens: Tokens) -> str:
    """Words as they are written."""
    return "".join(token.word for token in tokens)


def _is_share(token: Token) -> bool:
    return token.number is not None and token.number.sense == "share"


def _is_then(tokens: Tokens, year: int) -> bool:
    said = words(tokens)
    return any(names_year_before(token, year) for token in tokens) or any(word in said for word in LAST_YEAR)


def _is_alike(now: Token, before: Token, change: Token) -> bool:
    """Whether the three can be held against each other: exact, in one unit."""
    numbers = [number(token) for token in (now, before, change)]
    if any(each.bound or each.scale or each.sense == "range" for each in numbers) or not numbers[1].value:
        return False
    units = {each.unit for each in numbers if each.sense == "count"}
    return len(units) == 1 and counts(before)


def _find(review: Review, text: Text, each: Comparison) -> Diagnostic:
    return review.find(
        "prose-change-differs",
        text.line.place(each.change.start, each.change.end),
        text.line.path,
        related=tuple(
            Related(text.line.place(token.start, token.end), text.line.path, token.word)
            for token in (each.now, each.before)
        ),
        given=each.change.word,
        place=f"{each.before.word} → {each.now.word}",
        computed=shown_change(each.computed, number(each.change)),
    )
