"""A change of a list's items in; what changes in the file's text out, None where it cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from reportgen.model import nodes
from reportgen.model.edits.edit import Edit, InsertItem, MakeList, MoveItem, Remove, Transfer
from reportgen.model.edits.sheet import Sheet, Splice, Spot
from reportgen.model.forms import Plain, Steps
from reportgen.model.offsets import Written
from reportgen.model.quoting import write_scalar, write_value

STEP: Final = "  "
"""How much further in than its key a list begins."""
DASH: Final = re.compile(r" *-[ \t]+")
AFTER: Final = re.compile(r"\r\n|\r|\n|\Z")
COMMENT: Final = re.compile(r" *#")

Splices = list[Splice] | None


def insert_item(sheet: Sheet, edit: InsertItem) -> Splices:
    """Write a new item of a list."""
    spot = sheet.spots.get(edit.path)
    if spot is None or not isinstance(spot.node, nodes.Sequence) or not spot.node.items:
        return None
    if is_flow(sheet, spot):
        return insert_in_brackets(sheet, spot.node, edit)
    margin = dash_margin(sheet, spot.node.items[0])
    offset = slot(sheet, spot.node, edit.index)
    if margin is None or offset is None:
        return None
    text = write_item(edit.value, margin, sheet.line_break)
    is_open = offset == len(sheet.text) and offset and sheet.text[offset - 1] not in "\r\n"
    return [Splice(offset, offset, sheet.line_break + text if is_open else text + sheet.line_break)]


def insert_in_brackets(sheet: Sheet, node: nodes.Sequence, edit: InsertItem) -> Splices:
    """Write a new item of a list in brackets."""
    text = write_value(edit.value, flow=True)
    if edit.index < len(node.items):
        start = sheet.start(node.items[edit.index].location)
        return [Splice(start, start, f"{text}, ")]
    end = sheet.end(node.items[-1].location)
    return [Splice(end, end, f", {text}")]


def move_item(sheet: Sheet, edit: MoveItem) -> Splices:
    """Let an item's lines, and the comments above them, stand elsewhere in its list."""
    spot = sheet.spots.get(edit.path)
    if spot is None or not isinstance(spot.node, nodes.Sequence) or is_flow(sheet, spot):
        return None
    here, behind = (slot(sheet, spot.node, number) for number in (edit.index, edit.index + 1))
    there = slot(sheet, spot.node, edit.to)
    if here is None or behind is None or there is None:
        return None
    text = lines_at(sheet, there, sheet.text[here:behind])
    return [Splice(there, there, text), Splice(here, behind, "")]


def lines_at(sheet: Sheet, offset: int, text: str) -> str:
    """Lines as they are put in at an offset: the last line of a file may have no end."""
    if not text.endswith(("\r", "\n")):
        text += sheet.line_break
    if offset == len(sheet.text) and not sheet.text.endswith(("\r", "\n")):
        return sheet.line_break + text.removesuffix(sheet.line_break)
    return text


def transfer(sheet: Sheet, edit: Transfer) -> Splices:
    """Let an item's lines, and the comments above them, stand in another list, as far in as that one's."""
    source, target = sheet.spots.get(edit.path[:-1]), sheet.spots.get(edit.into)
    lists = [spot.node for spot in (source, target) if spot and not is_flow(sheet, spot)]
    if len(lists) < 2 or not all(isinstance(node, nodes.Sequence) and node.items for node in lists):
        return None
    one, other = (node for node in lists if isinstance(node, nodes.Sequence))
    index = int(edit.path[-1])
    here, behind = (slot(sheet, one, number) for number in (index, index + 1))
    there = slot(sheet, other, edit.to)
    margins = dash_margin(sheet, one.items[index]), dash_margin(sheet, other.items[0])
    if here is None or behind is None or there is None or margins[0] is None or margins[1] is None:
        return None
    text = lines_at(sheet, there, moved_in(sheet.text[here:behind], len(margins[1]) - len(margins[0])))
    return [Splice(there, there, text), Splice(here, behind, "")]


def moved_in(text: str, by: int) -> str:
    """Lines that begin so many blanks further in, or out."""
    return re.sub("(?m)^(?=.*[^ \r\n])", " " * by, text) if by > 0 else re.sub(f"(?m)^ {{0,{-by}}}", "", text)


def make_list(sheet: Sheet, edit: MakeList) -> Splices:
    """Write a list in the place of a single text; a text of one line stays as it is written."""
    spot = sheet.spots.get(edit.path)
    if spot is None or spot.key is None or not isinstance(spot.node, nodes.Scalar):
        return None
    start, end = sheet.start(spot.node.location), sheet.end(spot.node.location)
    if spot.flow:
        values = [*edit.before, spot.node.text, *edit.after]
        return [Splice(start, end, write_value(values, flow=True))]
    colon = sheet.colon(spot.key)
    if colon is None:
        return None
    margin = " " * (spot.key.location.column - 1) + STEP
    items = [write_item(value, margin, sheet.line_break) for value in edit.before]
    items.append(f"{margin}- {as_written(sheet, spot.node)}")
    items += [write_item(value, margin, sheet.line_break) for value in edit.after]
    line_end = sheet.places.line_end(end)
    rest = sheet.text[end:line_end]  # a comment beside the text stays beside its key
    return [Splice(colon, line_end, "".join((rest, *(sheet.line_break + item for item in items))))]


