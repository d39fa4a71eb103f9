"""The glyphs of a page in; its lines and their pieces (what stands in one cell or column) out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, TypeVar

from reportgen.verify.glyphs import Glyph, GlyphPage

SAME_LINE: Final = 1.0
"""Letters whose feet are less than this many points apart stand on one line."""
GAP: Final = 0.15
"""A gap of more than this part of the type size parts two pieces: between columns, not between letters."""

CHINESE: Final = "\u2e80"
"""The first character of those that every Chinese face sets in its own way."""

Placed = TypeVar("Placed", Glyph, "Piece")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line: its ends, its baseline from the page's top and its type size in pt, its faces.

    `faces` are the names of its Chinese letters' fonts, each once, in order: LibreOffice sets the letters and
    digits of all faces in one, whose outlines are the same.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    faces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page's size in pt and its pieces, line by line from the top, each line from the left."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]

    @property
    def lines(self) -> tuple[tuple[Piece, ...], ...]:
        """The pieces that stand on one line, line by line."""
        return tuple(map(tuple, grouped(self.pieces)))


def read_pages(pages: Iterable[GlyphPage]) -> tuple[Page, ...]:
    """The pages of a document with their pieces."""
    return tuple(Page(page.number, page.width, page.height, tuple(pieces_of(page))) for page in pages)


def pieces_of(page: GlyphPage) -> Iterator[Piece]:
    """The pieces of a page, from the top."""
    seen = (glyph for glyph in page.glyphs if glyph.seen)
    for line in grouped(sorted(seen, key=attrgetter("base"))):
        yield from split(sorted(line, key=attrgetter("left")))


def grouped(found: Iterable[Placed]) -> Iterator[list[Placed]]:
    """What is placed on a page, from the top, by lines."""
    line: list[Placed] = []
    for item in found:
        if line and item.base - line[-1].base >= SAME_LINE:
            yield line
            line = []
        line.append(item)
    if line:
        yield line


def split(line: Sequence[Glyph]) -> Iterator[Piece]:
    """The letters of a line from the left, parted where there is a gap."""
    run = [line[0]]
    for letter in line[1:]:
        if letter.left - run[-1].right > GAP * letter.size:
            yield joined(run)
            run = []
        run.append(letter)
    yield joined(run)


def joined(run: Sequence[Glyph]) -> Piece:
    """The letters of a run as one piece."""
    text, faces = (
        "".join(letter.text for letter in run),
        dict.fromkeys(letter.face for letter in run if letter.text >= CHINESE),
    )
    return Piece(text, run[0].left, run[-1].right, run[0].base, run[0].size, tuple(faces))


def text_of(line: Iterable[Piece]) -> str:
    """The text of a line, two blanks between its pieces."""
    return "  ".join(piece.text for piece in line)
