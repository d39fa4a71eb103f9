"""A PDF in; its outline, read from its structure tree (ISO 32000-1 14.7) and the text it marks, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

import pikepdf

from reportgen.verify.glyphs import GlyphPage
from reportgen.verify.outline.elements import Cell, Element, Figure, Mark, Outline, Table, Text

HEADINGS: Final = {f"/H{rank}": rank for rank in range(1, 7)} | {"/H": 2, "/Title": 1}
TEXTS: Final = frozenset({"/P", "/Note", "/Caption", "/LI", "/TOCI", "/BlockQuote", "/FENote", *HEADINGS})
INLINE: Final = frozenset(
    {"/Span", "/NonStruct", "/Em", "/Strong", "/Link", "/Quote", "/Code", "/Reference", "/Lbl", "/LBody"}
)
"""What stands in a text and makes none; the last two only where they hold no other text."""
CELLS: Final = ("/TD", "/TH")
DEEPEST: Final = 100
MOST: Final = 500_000
WIDEST: Final = 1000


@dataclass(slots=True)
class StructureReader:
    """Reads a structure tree; `pages` gives a page's number by its object, `contents` the text of a mark."""

    pages: Mapping[tuple[int, int], int]
    contents: Mapping[Mark, str]
    roles: Mapping[str, str]
    count: int = 0

    def kids(self, node: Any, page: int, depth: int) -> Iterator[Any]:
        """What an element holds: other elements, and marks."""
        self.count += 1
        if depth > DEEPEST or self.count > MOST:
            raise RecursionError
        held = node.get("/K")
        page = self.page_of(node, page)
        for kid in held if isinstance(held, pikepdf.Array) else (held,):
            if isinstance(kid, pikepdf.Dictionary):
                if kid.get("/Type") == "/MCR":
                    yield self.page_of(kid, page), int(kid.get("/MCID", -1))
                elif "/S" in kid:
                    yield kid
            elif kid is not None and not isinstance(kid, pikepdf.Object):
                yield page, int(kid)

    def page_of(self, node: Any, page: int) -> int:
        """The number of the page an element or a mark names."""
        named = node.get("/Pg")
        return page if named is None else self.pages.get(named.objgen, 0)

    def tag(self, node: Any) -> str:
        """The standard type of an element."""
        own = str(node.get("/S"))
        return self.roles.get(own, own)

    def elements(self, node: Any, page: int = 0, depth: int = 0) -> Iterator[Element]:
        """The elements below a node, in order; what stands in no paragraph makes one of its own."""
        loose: list[Mark] = []
        for kid in self.kids(node, page, depth):
            if isinstance(kid, tuple):
                loose.append(kid)
                continue
            tag, at = self.tag(kid), self.page_of(node, page)
            marks = self.inline(kid, at, depth + 1) if tag in INLINE else None
            if marks is not None:
                loose += marks
                continue
            yield from self.text(0, loose)
            loose = []
            yield from self.element(kid, tag, at, depth + 1)
        yield from self.text(0, loose)

    def element(self, node: Any, tag: str, page: int, depth: int) -> Iterator[Element]:
        """The elements a node stands for."""
        if tag == "/Table":
            yield self.table(node, page, depth)
        elif tag == "/Figure":
            marks = self.inner(node, page, depth)
            at = marks[0][0] if marks else self.page_of(node, page)
            yield Figure(str(node.get("/Alt", "")), page=at)
        elif tag in TEXTS:
            yield from self.text(HEADINGS.get(tag, 0), self.inner(node, page, depth))
        else:
            yield from self.elements(node, page, depth)

    def inline(self, node: Any, page: int, depth: int) -> list[Mark] | None:
        """All marks below an element; None where there is more than text of a line in it."""
        found: list[Mark] = []
        for kid in self.kids(node, page, depth):
            if isinstance(kid, tuple):
                found.append(kid)
                continue
            inner = self.inline(kid, self.page_of(node, page), depth + 1) if self.tag(kid) in INLINE else None
            if inner is None:
                return None
            found += inner
        return found

    def inner(self, node: Any, page: int, depth: int) -> list[Mark]:
        """All marks below a node."""
        found: list[Mark] = []
        for kid in self.kids(node, page, depth):
            if isinstance(kid, tuple):
                found.append(kid)
            else:
                found += self.inner(kid, self.page_of(node, page), depth + 1)
        return found

    def text(self, rank: int, marks: Sequence[Mark]) -> Iterator[Text]:
        """The text of marks, if there is any."""
        pieces = [self.contents.get(mark, "") for mark in marks]
        text = "".join(pieces)
        if text.strip(" "):
            cut = len(text) - len(text.lstrip(" "))
            ends = tuple(max(end - cut, 0) for end in accumulate(map(len, pieces[:-1])))
            yield Text(text.strip(" "), rank, page=marks[0][0], ends=ends, marks=tuple(marks))

    def table(self, node: Any, page: int, depth: int) -> Table:
        """A table; its head is the rows of its THead."""
        rows: list[tuple[Cell, ...]] = []
        head = 0
        for row, in_head in self.rows(node, page, depth):
            rows.append(tuple(self.cells(row, page, depth + 2)))
            head += in_head
        first = next((cell.page for row in rows for cell in row if cell.page), page)
        return Table(None, head, tuple(rows), first)

    def rows(self, node: Any, page: int, depth: int, in_head: bool = False) -> Iterator[tuple[Any, bool]]:
        """The rows of a table and whether they are in its head."""
        for kid in self.kids(node, page, depth):
            if not isinstance(kid, tuple):
                tag = self.tag(kid)
                if tag == "/TR":
                    yield kid, in_head
                elif tag in ("/THead", "/TBody", "/TFoot"):
                    yield from self.rows(kid, page, depth + 1, tag == "/THead")

    def cells(self, row: Any, page: int, depth: int) -> Iterator[Cell]:
        """The cells of a row."""
        for kid in self.kids(row, page, depth):
            if not isinstance(kid, tuple) and self.tag(kid) in CELLS:
                texts = [found for found in self.elements(kid, page, depth + 1) if isinstance(found, Text)]
                columns, rows = attribute(kid, "/ColSpan"), attribute(kid, "/RowSpan")
                yield Cell(tuple(texts), columns, rows, self.tag(kid) == "/TH")


def attribute(node: Any, name: str) -> int:
    """An attribute of a cell that counts columns or rows."""
    held = node.get("/A")
    for attributes in held if isinstance(held, pikepdf.Array) else (held,):
        if isinstance(attributes, pikepdf.Dictionary) and name in attributes:
            return min(max(int(attributes[name]), 1), WIDEST)
    return 1


def contents_of(pages: Sequence[GlyphPage]) -> Mapping[Mark, str]:
    """The text of every marked content, with the blanks that the text layer has in it."""
    found: dict[Mark, list[str]] = {}
    for page in pages:
        for glyph in page.glyphs:
            if glyph.content >= 0:
                found.setdefault((page.number, glyph.content), []).append(glyph.blanks + glyph.text)
    return {mark: "".join(pieces) for mark, pieces in found.items()}


def read_structure(document: pikepdf.Pdf, pages: Sequence[GlyphPage]) -> Outline | None:
    """The outline of a PDF; None when it has no structure.

    Raises ValueError, TypeError or RecursionError when its structure cannot be read.
    """
    root: Any = document.Root.get("/StructTreeRoot")
    if root is None:
        return None
    numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
    roles = {str(own): str(standard) for own, standard in root.get("/RoleMap", {}).items()}
    reader = StructureReader(numbers, contents_of(pages), roles)
    return Outline("pdf", tuple(reader.elements(root)))
