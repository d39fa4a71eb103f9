"""A PDF in; every glyph and every line painted on its pages, with its place, face and colour, out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from typing import Any, Final
from unicodedata import combining

import pypdfium2
import pypdfium2.raw as raw

from reportgen.verify.ink import Ink

HIGH: Final = range(0xD800, 0xDC00)
"""First halves of characters beyond U+FFFF, which the library gives in two."""
PAGES: Final = 1000
CHARACTERS: Final = 1_000_000
"""No official document is longer: what is, was made to keep the reader busy."""
HYPHEN: Final = "\2"
LINE: Final = 2
"""Segments of a path that is one line: where it begins, and where it goes."""
"""What the library makes of a hyphen at the end of a line."""
UNPAINTED: Final = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
NAME: Final = 128
"""Bytes of a font's name that are read."""


Look = tuple[float, str, str, int, bool, int]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it is painted: its ends, its baseline from the page's top and its type size, in pt.

    `color` is its red, green and blue as six hexadecimal digits. `content` is the number of the marked
    content it is in, -1 outside of any; `blanks` are those the text layer has before it; text that is set
    but leaves no trace on the page is not `seen`.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    face: str
    color: str = "000000"
    content: int = -1
    seen: bool = True
    blanks: str = ""
    order: int = -1
    """The number among all objects of the page of the text it is part of; -1 inside a drawing."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or a box painted on a page: its edges in pt, from the page's left and top, and its drawing.

    `stroked` tells a drawn outline from a mere filling, `picture` an image or a drawing of its own.
    """

    left: float
    top: float
    right: float
    bottom: float
    stroked: bool
    picture: bool = False
    filled: bool = False
    straight: bool = False
    """Whether it is one straight line."""
    order: int = -1


@dataclass(frozen=True, slots=True)
class GlyphPage:
    """A page: its size in pt and its glyphs, blanks left out, in the order in which they are painted."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    shapes: tuple[Shape, ...] = ()


def read_glyphs(pdf: bytes) -> tuple[GlyphPage, ...]:
    """The glyphs of every page; raises PdfiumError when it is no PDF that can be read, or far too long."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if len(document) > PAGES:
            raise pypdfium2.PdfiumError(f"more than {PAGES} pages")
        return tuple(read_page(document, number) for number in range(len(document)))
    finally:
        document.close()


def read_page(document: pypdfium2.PdfDocument, index: int) -> GlyphPage:
    """The glyphs of one page, by its number from 0."""
    page = document[index]
    left, _, _, top = page.get_bbox()
    return GlyphPage(
        index + 1,
        page.get_width(),
        page.get_height(),
        tuple(painted(page, left, top)),
        tuple(drawn(page, left, top)),
    )


