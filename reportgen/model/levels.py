"""The nodes of one mapping or list in, in file order; the finished node out, its keys checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.diagnostics import Location, Related
from reportgen.model.limits import KEY_CHARACTERS
from reportgen.model.nodes import Entry, Mapping, Node, Scalar, Sequence
from reportgen.model.notes import Notes
from reportgen.model.traps import check_key


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

    def add_key(self, node: Node, end: int, notes: Notes, path: str) -> bool:
        """Take a key that ends at an offset; whether the tree still means what the file means."""
        code, arguments = refusal(node)
        self.key, self.key_end, self.expects_key = None, end, False
        if code or not isinstance(node, Scalar):
            notes.add(code, node.location, path, **arguments)
            return code not in ("complex-key", "yaml-merge")
        path = f"{path}.{node.text}".removeprefix(".")
        if first := self.keys.get(node.text):
            related = (Related(first.location, path),)
            notes.add("duplicate-key", node.location, path, related, key=node.text, line=first.location.line)
        else:
            self.key = self.keys[node.text] = node
            check_key(notes, node, path)
        return True

    def finished(self, file: str, end: tuple[int, int]) -> Mapping | Sequence:
        """The node, which ends at a line and column."""
        location = Location(file, *self.start, *end)
        if self.is_mapping:
            return Mapping(tuple(self.entries), location, self.flow)
        return Sequence(tuple(self.items), location)


def refusal(key: Node) -> tuple[str, dict[str, int]]:
    """The code, empty when there is none, of what forbids a node to be a key."""
    if not isinstance(key, Scalar):
        return "complex-key", {}
    if key.plain and key.text == "<<":
        return "yaml-merge", {}
    if not key.text:
        return "empty-key", {}
    if len(key.text) > KEY_CHARACTERS:
        return "key-too-long", {"limit": KEY_CHARACTERS, "count": len(key.text)}
    return "", {}