def as_written(sheet: Sheet, scalar: nodes.Scalar) -> str:
    """A text as it stands in the file, or on one line when it stands on several."""
    written = scalar.locate
    if isinstance(written, Written) and scalar.location.line == scalar.location.end_line:
        return sheet.text[written.start : written.end]
    return write_scalar(scalar.text)


def write_item(value: Plain, margin: str, line_break: str) -> str:
    """An item of a list, its dash indented by the margin; a mapping has a line for every key."""
    if not isinstance(value, dict):
        return f"{margin}- {write_value(value)}"
    return f"{margin}- " + f"{line_break}{margin}{STEP}".join(write_entries(value))


def write_entries(value: dict[str, Plain]) -> Iterator[str]:
    """The lines of a mapping: a mapping in it and a list of lists have lines of their own."""
    for key, inner in value.items():
        if isinstance(inner, dict) and inner:
            yield f"{write_scalar(key)}:"
            yield from (f"{STEP}{line}" for line in write_entries(inner))
        elif isinstance(inner, list) and inner and all(isinstance(item, list) for item in inner):
            yield f"{write_scalar(key)}:"
            yield from (f"{STEP}- {write_value(item)}" for item in inner)
        else:
            yield f"{write_scalar(key)}: {write_value(inner, flow=isinstance(inner, list))}".rstrip()


def is_flow(sheet: Sheet, spot: Spot) -> bool:
    """Whether a list stands in brackets."""
    return spot.flow or sheet.text.startswith("[", sheet.start(spot.node.location))


def dash_margin(sheet: Sheet, item: nodes.Node) -> str | None:
    """The blanks before the dash of an item; None where it does not begin its line."""
    start = sheet.start(item.location)
    line = sheet.places.line_start(start)
    before = sheet.text[line:start]
    return before[: before.index("-")] if DASH.fullmatch(before) else None


def slot(sheet: Sheet, node: nodes.Sequence, index: int) -> int | None:
    """Where the lines of an item begin, the comments above it included; behind the last, where it ends."""
    if index >= len(node.items):
        end = sheet.places.line_end(last_offset(sheet, node))
        after = AFTER.match(sheet.text, end)
        return after.end() if after else None
    if dash_margin(sheet, node.items[index]) is None:
        return None
    line = sheet.places.line_start(sheet.start(node.items[index].location))
    while index and line:  # what is said above the first item may be said of the whole list
        above = sheet.places.line_start(line - 1)
        if not COMMENT.match(sheet.text, above, line):
            break
        line = above
    return line


def last_offset(sheet: Sheet, node: nodes.Node) -> int:
    """Where the last value below a node ends."""
    match node:
        case nodes.Sequence(items=items) if items and not sheet.text.startswith(
            "[", sheet.start(node.location)
        ):
            return last_offset(sheet, items[-1])
        case nodes.Mapping(entries=entries, flow=False) if entries:
            return max(last_offset(sheet, entries[-1].value), sheet.colon(entries[-1].key) or 0)
        case nodes.Scalar(locate=Written(start=start, end=end)) if sheet.text[start : start + 1] in (
            "|",
            ">",
        ):
            return start + len(sheet.text[start:end].rstrip())
    return sheet.end(node.location)


ListEdit = InsertItem | MoveItem | Transfer | MakeList
WRITERS: Final[Mapping[type[Any], Callable[[Sheet, Any], Splices]]] = MappingProxyType(
    {InsertItem: insert_item, MoveItem: move_item, Transfer: transfer, MakeList: make_list}
)


def rearranged(
    values: Sequence[Plain], moved: Sequence[InsertItem | MoveItem], gone: frozenset[int]
) -> list[Plain]:
    """The values of a list after the changes to it; indices are those before."""
    result: list[Plain] = []
    left = gone | {edit.index for edit in moved if isinstance(edit, MoveItem)}
    for index in range(len(values) + 1):
        for edit in moved:
            if isinstance(edit, MoveItem) and edit.to == index:
                result.append(values[edit.index])
            elif isinstance(edit, InsertItem) and min(edit.index, len(values)) == index:
                result.append(edit.value)
        if index < len(values) and index not in left:
            result.append(values[index])
    return result


def lists_of(edits: Sequence[Edit], is_list: Callable[[Steps], bool]) -> dict[Steps, list[Edit]]:
    """The changes of lists' items by the path of their list."""
    found: dict[Steps, list[Edit]] = {}
    for edit in edits:
        if isinstance(edit, InsertItem | MoveItem):
            found.setdefault(edit.path, []).append(edit)
        elif isinstance(edit, Remove) and edit.path and is_list(edit.path[:-1]):
            found.setdefault(edit.path[:-1], []).append(edit)
    return found
