"""The tables and texts of a PDF in; texts outside their cells, over each other, or figures in pieces out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual
from reportgen.verify.layout.lines import TALL, between
from reportgen.verify.layout.pages import sample

if TYPE_CHECKING:
    from reportgen.verify.glyphs import Glyph
    from reportgen.verify.layout.lines import Line, Sheet, Table
    from reportgen.verify.layout.pages import Pages
    from reportgen.verify.layout.protocol import Protocol, Sample

CUT: Final = 0.75
"""Points a rule may run inside a text's box without touching its letters."""
OVER: Final = 0.4
"""How much of a character has to be covered to count, of its width and its size."""
NEIGHBOURS: Final = 200
"""Texts that are held against each: more do not stand on one line."""
BROKEN: Final = re.compile(r"[\d,.]*\d[,.]?$")
GOES_ON: Final = re.compile(r"[\d,.%]+$")
MOST_DIGITS: Final = 15
"""Of a figure: what is longer is a code, and no part of one is taken for a figure."""
CUTS: Final = Bilingual("压表线", "crosses a rule")
OVERLAPS: Final = Bilingual("与别的文字重叠", "lies over other text")


def measure_tables(pages: Pages, protocol: Protocol) -> None:
    """Tell texts that do not fit where they stand."""
    crossing = [found for sheet in pages.sheets for found in outside_cells(sheet)]
    broken = [found for sheet in pages.sheets for found in broken_figures(sheet)]
    over = [found for sheet in pages.sheets for found in overlaps(sheet)]
    protocol.refuse("in-cell", crossing)
    protocol.refuse("whole-figures", broken)
    protocol.refuse("apart", over)


def table_of(line: Line, tables: Sequence[Table]) -> Table | None:
    """The table a text stands in."""
    middle = line.base - line.size / 3
    return next((table for table in tables if table.top < middle < table.bottom), None)


def outside_cells(sheet: Sheet) -> Iterator[Sample]:
    """Texts that a rule of their table cuts, and those beyond its outer rules."""
    for line in sheet.cells:
        table = table_of(line, sheet.tables)
        if table and crosses(line, table):
            yield sample(CUTS, line)


def crosses(line: Line, table: Table) -> bool:
    """Whether a text reaches over a rule of its table."""
    middle, top = line.base - line.size / 3, line.base - TALL * line.size
    upright = between(table.upright, line.left + CUT, line.right - CUT)
    level = between(table.level, top + CUT, line.base - CUT)
    centre = (line.left + line.right) / 2
    return (
        any(rule.start < middle < rule.end for rule in upright)
        or any(rule.start < centre < rule.end for rule in level)
        or line.left < table.upright[0].at - CUT
        or line.right > table.upright[-1].at + CUT
    )


def cell_of(line: Line, table: Table) -> tuple[float, float, float, float]:
    """The rules around a text: left, right, above and below."""
    middle, centre = line.base - line.size / 3, (line.left + line.right) / 2
    sides = [rule.at for rule in table.upright if rule.start < middle < rule.end]
    levels = [rule.at for rule in table.level if rule.start < centre < rule.end]
    at, height = bisect_left(sides, centre), bisect_right(levels, middle)
    return (
        sides[at - 1] if at else 0.0,
        sides[at] if at < len(sides) else 0.0,
        levels[height - 1] if height else 0.0,
        levels[height] if height < len(levels) else 0.0,
    )


def broken_figures(sheet: Sheet) -> Iterator[Sample]:
    """Figures that go on in the next line of their cell."""
    for one, other in pairwise(
        sorted(sheet.cells, key=lambda line: (round(line.left + line.right), line.base))
    ):
        close = 0 < other.base - one.base < 2 * one.size
        if close and is_figure_in(one.text, other.text):
            table = table_of(one, sheet.tables)
            if table and cell_of(one, table) == cell_of(other, table):
                yield sample(Bilingual(f"{one.text}／{other.text}", f"{one.text} / {other.text}"), one)


def is_figure_in(text: str, following: str) -> bool:
    """Whether a line ends in a figure that goes on in the following one."""
    begun, rest = BROKEN.search(text), GOES_ON.match(following)
    return begun is not None and rest is not None and len(begun[0] + rest[0]) <= MOST_DIGITS


def overlaps(sheet: Sheet) -> Iterator[Sample]:
    """Texts that lie over others, on one line or on neighbouring ones."""
    lines = sorted((*sheet.lines, *sheet.cells), key=lambda line: line.base)
    for line in lines:
        if any(covers(one, other) for one, other in pairwise(line.glyphs)):
            yield sample(OVERLAPS, line)
    for at, line in enumerate(lines):
        for other in lines[at + 1 : at + NEIGHBOURS]:
            if other.base - line.base >= (TALL - OVER) * other.size:
                break
            shared = min(line.right, other.right) - max(line.left, other.left)
            if shared > OVER * min(line.size, other.size):
                yield sample(OVERLAPS, other)
                break


def covers(one: Glyph, other: Glyph) -> bool:
    """Whether two neighbouring characters of a line lie over each other; one painted twice is bold."""
    width = min(one.right - one.left, other.right - other.left)
    same = one.text == other.text and other.left - one.left < 1
    return width > 1 and one.right - other.left > OVER * width and not same
