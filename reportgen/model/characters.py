"""A text in; out come the characters that have no place in a report, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic
from reportgen.model.limits import FINDINGS
from reportgen.model.places import Places

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

CONTROLS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
"""Control characters but tab and line ends, and code points that are no characters."""

FAR: Final = "".join(chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
"""The last two code points of the other planes, which are no characters either."""

FILLERS: Final = "\u034f\u115f\u1160\u180b-\u180f\u3164\uffa0"
"""Letters that stand for no letter."""
UNSEEN: Final = f"\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff{FILLERS}"
"""Soft hyphens, zero-width spaces, line separators, marks of reading and byte order: copied in unawares."""

CODES: Final = (
    (re.compile(f"[{CONTROLS}{FAR}]"), "control-character"),
    (re.compile(f"[{UNSEEN}]"), "invisible-character"),
    (re.compile(REPLACEMENT), "damaged-character"),
)

NEAR_PATTERN: Final = re.compile(f"[{CONTROLS}{UNSEEN}{REPLACEMENT}]")
WHOLE_PATTERN: Final = re.compile(f"[{CONTROLS}{UNSEEN}{REPLACEMENT}{FAR}]")
RARE: Final = re.compile("[\U00010000-\U0010ffff]")


def pattern_for(text: str) -> re.Pattern[str]:
    """What finds the characters that may not stand in a text: ten times faster when none is beyond U+FFFF."""
    return WHOLE_PATTERN if RARE.search(text) else NEAR_PATTERN


def forbidden(text: str) -> Iterator[tuple[int, str]]:
    """The offset and finding code of every character that may not stand in a report."""
    for match in pattern_for(text).finditer(text):
        yield match.start(), next(code for pattern, code in CODES if pattern.match(match[0]))


def check_characters(places: Places) -> tuple[Places, tuple[Diagnostic, ...]]:
    """The text with such characters replaced one for one, so that reading can go on, and the findings."""
    found = tuple(
        find(code, places.span(offset, offset + 1), character=code_point(places.text[offset]))
        for offset, code in islice(forbidden(places.text), FINDINGS + 1)
    )
    if not found:
        return places, ()
    return Places(places.file, pattern_for(places.text).sub(REPLACEMENT, places.text)), found


def code_point(character: str) -> str:
    """A character's number as it is usually written: `U+200B`."""
    return f"U+{ord(character):04X}"
