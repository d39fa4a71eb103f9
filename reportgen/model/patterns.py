"""Names of figures with axes in braces, as a kind's rules write them, in; the figures they stand for out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Final

from reportgen.model.tables import StatutoryTable

MOST: Final = 2000
"""Names that a pattern may stand for: ten times the figures of the largest table."""

AXIS: Final = re.compile(r"\{([^{}]*)\}")

Tables = Mapping[str, StatutoryTable]
Binding = Mapping[str, str]


class AxisError(Exception):
    """A name in braces that is no axis of its table, or one axis too many, and the pattern it stands in."""

    def __init__(self, axis: str, pattern: str, code: str = "axis-unknown") -> None:
        """Keep what the finding needs."""
        super().__init__(axis)
        self.axis, self.pattern, self.code = axis, pattern, code


def bindings(pattern: str, tables: Tables, bound: Binding) -> Iterator[Binding]:
    """Every way to fill the axes of a pattern that are not bound yet, each with `bound`; raises AxisError."""
    free = [axis for axis in dict.fromkeys(AXIS.findall(pattern)) if axis not in bound]
    table = tables.get(pattern.partition(".")[0])
    for axis in free:
        if table is None or axis not in table.axes:
            raise AxisError(axis, pattern)
    if table and prod(len(table.axes[axis]) for axis in free) > MOST:
        raise AxisError(free[-1], pattern, "axes-too-many")
    for names in product(*(table.axes[axis] for axis in free) if table else ()):
        yield {**bound, **dict(zip(free, names, strict=True))}


def fill(pattern: str, bound: Binding) -> str:
    """The pattern with its axes replaced by names; raises AxisError."""

    def name(match: re.Match[str]) -> str:
        if match[1] not in bound:
            raise AxisError(match[1], pattern)
        return bound[match[1]]

    return AXIS.sub(name, pattern)
