"""Letters of a coloured mark may be set apart evenly (GB/T 9704-2012 7.2.4), and in no other way."""

from __future__ import annotations

import pytest

from reportgen.verify.covers import displaced
from reportgen.verify.glyphs import Glyph, GlyphPage

RED = "FF0000"


def line(gaps: list[float], color: str = RED) -> GlyphPage:
    """A page with one line of letters of 34 pt, so far apart."""
    glyphs, left = [], 100.0
    for letter, gap in zip("县司法局", [*gaps, 0], strict=False):
        glyphs.append(Glyph(letter, left, left + 34, 200, 34, "小标宋", color, order=1))
        left += 34 + gap
    return GlyphPage(1, 595, 842, tuple(glyphs))


def test_letters_of_a_mark_are_set_apart_evenly() -> None:
    assert list(displaced(line([20, 20.1, 20]))) == []


@pytest.mark.parametrize(
    ("gaps", "color"), [([20, 24, 20], RED), ([0, 20, 0], RED), ([-10, -10, -10], RED), ([20] * 3, "000000")]
)
def test_letters_set_apart_otherwise_were_moved(gaps: list[float], color: str) -> None:
    assert list(displaced(line(gaps, color))) != []
