"""A YAML file in; its text and where everything in it stands, as an editor of the text needs to know, out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from reportgen.diagnostics import Location
from reportgen.model import nodes
from reportgen.model.encoding import decode
from reportgen.model.forms import Steps
from reportgen.model.offsets import Written
from reportgen.model.places import Places
from reportgen.model.source import read_source

COLON: Final = re.compile(r"[ \t\r\n]*:")


class Splice(NamedTuple):
    """A stretch of the file's text and what takes its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A node of the file: where it stands in the tree, under which key, and whether inside brackets."""

    path: Steps
    node: nodes.Node
    key: nodes.Scalar | None
    flow: bool


@dataclass(frozen=True)
class Sheet:
    """A file that can be read as YAML. Not slotted: its tables are made on first use."""

    places: Places
    root: nodes.Mapping
    codes: tuple[str, ...]
    """The codes of what is wrong in its YAML, though it can be read."""

    @property
    def text(self) -> str:
        """The text of the file without a byte order mark."""
        return self.places.text

    @cached_property
    def line_break(self) -> str:
        """How lines end in this file."""
        return "\r\n" if "\r\n" in self.text else "\n"

    @cached_property
    def spots(self) -> dict[Steps, Spot]:
        """Every node by its path."""
        return {spot.path: spot for spot in walk(self.root, self)}

    @cached_property
    def scalars(self) -> tuple[list[int], list[Spot]]:
        """Every scalar that is a value, with where it begins, in file order."""
        found = [spot for spot in self.spots.values() if isinstance(spot.node, nodes.Scalar)]
        found.sort(key=lambda spot: self.start(spot.node.location))
        return [self.start(spot.node.location) for spot in found], found

    def start(self, place: Location) -> int:
        """The offset where a place begins."""
        return self.places.offset(place.line, place.column)

    def end(self, place: Location) -> int:
        """The offset where a place ends."""
        return self.places.offset(place.end_line, place.end_column)

    def scalar_at(self, place: Location) -> Spot | None:
        """The scalar that a place lies in."""
        starts, spots = self.scalars
        number = bisect_right(starts, self.start(place)) - 1
        return spots[number] if number >= 0 else None

    def nearest(self, path: Steps) -> Steps:
        """A path, or the longest part of it that the file holds."""
        while path and path not in self.spots:
            path = path[:-1]
        return path

    def margin(self, offset: int) -> str:
        """A line break and the blanks that the line of an offset begins with."""
        start = self.places.line_start(offset)
        line = self.text[start:offset]
        return self.line_break + line[: len(line) - len(line.lstrip(" "))]

    def colon(self, key: nodes.Scalar) -> int | None:
        """Where the colon of a key ends."""
        written = key.locate
        found = COLON.match(self.text, written.end) if isinstance(written, Written) else None
        return found.end() if found else None


def read_sheet(data: bytes) -> Sheet | None:
    """The sheet of a file's bytes; None when it cannot be read as YAML."""
    root, found = read_source(data, "")
    text, _ = decode(data, "")
    if root is None or text is None:
        return None
    return Sheet(Places("", text), root, tuple(sorted(finding.code for finding in found)))


def walk(node: nodes.Node, sheet: Sheet, path: Steps = (), flow: bool = False) -> Iterator[Spot]:
    """Every node below a node and where it stands."""
    stack: list[Spot] = [Spot(path, node, None, flow)]
    while stack:
        spot = stack.pop()
        yield spot
        match spot.node:
            case nodes.Mapping(entries=entries, flow=is_flow):
                inside = spot.flow or is_flow
                stack += [Spot((*spot.path, e.key.text), e.value, e.key, inside) for e in entries]
            case nodes.Sequence(items=items, location=place):
                inside = spot.flow or sheet.text.startswith("[", sheet.start(place))
                stack += [Spot((*spot.path, n), item, None, inside) for n, item in enumerate(items)]
