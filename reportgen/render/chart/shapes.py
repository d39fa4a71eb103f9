"""The shapes of a drawing, in millimetres from its upper left corner: shapes in; SVG out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

Point = tuple[float, float]

Curve = tuple[Point, ...]
"""The further points of a piece of outline: one of a line, two of a quadratic, three of a cubic curve."""

BLACK: Final = 0
WHITE: Final = 255
LETTERS: Final = ("", "L", "Q", "C")


@dataclass(frozen=True, slots=True)
class Contour:
    """A line of pieces from a starting point, back to it when closed."""

    start: Point
    curves: tuple[Curve, ...]
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """Contours filled and stroked in greys (0 black, 255 white); `width` and `dash` are the stroke's.

    `scale`, `x` and `y` carry the contours' own units to millimetres; a negative scale turns y over.
    """

    contours: tuple[Contour, ...]
    fill: int | None = None
    stroke: int | None = None
    width: float = 0.2
    dash: tuple[float, ...] = ()
    scale: tuple[float, float] = (1.0, 1.0)
    x: float = 0.0
    y: float = 0.0


def polygon(
    points: Iterable[Point], fill: int | None = None, stroke: int | None = None, width: float = 0.2
) -> Shape:
    """A closed shape with straight sides."""
    first, *others = points
    return Shape((Contour(first, tuple((point,) for point in others)),), fill, stroke, width)


def rectangle(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    """The corners of an upright rectangle."""
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def polyline(
    points: Iterable[Point], stroke: int = BLACK, width: float = 0.2, dash: tuple[float, ...] = ()
) -> Shape:
    """An open line through points."""
    first, *others = points
    return Shape(
        (Contour(first, tuple((point,) for point in others), closed=False),), None, stroke, width, dash
    )


def segments(lines: Iterable[tuple[Point, Point]], stroke: int = BLACK, width: float = 0.2) -> Shape:
    """Many single strokes as one shape."""
    contours = tuple(Contour(start, ((end,),), closed=False) for start, end in lines)
    return Shape(contours, None, stroke, width)


def arc(centre: Point, radius: float, start: float, end: float) -> tuple[Curve, ...]:
    """Cubic curves along a circle, clockwise between two angles in turns from twelve o'clock."""
    count = max(1, math.ceil((end - start) * 8 - 1e-9))
    step = (end - start) / count
    pull = 4 / 3 * math.tan(step * math.pi / 2) * radius
    curves = []
    for number in range(count):
        one, two = start + number * step, start + (number + 1) * step
        first, last = on_circle(centre, radius, one), on_circle(centre, radius, two)
        along_first, along_last = on_circle((0, 0), pull, one + 0.25), on_circle((0, 0), pull, two + 0.25)
        leave = (first[0] + along_first[0], first[1] + along_first[1])
        reach = (last[0] - along_last[0], last[1] - along_last[1])
        curves.append((leave, reach, last))
    return tuple(curves)


def on_circle(centre: Point, radius: float, turn: float) -> Point:
    """The point of a circle at an angle in turns, clockwise from twelve o'clock."""
    angle = turn * 2 * math.pi
    return (centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle))


def circle(centre: Point, radius: float) -> Contour:
    """A whole circle."""
    return Contour(on_circle(centre, radius, 0), arc(centre, radius, 0, 1))


def decimal(value: float) -> str:
    """A coordinate as it is written: hundredths of a millimetre, no needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def write_contour(contour: Contour) -> str:
    """The path data of a contour."""
    parts = ["M" + " ".join(map(decimal, contour.start))]
    for curve in contour.curves:
        parts.append(LETTERS[len(curve)] + " ".join(decimal(number) for point in curve for number in point))
    return "".join(parts) + ("Z" if contour.closed else "")


def write_shape(shape: Shape) -> str:
    """A shape as an SVG path."""
    attributes = [f'd="{"".join(map(write_contour, shape.contours))}"']
    attributes.append(f'fill="{"none" if shape.fill is None else hexadecimal(shape.fill)}"')
    if shape.stroke is not None:
        attributes.append(f'stroke="{hexadecimal(shape.stroke)}" stroke-width="{decimal(shape.width)}"')
    if shape.dash:
        attributes.append(f'stroke-dasharray="{" ".join(map(decimal, shape.dash))}"')
    if shape.scale != (1.0, 1.0):
        scale = " ".join(f"{number:.7f}" for number in shape.scale)
        attributes.append(f'transform="translate({decimal(shape.x)} {decimal(shape.y)}) scale({scale})"')
    return f"<path {' '.join(attributes)}/>"


def hexadecimal(grey: int) -> str:
    """A grey as a colour."""
    return f"#{grey:02x}{grey:02x}{grey:02x}"


def write_svg(shapes: Iterable[Shape], width: float, height: float) -> str:
    """A drawing of that size in millimetres; the same text for the same shapes."""
    wide, high = decimal(width), decimal(height)
    size = f'width="{wide}mm" height="{high}mm" viewBox="0 0 {wide} {high}"'
    body = "\n".join(map(write_shape, shapes))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{body}\n</svg>\n'
