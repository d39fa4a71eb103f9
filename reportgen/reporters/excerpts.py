"""A line of a file and a place in it in; the line as a terminal shows it and a caret under the place out."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 100
"""Columns of a terminal that an excerpt fills at most."""
BEFORE: Final = 40
"""Columns shown before the place when a line is cut."""
TAB: Final = "    "
CUT: Final = "…"
HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories that a terminal would obey or not show at all."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is shown of a line: `text`, and `carets` from the column `indent` on."""

    text: str
    indent: int
    carets: int


def excerpt(line: str, first: int, last: int) -> Excerpt:
    """What to show of a line for its characters `first:last` (from 0); of a long line what is round them."""
    first = min(first, len(line))
    last = max(first, min(last, len(line)))
    begin, end = window(line, first)
    head, tail = CUT if begin else "", CUT if end < len(line) else ""
    before, marked = shown(line[begin:first]), shown(line[first : min(last, end)])
    after = shown(line[min(last, end) : end])
    text = head + before + marked + after + tail
    return Excerpt(text, len(head) + width(before), max(1, width(marked)))


def window(line: str, first: int) -> tuple[int, int]:
    """Which characters of a line to show so that the place is seen."""
    if len(line) <= WIDTH and width(shown(line)) <= WIDTH:
        return 0, len(line)
    room = WIDTH - 2 * len(CUT)
    begin = first - fitting(line[max(0, first - BEFORE) : first][::-1], BEFORE)
    end = begin + fitting(line[begin : begin + 2 * WIDTH], room)
    if end == len(line):
        begin = end - fitting(line[max(0, end - 2 * WIDTH) :][::-1], room)
    return begin, end


def fitting(text: str, room: int) -> int:
    """How many characters of a text fit into so many columns."""
    for count, character in enumerate(text):
        room -= width(shown(character))
        if room < 0:
            return count
    return len(text)


def shown(text: str) -> str:
    """The text as it is printed: tabs as spaces, what a terminal would obey as an escape."""
    return "".join(show(character) for character in text)


def show(character: str) -> str:
    """A character as it is printed."""
    if character == "\t":
        return TAB
    code = ord(character)
    if unicodedata.category(character) not in HIDDEN and code & 0xFFFE != 0xFFFE:
        return character
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def width(text: str) -> int:
    """Columns of a terminal: two for wide and full-width characters, none for combining ones, else one.

    Characters of ambiguous width, such as “ and …, count one, as terminals have it unless set otherwise.
    """
    return sum(columns(character) for character in text)


def columns(character: str) -> int:
    """Columns of one printed character."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
