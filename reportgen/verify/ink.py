"""A page of a PDF in; what it looks like, and whether something is to be seen at a place, out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pypdfium2

CONTRAST: Final = 40
"""How far apart the lightest and the darkest point of a glyph's place are, of 255, where one is painted."""
ASCENT: Final = 0.9
DESCENT: Final = 0.3
"""How far a glyph reaches above and below its baseline, in its type size."""
MOST_POINTS: Final = 4_000_000
"""Pages that are larger are looked at from further away."""


class Ink:
    """The points of a page in grey, from the top; one for each pt of a page of a usual size."""

    __slots__ = ("height", "points", "scale", "stride", "width")

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        area = page.get_width() * page.get_height()
        self.scale = min(1.0, (MOST_POINTS / area) ** 0.5) if area > 0 else 1.0
        bitmap = page.render(scale=self.scale, grayscale=True)
        self.points, self.width = bytes(bitmap.buffer), bitmap.width
        self.height, self.stride = bitmap.height, bitmap.stride

    def shows(self, left: float, right: float, base: float, size: float) -> bool:
        """Whether something is to be seen where a glyph stands; its ends, baseline and type size in pt."""
        first, last = max(int(left * self.scale), 0), min(int(right * self.scale) + 1, self.width)
        top, bottom = (base - ASCENT * size) * self.scale, (base + DESCENT * size) * self.scale
        rows = range(max(int(top), 0), min(int(bottom) + 1, self.height))
        middle, light, dark = len(rows) // 2, 0, 255
        for row in (*rows[middle:], *rows[:middle]) if first < last else ():
            line = self.points[row * self.stride + first : row * self.stride + last]
            light, dark = max(light, max(line)), min(dark, min(line))
            if light - dark > CONTRAST:
                return True
        return False
