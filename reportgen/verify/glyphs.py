"""A PDF in; every glyph painted on its pages, with its place and face, out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pypdfium2
import pypdfium2.raw as raw

HIGH: Final = range(0xD800, 0xDC00)
"""First halves of characters beyond U+FFFF, which the library gives in two."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it is painted: its ends, its baseline from the page's top and its type size, in pt."""

    text: str
    left: float
    right: float
    base: float
    size: float
    face: str


@dataclass(frozen=True, slots=True)
class GlyphPage:
    """A page: its size in pt and its glyphs, blanks left out, in the order in which they are painted."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]


def read_glyphs(pdf: bytes) -> tuple[GlyphPage, ...]:
    """The glyphs of every page; raises PdfiumError when it is no PDF that can be read."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(read_page(document, number) for number in range(len(document)))
    finally:
        document.close()


def read_page(document: pypdfium2.PdfDocument, index: int) -> GlyphPage:
    """The glyphs of one page, by its number from 0."""
    page = document[index]
    return GlyphPage(index + 1, page.get_width(), page.get_height(), tuple(painted(page)))


def painted(page: pypdfium2.PdfPage) -> Iterator[Glyph]:
    """The glyphs of a page, one for each character."""
    text, height, first = page.get_textpage(), page.get_height(), ""
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in HIGH:
            first = chr(code)
            continue
        character = (first + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        first = ""
        if character.strip():
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            raw.FPDFText_GetLooseCharBox(text, index, box)
            raw.FPDFText_GetMatrix(text, index, matrix)
            size = round(raw.FPDFText_GetFontSize(text, index) * matrix.d, 1)
            yield Glyph(character, x.value, box.right, height - y.value, size, face_of(text, index))


def face_of(text: pypdfium2.PdfTextPage, index: int) -> str:
    """The name of the font of a character, without the prefix of a subset."""
    buffer = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, index, buffer, 128, ctypes.c_int())
    name = buffer.value.decode("utf-8", "replace")
    return name[7:] if len(name) > 7 and name[6] == "+" else name
