"""What a YAML parser tells of a file, as far as it is used: the shapes of its events."""

from __future__ import annotations

from typing import Protocol


class Mark(Protocol):
    """A place; line and column count characters from 0."""

    index: int
    line: int
    column: int


class Event(Protocol):
    """Something that stands between two places."""

    start_mark: Mark
    end_mark: Mark


class NodeEvent(Event, Protocol):
    """A value, or the beginning of one."""

    anchor: str | None
    tag: str | None


class ScalarEvent(NodeEvent, Protocol):
    """A text; `style` is its indicator, empty when plain."""

    value: str
    style: str


class CollectionEvent(NodeEvent, Protocol):
    """The beginning of a mapping or a list, in brackets when `flow_style`."""

    flow_style: bool
