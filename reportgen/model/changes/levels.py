"""Two versions of a text in; how much the change between them weighs out."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from reportgen.model.changes.change import Level, Piece
from reportgen.model.changes.sentences import sentences
from reportgen.model.review.figures.numerals import scan

FEW: Final = 1
"""Characters that may be other in a text for it to be a slip of the pen."""
LEAST: Final = 5
"""A text of fewer characters is a word, and another word is no slip."""
TURNING: Final = frozenset("不未无没非否免勿莫已应可能须")
"""Characters that turn a sentence into another one."""


def level_of(before: str, after: str, pieces: Sequence[Piece], counters: Sequence[str]) -> Level:
    """The level of a change of a text; `counters` are the words that count things."""
    if numbers(before, counters) != numbers(after, counters):
        return Level.FIGURE
    if bare(before) == bare(after) or is_slip(before, after, pieces):
        return Level.TYPO
    return Level.WORDING


def numbers(text: str, counters: Sequence[str]) -> list[str]:
    """The numbers of a text with their units, and every digit that is part of none."""
    found = scan(text, counters)
    inside = {at for numeral in found for at in range(numeral.start, numeral.end)}
    loose = [letter for at, letter in enumerate(text) if letter.isdigit() and at not in inside]
    return [text[numeral.start : numeral.end].strip() for numeral in found] + loose


def bare(text: str) -> str:
    """A text without marks and blanks."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] not in "PZC")


def is_slip(before: str, after: str, pieces: Sequence[Piece]) -> bool:
    """Whether one character of a text is other, and none that matters."""
    gone, come = (bare("".join(p.text for p in pieces if p.mark == mark)) for mark in "-+")
    if max(len(gone), len(come)) > FEW or TURNING & {*gone, *come}:
        return False
    return len(sentences(before)) == len(sentences(after)) and min(len(before), len(after)) >= LEAST
