"""Glyph outlines on one em: a font file and code points in; quadratic glyphs and whole TrueType faces out."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

EM: Final = 2048
"""Units of an em in every derived face: that of the Latin sources, so that their advances stay exact."""

ASCENT: Final = 1802
DESCENT: Final = EM - ASCENT
"""One line box for all derived faces: as long as it is equal in all of them, a line keeps its height whatever
faces stand in it. Metrics that differ by a unit already make a line of two faces higher."""

TOLERANCE: Final = 2
CREATED: Final = 3786912000  # the start of 2024, in seconds since 1904: a face bears no time of its making
HALF: Final = EM // 2
"""The advance of a half-width character (半角)."""

JOINED: Final = frozenset("—")  # two in a row are one line, so the stroke fills its em


Point = tuple[int, int, bool]
"""x, y and whether the point lies on the outline."""

Contour = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a derived face: `data` is its `glyf` record, `box` its xMin, yMin, xMax, yMax."""

    code: int
    advance: int
    data: bytes
    box: tuple[int, int, int, int]


@contextmanager
def unheard() -> Iterator[None]:
    """While this lasts fontTools does not log: what it finds odd in a font is no matter for the user."""
    logger = logging.getLogger("fontTools")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


@contextmanager
def open_font(path: Path, index: int) -> Iterator[TTFont]:
    """A font file open for reading; tables are read when they are needed."""
    from fontTools.ttLib import TTFont

    with unheard(), path.open("rb") as file:
        yield TTFont(file, fontNumber=index, lazy=True)


def advances(path: Path, index: int) -> dict[int, int]:
    """The advance of every code point a font has, in units of the em."""
    with open_font(path, index) as font:
        widths, scale = font["hmtx"].metrics, EM / font["head"].unitsPerEm
        return {code: round(widths[name][0] * scale) for code, name in font.getBestCmap().items()}


def place(code: int, advance: int, left: int, right: int, room: int = EM) -> tuple[float, float]:
    """Stretch and shift along the line that set a character on a whole em or on half of one, in its units."""
    character = chr(code)
    if room < EM:
        stretch = min(1.0, room / advance) if advance else 1.0
        return stretch, (room - advance * stretch) / 2
    if character in JOINED and right > left:
        stretch = EM / (right - left)
        return stretch, -left * stretch
    if right - left > EM:
        stretch = EM / (right - left)
        return stretch, -left * stretch
    category = unicodedata.category(character)
    if category in ("Pi", "Ps"):
        return 1.0, EM - advance
    if category in ("Pf", "Pe"):
        return 1.0, 0.0
    return 1.0, (EM - advance) / 2


