"""Two rows of units in; which of one is which of the other, and what stays without a partner, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.model.changes.sentences import likeness, opcodes
from reportgen.model.changes.units import Unit

ALIKE: Final = 0.35
"""From which likeness on a unit is taken for a new version of one in the same stretch."""
MOVED: Final = 0.6
"""From which likeness on it is taken for one that went elsewhere and was changed on the way."""
LEAST_MOVED: Final = 20
"""Characters that a unit changed on the way must have to be known again."""
MOST: Final = 40_000
"""Pairs in one stretch that are held against each other; more are paired by their order."""

Pair = tuple[Unit, Unit]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The pairs in order, those that changed places, and what stands in one report alone."""

    kept: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    gone: tuple[Unit, ...]
    come: tuple[Unit, ...]


def align(old: Sequence[Unit], new: Sequence[Unit]) -> Aligned:
    """Find the partner of every unit."""
    kept: list[Pair] = []
    stretches: list[tuple[list[Unit], list[Unit]]] = []
    for tag, i1, i2, j1, j2 in opcodes(marks(old), marks(new)):
        if tag == "equal":
            kept.extend(zip(old[i1:i2], new[j1:j2], strict=True))
        else:
            pairs, gone, come = match(old[i1:i2], new[j1:j2])
            kept.extend(pairs)
            stretches.append((gone, come))
    moved = list(moves(stretches, exact=True)) + list(moves(stretches, exact=False))
    kept.extend(pair for gone, come in stretches for pair in replaced(gone, come))
    left = [unit for gone, _ in stretches for unit in gone], [unit for _, come in stretches for unit in come]
    return Aligned(tuple(kept), tuple(moved), tuple(left[0]), tuple(left[1]))


def marks(units: Sequence[Unit]) -> list[tuple[str, str]]:
    """What makes two units the same one."""
    return [(unit.sort, unit.gist) for unit in units]


def match(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[list[Pair], list[Unit], list[Unit]]:
    """The pairs in a stretch that keep their order and are most alike in all, and the rest."""
    if len(old) * len(new) > MOST:
        size = min(len(old), len(new))
        return list(zip(old[:size], new[:size], strict=True)), list(old[size:]), list(new[size:])
    pairs = [(old[i], new[j]) for i, j in best(old, new)]
    paired = {id(unit) for pair in pairs for unit in pair}
    return (
        pairs,
        [unit for unit in old if id(unit) not in paired],
        [unit for unit in new if id(unit) not in paired],
    )


def best(old: Sequence[Unit], new: Sequence[Unit]) -> list[tuple[int, int]]:
    """The places of the pairs, by dynamic programming over the likeness of every two."""
    scores = [[score(one, other) for other in new] for one in old]
    sums = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = scores[i][j] + sums[i + 1][j + 1] if scores[i][j] else 0.0
            sums[i][j] = max(paired, sums[i + 1][j], sums[i][j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if scores[i][j] and sums[i][j] == scores[i][j] + sums[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif sums[i][j] == sums[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def score(one: Unit, other: Unit) -> float:
    """How alike two units are; 0 when they cannot be one."""
    if one.sort != other.sort:
        return 0.0
    alike = likeness(one.gist, other.gist)
    return alike if alike >= ALIKE else 0.0


def moves(stretches: Sequence[tuple[list[Unit], list[Unit]]], *, exact: bool) -> Iterator[Pair]:
    """Units that stand in another stretch, or in another order; they leave what is without a partner."""
    if not exact and sum(len(gone) for gone, _ in stretches) * sum(len(come) for _, come in stretches) > MOST:
        return
    for gone, _ in stretches:
        for unit in list(gone):
            found = next(
                ((come, other) for _, come in stretches for other in come if is_moved(unit, other, exact)),
                None,
            )
            if found:
                come, other = found
                gone.remove(unit)
                come.remove(other)
                yield unit, other


def is_moved(one: Unit, other: Unit, exact: bool) -> bool:
    """Whether two units are one in another place."""
    if one.sort != other.sort or not one.gist.strip():
        return False
    if exact:
        return one.text == other.text and one.gist == other.gist
    long = min(len(one.gist), len(other.gist)) >= LEAST_MOVED
    return long and likeness(one.gist, other.gist) >= MOVED


def replaced(gone: list[Unit], come: list[Unit]) -> list[Pair]:
    """What is left in one place on both sides, when it is one of a sort: one was put in the other's place."""
    pairs = []
    for sort in dict.fromkeys(unit.sort for unit in gone):
        old = [unit for unit in gone if unit.sort == sort]
        new = [unit for unit in come if unit.sort == sort]
        if len(old) == len(new) == 1 and sort != "row":
            pairs.append((old[0], new[0]))
            gone.remove(old[0])
            come.remove(new[0])
    return pairs
