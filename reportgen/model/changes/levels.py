"""Two versions of a text in; how much the change between them weighs out."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from reportgen.model.changes.change import Level, Piece
from reportgen.model.changes.sentences import sentences
from reportgen.model.review.figures.numerals import scan

CONFUSED: Final = (
    *("的地得", "做作", "账帐", "像象", "他它她", "份分", "座坐", "即既", "在再", "侯候", "己已巳", "戊戌戍"),
    *("炼练", "采彩", "记纪", "画划", "拔拨", "辩辨辫", "粘沾", "籍藉", "撤撒", "竟竞", "历厉励", "幅辐"),
    *("复覆", "度渡", "弛驰", "振震", "致至", "部布", "署暑", "惟唯", "绩迹", "决绝", "泄泻", "连联", "起启"),
)
"""Characters that are written for one another by mistake; any other character may say something else."""
HOLLOW: Final = frozenset("的地得")
"""Characters without which a sentence says the same."""
LEAST: Final = 5
"""A text of fewer characters is a word, and another word is no slip."""


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
    """Whether one character of a text is other, by a mistake of writing that says nothing else.

    A doubt is none: who has to approve a change goes by its level.
    """
    gone, come = (bare("".join(p.text for p in pieces if p.mark == mark)) for mark in "-+")
    if min(len(before), len(after)) < LEAST or len(sentences(before)) != len(sentences(after)):
        return False
    if gone and come:
        return len(gone) == len(come) == 1 and any(gone in group and come in group for group in CONFUSED)
    return gone + come in HOLLOW or is_doubled(bare(before), bare(after))


def is_doubled(one: str, other: str) -> bool:
    """Whether two texts are the same but for one character that stands twice in the longer."""
    shorter, longer = sorted((one, other), key=len)
    doubled = [at for at in range(1, len(longer)) if longer[at] == longer[at - 1]]
    return any(longer[:at] + longer[at + 1 :] == shorter for at in doubled)