def draw(glyphs: Any, name: str, stretch: float, shift: float, source: tuple[float, bool]) -> Any:
    """A glyph of a fontTools glyph set as one simple TrueType glyph, scaled, stretched and shifted."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.filterPen import DecomposingFilterPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    scale, cubic = source
    target = TTGlyphPen(None)
    quadratic = Cu2QuPen(target, TOLERANCE, reverse_direction=cubic)
    moved = TransformPen(quadratic, (scale * stretch, 0, 0, scale, shift, 0))
    glyphs[name].draw(DecomposingFilterPen(moved, glyphs))
    return target.glyph()


def trace(path: Path, index: int, codes: Iterable[int], rooms: Mapping[int, int]) -> tuple[Glyph, ...]:
    """The glyphs of these code points that the font has; `rooms` are the advances some of them are set on."""
    with open_font(path, index) as font:
        names, glyphs = font.getBestCmap(), font.getGlyphSet()
        scale, cubic = EM / font["head"].unitsPerEm, "glyf" not in font
        return tuple(
            trace_glyph(glyphs, names[code], code, (scale, cubic), rooms.get(code))
            for code in codes
            if code in names
        )


def trace_glyph(glyphs: Any, name: str, code: int, source: tuple[float, bool], room: int | None) -> Glyph:
    """One glyph of a font whose scale to the em, and whether its curves are cubic, `source` says."""
    advance = round(glyphs[name].width * source[0])
    shape = draw(glyphs, name, 1.0, 0.0, source)
    if room and (advance != room or chr(code) in JOINED):
        left, _, right, _ = bounds(shape)
        shape, advance = draw(glyphs, name, *place(code, advance, left, right, room), source), room
    box = bounds(shape)
    return Glyph(code, advance, shape.compile(None, recalcBBoxes=False), box)


def bounds(shape: Any) -> tuple[int, int, int, int]:
    """The box around a simple glyph, zero for an empty one; kept in the glyph too."""
    if not shape.numberOfContours:
        return (0, 0, 0, 0)
    shape.recalcBounds(None)
    return (shape.xMin, shape.yMin, shape.xMax, shape.yMax)


def notdef() -> Glyph:
    """The glyph of what has no glyph: a hollow box, so that it is seen."""
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    low, high, rim = 0, ASCENT - DESCENT, 80
    corners = ((120, low), (120, high), (EM - 120, high), (EM - 120, low))
    hollow = (
        (120 + rim, low + rim),
        (EM - 120 - rim, low + rim),
        (EM - 120 - rim, high - rim),
        (120 + rim, high - rim),
    )
    for contour in (corners, hollow):
        pen.moveTo(contour[0])
        for point in contour[1:]:
            pen.lineTo(point)
        pen.closePath()
    shape = pen.glyph()
    box = bounds(shape)
    return Glyph(-1, EM, shape.compile(None, recalcBBoxes=False), box)


def name_of(code: int) -> str:
    """The name a glyph has while a face is put together; the face itself keeps none."""
    return ".notdef" if code < 0 else f"u{code:04X}"


def assemble(family: str, glyphs: Iterable[Glyph], licence: str) -> bytes:
    """A TrueType face of these glyphs: the same bytes for the same glyphs; no hinting, no GSUB, no GPOS.

    Substitutions are not needed: forms and widths were settled glyph by glyph, so a text's width is the sum
    of its advances; and Latin letters are not kerned, as in the Word file.
    """
    from io import BytesIO

    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables._g_l_y_f import Glyph as Record

    ordered = (notdef(), *sorted(glyphs, key=lambda glyph: glyph.code))
    builder = FontBuilder(EM, isTTF=True)
    builder.font.recalcTimestamp = False
    builder.setupHead(unitsPerEm=EM, created=CREATED, modified=CREATED)
    builder.setupGlyphOrder([name_of(glyph.code) for glyph in ordered])
    builder.setupCharacterMap({glyph.code: name_of(glyph.code) for glyph in ordered[1:]})
    builder.font["loca"], builder.font["glyf"] = newTable("loca"), newTable("glyf")
    builder.font["glyf"].glyphOrder = builder.font.getGlyphOrder()
    builder.font["glyf"].glyphs = {name_of(glyph.code): Record(glyph.data) for glyph in ordered}
    builder.setupHorizontalMetrics({name_of(glyph.code): (glyph.advance, glyph.box[0]) for glyph in ordered})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=-DESCENT, lineGap=0)
    builder.setupNameTable(
        {"familyName": family, "styleName": "Regular", "fullName": family, "psName": family,
         "uniqueFontIdentifier": family, "version": "Version 1.000", "licenseDescription": licence},
        mac=False,
    )  # fmt: skip
    builder.setupOS2(
        sTypoAscender=ASCENT, sTypoDescender=-DESCENT, sTypoLineGap=0, usWeightClass=400, fsType=0,
        usWinAscent=max(ASCENT, *(glyph.box[3] for glyph in ordered)),
        usWinDescent=max(DESCENT, *(-glyph.box[1] for glyph in ordered)),
    )  # fmt: skip
    builder.setupPost(keepGlyphNames=False)
    face = BytesIO()
    builder.save(face)
    return face.getvalue()


@lru_cache(maxsize=16)
def glyph_places(path: Path) -> tuple[int, ...]:
    """Where in the file of a derived face its glyphs begin, and where the last one ends."""
    with open_font(path, 0) as font:
        start = font.reader.tables["glyf"].offset
        return tuple(start + offset for offset in font["loca"])


def read_outline(path: Path, glyph: int) -> tuple[Contour, ...]:
    """The contours of a glyph of a derived face, read from the file by the glyph's number."""
    from fontTools.ttLib.tables._g_l_y_f import Glyph as Record

    places = glyph_places(path)
    with path.open("rb") as file:
        file.seek(places[glyph])
        record = Record(file.read(places[glyph + 1] - places[glyph]))
    record.expand(None)
    if not record.numberOfContours:
        return ()
    points = [(x, y, bool(flag & 1)) for (x, y), flag in zip(record.coordinates, record.flags, strict=True)]
    ends = [0, *(end + 1 for end in record.endPtsOfContours)]
    return tuple(tuple(points[start:end]) for start, end in pairwise(ends))
