"""A change of keys, values or comments in; what changes in the file's text out, None where it cannot be."""

from __future__ import annotations

import re

from reportgen.model import nodes
from reportgen.model.edits.edit import Assign, Insert, Remark, Remove
from reportgen.model.edits.sheet import Sheet, Splice, Spot
from reportgen.model.offsets import Written
from reportgen.model.quoting import write_scalar, write_value

Splices = list[Splice] | None


def assign(sheet: Sheet, edit: Assign) -> Splices:
    """Write a value where another stands."""
    spot = sheet.spots.get(edit.path)
    if spot is None:
        return None
    place = spot.node.location
    start, end = sheet.start(place), sheet.end(place)
    if isinstance(spot.node, nodes.Scalar):
        style = spot.node.locate.style if isinstance(spot.node.locate, Written) else ""
        text = (
            write_scalar(edit.value, style, flow=spot.flow, margin=sheet.margin(start) + "  ")
            if isinstance(edit.value, str)
            else write_value(edit.value, flow=spot.flow)
        )
        return [Splice(start, end, f" {text}" if spot.node.empty and needs_blank(sheet, start) else text)]
    if sheet.text[start : start + 1] in ("{", "["):
        return [Splice(start, end, write_value(edit.value, flow=spot.flow))]
    colon = sheet.colon(spot.key) if spot.key else None
    if colon is None:
        return None
    line_end = sheet.places.line_end(colon)
    return [Splice(colon, colon, f" {write_value(edit.value)}"), Splice(min(line_end, start), end, "")]


def needs_blank(sheet: Sheet, offset: int) -> bool:
    """Whether what stands before an offset would run into a value written there."""
    return offset > 0 and sheet.text[offset - 1] not in " \t"


def insert(sheet: Sheet, edit: Insert) -> Splices:
    """Write a new key in a mapping."""
    spot = sheet.spots.get(edit.path)
    if spot is None or not isinstance(spot.node, nodes.Mapping) or spot.node.get(edit.key) is not None:
        return None
    flow = spot.flow or spot.node.flow
    line = f"{write_scalar(edit.key, flow=flow)}: {write_value(edit.value, flow=flow)}".rstrip()
    entries = spot.node.entries
    if edit.after is None or not entries:
        return insert_first(sheet, spot.node, line)
    entry = next((entry for entry in entries if entry.key.text == edit.after), None)
    if entry is None:
        return None
    end = max(sheet.end(entry.value.location), sheet.colon(entry.key) or 0)
    if flow:
        return [Splice(end, end, f", {line}")]
    margin = sheet.line_break + " " * (entries[0].key.location.column - 1)
    end = sheet.places.line_end(end)
    return [Splice(end, end, margin + line)]


def insert_first(sheet: Sheet, node: nodes.Mapping, line: str) -> Splices:
    """Write a new key before all others."""
    start = sheet.start(node.location)
    if node.flow:
        return [Splice(start + 1, start + 1, f"{line}, " if node.entries else line)]
    start = sheet.start(node.entries[0].key.location)
    return [Splice(start, start, line + sheet.line_break + " " * (node.entries[0].key.location.column - 1))]


def remove(sheet: Sheet, edit: Remove) -> Splices:
    """Take a key with its value, or an item of a list, out of the file."""
    spot = sheet.spots.get(edit.path)
    parent = sheet.spots.get(edit.path[:-1]) if edit.path else None
    if spot is None or parent is None:
        return None
    place = (spot.key or spot.node).location
    start = sheet.start(place)
    end = max(sheet.end(spot.node.location), (sheet.colon(spot.key) if spot.key else 0) or 0)
    if spot.flow:
        return remove_in_brackets(sheet, start, end)
    line_start = sheet.places.line_start(start)
    if not re.fullmatch(" *" if spot.key else r" *-[ \t]+", sheet.text[line_start:start]):
        return None
    line_end = sheet.places.line_end(end)
    after = re.compile(r"\r\n|\r|\n|\Z").match(sheet.text, line_end)
    return [Splice(line_start, after.end() if after else line_end, "")]


def remove_in_brackets(sheet: Sheet, start: int, end: int) -> Splices:
    """Take an entry out of a list or mapping in brackets, with the comma beside it."""
    after = re.compile(r"[ \t]*,[ \t]*").match(sheet.text, end)
    if after:
        return [Splice(start, after.end(), "")]
    before = sheet.text[:start].rstrip(" \t")
    return [Splice(len(before) - before.endswith(","), end, "")]


def remark(sheet: Sheet, edit: Remark) -> Splices:
    """Write a comment above or beside what stands at a path."""
    spot = sheet.spots.get(edit.path)
    if spot is None or re.search(r"[\r\n]", edit.text):
        return None
    if edit.beside:
        end = sheet.places.line_end(last_offset(sheet, spot))
        return [Splice(end, end, f"  # {edit.text}")]
    start = sheet.start((spot.key or spot.node).location)
    line = sheet.places.line_start(start)
    margin = sheet.margin(start).removeprefix(sheet.line_break)
    return [Splice(line, line, f"{margin}# {edit.text}{sheet.line_break}")]


def last_offset(sheet: Sheet, spot: Spot) -> int:
    """Where a value ends, or its key where the value stands below it."""
    if isinstance(spot.node, nodes.Scalar) or spot.key is None:
        return sheet.end(spot.node.location)
    return sheet.end(spot.key.location)
