"""What the outlines of all forms are made of: texts, tables cell by cell, and figures, in reading order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

Mark = tuple[int, int]
"""A page's number and that of a marked content on it."""

TITLE: Final = 1
"""The rank of a document's title; the headings under it are of rank 2 and more."""
UNKNOWN: Final = -1
"""The rank of a text that may be a heading or not."""
BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
READ_BACK: Final[Mapping[int, str]] = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)},
    **dict.fromkeys(range(0x2000, 0x200B), "\u2000"),
}
"""What pages make of characters: ligatures are read as letters, and blanks of all widths share one glyph."""
NO_BLANKS: Final = {**READ_BACK, **dict.fromkeys(map(ord, " \t\r\n\f"))}


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, heading, note or other text of its own.

    `rank` is 0 for what is no heading; `role` the name of its style, empty when it is not known; `path` the
    place in the report it came from, `page` the page it starts on, as far as they are known. `ends` are the
    places in the text where a line ended, at which a PDF may have lost a blank; `marks` the marked contents
    of a PDF it is made of.
    """

    text: str
    rank: int = 0
    role: str = ""
    path: str = ""
    page: int = 0
    ends: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over so many columns and rows; `heads` is None where a form does not tell labels apart."""

    texts: tuple[Text, ...]
    columns: int = 1
    rows: int = 1
    heads: bool | None = None

    @property
    def text(self) -> str:
        """What it says."""
        return "\n".join(text.text for text in self.texts)

    @property
    def path(self) -> str:
        """The place in the report its figure came from."""
        return next((text.path for text in self.texts if text.path), "")

    @property
    def page(self) -> int:
        """The page it starts on."""
        return next((text.page for text in self.texts if text.page), 0)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption (None where a form has none), how many rows are its head, and all its rows."""

    caption: str | None
    head: int
    rows: tuple[tuple[Cell, ...], ...]
    page: int = 0

    @property
    def path(self) -> str:
        """The place in the report of the first figure in it."""
        return next((cell.path for row in self.rows for cell in row if cell.path), "")

    @property
    def text(self) -> str:
        """What all its cells say."""
        return "\n".join(cell.text for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, by what is said of it to those who do not see it."""

    text: str
    path: str = ""
    page: int = 0


Element = Text | Table | Figure


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands, as a reader counts: paragraphs under a heading, tables of the document."""

    heading: str
    paragraph: int
    table: int
    page: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What a document says; `form` is that of its file (`docx`, `html`, `pdf`)."""

    form: str
    elements: tuple[Element, ...]

    def spots(self) -> tuple[Spot, ...]:
        """The place of every element."""
        return tuple(spots_of(self.elements))

    def texts(self) -> Iterator[Text]:
        """Every text, also those of cells."""
        for element in self.elements:
            if isinstance(element, Text):
                yield element
            elif isinstance(element, Table):
                yield from (text for row in element.rows for cell in row for text in cell.texts)


def spots_of(elements: tuple[Element, ...]) -> Iterator[Spot]:
    """The places of elements in order; a heading stands under itself."""
    heading, paragraph, table = "", 0, 0
    for element in elements:
        if isinstance(element, Text) and element.rank > 0:
            heading, paragraph = element.text, 0
        elif isinstance(element, Table):
            table += 1
        else:
            paragraph += 1
        yield Spot(heading, paragraph, table, element.page)


def squeezed(text: str) -> str:
    """A text without the blanks that the end of a line may add or take; all other characters stay."""
    return text.translate(NO_BLANKS)


def style_names(layout: Mapping[str, Any], key: str) -> Mapping[str, str]:
    """The names of a layout's styles by `id` or `class`; one that stays with the next row is the same."""
    names = {
        style[key]: name for group in ("styles", "runs") for name, style in layout.get(group, {}).items()
    }
    word = layout.get("word", {})
    if key == "id" and word:
        names |= {style["id"]: style["name"] for style in word["page-number"].values()}
        names |= {f"{identifier}{word['kept']['id']}": name for identifier, name in names.items()}
    return names


def joined_styles(layout: Mapping[str, Any]) -> frozenset[str]:
    """The names of the styles whose paragraphs in a row are the lines of one text."""
    return frozenset(name for name, style in layout.get("styles", {}).items() if style.get("joined"))


def join_lines(elements: Iterator[Element], styles: frozenset[str]) -> Iterator[Element]:
    """The elements with the lines of a title as one text."""
    held: Text | None = None
    for element in elements:
        same = held and isinstance(element, Text) and (held.role, held.rank) == (element.role, element.rank)
        if held and same and isinstance(element, Text):
            held = replace(held, text=held.text + element.text)
            continue
        if held:
            yield held
        held = element if isinstance(element, Text) and is_line(element, styles) else None
        if held is None:
            yield element
    if held:
        yield held


def is_line(text: Text, styles: frozenset[str]) -> bool:
    """Whether a text may be one line of several."""
    return text.role in styles if styles else text.rank == TITLE
