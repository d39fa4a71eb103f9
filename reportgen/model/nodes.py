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
    _by_key: dict[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {entry.key.text: entry for entry in self.entries})

    def entry(self, key: str) -> Entry | None:
        """The entry of a key."""
        return self._by_key.get(key)

    def get(self, key: str) -> Node | None:
        """The value under a key."""
        entry = self._by_key.get(key)
        return entry.value if entry else None

    def key(self, key: str) -> Scalar | None:
        """The key itself as it stands in the file."""
        entry = self._by_key.get(key)
        return entry.key if entry else None

    def __iter__(self) -> Iterator[Entry]:
        """The entries in file order."""
        return iter(self.entries)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A YAML sequence."""

    items: tuple[Node, ...]
    location: Location


Node: TypeAlias = Scalar | Mapping | Sequence
