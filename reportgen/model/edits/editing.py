"""A file's bytes and the edits wanted in; the file with them, proven by reading it again, out."""

from __future__ import annotations

import codecs
import copy
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportgen.model.edits import structure
from reportgen.model.edits.edit import (
    Assign,
    Edit,
    Insert,
    InsertItem,
    MakeList,
    MoveItem,
    Remark,
    Remove,
    Replace,
    Transfer,
)
from reportgen.model.edits.lists import WRITERS, lists_of, rearranged
from reportgen.model.edits.sheet import Sheet, Splice, read_sheet
from reportgen.model.edits.stretches import Rewriting, rewrite
from reportgen.model.forms import Plain, Steps
from reportgen.model.misshapes import plain

GREEDY: Final = 200
"""So many edits are tried one after the other when together they will not go."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A file after editing, and the edits that could not be made without changing anything else."""

    data: bytes
    refused: tuple[Edit, ...] = ()


def edit_file(data: bytes, edits: Sequence[Edit]) -> Edited:
    """The file with every edit that leaves everything else as it was, comments and layout included.

    Places and paths are those of the file as given. An edit that cannot be made alone, or not with those
    before it, is refused; of a file that cannot be read as YAML all are.
    """
    sheet = read_sheet(data) if edits else None
    if sheet is None:
        return Edited(data, tuple(edits))
    edits = tuple({repr(edit): edit for edit in edits}.values())
    good = possible(sheet, edits)
    text = attempt(sheet, good)
    if text is None:
        good, text = together(sheet, good)
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    refused = tuple(edit for edit in edits if edit not in good)
    return Edited(mark + text.encode(), refused)


def possible(sheet: Sheet, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Those edits that can be made, each half of them at once as long as that goes well."""
    if not edits or attempt(sheet, edits) is not None:
        return edits
    if len(edits) == 1:
        return ()
    middle = len(edits) // 2
    return (*possible(sheet, edits[:middle]), *possible(sheet, edits[middle:]))


def together(sheet: Sheet, edits: tuple[Edit, ...]) -> tuple[tuple[Edit, ...], str]:
    """As many edits as go with those before them, and the text with them."""
    kept: tuple[Edit, ...] = ()
    text = sheet.text
    for edit in edits[:GREEDY]:
        tried = attempt(sheet, (*kept, edit))
        if tried is not None:
            kept, text = (*kept, edit), tried
    return kept, text


def attempt(sheet: Sheet, edits: Sequence[Edit]) -> str | None:
    """The text with all edits; None when one cannot be made, or when anything else would change."""
    splices: list[Splice] = []
    rewritings = rewrite_all(sheet, [edit for edit in edits if isinstance(edit, Replace)])
    if rewritings is None:
        return None
    for rewriting in rewritings:
        splices += rewriting.splices
    for edit in edits:
        made = splice(sheet, edit)
        if made is None:
            return None
        splices += made
    text = spliced(sheet.text, splices)
    if text is None or not is_as_wanted(sheet, text, rewritings, edits):
        return None
    return text


def rewrite_all(sheet: Sheet, edits: Sequence[Replace]) -> list[Rewriting] | None:
    """The scalars whose stretches are replaced; None when a place lies in none, or one cannot be written."""
    by_scalar: dict[Steps, list[Replace]] = defaultdict(list)
    for edit in edits:
        spot = sheet.scalar_at(edit.location)
        if spot is None:
            return None
        by_scalar[spot.path].append(edit)
    made = [rewrite(sheet, sheet.spots[path], group) for path, group in by_scalar.items()]
    done = [rewriting for rewriting in made if rewriting is not None]
    return done if len(done) == len(made) else None


def splice(sheet: Sheet, edit: Edit) -> list[Splice] | None:
    """What an edit of structure changes in the text; nothing for one of a scalar's stretch."""
    match edit:
        case Assign():
            return structure.assign(sheet, edit)
        case Insert():
            return structure.insert(sheet, edit)
        case Remove():
            return structure.remove(sheet, edit)
        case Remark():
            return structure.remark(sheet, edit)
        case InsertItem() | MoveItem() | Transfer() | MakeList():
            return WRITERS[type(edit)](sheet, edit)
    return []


def spliced(text: str, splices: Sequence[Splice]) -> str | None:
    """The text with all splices; None when two of them overlap."""
    parts, done = [], 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        if start < done:
            return None
        parts += [text[done:start], new]
        done = end
    return "".join((*parts, text[done:]))


def is_as_wanted(sheet: Sheet, text: str, rewritings: Sequence[Rewriting], edits: Sequence[Edit]) -> bool:
    """Whether a text, read again, holds the values wanted, the others as they were, and no new fault."""
    new = read_sheet(text.encode())
    if new is None or Counter(new.codes) - Counter(sheet.codes):
        return False
    wanted = {"": copy.deepcopy(plain(sheet.root))}
    for rewriting in rewritings:
        put(wanted, rewriting.spot.path, rewriting.value)
    for edit in edits:
        if isinstance(edit, Assign):
            put(wanted, edit.path, edit.value)
    for edit in reversed(edits):  # of several after one key the first comes first
        if isinstance(edit, Insert):
            add(wanted, edit)
    for edit in edits:
        if isinstance(edit, MakeList):
            put(wanted, edit.path, [*edit.before, seek(wanted, edit.path), *edit.after])
    rearrange(wanted, [part for edit in edits for part in halves(edit, wanted)])
    return bool(in_order(wanted[""]) == in_order(plain(new.root)))


def seek(tree: dict[str, Plain], path: Steps) -> Any:
    """The collection or value at a path below the tree's root."""
    node: Any = tree[""]
    for step in path:
        node = node[step]
    return node


def put(tree: dict[str, Plain], path: Steps, value: Plain) -> None:
    """Set the value at a path."""
    if path:
        seek(tree, path[:-1])[path[-1]] = value


def add(tree: dict[str, Plain], edit: Insert) -> None:
    """Add a key after another."""
    parent = seek(tree, edit.path)
    entries = list(parent.items())
    place = next((n for n, (key, _) in enumerate(entries, 1) if key == edit.after), 0)
    parent.clear()
    parent.update([*entries[:place], (edit.key, edit.value), *entries[place:]])


def halves(edit: Edit, tree: dict[str, Plain]) -> tuple[Edit, ...]:
    """An edit as what it does to each list."""
    if not isinstance(edit, Transfer):
        return (edit,)
    return Remove(edit.path), InsertItem(edit.into, edit.to, seek(tree, edit.path))


def rearrange(tree: dict[str, Plain], edits: Sequence[Edit]) -> None:
    """Take keys and items away, put new items in and old ones elsewhere: all by the places of before."""
    lists = {
        path: (seek(tree, path), changes)
        for path, changes in lists_of(edits, lambda path: isinstance(seek(tree, path), list)).items()
    }
    gone = [edit.path for edit in edits if isinstance(edit, Remove) and edit.path[:-1] not in lists]
    keyed = [(seek(tree, path[:-1]), path[-1]) for path in gone]
    for values, changes in lists.values():
        moved = [edit for edit in changes if isinstance(edit, InsertItem | MoveItem)]
        left = frozenset(edit.path[-1] for edit in changes if isinstance(edit, Remove))
        values[:] = rearranged(values, moved, frozenset(step for step in left if isinstance(step, int)))
    for parent, step in keyed:
        parent.pop(step, None)


def in_order(value: Plain) -> Plain:
    """A tree that compares the order of keys too."""
    if isinstance(value, dict):
        return [(key, in_order(inner)) for key, inner in value.items()]
    return [in_order(item) for item in value] if isinstance(value, list) else value
