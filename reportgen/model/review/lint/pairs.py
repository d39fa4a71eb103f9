"""A text in; its quotes and brackets that have no partner, or are half-width around Chinese text, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from types import MappingProxyType
from typing import Final

from reportgen.model.review.lint.slips import Slip

PARTNERS: Final = MappingProxyType(
    {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "〔": "〕", "【": "】", "(": "）"}
)
FAMILY: Final = MappingProxyType({**{close: close for close in PARTNERS.values()}, ")": "）"})
BRACKET: Final = re.compile("[“”‘’（）《》〈〉〔〕【】()]")
STRAIGHT: Final = re.compile("[\"']")
NUMBERED: Final = re.compile(r"(?:\A|[。；，、：\s])[0-9A-Za-z]{1,2}[)）]")
WIDE: Final = MappingProxyType({"(": "（", ")": "）"})


def find_pairs(text: str) -> Iterator[Slip]:
    """The slips of quotes and brackets of a text, in one pass."""
    if not BRACKET.search(text) and not STRAIGHT.search(text):
        return
    is_half = any(mark in text for mark in "()\"'")
    chinese = [0, *accumulate(map(is_chinese, text))] if is_half else [0]
    numbered = {match.end() - 1 for match in NUMBERED.finditer(text)}
    opened: list[tuple[int, str]] = []
    waiting: Counter[str] = Counter()
    for match in BRACKET.finditer(text):
        place, mark = match.start(), match[0]
        if mark == "’" and is_apostrophe(text, place):
            continue
        if mark in PARTNERS:
            opened.append((place, PARTNERS[mark]))
            waiting[PARTNERS[mark]] += 1
        elif not waiting[FAMILY[mark]]:
            if place not in numbered and (mark != ")" or chinese[-1]):
                yield Slip("unpaired-mark", place, place + 1)
        else:
            yield from close(text, place, opened, waiting, chinese)
    for place, _ in opened:
        yield Slip("unpaired-mark", place, place + 1)
    if is_half:
        yield from find_straight(text, chinese)


def close(
    text: str, place: int, opened: list[tuple[int, str]], waiting: Counter[str], chinese: list[int]
) -> Iterator[Slip]:
    """Take a closing mark: those opened since its partner are left without theirs."""
    family = FAMILY[text[place]]
    while True:
        start, expected = opened.pop()
        waiting[expected] -= 1
        if expected == family:
            break
        yield Slip("unpaired-mark", start, start + 1)
    halves = [offset for offset in (start, place) if text[offset] in WIDE]
    is_mixed = len(halves) == 1
    if is_mixed or (halves and in_chinese(text, start, place, chinese)):
        for offset in halves:
            yield Slip("half-width-bracket", offset, offset + 1, WIDE[text[offset]])


def in_chinese(text: str, start: int, end: int, chinese: list[int]) -> bool:
    """Whether brackets hold Chinese text or follow it."""
    return chinese[end] > chinese[start + 1] or (start > 0 and is_chinese(text[start - 1]))


def find_straight(text: str, chinese: list[int]) -> Iterator[Slip]:
    """Straight quotes around Chinese text; what they should be where they come in pairs."""
    for quote, curly in (('"', "“”"), ("'", "‘’")):
        places = [
            match.start()
            for match in STRAIGHT.finditer(text)
            if match[0] == quote and not (quote == "'" and is_apostrophe(text, match.start()))
        ]
        if len(places) % 2:
            yield from (
                Slip("straight-quote", place, place + 1)
                for place in places
                if any(map(is_chinese, text[max(0, place - 1) : place + 2]))
            )
            continue
        for start, end in zip(places[::2], places[1::2], strict=True):
            if chinese[end] > chinese[start]:
                yield Slip("straight-quote", start, start + 1, curly[0])
                yield Slip("straight-quote", end, end + 1, curly[1])


def is_chinese(letter: str) -> bool:
    """Whether a character is Chinese."""
    return "\u3400" <= letter <= "\u9fff"


def is_apostrophe(text: str, place: int) -> bool:
    """Whether a quote follows a Latin letter or a digit, and no Chinese character comes next."""
    before, after = text[max(0, place - 1) : place], text[place + 1 : place + 2]
    return before.isascii() and before.isalnum() and not (after and is_chinese(after) and before.isalpha())
