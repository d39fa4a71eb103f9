"""The tree of a YAML file as it was written: nothing guessed, every key and value with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from reportgen.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar's text as YAML means it; `plain` when it stood without quotes.

    `locate(start, end)` gives the place in the file of `text[start:end]`, through quotes, escapes and
    folding.
    """

    text: str
    plain: bool
    location: Location
    locate: Callable[[int, int], Location] = field(compare=False, repr=False)

    @property
    def empty(self) -> bool:
        """Whether the value was left empty (`key:`), which is not the empty string `''`."""
        return self.plain and not self.text


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping, in file order, keys unique."""

    entries: tuple[Entry, ...]
    location: Location
    flow: bool = False

    def get(self, key: str) -> Node | None:
        """The value under a key."""
        return next((entry.value for entry in self.entries if entry.key.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """The key itself as it stands in the file."""
        return next((entry.key for entry in self.entries if entry.key.text == key), None)

    def __iter__(self) -> Iterator[Entry]:
        """The entries in file order."""
        return iter(self.entries)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A YAML sequence."""

    items: tuple[Node, ...]
    location: Location


Node: TypeAlias = Scalar | Mapping | Sequence
