"""The pages of both twins as pictures in; the places where they differ, and both pages side by side, out.

Letters are compared line by line, each line laid on its counterpart, because LibreOffice sets them lower in
their lines; all else (rules, charts, pictures) where it stands on the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

from reportgen.verify.lines import Piece

DPI: Final = 72
SCALE: Final = DPI / 72
WHITE: Final = 255
DARK: Final = 140
"""What is darker than this has to be in the other picture as well."""
PALE: Final = 240
"""What is darker than this is enough for that: thin rules of a picture are paler in LibreOffice."""
LEEWAY: Final = 1
"""How many pixels aside the same ink may be."""
ROW_LEEWAY: Final = 6
"""The same up and down: LibreOffice rounds the heights of rows, and shrinks the last one of a page."""
EDGE: Final = 2.5
"""How far, in pt, the strokes of letters may reach out of their boxes."""
SPOT: Final = 16
"""How many pixels of ink without counterpart make a difference: less is the grain of an edge."""
HEAVIER: Final = 0.12
LEAST: Final = 8
"""By which part, and by how many black pixels, the ink of two same lines may differ."""
BLOCK: Final = 12
"""Pixels of a side of the squares whose tones are compared."""
TONE: Final = 48
"""By how much of 255 a square may be darker than all squares about it in the other twin."""
RED: Final = (200, 0, 0)
GREY: Final = (128, 128, 128)
BETWEEN: Final = 12
"""Pixels between the two pages of an exhibit."""

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a page, in pixels of `DPI` from the top left, where the twins look different."""

    box: Box

    @property
    def millimetres(self) -> tuple[int, int]:
        """How far from the left and from the top of the page it begins."""
        return round(self.box[0] * 25.4 / DPI), round(self.box[1] * 25.4 / DPI)


def render_pages(pdf: bytes, most: int) -> Iterator[Image.Image]:
    """The first pages of a PDF, at most so many, as pictures in colour."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(min(len(document), most)):
            yield document[number].render(scale=SCALE).to_pil().convert("RGB")
    finally:
        document.close()


def compare_pictures(
    word: Image.Image,
    pdf: Image.Image,
    pairs: Sequence[tuple[Piece, Piece]],
    parted: Sequence[Piece] = (),
) -> tuple[Spot, ...]:
    """Where two pictures of a page differ; `pairs` are the pieces of lines known to be the same.

    `parted` are pieces that may stand in one of the two only.
    """
    greys = word.convert("L"), pdf.convert("L")
    spots = [Spot(box_of(one)) for one, other in pairs if is_heavier(greys, one, other)]
    apart = [box_of(piece, EDGE) for piece in parted]
    own = [[*apart, *(box_of(both[side], EDGE) for both in pairs)] for side in (0, 1)]
    bare = [without(grey, boxes) for grey, boxes in zip(greys, own, strict=True)]
    blank = [without(grey, (*own[0], *own[1])) for grey in greys]
    return (*spots, *stray(bare[0], greys[1]), *stray(bare[1], greys[0]), *other_tones(*blank))


def without(grey: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    """A grey picture with white boxes."""
    copy = grey.copy()
    painted = ImageDraw.Draw(copy)
    for box in boxes:
        painted.rectangle(box, fill=WHITE)
    return copy


def box_of(piece: Piece, edge: float = 0) -> Box:
    """The box of a piece's letters, in pixels; `edge` is added on every side, in pt."""
    top, bottom = piece.base - piece.size * 0.85 - edge, piece.base + piece.size * 0.15 + edge
    sides = (piece.left - edge, top, piece.right + edge, bottom)
    left, upper, right, lower = (round(side * SCALE) for side in sides)
    return left, upper, max(right, left + 1), max(lower, upper + 1)


def is_heavier(greys: tuple[Image.Image, Image.Image], one: Piece, other: Piece) -> bool:
    """Whether one of two pieces that should look the same is much darker: it is bold, struck or covered."""
    amounts = [darkness(grey, box_of(piece)) for grey, piece in zip(greys, (one, other), strict=True)]
    return abs(amounts[0] - amounts[1]) > max(LEAST, HEAVIER * max(amounts))


def darkness(grey: Image.Image, box: Box) -> float:
    """How many black pixels would be as dark as what is in a box."""
    part = grey.crop(box)
    return part.width * part.height * (1 - ImageStat.Stat(part).mean[0] / 255)


def stray(one: Image.Image, other: Image.Image) -> Iterator[Spot]:
    """The place where a grey picture is dark and the other is white, even nearby."""
    size = max(one.width, other.width), max(one.height, other.height)
    dark = on_paper(one, size).point(lambda value: 255 if value < DARK else 0)
    ink = on_paper(other, size).point(lambda value: 255 if value < PALE else 0)
    near = ink.filter(ImageFilter.BoxBlur((LEEWAY, ROW_LEEWAY))).point(lambda value: 255 if value else 0)
    rest = ImageChops.subtract(dark, near)
    whole = rest.getbbox()
    if whole and rest.histogram()[255] >= SPOT:
        yield Spot(whole)


def other_tones(one: Image.Image, other: Image.Image) -> Iterator[Spot]:
    """The place where one grey picture is darker than all about the same place of the other."""
    size = max(one.width, other.width), max(one.height, other.height)
    tones = [on_paper(picture, size).reduce(BLOCK) for picture in (one, other)]
    for here, there in (tones, tones[::-1]):
        darkest_near = there.filter(ImageFilter.MinFilter(3))
        rest = ImageChops.subtract(darkest_near, here).point(lambda value: 255 if value > TONE else 0)
        found = rest.getbbox()
        if found:
            left, top, right, bottom = (side * BLOCK for side in found)
            yield Spot((left, top, right, bottom))


def on_paper(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A grey picture on white paper of a size."""
    paper = Image.new("L", size, 255)
    paper.paste(picture, (0, 0))
    return paper


def side_by_side(word: Image.Image | None, pdf: Image.Image | None, spots: Iterable[Spot] = ()) -> bytes:
    """Both pages beside each other, the Word file's on the left, the differences framed, as a PNG."""
    pages = [page for page in (word, pdf) if page]
    width = sum(page.width for page in pages) + BETWEEN * (len(pages) - 1)
    sheet = Image.new("RGB", (width, max(page.height for page in pages)), GREY)
    left = 0
    for page in pages:
        sheet.paste(page, (left, 0))
        for spot in spots:
            x, y, right, bottom = spot.box
            frame = (x + left - 3, y - 3, right + left + 3, bottom + 3)
            ImageDraw.Draw(sheet).rectangle(frame, outline=RED, width=2)
        left += page.width + BETWEEN
    written = BytesIO()
    sheet.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()
