"""Scalars that YAML reads without complaint, but not as they were meant, in; findings out."""

from __future__ import annotations

import re
from typing import Final

from reportgen.diagnostics import Location
from reportgen.model.characters import REPLACEMENT, code_point, forbidden
from reportgen.model.nodes import Scalar
from reportgen.model.notes import Notes
from reportgen.model.places import Places

WIDE_SPACES: Final = "\u3000\u00a0"
WIDE_QUOTES: Final = "“”‘’＂＇"
GLUED_COLON: Final = re.compile(r"[^:：，。；、“”\"'{\[\r\n]{1,100}?(?P<colon>：|:(?=[^ \t\r\n]))")
"""A key at the beginning of a text whose colon is full-width or has no space after it."""
FIGURES: Final = re.compile(r"[ \t]*+(?:[0-9.]+|\{.*|\[.*)?$")
"""What may follow the colon for a line to be a key with its value beyond doubt."""
LINE: Final = re.compile(r"[^\r\n]+")
PROPERTY: Final = re.compile(r"(?:(?P<anchor>&[^ \t\r\n,\[\]{}]*)|(?P<tag>![^ \t\r\n]*))[ \t\r\n]*")
COLON_CODES: Final = {"：": "wide-colon", ":": "missing-space-after-colon"}


def check_key(notes: Notes, key: Scalar, path: str) -> None:
    """Note quotes and spaces of full width around a key, which YAML takes for part of it."""
    if key.plain and key.text[0] in WIDE_SPACES:
        width = len(key.text) - len(key.text.lstrip(WIDE_SPACES))
        notes.add("wide-space", key.locate(0, width), path)
    elif key.plain and key.text[0] in WIDE_QUOTES:
        notes.add("wide-quote", key.locate(0, 1), path, quote=key.text[0])


def check_bare_key(notes: Notes, key: Scalar, path: str) -> None:
    """Note a key in braces that has no colon, so that it would silently have no value."""
    glued = GLUED_COLON.match(key.text)
    if glued and key.plain:
        offset = glued.start("colon")
        notes.add(COLON_CODES[glued["colon"]], key.locate(offset, offset + 1), path, key=key.text[:offset])
    else:
        notes.add("missing-colon", key.location, path, text=key.text)


def check_value(notes: Notes, places: Places, start: int, end: int, path: str) -> None:
    """Note list items and keys that ran together into one plain text, which begins a line of its own."""
    lines = [match.span() for match in LINE.finditer(places.text, start, end)]
    texts = [places.text[begin:stop] for begin, stop in lines]
    if re.match(r"-[^ \t0-9.-]", texts[0]):
        notes.add("missing-space-after-dash", places.span(start, start + 1), path)
        return
    glued = [GLUED_COLON.match(text.lstrip(" \t")) for text in texts]
    found = [match for match in glued if match and FIGURES.match(match.string, match.end())]
    if len(found) < len(lines):
        return
    for (_, stop), match in zip(lines, found, strict=True):
        colon = stop - len(match.string) + match.start("colon")
        notes.add(COLON_CODES[match["colon"]], places.span(colon, colon + 1), path, key=match.string[: match.start("colon")])


def check_item(notes: Notes, places: Places, location: Location, column: int, path: str) -> None:
    """Note a line of a list item's text that begins with a dash right under the dashes of the list."""
    for number in range(location.line + 1, location.end_line + 1):
        line = places.line(number)
        if line[: column - 1].strip(" ") == "" and line[column - 1 : column] == "-":
            place = Location(places.file, number, column, number, column + 1)
            notes.add("missing-space-after-dash", place, path)


def check_escapes(notes: Notes, text: Scalar, path: str) -> None:
    """Note characters that came in through escapes and may not stand in a report."""
    for offset, code in forbidden(text.text):
        character = text.text[offset]
        if character != REPLACEMENT:  # stands for one that was noted when the file was decoded
            notes.add(code, text.locate(offset, offset + 1), path, character=code_point(character))


def refuse_properties(notes: Notes, places: Places, offset: int, path: str) -> int:
    """Note the anchor and the tag before a value; where the value itself begins."""
    while match := PROPERTY.match(places.text, offset):
        kind = match.lastgroup or ""
        notes.add(f"yaml-{kind}", places.span(*match.span(kind)), path, text=match[kind])
        offset = match.end()
    return offset
