"""The structure of a PDF and its glyphs in; its outline as it is painted, read by places alone, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reportgen.verify.outline.elements import Cell, Element, Mark, Outline, Table, Text

if TYPE_CHECKING:
    from reportgen.verify.glyphs import Glyph, GlyphPage

SAME_LINE: Final = 2.0
"""Glyphs whose feet are less than this many points apart stand on one line."""
FURTHEST: Final = 200
"""How many places an element may stand before that in the structure."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where an element begins and ends on the page it begins on, in pt."""

    page: int
    left: float
    right: float
    top: float
    bottom: float

    def is_above(self, other: Extent) -> bool:
        """Whether it is read before another: above it, in the same column."""
        across = self.left < other.right and other.left < self.right
        return self.page == other.page and across and self.bottom < other.top - SAME_LINE


@dataclass(frozen=True, slots=True)
class Repeated:
    """The words of the headers of tables, whose lines may stand on several pages."""

    letters: str

    def __contains__(self, line: str) -> bool:
        """Whether every character of a line is one of theirs: lines run across their cells."""
        return set(line) <= set(self.letters)


@dataclass(frozen=True, slots=True)
class PageEye:
    """Reads what was painted for the marks of a structure, line by line and from the left."""

    glyphs: Mapping[Mark, Sequence[Glyph]]

    def read(self, text: Text) -> Text:
        """A text as it stands on its pages, without blanks."""
        letters = "".join(glyph.text for line in self.lines(text) for glyph in line)
        return Text(letters, text.rank, text.role, text.path, text.page, (), text.marks)

    def lines(self, text: Text) -> Iterator[list[Glyph]]:
        """The lines of a text, page by page and from the top, each from the left."""
        if len(text.marks) == 1:
            yield from in_lines(self.glyphs.get(text.marks[0], ()))
            return
        for page in sorted({page for page, _ in text.marks}):
            glyphs = [glyph for mark in text.marks if mark[0] == page for glyph in self.glyphs.get(mark, ())]
            yield from in_lines(glyphs)

    def extent(self, element: Element) -> Extent | None:
        """Where an element stands; None for what has no glyphs."""
        texts = [element] if isinstance(element, Text) else []
        if isinstance(element, Table):
            texts = [text for row in element.rows for cell in row for text in cell.texts]
        marks = [mark for text in texts for mark in text.marks if self.glyphs.get(mark)]
        glyphs = [glyph for mark in marks if mark[0] == marks[0][0] for glyph in self.glyphs[mark]]
        if not glyphs:
            return None
        sides = min(glyph.left for glyph in glyphs), max(glyph.right for glyph in glyphs)
        feet = [glyph.base for glyph in glyphs]
        return Extent(marks[0][0], *sides, min(feet), max(feet))

    def table(self, table: Table) -> Table:
        """A table with its cells as they stand: in each row from the left, the rows from the top."""
        rows = [tuple(self.cell(cell) for cell in self.in_row(row)) for row in table.rows]
        return replace(table, rows=tuple(rows))

    def cell(self, cell: Cell) -> Cell:
        """A cell as it stands."""
        return Cell(tuple(self.read(text) for text in cell.texts), cell.columns, cell.rows, cell.heads)

    def in_row(self, row: Sequence[Cell]) -> Sequence[Cell]:
        """The cells of a row from the left; empty ones keep their place."""
        places = [self.left(cell) for cell in row]
        filled = sorted((place, at) for at, place in enumerate(places) if place is not None)
        order = iter(at for _, at in filled)
        return [row[at if place is None else next(order)] for at, place in enumerate(places)]

    def left(self, cell: Cell) -> float | None:
        """Where the glyphs of a cell begin."""
        marks = [mark for text in cell.texts for mark in text.marks]
        return min((glyph.left for mark in marks for glyph in self.glyphs.get(mark, ())), default=None)


def in_lines(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs by line from the top, each line from the left."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if line and glyph.base - line[-1].base >= SAME_LINE:
            yield sorted(line, key=lambda glyph: glyph.left)
            line = []
        line.append(glyph)
    if line:
        yield sorted(line, key=lambda glyph: glyph.left)


def by_mark(pages: Sequence[GlyphPage]) -> Mapping[Mark, Sequence[Glyph]]:
    """The glyphs of every marked content."""
    found: dict[Mark, list[Glyph]] = {}
    for page in pages:
        for glyph in page.glyphs:
            if glyph.content >= 0:
                found.setdefault((page.number, glyph.content), []).append(glyph)
    return found


def read_painted(structure: Outline, pages: Sequence[GlyphPage]) -> Outline:
    """The outline of what is painted: the elements of the structure, read by where they stand."""
    eye = PageEye(by_mark(pages))
    found: list[tuple[Element, Extent | None]] = []
    for element in structure.elements:
        extent = eye.extent(element)
        place = len(found)
        while extent and place > len(found) - FURTHEST and place and above(extent, found[place - 1][1]):
            place -= 1
        if isinstance(element, Text):
            element = eye.read(element)
        elif isinstance(element, Table):
            element = eye.table(element)
        found.insert(place, (element, extent))
    return Outline(structure.form, tuple(element for element, _ in found))


def above(one: Extent, other: Extent | None) -> bool:
    """Whether something stands above what the structure has before it."""
    return other is not None and one.is_above(other)


def without_blanks(outline: Outline) -> Outline:
    """An outline without blanks of any kind, which are not painted."""
    return Outline(outline.form, tuple(map(unblanked, outline.elements)))


def unblanked(element: Element) -> Element:
    """An element without blanks."""
    if isinstance(element, Text):
        return _bare(element)
    if isinstance(element, Table):
        rows = tuple(
            tuple(Cell(tuple(map(_bare, cell.texts)), cell.columns, cell.rows, cell.heads) for cell in row)
            for row in element.rows
        )
        return replace(element, rows=rows)
    return element


def _bare(text: Text) -> Text:
    return Text("".join(text.text.split()), text.rank, text.role, text.path, text.page, (), text.marks)


def loose_lines(pages: Sequence[GlyphPage], area: tuple[float, float]) -> Iterator[tuple[int, str]]:
    """The lines inside the type area that no structure holds; it ends so far from a page's top and bottom."""
    for page in pages:
        loose = [
            glyph
            for glyph in page.glyphs
            if glyph.content < 0 and area[0] <= glyph.base <= page.height - area[1]
        ]
        yield from ((page.number, "".join(glyph.text for glyph in line)) for line in in_lines(loose))


def repeated_texts(structure: Outline) -> Repeated:
    """What may stand on a page again: the headers of tables."""
    tables = (element for element in structure.elements if isinstance(element, Table))
    cells = (cell for table in tables for row in table.rows[: table.head] for cell in row)
    return Repeated("".join("".join(cell.text.split()) for cell in cells))
