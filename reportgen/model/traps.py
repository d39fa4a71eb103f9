"""Scalars that YAML reads without complaint, but not as they were meant, in; findings out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from reportgen.diagnostics import Location
from reportgen.model.characters import REPLACEMENT, code_point, forbidden
from reportgen.model.nodes import Scalar
from reportgen.model.notes import Notes
from reportgen.model.offsets import ESCAPE, meaning
from reportgen.model.places import Places

WIDE_SPACES: Final = "\u3000\u00a0"
WIDE_QUOTES: Final = "“”‘’＂＇"
UNMEANT: Final = tuple(WIDE_SPACES + WIDE_QUOTES + REPLACEMENT)
"""What a key does not begin with unless by mistake; a replacement stands for a character noted before."""
GLUED_COLON: Final = re.compile(
    r"(?P<key>\"[^\"\r\n]{1,100}\"|'[^'\r\n]{1,100}'|[^:：，。；、“”\"'{\[#\r\n-][^:：，。；、“”\"'{\[\r\n]{0,100}?)"
    r"(?P<colon>：|:(?=[^ \t\r\n]))"
)
"""A key whose colon is full-width or has no space after it."""
FIGURES: Final = re.compile(r"[ \t]*+(?:[0-9.]+|\{.*|\[.*)?$")
"""What may follow the colon for a line to be a key with its value beyond doubt."""
LINE: Final = re.compile(r"[^ \t\r\n][^\r\n]*")
PROPERTY: Final = re.compile(r"(?:(?P<anchor>&[^ \t\r\n,\[\]{}]*)|(?P<tag>![^ \t\r\n]*))[ \t\r\n]*")
HARMLESS_ESCAPES: Final = "\\\"/nt_ \r\n"
COLON_CODES: Final = {"：": "wide-colon", ":": "missing-space-after-colon"}


def check_key(notes: Notes, key: Scalar, path: str) -> Scalar:
    """Note quotes and spaces of full width around a key, which YAML takes for part of it; the key as it was meant."""
    if key.text[0] in WIDE_SPACES:
        width = len(key.text) - len(key.text.lstrip(WIDE_SPACES))
        notes.add("wide-space", key.locate(0, width), path)
    elif key.text[0] in WIDE_QUOTES:
        notes.add("wide-quote", key.locate(0, 1), path, quote=key.text[0])
    return replace(key, text=key.text.strip("".join(UNMEANT)) or key.text)


def check_bare_key(notes: Notes, key: Scalar, path: str) -> None:
    """Note a key in braces that has no colon, so that it would silently have no value."""
    glued = GLUED_COLON.match(key.text)
    if glued and key.plain:
        colon = glued.start("colon")
        notes.add(COLON_CODES[glued["colon"]], key.locate(colon, colon + 1), path, key=glued["key"])
    else:
        notes.add("missing-colon", key.location, path, text=key.text)


def check_value(notes: Notes, places: Places, start: int, end: int, path: str) -> None:
    """Note list items and keys that ran together into one plain text, which begins a line of its own."""
    if re.match(r"-[^ \t0-9.-]", places.text[start : start + 2]):
        notes.add("missing-space-after-dash", places.span(start, start + 1), path)
        return
    found = glued_lines(places.text, start, end)
    if all(match and FIGURES.match(match.string, match.end(), match.endpos) for match in found):
        note_colons(notes, places, found, path)


def glued_lines(text: str, start: int, end: int) -> list[re.Match[str] | None]:
    """For each line of a plain text the key it begins with, when that has a colon that YAML does not see."""
    lines = [match.span() for match in LINE.finditer(text, start, end)]
    return [GLUED_COLON.match(text, *line) for line in lines]


def note_colons(notes: Notes, places: Places, found: list[re.Match[str] | None], path: str) -> None:
    """Note the colon of each glued key."""
    for match in found:
        if match:
            colon, key = match.start("colon"), match["key"]
            notes.add(COLON_CODES[match["colon"]], places.span(colon, colon + 1), path, key=key)


def check_item(notes: Notes, places: Places, location: Location, column: int, path: str) -> None:
    """Note a line of a list item's text that begins with a dash right under the dashes of the list."""
    for number in range(location.line + 1, location.end_line + 1):
        line = places.line(number)
        if line[: column - 1].strip(" ") == "" and line[column - 1 : column] == "-":
            place = Location(places.file, number, column, number, column + 1)
            notes.add("missing-space-after-dash", place, path)


def check_escapes(notes: Notes, places: Places, start: int, end: int, path: str) -> None:
    """Note escapes of a double-quoted text that stand for characters which may not be in a report."""
    for match in ESCAPE.finditer(places.text, start, end):
        if match[0][1] in HARMLESS_ESCAPES:
            continue
        character = meaning(match[0])
        code = "control-character" if character == "\r" else next((code for _, code in forbidden(character)), None)
        if code:
            notes.add(code, places.span(*match.span()), path, character=code_point(character))
        if notes.full:
            return


def refuse_properties(notes: Notes, places: Places, offset: int, path: str) -> int:
    """Note the anchor and the tag before a value; where the value itself begins."""
    while match := PROPERTY.match(places.text, offset):
        kind = match.lastgroup or ""
        notes.add(f"yaml-{kind}", places.span(*match.span(kind)), path, text=match[kind])
        offset = match.end()
    return offset
