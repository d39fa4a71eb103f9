"""A Word file as LibreOffice read it (flat ODF) in; the same with its lines ending where Word ends them out.

LibreOffice parts a dash of two characters, goes by rules of its own where scripts meet, and leaves letter
spacing out after the last letter of every portion (of one script, between marks without width). What is put
in has no width; the last two letters of a portion make good what spacing is owed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lxml import etree

from reportgen.render.line_ends import Column, cuts

OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
FO: Final = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
STYLE, TEXT, DRAW, BODY = (f"{{{OFFICE.format(kind)}}}" for kind in ("style", "text", "drawing", "office"))
JOINED: Final = "\u2060"
"""No line ends here (word joiner)."""
DASH: Final = "—"
WITHIN: Final = "/?!|}&=~"
"""Where LibreOffice ends a line inside what it takes for a web address; Word does not."""
LATIN: Final = frozenset(map(chr, range(0x21, 0x7F))) - {"-"}
LATIN_END: Final = "\u2000"
HAN: Final = "\u2e80"
BLANKS: Final = " \t\n\u00a0"
PARTED: Final = "\u200b"
"""A line may end here (zero width space)."""
TWIPS: Final = {"pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 1440 / 25.4}
LENGTH: Final = re.compile(r"(-?[\d.]+)(pt|in|cm|mm)")
SCRIPTS: Final = re.compile(
    "(?P<mark>[\u200b\u2060])|(?P<latin>[\0-\u1fff]+[\u2000-\u200a\u200c-\u205f\u2061-\u2bff]*)"
    "|(?P<weak>[\u2000-\u200a\u200c-\u205f\u2061-\u2bff]+)|(?P<han>[^\0-\u1fff\u200b\u2060]+)"
)
"""Portions as LibreOffice sees them: marks without a script of their own go with the letters before."""


@dataclass(slots=True)
class Spacing:
    """How much closer the letters of a paragraph stand, in twips, and what of it is still owed.

    `used` takes up each spacing that a style is needed for.
    """

    closer: int
    used: set[int]
    owed: int = 0

    def pieces(self, text: str) -> Iterator[tuple[str, int]]:
        """The pieces of a text with the spacing to set each with; 0 for that of the paragraph."""
        for found in SCRIPTS.finditer(text) if self.closer else ():
            portion = found[0]
            if found.lastgroup == "mark":
                yield portion, 0
            else:
                yield from self.portion(portion)
        if not self.closer:
            yield text, 0

    def portion(self, letters: str) -> Iterator[tuple[str, int]]:
        """The same of a portion: LibreOffice puts space between its letters, but none after them."""
        if self.owed and len(letters) > 3:  # paid at once: the portion may go on in the next line
            yield from self.portion(letters[:2])
            letters = letters[2:]
        self.owed += len(letters) * self.closer
        if len(letters) == 1:
            yield letters, 0
            return
        if letters[:-2]:
            self.owed -= (len(letters) - 3) * self.closer
            yield letters[:-2], 0
        self.used.add(self.owed)
        yield letters[-2:], self.owed
        self.owed = 0


def end_lines(flat: bytes, ends: LineEnds) -> bytes:
    """The flat ODF with its lines ending as Word's do; as it is when it cannot be read."""
    try:
        root = etree.fromstring(
            flat, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )
    except etree.XMLSyntaxError:
        return flat
    styles, used = spacings(root), set[int]()
    for paragraph in root.iter(f"{TEXT}p", f"{TEXT}h"):
        spacing = Spacing(styles.get(str(paragraph.get(f"{TEXT}style-name")), 0), used)
        for parent, after, text in list(slots(paragraph)):
            put(parent, after, ends.put_in(text, is_grid=bool(spacing.closer)), spacing)
    declare(root, used)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@dataclass(frozen=True, slots=True)
