"""The changes that can be wanted in a YAML file, each a value: where, and what is to stand there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from reportgen.diagnostics import Location
from reportgen.model.forms import Plain, Steps


@dataclass(frozen=True, slots=True)
class Replace:
    """Another text for what stands at a place inside a scalar; an empty place is where to insert."""

    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Assign:
    """Another value at a path; it may be what a key left empty, or a whole mapping or list."""

    path: Steps
    value: Plain


@dataclass(frozen=True, slots=True)
class Insert:
    """A new key in the mapping at a path, after another key, or first of all."""

    path: Steps
    key: str
    value: Plain
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """No key, or no item of a list, at a path any more."""

    path: Steps


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment for what stands at a path: on a line of its own above it, or `beside` it on its last line."""

    path: Steps
    text: str
    beside: bool = False


@dataclass(frozen=True, slots=True)
class InsertItem:
    """A new item of the list at a path, before the item that stands at `index`, or last of all."""

    path: Steps
    index: int
    value: Plain


@dataclass(frozen=True, slots=True)
class MoveItem:
    """An item of the list at a path before another one of it, with the comments above it.

    `index` and `to` count as the file stands; `to` may be the length of the list.
    """

    path: Steps
    index: int
    to: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """The item at a path before the item `to` of another list, with the comments above it.

    Indices count as the file stands; `to` may be the length of the list.
    """

    path: Steps
    into: Steps
    to: int


@dataclass(frozen=True, slots=True)
class MakeList:
    """A list where a single text stands: `before`, the text itself, `after`."""

    path: Steps
    before: tuple[Plain, ...] = ()
    after: tuple[Plain, ...] = ()


Edit: TypeAlias = Replace | Assign | Insert | Remove | Remark | InsertItem | MoveItem | Transfer | MakeList
