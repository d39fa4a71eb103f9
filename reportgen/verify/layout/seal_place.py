"""A PDF in; where the seals go over its names and its date (GB/T 9704-2012, 7.3.5.1-2) out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from pypdfium2 import PdfiumError

from reportgen.records.signatures.places import SealPlace
from reportgen.verify.glyphs import read_glyphs
from reportgen.verify.layout.lines import Line
from reportgen.verify.layout.pages import Pages, read_pages
from reportgen.verify.layout.signature_place import names_in
from reportgen.verify.layout.standard import standard_of
from reportgen.verify.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

POINTS_PER_MM: Final = 72 / 25.4
LOWER: Final = 4.0
"""Millimetres by which name and date lie below the middle of the seal: slightly."""
MIDDLE: Final = 0.34
"""How far the middle of a Chinese character lies above its baseline, in its size."""
TOUCHING: Final = 0.5
"""Millimetres that two seals keep apart."""

Circle = tuple[int, float, float, float]
"""Page from 1, middle from the left and from the top, and radius, in points."""


class NoPlaceError(ValueError):
    """A seal has no place; `code` names the finding, `words` what is in the way."""

    def __init__(self, code: str, words: str = "") -> None:
        """Say why."""
        super().__init__(code)
        self.code, self.words = code, words


def place_seals(pdf: bytes, millimetres: float, layout: Mapping[str, Any]) -> tuple[SealPlace, ...]:
    """The place of one seal over every name, the last over the date too; raises NoPlaceError.

    `layout` is the standard's own.
    """
    pages = pages_of(pdf, layout)
    lines, date = signature_of(pages)
    names = [name for line in lines for name in parted(line)]
    circles = list(circles_of(names, date, millimetres * POINTS_PER_MM / 2))
    for one, other in combinations(circles, 2):
        if one[0] == other[0] and apart(one, other) < one[3] + other[3] + TOUCHING * POINTS_PER_MM:
            raise NoPlaceError("seal-no-room", date.text)
    covered = {id(line) for line in (*lines, date)}
    for circle in circles:
        for line in pages.sheets[circle[0] - 1].lines:
            if id(line) not in covered and lies_on(circle, line):
                raise NoPlaceError("seal-no-room", line.text[:40])
    heights = [pages.sheets[circle[0] - 1].height for circle in circles]
    return tuple(
        boxed(number, circle, height, name.text)
        for number, (circle, height, name) in enumerate(zip(circles, heights, names, strict=True), 1)
    )


def pages_of(pdf: bytes, layout: Mapping[str, Any]) -> Pages:
    """The lines of a PDF with their roles; raises NoPlaceError when it cannot be read."""
    try:
        return read_pages(read_glyphs(pdf), (), standard_of(Subject({}, {}, layout)))
    except PdfiumError:
        raise NoPlaceError("seal-place-unknown") from None


def signature_of(pages: Pages) -> tuple[list[Line], Line]:
    """The names and the date under the last of them; raises NoPlaceError when they are not found."""
    dates = pages.of_role("date")
    names = [setting.line for setting in pages.of_role("signature") if setting.first]
    if not dates or not names or dates[-1].line.page != names[-1].page:
        raise NoPlaceError("seal-place-unknown")
    return names, dates[-1].line


def parted(line: Line) -> Iterator[Line]:
    """The names that stand in a row on one line, each as a line of its own."""
    for text, left, right in names_in(line):
        yield replace(line, text=text, left=left, right=right)


def circles_of(names: Sequence[Line], date: Line, radius: float) -> Iterator[Circle]:
    """The seal of every name: over its middle, that of the last over its and the date's, a little higher.

    Seals of a row stand level: those beside the last one as high as it.
    """
    last = names[-1]
    for name in names:
        covered = (name, date) if name is last else (name,)
        across = sum((line.left + line.right) / 2 for line in covered) / len(covered)
        beside_last = name.page == last.page and abs(name.base - last.base) < name.size / 2
        level = (last, date) if beside_last else (name,)
        down = sum(line.base - MIDDLE * line.size for line in level) / len(level)
        yield name.page, across, down - LOWER * POINTS_PER_MM, radius


def apart(one: Circle, other: Circle) -> float:
    """How far the middles of two seals lie apart."""
    return float(((one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2) ** 0.5)


def lies_on(circle: Circle, line: Line) -> bool:
    """Whether a seal covers some of a line."""
    _, across, down, radius = circle
    near = min(max(across, line.left), line.right)
    top, bottom = line.base - line.size * 0.85, line.base + line.size * 0.1
    level = min(max(down, top), bottom)
    return bool((near - across) ** 2 + (level - down) ** 2 < radius**2)


def boxed(number: int, circle: Circle, height: float, office: str) -> SealPlace:
    """A seal as the field of a form."""
    page, across, down, radius = circle
    box = (across - radius, height - down - radius, across + radius, height - down + radius)
    return SealPlace(f"印章{number}", page - 1, box, f"{office}印章", office)
