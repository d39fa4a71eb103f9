"""A title in; its lines out, broken by sense and shaped as GB/T 9704-2012 7.3.1 asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, combinations, pairwise
from typing import Final, Literal

from reportgen.model.widths import text_width

Shape = Literal["good", "rectangle", "hourglass"]

LONGEST: Final = 120
"""Titles of more characters are set in full lines."""
MOST_ATOMS: Final = 32
MOST_LINES: Final = 5
SAME: Final = 0.25
"""Characters by which lines of equal length may differ."""

LINE: Final = Decimal(10)
"""What one line more costs, in characters of unevenness."""
JOINED: Final = Decimal(14)
"""What it costs to run two given lines together."""
SINGLE: Final = Decimal(1)
"""What it costs to break after a word of one character, which may be part of a name."""
COSTS: Final = {"good": Decimal(0), "rectangle": Decimal(30), "hourglass": Decimal(1000)}
PIECE: Final = re.compile(r"(?:[《（“‘〔]*(?:[0-9A-Za-z.%-]+|.)[》）”’〕、，。：；！？…·]*){1,3}", re.DOTALL)
"""What stays together of a stretch without a place to break that is longer than a line."""


def break_title(
    lines: Sequence[str], words: Sequence[str], wholes: Sequence[str], width: Decimal
) -> tuple[str, ...]:
    """The title in lines of at most `width` characters that end after one of `words` or with a given line.

    Given lines that fit and have a good shape stay as they are. Else never 沙漏 nor, where it can be helped,
    长方形; then the given breaks, few lines, even lengths.
    `wholes` are words that hold one of `words` and are never broken. A stretch without a place to break
    stays whole while a line holds it.
    """
    given = [text_width(line) for line in lines]
    if max(given, default=Decimal(0)) <= width and shape_of(given) == "good":
        return tuple(lines)
    parts = [part for line in lines for part in split_by_sense(line, words, wholes)]
    atoms = tuple(atom for part in parts for atom in _pieces(part, width))
    if sum(map(len, lines)) > LONGEST or len(atoms) > MOST_ATOMS:
        return tuple(_full_lines(atoms, width))
    ends = frozenset(accumulate(len(line) for line in lines))
    return min(_partitions(atoms, width), key=lambda parts: (_cost(parts, ends), parts))


def set_title(
    lines: Sequence[str], words: Sequence[str], wholes: Sequence[str], width: Decimal
) -> tuple[str, ...]:
    """The lines of a title given by its author: as they are while each fits, whatever their shape.

    One that is too long is broken for itself, unless the whole title then has not a good shape.
    """
    parts = [
        (line,) if text_width(line) <= width else break_title((line,), words, wholes, width) for line in lines
    ]
    apart = tuple(line for part in parts for line in part)
    is_kept = apart == tuple(lines) or shape_of(map(text_width, apart)) == "good"
    return apart if is_kept else break_title(lines, words, wholes, width)


def shape_of(lengths: Iterable[Decimal | float]) -> Shape:
    """The shape of lines of these lengths: 梯形 and 菱形 rise and then fall.

    长方形 is flat; what falls and then rises is 沙漏.
    """
    widths = [float(length) for length in lengths]
    if len(widths) > 1 and max(widths) - min(widths) < SAME:
        return "rectangle"
    falls = False
    for above, below in pairwise(widths):
        if falls and below - above > SAME:
            return "hourglass"
        falls = falls or above - below > SAME
    return "good"


def split_by_sense(text: str, words: Sequence[str], wholes: Sequence[str] = ()) -> tuple[str, ...]:
    """The stretches between which a line may end: after a word, but not inside a longer one."""
    if not words:
        return (text,)
    longest_first = sorted({*words, *wholes}, key=lambda word: (-len(word), word))
    matches = re.finditer("|".join(map(re.escape, longest_first)), text)
    ends = [match.end() for match in matches if match[0] in words and match.end() < len(text)]
    return tuple(text[start:end] for start, end in pairwise((0, *ends, len(text))))


def words_broken(lines: Sequence[str], words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Every word that ends in another line than it begins in, with that line's number from 0."""
    form = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
    text = "".join(lines)
    stretches = [match.span() for match in re.finditer(form, text)] if form else []
    for at, end in enumerate(accumulate(map(len, lines))):
        yield from ((at, text[start:stop]) for start, stop in stretches if start < end < stop)


def _pieces(atom: str, width: Decimal) -> list[str]:
    """An atom that a line holds; else what it may be broken into where there is no better place."""
    return [atom] if text_width(atom) <= width else PIECE.findall(atom)


def _full_lines(atoms: Sequence[str], width: Decimal) -> Iterator[str]:
    """As much in each line as it holds."""
    line = ""
    for atom in atoms:
        if line and text_width(line + atom) > width:
            yield line
            line = ""
        line += atom
    yield line


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
        yield tuple(_full_lines(atoms, width))


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
    return LINE * len(parts) + COSTS[shape_of(widths)] + uneven + joined + len(breaks - ends) * SINGLE
