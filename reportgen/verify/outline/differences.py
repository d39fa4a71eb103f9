"""Two outlines in; every difference between them, once each, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from reportgen.verify.outline.difference import LOOKED_AT, Difference, matched
from reportgen.verify.outline.elements import Element, Figure, Outline, Spot, Table, Text, squeezed
from reportgen.verify.outline.table_differences import compare_tables
from reportgen.verify.outline.text_differences import compare_texts

ALIKE: Final = 0.5
"""How alike two texts have to be to count as one that was changed."""
NEAR: Final = 12
"""How far ahead the changed form of an element is looked for."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares the elements of one outline with those of another."""

    one: Outline
    other: Outline

    def differences(self) -> Iterator[Difference]:
        """All differences, those of places first, then what only one has or has elsewhere."""
        pairs, gone, new = self.pairs()
        spots, others = self.one.spots(), self.other.spots()
        for at, there in pairs:
            first, second = self.one.elements[at], self.other.elements[there]
            spot = Spot(*_spot_values(spots[at], others[there]))
            yield from self.between(first, second, spot)
        headings = self.headings(pairs, spots, others)
        yield from self.unpaired(gone, new, spots, headings)

    def pairs(self) -> tuple[list[tuple[int, int]], list[int], list[int]]:
        """The elements that stand for each other, and those of either outline that stand for none."""
        pairs: list[tuple[int, int]] = []
        gone: list[int] = []
        new: list[int] = []
        keys, others = [key(item) for item in self.one.elements], [key(item) for item in self.other.elements]
        if keys == others:
            return [(at, at) for at in range(len(keys))], gone, new
        if found_all := in_turn(keys, others):
            taken = {at for at, _ in found_all}
            return found_all, [at for at in range(len(keys)) if at not in taken], new
        for tag, a, b, c, d in matched(keys, others):
            if tag == "equal":
                pairs += zip(range(a, b), range(c, d), strict=True)
                continue
            found = list(self.likely(range(a, b), range(c, d)))
            pairs += found
            gone += [at for at in range(a, b) if at not in {first for first, _ in found}]
            new += [at for at in range(c, d) if at not in {second for _, second in found}]
        return pairs, gone, new

    def likely(self, ones: range, others: range) -> Iterator[tuple[int, int]]:
        """The pairs in two unequal stretches that are most likely the same element, changed."""
        start = others.start
        for at in ones:
            for there in range(start, min(start + NEAR, others.stop)):
                alone = len(ones) == len(others) and at - ones.start == there - others.start
                if alike(self.one.elements[at], self.other.elements[there], alone):
                    yield at, there
                    start = there + 1
                    break

    def between(self, one: Element, other: Element, spot: Spot) -> Iterator[Difference]:
        """The differences of two elements that stand for each other."""
        path = one.path or other.path
        if isinstance(one, Table) and isinstance(other, Table):
            yield from compare_tables(one, other, spot)
        elif isinstance(one, Text) and isinstance(other, Text):
            yield from compare_texts(one, other, spot, path)
        elif one.text != other.text:
            yield Difference("figure", one.text, other.text, spot, path)

    def headings(
        self, pairs: list[tuple[int, int]], spots: Sequence[Spot], others: Sequence[Spot]
    ) -> Sequence[Spot]:
        """The places of the other's elements, under the headings of the one: its own may be unknown."""
        known = {there: spots[at] for at, there in pairs}
        found: list[Spot] = []
        last = Spot("", 0, 0, 0)
        for there, spot in enumerate(others):
            last = known.get(there, last)
            found.append(replace(spot, heading=last.heading or spot.heading, paragraph=last.paragraph + 1))
        return found

    def unpaired(
        self, gone: list[int], new: list[int], spots: Sequence[Spot], others: Sequence[Spot]
    ) -> Iterator[Difference]:
        """What only one outline has; what both have, but elsewhere, is out of order."""
        left = {at: key(self.other.elements[at]) for at in new}
        for at in gone:
            item = self.one.elements[at]
            moved = next((there for there, known in left.items() if known == key(item)), None)
            if moved is None:
                yield Difference("missing", item.text, None, spots[at], item.path)
            else:
                del left[moved]
                yield Difference("order", item.text, item.text, spots[at], item.path)
        for there in left:
            item = self.other.elements[there]
            yield Difference("missing", None, item.text, others[there], item.path)


def in_turn(keys: Sequence[object], others: Sequence[object]) -> list[tuple[int, int]]:
    """Where each of the others stands among the keys, when all do so in turn; nothing when one does not.

    A longest common stretch would be found elsewhere where the same words stand several times (待填).
    """
    pairs: list[tuple[int, int]] = []
    for at, one in enumerate(keys):
        if len(pairs) < len(others) and one == others[len(pairs)]:
            pairs.append((at, len(pairs)))
    return pairs if len(pairs) == len(others) else []


def _spot_values(one: Spot, other: Spot) -> tuple[str, int, int, int]:
    return one.heading, one.paragraph, one.table, one.page or other.page


def key(element: Element) -> tuple[str, str]:
    """What makes two elements the same at first sight."""
    if isinstance(element, Text):
        return "text", squeezed(element.text)
    return ("figure", "") if isinstance(element, Figure) else ("table", squeezed(element.text))


def alike(one: Element, other: Element, alone: bool) -> bool:
    """Whether two elements are likely the same, changed; `alone` when no other stands in the way."""
    if type(one) is not type(other):
        return False
    first, second = squeezed(one.text[:LOOKED_AT]), squeezed(other.text[:LOOKED_AT])
    return alone or SequenceMatcher(None, first, second, False).ratio() > ALIKE
