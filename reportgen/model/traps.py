"""Scalars that YAML reads without complaint, but not as they were meant, in; findings out."""

from __future__ import annotations

import re
from typing import Final

from reportgen.diagnostics import Location
from reportgen.model.characters import REPLACEMENT, code_point, forbidden
from reportgen.model.glued import part, shortened
from reportgen.model.nodes import Scalar
from reportgen.model.notes import Notes
from reportgen.model.offsets import ESCAPE, meaning
from reportgen.model.places import Places

WIDE_SPACES: Final = "\u3000\u00a0"
WIDE_QUOTES: Final = "“”‘’＂＇"
UNMEANT: Final = tuple(WIDE_SPACES + WIDE_QUOTES + REPLACEMENT)
"""What a key does not begin with unless by mistake; a replacement stands for a character noted before."""
GLUED_DASH: Final = re.compile(r"-[^ \t0-9.-]")
EXPRESSION: Final = re.compile(r"\{\{[^\r\n]*?\}\}|\{\{[^\r\n]*")
PROPERTY: Final = re.compile(r"(?:(?P<anchor>&[^ \t\r\n,\[\]{}]*)|(?P<tag>![^ \t\r\n]*))[ \t\r\n]*")
SWALLOWED: Final = re.compile(r"[ \t]+(?P<comment>#[^ \t\r\n#][^\r\n]*)")
"""A comment right behind a text, with no space after its sign: often text that was not meant as one."""
SENTENCE_ENDS: Final = "。！？；”）》"
HARMLESS_ESCAPES: Final = '\\"/nt_ \r\n'


def check_key(notes: Notes, key: Scalar, path: str) -> Scalar:
    """Note full-width quotes and spaces around a key, which YAML takes for part of it; the key as meant."""
    letters = "".join(UNMEANT)
    if key.text[0] in WIDE_SPACES:
        width = len(key.text) - len(key.text.lstrip(WIDE_SPACES))
        notes.add("wide-space", key.locate(0, width), path)
    elif key.text[0] in WIDE_QUOTES:
        notes.add("wide-quote", key.locate(0, 1), path, quote=key.text[0])
    first, last = len(key.text) - len(key.text.lstrip(letters)), len(key.text.rstrip(letters))
    return part(key, first, last) if first < last else key


def check_dash(notes: Notes, places: Places, start: int, path: str) -> None:
    """Note a plain text on a line of its own that begins with a dash and no space."""
    if GLUED_DASH.match(places.text, start):
        notes.add("missing-space-after-dash", places.span(start, start + 1), path)


def check_item(notes: Notes, places: Places, location: Location, column: int, path: str) -> None:
    """Note a line of a list item's text that begins with a dash right under the dashes of the list."""
    for number in range(location.line + 1, location.end_line + 1):
        line = places.line(number)
        if line[: column - 1].strip(" ") == "" and line[column - 1 : column] == "-":
            place = Location(places.file, number, column, number, column + 1)
            notes.add("missing-space-after-dash", place, path)


def check_list(notes: Notes, places: Places, location: Location, path: str) -> None:
    """Note a list that runs into the plain text above it, of which YAML silently makes it a part."""
    for number in range(location.line + 1, location.end_line + 1):
        line = places.line(number)
        column = len(line) - len(line.lstrip(" ")) + 1
        if line.lstrip(" ").startswith("- "):
            place = Location(places.file, number, column, number, column + 1)
            notes.add("list-under-text", place, path)
            return


def check_comment(notes: Notes, places: Places, node: Scalar, end: int, path: str) -> None:
    """Note the rest of a sentence that a number sign turns into a comment, which is not printed."""
    if node.text.isascii() or node.text.endswith(tuple(SENTENCE_ENDS)):
        return
    if swallowed := SWALLOWED.match(places.text, end):
        text = shortened(swallowed["comment"])
        notes.add("text-taken-for-comment", places.span(*swallowed.span("comment")), path, text=text)


def check_escapes(notes: Notes, places: Places, start: int, end: int, path: str) -> None:
    """Note escapes of a double-quoted text that stand for characters which may not be in a report."""
    for match in ESCAPE.finditer(places.text, start, end):
        if match[0][1] in HARMLESS_ESCAPES:
            continue
        character = meaning(match[0])
        codes = ["control-character"] if character == "\r" else [code for _, code in forbidden(character)]
        for code in codes:
            notes.add(code, places.span(*match.span()), path, character=code_point(character))
        if notes.full:
            return


def refuse_properties(notes: Notes, places: Places, offset: int, path: str) -> int:
    """Note the anchor and the tag before a value; where the value itself begins."""
    while match := PROPERTY.match(places.text, offset):
        kind = match.lastgroup or ""
        notes.add(f"yaml-{kind}", places.span(*match.span(kind)), path, text=shortened(match[kind]))
        offset = match.end()
    return offset
