"""A Word file in; its outline, read from its XML alone, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from reportgen.render.bookmarks import Bookmark
from reportgen.render.package import DOCUMENT, Package, parse
from reportgen.render.word.markup import WP, name
from reportgen.render.word.markup import Element as Node
from reportgen.verify.outline.elements import (
    TITLE,
    Cell,
    Element,
    Figure,
    Outline,
    Table,
    Text,
    join_lines,
    joined_styles,
    style_names,
)

STYLES: Final = "word/styles.xml"
FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
HEADING: Final = re.compile(r"heading (?P<level>[1-9])", re.IGNORECASE)
LETTERS: Final = {
    **{name(tag): text for tag, text in (("tab", "\t"), ("br", "\n"), ("cr", "\n"))},
    **{name(tag): text for tag, text in (("noBreakHyphen", "\u2011"), ("softHyphen", "\u00ad"))},
}
LETTER: Final = name("t")
PRINTED: Final = (LETTER, *LETTERS)
UNREAD: Final = frozenset({FALLBACK, name("pPr")})
"""What is another form of the same words, and tab stops."""
WRAPPERS: Final = frozenset(name(tag) for tag in ("sdt", "sdtContent", "ins", "customXml", "smartTag"))
WIDEST: Final = 1000


@dataclass(frozen=True, slots=True)
class WordReader:
    """Reads the body of a Word file; ranks and roles are by a style's id, bookmarks by their names.

    `halved` are the ids of styles whose lines have two halves, parted by a tab where a page has a blank.
    """

    ranks: Mapping[str, int]
    roles: Mapping[str, str]
    bookmarks: Mapping[str, Bookmark]
    halved: frozenset[str]

    def elements(self, holder: Node) -> Iterator[Element]:
        """The elements inside a body or a cell, in order; what is empty is left out."""
        for child in holder:
            if child.tag == name("tbl"):
                yield self.table(child)
            elif child.tag == name("p"):
                yield from self.paragraph(child)
            elif child.tag in WRAPPERS:
                yield from self.elements(child)

    def paragraph(self, paragraph: Node) -> Iterator[Element]:
        """The pictures of a paragraph and its text."""
        path = self.path(paragraph)
        for drawn in paragraph.iter(f"{{{WP}}}docPr"):
            yield Figure(str(drawn.get("descr") or ""), path)
        text = printed_text(paragraph)
        if text.strip(" \t\n"):
            style = paragraph.find(f"{name('pPr')}/{name('pStyle')}")
            key = "" if style is None else str(style.get(name("val")))
            text = text.replace("\t", " ", 1).strip(" ") if key in self.halved else text
            yield Text(text, self.ranks.get(key, 0), self.roles.get(key, ""), path)

    def path(self, paragraph: Node) -> str:
        """The place in the report a paragraph stands for."""
        starts = (str(start.get(name("name"))) for start in paragraph.iterchildren(name("bookmarkStart")))
        return next((self.bookmarks[start].path for start in starts if start in self.bookmarks), "")

    def table(self, table: Node) -> Table:
        """A table, its merged cells counted."""
        caption = table.find(f"{name('tblPr')}/{name('tblCaption')}")
        rows = list(table.iterchildren(name("tr")))
        head = sum(row.find(f"{name('trPr')}/{name('tblHeader')}") is not None for row in rows)
        said = "" if caption is None else str(caption.get(name("val")) or "")
        return Table(said, head, tuple(map(tuple, self.rows(rows))))

    def rows(self, rows: list[Node]) -> list[list[Cell]]:
        """The cells of all rows; one that goes on downwards counts in the row it starts in."""
        found: list[list[Cell]] = []
        above: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(rows):
            found.append([])
            column = 0
            for cell in row.iterchildren(name("tc")):
                wide = min(int(value(cell, "gridSpan") or 1), WIDEST)
                if value(cell, "vMerge") == "continue" and column in above:
                    at, place = above[column]
                    found[at][place] = replace(found[at][place], rows=number - at + 1)
                else:
                    above[column] = (number, len(found[-1]))
                    found[-1].append(Cell(tuple(self.texts(cell)), wide))
                column += wide
        return found

    def texts(self, cell: Node) -> Iterator[Text]:
        """The texts of a cell, also those of tables in it."""
        for paragraph in cell.iter(name("p")):
            yield from (found for found in self.paragraph(paragraph) if isinstance(found, Text))


def read_word(
    package: Package, document: Node, bookmarks: Sequence[Bookmark], layout: Mapping[str, Any]
) -> Outline:
    """The outline of a Word file's body, by its bookmarks; raises ValueError when it has none."""
    body = document.find(name("body"))
    if body is None:
        raise ValueError(DOCUMENT)
    known = {bookmark.name: bookmark for bookmark in bookmarks}
    styles = layout.get("styles", {}).values()
    halved = frozenset(str(style["id"]) for style in styles if "tab" in style)
    reader = WordReader(read_ranks(package), style_names(layout, "id"), known, halved)
    return Outline("docx", tuple(join_lines(reader.elements(body), joined_styles(layout))))


def read_ranks(package: Package) -> Mapping[str, int]:
    """The rank of every paragraph style that is a title's or a heading's, by its id."""
    ranks: dict[str, int] = {}
    bases: dict[str, str] = {}
    if STYLES not in package.parts:
        return ranks
    for style in parse(package.parts[STYLES]).iterchildren(name("style")):
        key, based = str(style.get(name("styleId"))), style.find(name("basedOn"))
        bases[key] = "" if based is None else str(based.get(name("val")))
        rank = rank_of(style)
        if rank:
            ranks[key] = rank
    return ranks | {key: ranks[base] for key, base in bases.items() if key not in ranks and base in ranks}


def rank_of(style: Node) -> int:
    """The rank a style gives by its name or its outline level."""
    named, level = style.find(name("name")), style.find(f"{name('pPr')}/{name('outlineLvl')}")
    title = "" if named is None else str(named.get(name("val")))
    heading = HEADING.fullmatch(title)
    if title.lower() == "title":
        return TITLE
    if heading:
        return TITLE + int(heading["level"])
    outline = "" if level is None else str(level.get(name("val")))
    return TITLE + 1 + int(outline) if outline.isdecimal() and int(outline) < 9 else 0


def printed_text(paragraph: Node) -> str:
    """The letters of a paragraph as Word prints them, also those it hides."""
    nodes = list(paragraph.iter(*PRINTED))
    if any(node.tag in LETTERS for node in nodes) or next(paragraph.iter(FALLBACK), None) is not None:
        nodes = [node for node in nodes if all(above.tag not in UNREAD for above in parents(node, paragraph))]
    return "".join(node.text or "" if node.tag == LETTER else LETTERS[str(node.tag)] for node in nodes)


def parents(node: Node, top: Node) -> Iterator[Node]:
    """The elements a node stands in, up to one."""
    parent = node.getparent()
    while parent is not None and parent is not top:
        yield parent
        parent = parent.getparent()


def value(cell: Node, tag: str) -> str:
    """A property of a cell, empty when it has it not; `vMerge` without a value goes on."""
    found = cell.find(f"{name('tcPr')}/{name(tag)}")
    return "" if found is None else str(found.get(name("val"), "continue"))
