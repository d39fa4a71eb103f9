"""What is wrong with a tree's shape, by path, in; findings at their places in the file out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.model import nodes
from reportgen.model.forms import Plain, Steps
from reportgen.model.shape import Misshape


def plain(node: nodes.Node) -> Plain:
    """The tree without places: dict, list, text, and None where a value was left empty."""
    match node:
        case nodes.Mapping():
            return {entry.key.text: plain(entry.value) for entry in node}
        case nodes.Sequence():
            return [plain(item) for item in node.items]
    return None if node.empty else node.text


def describe_misshapes(misshapes: Iterable[Misshape], root: nodes.Mapping) -> tuple[Diagnostic, ...]:
    """The finding of each misshape: an unknown key at the key, a missing one at its parent's."""
    return tuple(_describe(misshape, root) for misshape in misshapes)


def _describe(misshape: Misshape, root: nodes.Mapping) -> Diagnostic:
    key = misshape.arguments.get("key", "")
    path = spell((*misshape.at, key) if key else misshape.at)
    place = locate_key(root, misshape.at, misshape.key) if misshape.key else locate(root, misshape.at)
    finding = find(misshape.code, place, path, **misshape.arguments)
    return replace(finding, fix=misshape.arguments.get("meant") or None)


def spell(path: Steps) -> str:
    """A path as people read it: `核对说明[0].代码`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def locate(root: nodes.Mapping, path: Steps) -> Location:
    """Where a value stands: a scalar itself, the key of a collection, the file's first key for the whole."""
    node, place = _descend(root, path)
    return node.location if isinstance(node, nodes.Scalar) else place


def locate_key(root: nodes.Mapping, path: Steps, key: str) -> Location:
    """Where a key of a mapping stands."""
    return _descend(root, (*path, key))[1]


def _descend(root: nodes.Mapping, path: Steps) -> tuple[nodes.Node, Location]:
    """The value at a path, and the place of its key or, in a list, of its beginning."""
    node: nodes.Node = root
    place = root.entries[0].key.location if root.entries else root.location
    for step in path:
        if isinstance(node, nodes.Mapping):
            entry = next(entry for entry in node if entry.key.text == step)
            node, place = entry.value, entry.key.location
        elif isinstance(node, nodes.Sequence):
            node = node.items[int(step)]
            place = node.location if isinstance(node, nodes.Scalar) else _start(node)
    return node, place


def _start(node: nodes.Mapping | nodes.Sequence) -> Location:
    """The first key or character of a collection that is an item of a list."""
    if isinstance(node, nodes.Mapping) and node.entries:
        return node.entries[0].key.location
    start = node.location
    return Location(start.file, start.line, start.column, start.line, start.column + 1)
