"""A page of a PDF in; the texts that something was painted over, and those that stand off their line, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportgen.verify.glyphs import Glyph, GlyphPage, Shape

CORE: Final = (0.15, 0.72, 0.05)
"""What of a glyph must stay free: all but this at its sides, from above to below this over the baseline."""
UNDER_A_SEAL: Final = 40
"""Letters that a picture may lie on: a seal presses on the names and the date, no more."""
PACE: Final = 0.12
"""How far a letter may stand from where the one before ends, in its type size."""
EVEN: Final = 0.02
"""What equal gaps between letters may differ by, in their type size."""
BLACK: Final = "000000"
STEPS: Final = 400
"""Points of a line that are looked at."""

Box = tuple[float, float, float, float]


def covered(page: GlyphPage) -> Iterator[str]:
    """The texts that a line, an area or a large picture was painted over, whether it can be read or not."""
    cores = [(core_of(glyph), glyph) for glyph in page.glyphs if glyph.order >= 0]
    for shape in page.shapes:
        left, top, right, bottom = shape.left, shape.top, shape.right, shape.bottom
        under = [
            glyph
            for box, glyph in cores
            if box[1] < bottom and top < box[3] and box[0] < right and left < box[2]
            if glyph.order < shape.order and hides(shape, box)
        ]
        if under and not (shape.picture and len(under) <= UNDER_A_SEAL):
            yield "".join(glyph.text for glyph in under)


def core_of(glyph: Glyph) -> Box:
    """What of a glyph must stay free."""
    side, above, below = CORE
    inset = side * (glyph.right - glyph.left)
    top, bottom = glyph.base - above * glyph.size, glyph.base - below * glyph.size
    return (glyph.left + inset, top, glyph.right - inset, bottom)


def hides(shape: Shape, box: Box) -> bool:
    """Whether a shape that meets a box covers something of it."""
    return shape.filled or shape.picture or crosses(shape, box)


def crosses(shape: Shape, box: Box) -> bool:
    """Whether a mere line, whichever way it slopes, runs through a box; an outline round it does not."""
    if not shape.straight:
        return False
    width, height = shape.right - shape.left, shape.bottom - shape.top
    points = ((step / STEPS * width, step / STEPS * height) for step in range(STEPS + 1))
    return any(
        box[0] <= shape.left + across <= box[2]
        and any(box[1] <= y <= box[3] for y in (shape.top + down, shape.bottom - down))
        for across, down in points
    )


def displaced(page: GlyphPage) -> Iterator[str]:
    """The texts of lines whose letters do not follow each other: one was moved, or another put in."""
    for _, run in groupby(page.glyphs, key=lambda glyph: (glyph.order, round(glyph.base, 1))):
        yield from strays(list(run))


def is_spread(run: Sequence[Glyph]) -> bool:
    """Whether equal gaps make a coloured line as wide as those above and below it (7.2.4)."""
    gaps = [other.left - one.right for one, other in pairwise(run)]
    even = bool(gaps) and max(gaps) > 0 and max(gaps) - min(gaps) < EVEN * run[0].size
    return even and all(glyph.color != BLACK for glyph in run)


def strays(run: Sequence[Glyph]) -> Iterator[str]:
    """The letters round a gap or an overlap without a blank; not those of a mark that is set apart evenly."""
    if is_spread(run):
        return
    for one, other in pairwise(run):
        if not other.blanks and abs(other.left - one.right) > PACE * other.size:
            yield one.text + other.text
