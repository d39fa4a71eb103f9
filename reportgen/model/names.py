"""Official names in, dotted; the figures and texts of a report they stand for out, or why there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Final, TypeAlias

from reportgen.model.strays import nearest
from reportgen.model.values import UNKNOWN, Cell, Date, Unknown

Leaf: TypeAlias = Cell | int | Decimal | str | Date | Unknown
Tree: TypeAlias = dict[str, "Tree | Leaf | None"]
"""Names with what they stand for; None is a name the kind knows and this report does not give."""

EXPRESSIONS: Final = 10_000
MISS_COST: Final = 20
"""What looking for names near to a wrong one takes of the budget."""
SEARCHED: Final = 2000
COMPARED: Final = 300
SHOWN: Final = 7


@dataclass(frozen=True, slots=True)
class Miss:
    """A name that stands for no value: the finding's code, the step at fault, and names near to it."""

    code: str
    step: int
    nearest: tuple[str, ...] = ()


@dataclass(slots=True)
class Budget:
    """How many expressions of one report are still read: hostile texts end here, real ones hold fifty."""

    left: int = EXPRESSIONS

    def spend(self, count: int) -> None:
        """Take so many away."""
        self.left = max(0, self.left - count)


@dataclass(frozen=True, slots=True)
class Names:
    """What expressions see: the report's figures and short texts under their official names.

    `unknown` is the kind's word for a figure still to be filled in, `date` its pattern for dates
    (`{year}年{month}月{day}日`). In a report that `is_final` a gap is an error.
    """

    values: Tree
    unknown: str
    date: str
    is_final: bool = False
    budget: Budget = field(default_factory=Budget, compare=False)

    def look_up(self, steps: Sequence[str]) -> Leaf | Miss:
        """The value under a dotted name."""
        if tuple(steps) == (self.unknown,):
            return UNKNOWN
        node: Tree | Leaf | None = self.values
        for number, step in enumerate(steps):
            if not isinstance(node, dict):
                return Miss("unknown-name", number, (".".join(steps[:number]),))
            if number and not node:
                return Miss("name-not-given", number)
            if step not in node:
                return Miss("unknown-name", number, self._nearest(step, node))
            node = node[step]
            if node is None:
                return Miss("name-not-given", number)
        if isinstance(node, dict):
            last = len(steps) - 1
            return (
                Miss("name-of-group", last, tuple(islice(node, SHOWN)))
                if node
                else Miss("name-not-given", last)
            )
        return node if node is not None else Miss("name-not-given", 0)

    def _nearest(self, name: str, siblings: Tree) -> tuple[str, ...]:
        """Names that may have been meant: the same one elsewhere, else those beside it that are near."""
        self.budget.spend(MISS_COST)
        elsewhere = (
            path for path in islice(_paths(self.values), SEARCHED) if path.rpartition(".")[2] == name
        )
        return tuple(islice(elsewhere, SHOWN)) or nearest(name, list(islice(siblings, COMPARED)))


def _paths(node: Tree, prefix: str = "") -> Iterator[str]:
    for name, value in node.items():
        yield prefix + name
        if isinstance(value, dict):
            yield from _paths(value, f"{prefix}{name}.")
