"""Pictures of seals for the tests: drawn, never one of a real office."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

RED = (214, 20, 24, 255)
CLEAR = (255, 255, 255, 0)


def seal(
    dots: int = 600,
    color: tuple[int, int, int, int] = RED,
    paper: tuple[int, int, int, int] = CLEAR,
    mode: str = "RGBA",
    **saving: Any,
) -> bytes:
    """A ring with a star, as a PNG file."""
    picture = Image.new("RGBA", (dots, dots), paper)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((0, 0, dots - 1, dots - 1), outline=color, width=dots // 30)
    points = star(dots)
    pen.polygon(points, fill=color)
    picture.convert(mode).save(out := BytesIO(), "PNG", **saving)
    return out.getvalue()


def star(dots: int) -> list[tuple[float, float]]:
    """The corners of a star in the middle, by fifths of a turn."""
    from math import cos, pi, sin

    middle = dots / 2
    radii = (dots / 6, dots / 15)
    return [
        (middle + radii[n % 2] * sin(n * pi / 5), middle - radii[n % 2] * cos(n * pi / 5)) for n in range(10)
    ]
