"""The glyphs of a page in; its lines, its tables and what stands in their cells out."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from reportgen.verify.glyphs import Glyph, GlyphPage, Shape

T = TypeVar("T")

SEEN: Final = attrgetter("seen")
MOST_TABLES: Final = 200
"""Tables of one page that are looked at: a drawing may look like thousands."""

THIN: Final = 2.0
"""Points: what is thinner is a rule, not a box."""
SAME_LINE: Final = 2.0
"""Points between baselines of one line, such as of a raised character."""
TOUCHING: Final = 0.6
"""Points between the characters of one text in a cell."""
TALL: Final = 0.76
"""How far a character rises above its baseline, in its size."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its page, ends, baseline, and the type size and face most of it is set in."""

    page: int
    left: float
    right: float
    base: float
    size: float
    face: str
    text: str
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a table: `at` across, from `start` to `end` along, in pt."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Table:
    """A table on one page: its edges and its rules in order of place."""

    top: float
    bottom: float
    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page taken apart: its lines of running text, its tables, the texts inside them, its pictures."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    cells: tuple[Line, ...]
    shapes: tuple[Shape, ...]


def take_apart(page: GlyphPage) -> Sheet:
    """The lines and tables of a page; text that is set but not painted is no part of it."""
    tables = tuple(islice(find_tables(page.shapes), MOST_TABLES))
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    for glyph in filter(SEEN, page.glyphs):
        middle = glyph.base - glyph.size / 3
        (inside if any(table.top < middle < table.bottom for table in tables) else outside).append(glyph)
    lines = tuple(make_line(page.number, group) for group in on_one_line(outside, SAME_LINE))
    runs = (run for group in on_one_line(inside, TOUCHING) for run in touching(group))
    cells = tuple(make_line(page.number, run) for run in runs)
    return Sheet(page.number, page.width, page.height, lines, tables, cells, page.shapes)


def on_one_line(glyphs: Iterable[Glyph], apart: float) -> Iterator[list[Glyph]]:
    """The glyphs of each line from left to right, lines from top to bottom."""
    group: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.base, glyph.left)):
        if group and glyph.base - group[0].base > apart:
            yield sorted(group, key=lambda glyph: glyph.left)
            group = []
        group.append(glyph)
    if group:
        yield sorted(group, key=lambda glyph: glyph.left)


def touching(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The texts of a line that stand apart, such as those of neighbouring cells."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and glyph.left - run[-1].right > TOUCHING:
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def make_line(page: int, glyphs: Sequence[Glyph]) -> Line:
    """The line of its glyphs, which are in order."""
    faces = {glyph.face for glyph in glyphs}
    wide = [glyph.face for glyph in glyphs if is_wide(glyph.text)] if len(faces) > 1 else []
    return Line(
        page,
        glyphs[0].left,
        max([glyph.right for glyph in glyphs]),
        most([glyph.base for glyph in glyphs]),
        most([glyph.size for glyph in glyphs]),
        most(wide or [glyph.face for glyph in glyphs]),
        "".join([glyph.text for glyph in glyphs]),
        tuple(glyphs),
    )


def most(values: Sequence[T]) -> T:
    """The value that is there most often, the first of several."""
    first = values[0]
    return first if values.count(first) == len(values) else Counter(values).most_common(1)[0][0]


@lru_cache(maxsize=4096)
def is_wide(character: str) -> bool:
    """Whether a character takes the place of a Chinese one."""
    return len(character) == 1 and unicodedata.east_asian_width(character) in "WF"


@lru_cache(maxsize=4096)
def is_ideograph(character: str) -> bool:
    """Whether a character is a Chinese letter, no mark and no digit."""
    return is_wide(character) and unicodedata.category(character) == "Lo"


def find_tables(shapes: Sequence[Shape]) -> Iterator[Table]:
    """The tables of a page: stretches of its height in which upright rules stand, closed by level ones."""
    rules = [shape for shape in shapes if not shape.picture]
    upright = sorted(
        (Rule((s.left + s.right) / 2, s.top, s.bottom) for s in rules if s.right - s.left <= THIN),
        key=lambda rule: rule.start,
    )
    level = [Rule((s.top + s.bottom) / 2, s.left, s.right) for s in rules if s.bottom - s.top <= THIN]
    level += [side for s in rules if s.stroked and thick(s) for side in level_sides(s)]
    level.sort(key=lambda rule: rule.at)
    for group in overlapping(upright):
        top, bottom = group[0].start, max(rule.end for rule in group)
        within = tuple(between(level, top - THIN, bottom + THIN))
        if len({round(rule.at) for rule in group}) > 1 and len({round(rule.at) for rule in within}) > 1:
            yield Table(top, bottom, tuple(sorted(group, key=lambda rule: rule.at)), within)


def thick(shape: Shape) -> bool:
    """Whether a shape is a box, no rule."""
    return shape.right - shape.left > THIN and shape.bottom - shape.top > THIN


def level_sides(shape: Shape) -> tuple[Rule, Rule]:
    """The upper and the lower edge of a box."""
    return Rule(shape.top, shape.left, shape.right), Rule(shape.bottom, shape.left, shape.right)


def overlapping(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Upright rules, in order of their upper ends, in groups without a gap between them."""
    group: list[Rule] = []
    end = 0.0
    for rule in rules:
        if group and rule.start > end + THIN:
            yield group
            group = []
        end = max(end, rule.end) if group else rule.end
        group.append(rule)
    if group:
        yield group


def between(rules: Sequence[Rule], start: float, end: float) -> Sequence[Rule]:
    """The rules, in order of place, that lie between two places."""
    return rules[bisect_left(rules, start, key=lambda r: r.at) : bisect_left(rules, end, key=lambda r: r.at)]
