"""A line of a page in; the place in the report that its words come from out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Final

from reportgen.model.values import Prose

if TYPE_CHECKING:
    from reportgen.model.report import Report

SHORTEST: Final = 4
"""Fewer characters say nothing of where they come from."""


@dataclass(frozen=True, slots=True)
class Origins:
    """All texts of a report behind each other, without blanks, with the path of each and where it begins."""

    text: str
    starts: tuple[int, ...]
    paths: tuple[str, ...]

    def path(self, line: str) -> str:
        """The path of the text in which a line is, or the end of it; empty when it is in none."""
        bare = "".join(line.split())
        for part in (bare, bare[len(bare) // 3 :], bare[-(len(bare) // 3) :], bare[: len(bare) // 2]):
            found = self.text.find(part) if len(part) >= SHORTEST else -1
            if found >= 0:
                return self.paths[bisect_right(self.starts, found) - 1]
        return ""


def read_origins(report: Report | None) -> Origins:
    """Where the words of a report come from; nothing without a report."""
    texts, starts, paths, length = [], [], [], 0
    for prose in proses(report.values if report else {}):
        bare = "".join(str(prose).split()) + "\0"
        texts.append(bare)
        starts.append(length)
        paths.append(prose.path)
        length += len(bare)
    return Origins("".join(texts), tuple(starts), tuple(paths))


def proses(value: object) -> Iterator[Prose]:
    """Every text inside a value, in order."""
    if isinstance(value, Prose):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from proses(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from proses(inner)
    elif is_dataclass(value):
        for item in fields(value):
            yield from proses(getattr(value, item.name))