class TextReader:
    """What a page's text is asked through.

    Its references are made once, as making them anew takes longer than the questions; so does asking
    characters what all of a stretch of text share.
    """

    __slots__ = (
        *("box", "buffer", "colors", "count", "flags", "looks", "matrix", "orders", "page", "text"),
        *("x", "y"),
    )

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.page = page.get_textpage()  # kept, or its handle would be closed
        self.text, self.count = self.page.raw, self.page.count_chars()
        self.x, self.y, self.box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        self.matrix, self.flags = raw.FS_MATRIX(), ctypes.c_int()
        self.buffer = ctypes.create_string_buffer(NAME)
        self.colors = tuple(ctypes.c_uint() for _ in range(4))
        self.looks = dict[int, Look]()
        self.orders = {address(shape): index for index, shape in objects_of(page)}
        if self.count > CHARACTERS:
            raise pypdfium2.PdfiumError(f"more than {CHARACTERS} characters")

    def characters(self) -> Iterator[tuple[int, str, str]]:
        """Number, character and the blanks before it in the file, for every character that is no blank."""
        read, text, first, blanks = raw.FPDFText_GetUnicode, self.text, "", ""
        for index in range(self.count):
            code = read(text, index)
            if code in HIGH:
                first = chr(code)
                continue
            character = whole(first, code) if first or code > HIGH.start else chr(code)
            first = ""
            if character.strip():
                yield index, "-" if character == HYPHEN else character, blanks
                blanks = ""
            elif not raw.FPDFText_IsGenerated(text, index):
                blanks += character

    def look(self, index: int) -> Look:
        """How a character is set: size in pt, face without a subset's prefix, colour, content, seen."""
        stretch = raw.FPDFText_GetTextObject(self.text, index)
        key = address(stretch) if stretch else 0
        if key not in self.looks:
            self.looks[key] = self.ask_look(index)
        return self.looks[key]

    def ask_look(self, index: int) -> Look:
        """How a stretch of text is set, by one of its characters."""
        raw.FPDFText_GetMatrix(self.text, index, self.matrix)
        size = raw.FPDFText_GetFontSize(self.text, index) * hypot(self.matrix.c, self.matrix.d)
        raw.FPDFText_GetFontInfo(self.text, index, self.buffer, NAME, self.flags)
        name = self.buffer.value.decode("utf-8", "replace")
        raw.FPDFText_GetFillColor(self.text, index, *self.colors)
        color = "".join(f"{part.value & 255:02X}" for part in self.colors[:3])
        stretch = raw.FPDFText_GetTextObject(self.text, index)
        content = raw.FPDFPageObj_GetMarkedContentID(stretch) if stretch else -1
        seen = not stretch or raw.FPDFTextObj_GetTextRenderMode(stretch) not in UNPAINTED
        order = self.orders.get(address(stretch), -1) if stretch else -1
        face = name[7:] if len(name) > 7 and name[6] == "+" else name
        return round(size, 1), face, color, content, seen, order


def painted(page: pypdfium2.PdfPage, left: float, top: float) -> Iterator[Glyph]:
    """The glyphs of a page, one for each character; `left` and `top` are the page's edges in its units."""
    reader, ink = TextReader(page), Ink(page)
    x, y, box = reader.x, reader.y, reader.box
    at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    origin, loose, text = raw.FPDFText_GetCharOrigin, raw.FPDFText_GetLooseCharBox, reader.text
    for index, character, blanks in reader.characters():
        origin(text, index, at_x, at_y)
        loose(text, index, at_box)
        west, east, base = x.value - left, box.right - left, top - y.value
        size, face, color, content, painted, order = reader.look(index)
        seen = painted and (bool(combining(character[-1])) or ink.shows(west, east, base, size))
        yield Glyph(character, west, east, base, size, face, color, content, seen, blanks, order)


def objects_of(page: pypdfium2.PdfPage) -> Iterator[tuple[int, Any]]:
    """The objects of a page in the order in which they are painted, those in a drawing left out."""
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        yield index, raw.FPDFPage_GetObject(page.raw, index)


def address(shape: Any) -> int:
    """By what an object of a page is known."""
    return ctypes.addressof(shape.contents)


def whole(first: str, code: int) -> str:
    """The character of a second half, or of a whole code."""
    return (first + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def drawn(page: pypdfium2.PdfPage, left: float, top: float) -> Iterator[Shape]:
    """The lines, boxes and pictures of a page; those inside a drawing are part of it."""
    edges = [ctypes.c_float() for _ in range(4)]
    places = [ctypes.byref(edge) for edge in edges]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for index, shape in objects_of(page):
        form = raw.FPDFPageObj_GetType(shape)
        if form == raw.FPDF_PAGEOBJ_TEXT:
            continue
        stroke.value = fill.value = 0
        if form == raw.FPDF_PAGEOBJ_PATH:
            raw.FPDFPath_GetDrawMode(shape, ctypes.byref(fill), ctypes.byref(stroke))
        raw.FPDFPageObj_GetBounds(shape, *places)
        west, south, east, north = (edge.value for edge in edges)
        yield Shape(
            west - left,
            top - north,
            east - left,
            top - south,
            bool(stroke.value),
            form != raw.FPDF_PAGEOBJ_PATH,
            form == raw.FPDF_PAGEOBJ_SHADING or bool(fill.value),
            form == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPath_CountSegments(shape) == LINE,
            index,
        )
