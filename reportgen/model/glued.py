"""Keys whose colon YAML does not see in; findings, and keys and values as they were meant, out."""

from __future__ import annotations

import re
from typing import Final

from reportgen.diagnostics import Location
from reportgen.model.characters import REPLACEMENT
from reportgen.model.nodes import Entry, Mapping, Node, Scalar
from reportgen.model.notes import Notes
from reportgen.model.offsets import raw_text
from reportgen.model.places import Places

GLUED_COLON: Final = re.compile(
    r"(?P<key>\"[^\"\r\n]{1,100}\"|'[^'\r\n]{1,100}'|[^:：，。；、“”\"'{\[#\r\n-][^:：，。；、“”\"'{\[\r\n]{0,100}?)"
    r"(?P<colon>：|:(?=[^ \t\r\n]))"
)
"""A key whose colon is full-width or has no space after it."""
FIGURE: Final = re.compile(r"[ \t]*+(?P<figure>[0-9.]*)$")
BRACKET: Final = re.compile(r"[ \t]*+[{\[]")
"""What follows the colon of a line that is a key with its value beyond doubt."""
LINE: Final = re.compile(r"[^ \t\r\n][^\r\n]*")
CUT_NUMBER: Final = re.compile(r"[0-9][0-9,]*,$")
THOUSAND: Final = re.compile("[0-9]{3}")
"""What stands before and in a key that is the rest of a number with thousands separators."""
COLON_CODES: Final = {"：": "wide-colon", ":": "missing-space-after-colon"}

Glued = re.Match[str]


def shortened(text: str) -> str:
    """The beginning of a text, short enough to be part of a sentence."""
    return text if len(text) <= 20 else text[:19] + "…"


def name_of(glued: Glued) -> str:
    """The name of a glued key, as it is shown."""
    return glued["key"].replace(REPLACEMENT, "").strip()


def glued_lines(text: str, start: int, end: int) -> list[Glued | None]:
    """For each line of a plain text the key it begins with, when that has a colon that YAML does not see."""
    lines = [match.span() for match in LINE.finditer(text, start, end)]
    return [GLUED_COLON.match(text, *line) for line in lines]


def note_colons(notes: Notes, places: Places, found: list[Glued], path: str) -> None:
    """Note the colon of each glued key."""
    for glued in found:
        place = places.span(*glued.span("colon"))
        notes.add(COLON_CODES[glued["colon"]], place, path, key=name_of(glued))


def split_key(notes: Notes, key: Scalar, path: str) -> tuple[Scalar | None, Scalar | None]:
    """A key in braces without a colon, whose value would silently be empty: noted; key and value as meant."""
    glued = GLUED_COLON.match(key.text) if key.plain else None
    if not glued:
        notes.add("no-colon-in-braces", key.location, path, text=shortened(key.text))
        return None, None
    start, end = glued.span("colon")
    notes.add(COLON_CODES[glued["colon"]], key.locate(start, end), path, key=name_of(glued))
    if GLUED_COLON.search(key.text, end):
        return None, None
    return part(key, 0, glued.end("key")), part(key, end, len(key.text))


def note_thousands(notes: Notes, places: Places, key: Scalar, path: str) -> bool:
    """Whether a key in braces is really the end of a number that its thousands separator has cut; noted."""
    start = key.location
    begun = CUT_NUMBER.search(places.line(start.line)[: start.column - 1])
    if not (begun and key.plain and THOUSAND.fullmatch(key.text)):
        return False
    value = begun[0] + key.text
    first = start.column - len(begun[0])
    place = Location(start.file, start.line, first, start.end_line, start.end_column)
    notes.add("count-form", place, path, value=value, meant=value.replace(",", ""))
    return True


def runs_into_bracket(notes: Notes, key: Scalar, path: str) -> bool:
    """Whether a key is really one with a glued colon and the beginning of its value in brackets; noted."""
    glued = GLUED_COLON.match(key.text)
    if not glued or not BRACKET.match(key.text, glued.end()):
        return False
    notes.add(COLON_CODES[glued["colon"]], key.locate(*glued.span("colon")), path, key=name_of(glued))
    return True


def part(whole: Scalar, first: int, last: int) -> Scalar:
    """A stretch of a plain scalar as a scalar of its own."""
    return Scalar(
        whole.text[first:last],
        True,
        whole.locate(first, last),
        lambda start, end: whole.locate(first + start, first + end),
    )


def mend_lines(notes: Notes, places: Places, node: Scalar, span: tuple[int, int], path: str) -> Node | None:
    """Keys with figures that ran together into one plain text: noted; the mapping that was meant.

    The text itself when it is no such thing, None when what was meant cannot be told.
    """
    found = [glued for glued in glued_lines(places.text, *span) if glued and is_key(glued)]
    if len(found) < len(LINE.findall(places.text, *span)):
        return node
    note_colons(notes, places, found, path)
    values = [FIGURE.match(glued.string, glued.end(), glued.endpos) for glued in found]
    entries = [
        Entry(raw_text(places, *glued.span("key")), raw_text(places, *value.span("figure")))
        for glued, value in zip(found, values, strict=True)
        if value
    ]
    return Mapping(tuple(entries), node.location) if len(entries) == len(found) else None


def is_key(glued: Glued) -> bool:
    """Whether a line is a key beyond doubt and not prose with a colon in it."""
    pieces = glued.string, glued.end(), glued.endpos
    return bool(FIGURE.match(*pieces) or BRACKET.match(*pieces))
