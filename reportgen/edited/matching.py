"""Two lists of paragraphs in; which of the one is which of the other out, by their texts and their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.edited.stretches import likeness

ALIKE: Final = 0.5
"""How alike two texts have to be to be taken for one that was changed."""
MOST: Final = 20_000
"""Pairs that are held against each other; of longer runs only what is equal is found."""


@dataclass(frozen=True, slots=True)
class Known:
    """A paragraph to be matched: the texts it may have, and whether it stands in a table."""

    texts: tuple[str, ...]
    in_table: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether it has no text to be known by."""
        return not any(self.texts)


def match(lefts: Sequence[Known], rights: Sequence[Known], known: Mapping[int, int]) -> dict[int, int]:
    """The pairs of two lists, `known` ones among them: equal texts first, then by likeness."""
    pairs = dict(known)
    pairs |= equal_pairs(lefts, rights, pairs)
    for ours, theirs in gaps(pairs, len(lefts), len(rights)):
        pairs |= pair_gap(lefts, rights, ours, theirs)
    return pairs


def equal_pairs(lefts: Sequence[Known], rights: Sequence[Known], pairs: Mapping[int, int]) -> dict[int, int]:
    """Those with a text that as many on the one side have as on the other."""
    taken = set(pairs.values())
    ours: dict[str, list[int]] = defaultdict(list)
    theirs: dict[str, list[int]] = defaultdict(list)
    for number, left in enumerate(lefts):
        if number not in pairs:
            for text in filter(None, dict.fromkeys(left.texts)):
                ours[text].append(number)
    for number, right in enumerate(rights):
        if number not in taken:
            for text in filter(None, dict.fromkeys(right.texts)):
                theirs[text].append(number)
    found: dict[int, int] = {}
    for text, numbers in ours.items():
        if len(numbers) == len(theirs[text]):
            for one, other in zip(numbers, theirs[text], strict=True):
                if one not in found and other not in taken:
                    found[one] = other
                    taken.add(other)
    return found


def gaps(pairs: Mapping[int, int], left: int, right: int) -> Iterator[tuple[list[int], list[int]]]:
    """The runs of unmatched items between neighbours that are matched in order."""
    taken = set(pairs.values())
    ours: list[int] = []
    before = -1
    for number in range(left + 1):
        if number < left and number not in pairs:
            ours.append(number)
            continue
        after = pairs.get(number, right)
        if ours:
            theirs = [other for other in range(before + 1, after) if other not in taken]
            yield ours, theirs
        ours, before = [], after if number in pairs else before


def pair_gap(
    lefts: Sequence[Known], rights: Sequence[Known], ours: Sequence[int], theirs: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The pairs of two runs, in order: cell by cell when they are as many, else those that are alike."""
    if len(ours) == len(theirs) and all(
        lefts[i].in_table and rights[j].in_table for i, j in zip(ours, theirs, strict=True)
    ):
        yield from zip(ours, theirs, strict=True)
        return
    if len(ours) * len(theirs) > MOST:
        return
    start = 0
    for left in ours:
        scores = [(alike(lefts[left], rights[right]), -place) for place, right in enumerate(theirs)]
        best = max(scores[start:], default=(0.0, 0))
        if best[0] >= ALIKE:
            start = 1 - best[1]
            yield left, theirs[-best[1]]


def alike(one: Known, other: Known) -> float:
    """How alike the nearest texts of two paragraphs are."""
    return max((likeness(a, b) for a in one.texts for b in other.texts if a and b), default=0.0)
