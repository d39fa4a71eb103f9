"""The declaration of a picture or of an author's own table in; its block, and findings, out."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from reportgen.model.nodes import Entry, Node, Scalar
from reportgen.model.reading import NO_PROSE, Reader, start_of
from reportgen.model.values import FreeTable, Picture, Prose

MOST_COLUMNS: Final = 12
MOST_ROWS: Final = 500


def read_picture(reader: Reader, entry: Entry, path: str) -> tuple[Picture, ...]:
    """The picture of a block, none without a file or an alternative text. The file itself is not opened."""
    words, at = reader.words["picture"], f"{path}.{entry.key.text}"
    keys = {role: key for role, key in words.items() if role != "key"}
    parts = reader.parts(entry.value, at, keys, ("file", "alt"), entry.key.location)
    file = reader.file(parts["file"], f"{at}.{words['file']}") if "file" in parts else ""
    title, alt = (
        reader.prose(parts[role], f"{at}.{words[role]}") if role in parts else NO_PROSE
        for role in ("title", "alt")
    )
    width = reader.length(parts["width"], f"{at}.{words['width']}") if "width" in parts else None
    if not file or "alt" not in parts:
        return ()
    return (Picture(file, title, alt, width, path, parts["file"].location),)


def read_table(reader: Reader, entry: Entry, path: str) -> tuple[FreeTable, ...]:
    """The table of a block, none when its rows are not all as long as its header."""
    words, at = reader.words["table"], f"{path}.{entry.key.text}"
    keys = {role: key for role, key in words.items() if role != "key"}
    parts = reader.parts(entry.value, at, keys, ("header", "rows"), entry.key.location)
    title = reader.prose(parts["title"], f"{at}.{words['title']}") if "title" in parts else NO_PROSE
    header = _read_row(reader, parts["header"], f"{at}.{words['header']}") if "header" in parts else ()
    if len(header) > MOST_COLUMNS:
        reader.report(
            "free-table-columns", start_of(parts["header"]), at, count=len(header), most=MOST_COLUMNS
        )
    rows = _read_rows(reader, parts["rows"], f"{at}.{words['rows']}", len(header)) if "rows" in parts else ()
    widths = _read_widths(reader, parts.get("widths"), f"{at}.{words['widths']}", len(header))
    height = reader.length(parts["height"], f"{at}.{words['height']}") if "height" in parts else None
    notes = reader.texts(parts.get("note"), f"{at}.{words['note']}")
    if not header or not rows or len(header) > MOST_COLUMNS or any(len(row) != len(header) for row in rows):
        return ()
    return (FreeTable(title, header, rows, widths, notes, path, height),)


def _read_rows(reader: Reader, node: Node, path: str, columns: int) -> tuple[tuple[Prose, ...], ...]:
    rows = []
    for number, (at, item) in enumerate(reader.items(node, path), 1):
        if number > MOST_ROWS:
            reader.report("free-table-rows", start_of(item), path, most=MOST_ROWS)
            return ()
        found = len(reader.findings)
        row = _read_row(reader, item, at)
        if columns and len(row) != columns and len(reader.findings) == found:
            reader.report("free-table-row", start_of(item), at, row=number, count=len(row), columns=columns)
        rows.append(row)
    return tuple(rows)


def _read_row(reader: Reader, node: Node, path: str) -> tuple[Prose, ...]:
    return tuple(_read_cell(reader, item, at) for at, item in reader.items(node, path))


def _read_cell(reader: Reader, node: Node, path: str) -> Prose:
    """The prose of a cell; one written as '' stays empty."""
    if isinstance(node, Scalar) and not node.plain and not node.text.strip():
        return Prose(path, (), node.location, node.text)
    return reader.prose(node, path)


def _read_widths(reader: Reader, node: Node | None, path: str, columns: int) -> tuple[Decimal, ...]:
    if node is None:
        return ()
    widths = [reader.length(item, at) for at, item in reader.items(node, path)]
    if columns and len(widths) != columns:
        reader.report("free-table-widths", start_of(node), path, count=len(widths), columns=columns)
    known = tuple(width for width in widths if width is not None)
    return known if len(known) == columns else ()
