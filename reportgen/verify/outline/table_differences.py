"""Two tables of a spot in; every difference of their captions, rows and cells out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from reportgen.verify.outline.difference import Difference, matched
from reportgen.verify.outline.elements import Cell, Spot, Table, Text, squeezed
from reportgen.verify.outline.text_differences import same_words


def compare_tables(one: Table, other: Table, spot: Spot) -> Iterator[Difference]:
    """Another caption, head, row, order of columns, merge, cell or label."""
    if one.caption is not None and other.caption is not None and one.caption != other.caption:
        yield Difference("caption", one.caption, other.caption, spot, one.path)
    if one.head != other.head:
        yield Difference("head", str(one.head), str(other.head), spot, one.path)
    keys, others = [row_key(row) for row in one.rows], [row_key(row) for row in other.rows]
    moved = False
    for tag, a, b, c, d in matched(keys, others):
        if tag == "equal" or b - a == d - c:
            for at, there in zip(range(a, b), range(c, d), strict=True):
                found = tuple(compare_rows(one.rows[at], other.rows[there], spot, at + 1))
                is_order = bool(found) and found[0].form == "columns"
                yield from () if is_order and moved else found
                moved = moved or is_order
        else:
            yield from lone_rows(one, other, (range(a, b), range(c, d)), spot)


def lone_rows(one: Table, other: Table, stretches: tuple[range, range], spot: Spot) -> Iterator[Difference]:
    """The rows of two stretches of which one has more."""
    gone, new = stretches
    for at in list(gone)[len(new) :]:
        row = one.rows[at]
        yield Difference("row", row_text(row), None, spot, row_path(row), at + 1)
    for there in list(new)[len(gone) :]:
        row = other.rows[there]
        yield Difference("row", None, row_text(row), spot, row_path(row), there + 1)
    for at, there in zip(gone, new, strict=False):
        yield from compare_rows(one.rows[at], other.rows[there], spot, at + 1)


def compare_rows(one: Sequence[Cell], other: Sequence[Cell], spot: Spot, row: int) -> Iterator[Difference]:
    """The differences of two rows; the same cells in another order count as one."""
    keys, others = row_key(one), row_key(other)
    if keys != others and sorted(keys) == sorted(others):
        yield Difference("columns", row_text(one), row_text(other), spot, row_path(one), row)
        return
    column = 1
    for first, second in zip_longest(one, other, fillvalue=Cell((), 0, 0)):
        yield from compare_cells(first, second, spot, (row, column))
        column += first.columns
        if (first.columns, first.rows) != (second.columns, second.rows) and len(one) != len(other):
            return


def compare_cells(one: Cell, other: Cell, spot: Spot, place: tuple[int, int]) -> Iterator[Difference]:
    """The differences of two cells: how far they go, what they say, whether they are labels."""
    if is_same_cell(one, other):
        return
    path, at = one.path or other.path, Spot(spot.heading, 0, spot.table, one.page or other.page or spot.page)
    sizes = (one.columns, one.rows), (other.columns, other.rows)
    if sizes[0] != sizes[1]:
        yield Difference("merge", size_of(one), size_of(other), at, path, *place)
    pairs = list(zip_longest(one.texts, other.texts, fillvalue=Text("")))
    if one.columns and other.columns and not all(same_words(*pair) for pair in pairs):
        yield Difference("cell", one.text, other.text, at, path, *place)
    if None not in (one.heads, other.heads) and one.heads != other.heads:
        yield Difference("label", str(one.heads), str(other.heads), at, path, *place)
    for first, second in pairs:
        if first.role and second.role and first.role != second.role:
            yield Difference("level", first.role, second.role, at, path, *place)


def is_same_cell(one: Cell, other: Cell) -> bool:
    """Whether two cells have nothing that differs, told fast."""
    return (
        (one.columns, one.rows) == (other.columns, other.rows)
        and (one.heads == other.heads or None in (one.heads, other.heads))
        and len(one.texts) == len(other.texts)
        and all(
            first.text == second.text and (first.role == second.role or not (first.role and second.role))
            for first, second in zip(one.texts, other.texts, strict=True)
        )
    )


def size_of(cell: Cell) -> str:
    """How many columns and rows a cell is over; nothing for one that is not there."""
    return f"{cell.columns}×{cell.rows}" if cell.columns else ""


def row_key(row: Sequence[Cell]) -> tuple[str, ...]:
    """What the cells of a row say, without blanks."""
    return tuple(squeezed(cell.text) for cell in row)


def row_text(row: Sequence[Cell]) -> str:
    """What a row says, for people."""
    return "｜".join(cell.text for cell in row)


def row_path(row: Sequence[Cell]) -> str:
    """The place in the report of the first figure of a row."""
    return next((cell.path for cell in row if cell.path), "")
