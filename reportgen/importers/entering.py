"""A report file and what was collected in; the file with every figure at its place out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.importers.collected import Collected
from reportgen.model import nodes
from reportgen.model.edits.edit import Assign, Edit, Insert
from reportgen.model.edits.editing import edit_file
from reportgen.model.forms import Plain, Steps
from reportgen.model.kind import Kind
from reportgen.model.source import read_source

MOST_ROUNDS = 400
"""A key is put into one mapping in each round; no table has more."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A report file with figures put in; `changed` counts those that were not there before.

    `refused` are the paths that could not be written.
    """

    data: bytes
    changed: int
    refused: tuple[str, ...]


def enter(data: bytes, collected: Collected) -> Entered:
    """The file with everything that was collected; what the workbook leaves blank stays as it is."""
    wanted = {tuple(path.split(".")): entry.text for path, entry in collected.figures.items()}
    wanted |= {(key,): entry.text for key, entry in collected.fields.items()}
    words = collected.kind.vocabulary
    left = list(differing(data, wanted, words["rest"]))
    changed = len(left)
    if zeros := {steps for steps in left if wanted[steps] == "0" and steps[0] in collected.rest}:
        wanted |= {(table, words["rest"]): "0" for table in {steps[0] for steps in zeros}}
    data = write_values(data, wanted, collected.kind, zeros)
    left = list(differing(data, wanted, words["rest"]))
    return Entered(data, changed, tuple(".".join(steps) for steps in left))


def write_values(
    data: bytes, wanted: Mapping[tuple[str, ...], str], kind: Kind, zeros: Collection[tuple[str, ...]] = ()
) -> bytes:
    """The file with those values, as far as they can be written; new keys come in official order."""
    refused: set[str] = set()
    for _ in range(MOST_ROUNDS):
        edits = list(next_edits(data, wanted, kind, zeros))
        edited = edit_file(data, [edit for edit in edits if repr(edit) not in refused])
        if edited.data == data:
            break
        data = edited.data
        refused |= {repr(edit) for edit in edited.refused}
    return data


def differing(data: bytes, wanted: Mapping[tuple[str, ...], str], rest: str) -> Iterator[tuple[str, ...]]:
    """The paths whose value in the file is another than the one wanted; 0 may come from the rest line."""
    root, _ = read_source(data, "")
    for steps, text in wanted.items():
        node, depth = descend(root, steps)
        if depth == len(steps) and isinstance(node, nodes.Scalar) and node.text == text and not node.empty:
            continue
        if (
            depth < len(steps)
            and text == "0"
            and isinstance(node, nodes.Mapping)
            and has_rest(root, steps, rest)
        ):
            continue
        yield steps


def has_rest(root: nodes.Mapping | None, steps: Sequence[str], rest: str) -> bool:
    """Whether the table of a path says that what it does not name is 0."""
    table = root.get(steps[0]) if root else None
    line = table.get(rest) if isinstance(table, nodes.Mapping) else None
    return isinstance(line, nodes.Scalar) and line.text == "0"


def descend(root: nodes.Node | None, steps: Sequence[str]) -> tuple[nodes.Node | None, int]:
    """The deepest node of the file on the way to a path, and how many steps lead to it."""
    node = root
    for depth, step in enumerate(steps):
        inner = node.get(step) if isinstance(node, nodes.Mapping) else None
        if inner is None:
            return node, depth
        node = inner
    return node, len(steps)


def next_edits(
    data: bytes, wanted: Mapping[tuple[str, ...], str], kind: Kind, zeros: Collection[tuple[str, ...]]
) -> Iterator[Edit]:
    """What can be written at once: every value that stands there, and one new key in each mapping.

    Of `zeros` those the file does not name are left to the rest line.
    """
    root, _ = read_source(data, "")
    inserted: dict[Steps, dict[str, Plain]] = {}
    opened: dict[Steps, dict[str, Plain]] = {}
    for steps in differing(data, wanted, kind.vocabulary["rest"]):
        node, depth = descend(root, steps)
        if isinstance(node, nodes.Mapping) and steps in zeros:
            continue
        if isinstance(node, nodes.Mapping):
            put(inserted.setdefault(steps[:depth], {}), steps[depth:], wanted[steps])
        elif depth == len(steps):
            yield Assign(steps, wanted[steps])
        elif isinstance(node, nodes.Scalar) and is_open(node, kind):
            put(opened.setdefault(steps[:depth], {}), steps[depth:], wanted[steps])
    yield from (Assign(path, entries) for path, entries in opened.items())
    for path, entries in inserted.items():
        node, _ = descend(root, [str(step) for step in path])
        key = next(iter(entries))
        yield Insert(path, key, entries[key], before(node, path, key, kind))


def is_open(node: nodes.Scalar, kind: Kind) -> bool:
    """Whether a whole group was left to be filled in."""
    return node.empty or node.text in ("", kind.vocabulary["unknown"])


def put(tree: dict[str, Plain], steps: Sequence[str], text: str) -> None:
    """A text at a path of nested mappings."""
    *groups, name = steps
    for group in groups:
        tree = tree.setdefault(group, {})
    tree[name] = text


def before(node: nodes.Node | None, path: Steps, key: str, kind: Kind) -> str | None:
    """The key that a new one comes after, in the official order; None when it is the first."""
    given = [entry.key.text for entry in node] if isinstance(node, nodes.Mapping) else []
    order = official(path, kind)
    if key not in order:
        return given[-1] if given else None
    earlier = order[: order.index(key)]
    return next((name for name in reversed(earlier) if name in given), None)


def official(path: Steps, kind: Kind) -> list[str]:
    """The keys of a mapping in the official order."""
    if not path:
        return list(kind.schema["properties"])
    table = kind.tables.get(str(path[0]))
    if table is None:
        return []
    prefix = ".".join(map(str, path)) + "."
    inside = [
        name.removeprefix(prefix).partition(".")[0] for name in table.figures if name.startswith(prefix)
    ]
    rest = [kind.vocabulary["rest"]] if len(path) == 1 else []
    return [*rest, *dict.fromkeys(inside)]
