"""A title in; its lines out, broken by sense and shaped as GB/T 9704-2012 7.3.1 asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, combinations, pairwise

from reportgen.model.widths import text_width

LONGEST = 120
"""Titles of more characters are left to the line breaking of the page."""
MOST_ATOMS = 32
MOST_LINES = 5

LINE = Decimal(10)
"""What one line more costs, in characters of unevenness."""
JOINED = Decimal(14)
"""What it costs to run two given lines together."""
SINGLE = Decimal(1)
"""What it costs to break after a word of one character, which may be part of a name."""
RECTANGLE = Decimal(30)
HOURGLASS = Decimal(1000)


def break_title(
    lines: Sequence[str], words: Sequence[str], wholes: Sequence[str], width: Decimal
) -> tuple[str, ...]:
    """The title in lines of at most `width` characters that end after one of `words` or with a given line.

    Given lines that fit and have a good shape stay as they are. Else never 沙漏 nor, where it can be helped,
    长方形; then the given breaks, few lines, even lengths.
    `wholes` are words that hold one of `words` and are never broken. A stretch without a place to break
    stays whole, however long.
    """
    given = [text_width(line) for line in lines]
    if max(given, default=Decimal(0)) <= width and not _shape_cost(given):
        return tuple(lines)
    atoms = tuple(atom for line in lines for atom in split_by_sense(line, words, wholes))
    if sum(map(len, lines)) > LONGEST or len(atoms) > MOST_ATOMS:
        return tuple(lines)
    ends = frozenset(accumulate(len(line) for line in lines))
    return min(_partitions(atoms, width), key=lambda parts: (_cost(parts, ends), parts))


def split_by_sense(text: str, words: Sequence[str], wholes: Sequence[str] = ()) -> tuple[str, ...]:
    """The stretches between which a line may end: after a word, but not inside a longer one."""
    if not words:
        return (text,)
    longest_first = sorted({*words, *wholes}, key=lambda word: (-len(word), word))
    matches = re.finditer("|".join(map(re.escape, longest_first)), text)
    ends = [match.end() for match in matches if match[0] in words and match.end() < len(text)]
    return tuple(text[start:end] for start, end in pairwise((0, *ends, len(text))))


def _partitions(atoms: tuple[str, ...], width: Decimal) -> Iterator[tuple[str, ...]]:
    """The ways to set the atoms in the fewest lines that hold them or one more, else each as a line."""
    found = 0
    for count in range(1, min(len(atoms), MOST_LINES) + 1):
        fitting = [parts for parts in _in_lines(atoms, count) if _fits(parts, atoms, width)]
        yield from fitting
        found += bool(fitting)
        if found == 2:
            return
    if not found:
        yield atoms


def _in_lines(atoms: tuple[str, ...], count: int) -> Iterator[tuple[str, ...]]:
    for breaks in combinations(range(1, len(atoms)), count - 1):
        yield tuple("".join(atoms[start:end]) for start, end in pairwise((0, *breaks, len(atoms))))


def _fits(parts: tuple[str, ...], atoms: tuple[str, ...], width: Decimal) -> bool:
    return all(text_width(part) <= width or part in atoms for part in parts)


def _cost(parts: tuple[str, ...], ends: frozenset[int]) -> Decimal:
    widths = [text_width(part) for part in parts]
    breaks = set(accumulate(len(part) for part in parts))
    joined = len(ends - breaks) * JOINED
    uneven = max(widths) - min(widths)
    return LINE * len(parts) + _shape_cost(widths) + uneven + joined + len(breaks - ends) * SINGLE


def _shape_cost(widths: list[Decimal]) -> Decimal:
    """梯形 and 菱形 rise and then fall; 长方形 is flat; what falls and then rises is 沙漏."""
    if len(widths) > 1 and min(widths) == max(widths):
        return RECTANGLE
    falls = False
    for first, second in pairwise(widths):
        if second > first and falls:
            return HOURGLASS
        falls = falls or second < first
    return Decimal(0)
