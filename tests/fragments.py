"""A PDF in; the pieces of its lines out, page by page: what stands together on one line, with its place."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw

SAME_LINE = 1.0
"""Letters whose feet are less than this many points apart stand on one line."""
GAP = 0.15
"""A gap of more than this part of the type size parts two pieces: between columns, not between letters."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a line: its ends, its baseline from the page's top and its type size, in pt."""

    text: str
    left: float
    right: float
    base: float
    size: float


def read_fragments(pdf: Path) -> list[list[Fragment]]:
    """The pieces of every page, line by line from the top, each line from the left."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [join(sorted(letters(page), key=lambda letter: letter.base)) for page in document]
    finally:
        document.close()


def letters(page: pypdfium2.PdfPage) -> Iterator[Fragment]:
    """The letters of a page, blanks left out."""
    text, height = page.get_textpage(), page.get_height()
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if character.strip():
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            raw.FPDFText_GetLooseCharBox(text, index, box)
            raw.FPDFText_GetMatrix(text, index, matrix)
            size = round(raw.FPDFText_GetFontSize(text, index) * matrix.d, 1)
            yield Fragment(character, x.value, box.right, height - y.value, size)


def join(found: list[Fragment]) -> list[Fragment]:
    """Letters from the top of a page, joined to pieces."""
    lines: list[list[Fragment]] = []
    for letter in found:
        if lines and letter.base - lines[-1][-1].base < SAME_LINE:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return [piece for line in lines for piece in pieces(sorted(line, key=lambda letter: letter.left))]


def pieces(line: list[Fragment]) -> Iterator[Fragment]:
    """The letters of a line from the left, parted where there is a gap."""
    run = [line[0]]
    for letter in line[1:]:
        if letter.left - run[-1].right > GAP * letter.size:
            yield piece_of(run)
            run = []
        run.append(letter)
    yield piece_of(run)


def piece_of(run: list[Fragment]) -> Fragment:
    """The letters of a run as one piece; the library reads a character beyond U+FFFF in two halves."""
    text = "".join(letter.text for letter in run).encode("utf-16", "surrogatepass").decode("utf-16")
    return Fragment(text, run[0].left, run[-1].right, run[0].base, run[0].size)


def page_lines(page: list[Fragment]) -> list[str]:
    """The lines of a page, two blanks between the pieces of one."""
    lines: list[str] = []
    base = float("-inf")
    for piece in page:
        if piece.base - base < SAME_LINE:
            lines[-1] += f"  {piece.text}"
        else:
            lines.append(piece.text)
        base = piece.base
    return lines
