"""What a font covers, in short: code points with their advances in; runs that say both quickly out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Run = tuple[int, int, int]
"""First and last code point of a stretch with the one advance they share."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The code points a font has, with their advances in units of the derived faces' em."""

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, advances: Mapping[int, int]) -> Coverage:
        """The coverage of a font with these advances."""
        runs: list[list[int]] = []
        for code in sorted(advances):
            advance = advances[code]
            if runs and runs[-1][1] == code - 1 and runs[-1][2] == advance:
                runs[-1][1] = code
            else:
                runs.append([code, code, advance])
        return cls(tuple((first, last, advance) for first, last, advance in runs))

    @classmethod
    def read(cls, written: Iterable[Iterable[int]]) -> Coverage:
        """Coverage from its JSON form, a list of lists of three numbers; raises ValueError otherwise."""
        return cls(tuple((first, last, advance) for first, last, advance in written))

    def advance(self, code: int) -> int | None:
        """The advance of a code point, nothing when the font does not have it."""
        at = bisect_right(self.runs, (code, 0x110000, 0)) - 1
        if at < 0 or self.runs[at][1] < code:
            return None
        return self.runs[at][2]

    def __contains__(self, code: int) -> bool:
        """Whether the font has the code point."""
        return self.advance(code) is not None

    def rank(self, code: int) -> int:
        """How many covered code points stand before this one."""
        return sum(min(last, code - 1) - first + 1 for first, last, _ in self.runs if first < code)
