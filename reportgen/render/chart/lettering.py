"""Lettering of a drawing: text in the document's faces in; lines that fit, their lengths and outlines out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Protocol

from reportgen.render.chart.shapes import BLACK, Contour, Curve, Point, Shape

POINT: Final = Fraction(254, 720)
"""Millimetres in a point."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of a rectangle."""

FIGURES: Final = 0.68
"""How high figures are, in ems."""

LEADING: Final = 1.25
MIDDLE: Final = 0.38
"""How high the middle of a Chinese character lies above the baseline, in ems."""

BALANCE: Final = 8
"""Halvings in the search for the narrowest lines."""

WORD: Final = re.compile(r"[0-9A-Za-z.,%+-]+|.", re.DOTALL)
NOT_FIRST: Final = frozenset("，。、；：！？）》〉」』】〕”’％%…—")
NOT_LAST: Final = frozenset("（《〈「『【〔“‘")


class Faces(Protocol):
    """What lettering asks of the fonts of a build."""

    def advance(self, character: str, role: str) -> int:
        """The advance of a character in units of the em."""

    def outline(self, character: str, role: str) -> tuple[tuple[tuple[int, int, bool], ...], ...]:
        """The contours of a character: x, y and whether the point lies on the outline."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """A way of writing: faces, a role of type, a size in points; `em` are the units of an em in the faces."""

    faces: Faces
    role: str
    points: Decimal
    em: int

    @property
    def size(self) -> float:
        """The size in millimetres."""
        return float(Fraction(self.points) * POINT)

    @property
    def line(self) -> float:
        """The distance of two lines in millimetres."""
        return self.size * LEADING

    @property
    def baseline(self) -> float:
        """How far the baseline of a line lies below its top, so that Chinese type stands in the middle."""
        return self.size * (LEADING / 2 + MIDDLE)

    def length(self, text: str) -> float:
        """The length of a text in millimetres."""
        return sum(self.faces.advance(character, self.role) for character in text) * self.size / self.em

    def at(self, points: Decimal) -> Lettering:
        """The same in another size."""
        return Lettering(self.faces, self.role, points, self.em)

    def wrap(self, text: str, width: float) -> tuple[str, ...]:
        """The text in as few lines of at most that length as it needs, about equally long.

        Words and figures stay whole where they fit; no stop stands at the head of a line.
        """
        lines = self.break_lines(text, width)
        narrow = 0.0
        for _ in range(BALANCE):
            tried = self.break_lines(text, (narrow + width) / 2)
            if len(tried) > len(lines) or max(map(self.length, tried)) > (narrow + width) / 2:
                narrow = (narrow + width) / 2
            else:
                lines, width = tried, (narrow + width) / 2
        return lines

    def break_lines(self, text: str, width: float) -> tuple[str, ...]:
        """The text in lines filled one after the other."""
        lines = [""]
        for piece in pieces(text):
            if lines[-1] and self.length(lines[-1] + piece) > width:
                lines.append("")
            if self.length(piece) <= width or len(piece) == 1:
                lines[-1] += piece
            else:
                lines = [*lines[:-1], *self.chop(lines[-1] + piece, width)]
        return tuple(lines)

    def chop(self, text: str, width: float) -> Iterator[str]:
        """A text cut anywhere into lines of at most that length."""
        line = ""
        for character in text:
            if line and self.length(line + character) > width:
                yield line
                line = ""
            line += character
        yield line

    def around(self, text: str, x: float, baseline: float, *, align: float = 0, upright: bool = True) -> Box:
        """The box that figures written so fill."""
        start, end, high = -align * self.length(text), (1 - align) * self.length(text), self.size * FIGURES
        if upright:
            return (x + start, baseline - high, x + end, baseline)
        return (x - high, baseline - end, x, baseline - start)

    def write(self, text: str, x: float, baseline: float, *, align: float = 0, upright: bool = True) -> Shape:
        """The text as outlines from a point; `align` 0 starts, 0.5 centres, 1 ends there.

        What is not upright runs upwards, turned a quarter to the left.
        """
        contours: list[Contour] = []
        start = -align * self.length(text) * self.em / self.size
        for character in text:
            contours += [draw(contour, start) for contour in self.faces.outline(character, self.role)]
            start += self.faces.advance(character, self.role)
        if not upright:
            contours = [turn(contour) for contour in contours]
        scale = self.size / self.em
        return Shape(tuple(contours), BLACK, scale=(scale, -scale), x=x, y=baseline)


def pieces(text: str) -> Iterator[str]:
    """What a line may not break: words and figures, with the stops and brackets that belong to them."""
    held = ""
    for piece in WORD.findall(text):
        if held and (piece[0] in NOT_FIRST or held[-1] in NOT_LAST):
            held += piece
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held


def draw(points: tuple[tuple[int, int, bool], ...], right: float) -> Contour:
    """A contour of a TrueType glyph moved to the right: between two points off the outline lies one on it."""
    moved = [((x + right, float(y)), on) for x, y, on in points]
    whole: list[tuple[Point, bool]] = []
    for (point, on), (after, after_on) in zip(moved, [*moved[1:], moved[0]], strict=True):
        whole.append((point, on))
        if not on and not after_on:
            whole.append((((point[0] + after[0]) / 2, (point[1] + after[1]) / 2), True))
    first = next((number for number, (_, on) in enumerate(whole) if on), 0)
    ring = [*whole[first + 1 :], *whole[: first + 1]]
    curves: list[Curve] = []
    control: tuple[Point, ...] = ()
    for point, on in ring:
        if on:
            curves.append((*control, point))
            control = ()
        else:
            control = (point,)
    return Contour(whole[first][0], tuple(curves))


def turn(contour: Contour) -> Contour:
    """A contour, y upwards, turned a quarter to the left."""
    curves = tuple(tuple((-y, x) for x, y in curve) for curve in contour.curves)
    return Contour((-contour.start[1], contour.start[0]), curves, contour.closed)
