"""The nodes of one mapping or list in, in file order; the finished node out, its keys checked."""

from __future__ import annotations

from collections.abc import Mapping as PyMapping
from dataclasses import dataclass, field

from reportgen.diagnostics import NOTHING, Location
from reportgen.model.limits import KEY_CHARACTERS
from reportgen.model.nodes import Entry, Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True)
class Fault:
    """What forbids a key; `is_misread` when the tree then no longer means what the file means."""

    code: str
    arguments: PyMapping[str, object] = field(default_factory=lambda: NOTHING)
    other: Location | None = None
    is_misread: bool = False


@dataclass(slots=True)
class Level:
    """A mapping or list whose end has not come yet; `start` is a line and a column."""

    offset: int
    start: tuple[int, int]
    flow: bool
    is_mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    keys: dict[str, Scalar] = field(default_factory=dict)
    expects_key: bool = True
    key: Scalar | None = None  # waits for its value; None while that of a refused key is awaited
    key_end: int = 0

    @property
    def step(self) -> str:
        """Where in it reading is: `.本年新收`, `[2]`."""
        if not self.is_mapping:
            return f"[{len(self.items)}]"
        return f".{self.key.text}" if self.key else ""

    @property
    def expects_value(self) -> bool:
        """Whether what comes next is the value of a key."""
        return self.is_mapping and not self.expects_key

    def add(self, node: Node) -> None:
        """Take a list item or a value."""
        if not self.is_mapping:
            self.items.append(node)
            return
        if self.key:
            self.entries.append(Entry(self.key, node))
        self.key, self.expects_key = None, True

    def add_key(self, node: Node, end: int) -> Fault | None:
        """Take a key that ends at an offset; what forbids it, in which case its value will be left out."""
        self.key, self.key_end, self.expects_key = None, end, False
        if not isinstance(node, Scalar):
            return Fault("complex-key", is_misread=True)
        if node.plain and node.text == "<<":
            return Fault("yaml-merge", is_misread=True)
        if not node.text:
            return Fault("empty-key")
        if len(node.text) > KEY_CHARACTERS:
            return Fault("key-too-long", {"limit": KEY_CHARACTERS, "count": len(node.text)})
        first = self.keys.setdefault(node.text, node)
        if first is not node:
            return Fault("duplicate-key", {"key": node.text, "line": first.location.line}, first.location)
        self.key = node
        return None

    def finished(self, file: str, end: tuple[int, int]) -> Mapping | Sequence:
        """The node, which ends at a line and column."""
        location = Location(file, *self.start, *end)
        if self.is_mapping:
            return Mapping(tuple(self.entries), location, self.flow)
        return Sequence(tuple(self.items), location)