class LineEnds:
    """Where Word ends lines: the characters that may not begin one, and those that may not end one.

    `column` is the line of running text: LibreOffice cuts a longer word without regard to letter spacing.
    """

    never_begins: str
    never_ends: str
    column: Column | None = None

    def put_in(self, text: str, *, is_grid: bool = False) -> str:
        """The text with a mark wherever LibreOffice goes by rules of its own: where scripts meet."""
        cut = frozenset(cuts(text, self.column) if self.column and is_grid else ())
        marks = (PARTED if place in cut else self.mark(*pair) for place, pair in enumerate(pairwise(text), 1))
        return text[:1] + "".join(map("".join, zip(marks, text[1:], strict=True)))

    def mark(self, one: str, other: str) -> str:
        """What goes between two characters."""
        if one == other == DASH or (one in WITHIN and other in LATIN):
            return JOINED
        latin = (one < LATIN_END) + (other < LATIN_END)
        within = (latin == 2 and other.isascii()) or (latin == 0 and (one >= HAN or one == other))
        if within or one in BLANKS or other in BLANKS:
            return ""
        stays = other in self.never_begins or one in self.never_ends
        return JOINED if stays else PARTED if latin == 1 else ""


def spacings(root: etree._Element) -> dict[str, int]:
    """How much closer letters stand in every paragraph style, in twips."""
    found = [style for style in root.iter(f"{STYLE}style") if style.get(f"{STYLE}family") == "paragraph"]
    parents = {str(style.get(f"{STYLE}name")): str(style.get(f"{STYLE}parent-style-name")) for style in found}
    own = {str(style.get(f"{STYLE}name")): own_spacing(style) for style in found}
    return {name: inherited(name, own, parents) for name in own}


def own_spacing(style: etree._Element) -> int | None:
    """How much closer letters stand by a style itself, in twips; None when it does not say."""
    letters = style.find(f"{STYLE}text-properties")
    length = None if letters is None else letters.get(f"{FO}letter-spacing")
    if length is None:
        return None
    match = LENGTH.fullmatch(str(length))
    return max(-round(float(match[1]) * TWIPS[match[2]]), 0) if match else 0


def inherited(name: str, own: dict[str, int | None], parents: dict[str, str]) -> int:
    """The same with what it has of the styles it is based on."""
    for _ in range(len(own)):
        value = own.get(name)
        if value is not None or name not in own:
            return value or 0
        name = parents[name]
    return 0


def slots(paragraph: etree._Element) -> Iterator[tuple[etree._Element, etree._Element | None, str]]:
    """The texts of a paragraph and its spans in order: what each stands in, what it follows, its letters."""
    waiting = [(paragraph, False)]
    while waiting:
        element, done = waiting.pop()
        parent = element.getparent()
        if done and element.tail and parent is not None:
            yield parent, element, element.tail
        elif not done:
            if element.text:
                yield element, None, element.text
            for child in reversed(element):
                waiting.append((child, True))
                if child.tag == f"{TEXT}span":
                    waiting.append((child, False))


def put(parent: etree._Element, after: etree._Element | None, text: str, spacing: Spacing) -> None:
    """Put a text anew after a child of a paragraph, or at its beginning."""
    index = 0 if after is None else parent.index(after) + 1
    last, plain = after, ""
    for piece, closer in spacing.pieces(text):
        if not closer or closer == spacing.closer:
            plain += piece
            continue
        end(parent, last, plain)
        last, plain = etree.Element(f"{TEXT}span"), ""
        last.set(f"{TEXT}style-name", style_name(closer))
        last.text = piece
        last.tail = ""
        parent.insert(index, last)
        index += 1
    end(parent, last, plain)


def end(parent: etree._Element, last: etree._Element | None, text: str) -> None:
    """The text that follows a child, or begins a paragraph."""
    if last is None:
        parent.text = text
    else:
        last.tail = text


def style_name(closer: int) -> str:
    """The name of the style of letters that much closer."""
    return f"closer-{closer}"


def declare(root: etree._Element, used: set[int]) -> None:
    """Declare the styles of letters that stand closer."""
    styles = root.find(f"{BODY}automatic-styles")
    if styles is None:
        return
    for closer in sorted(used):
        style = etree.SubElement(styles, f"{STYLE}style")
        style.set(f"{STYLE}name", style_name(closer))
        style.set(f"{STYLE}family", "text")
        letters = etree.SubElement(style, f"{STYLE}text-properties")
        letters.set(f"{FO}letter-spacing", f"-{closer / 20:g}pt")
