"""A workbook and the plan of its kind in; where each cell of the plan stands now, or why it is lost, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.importers.book import Book, Place
from reportgen.importers.plan import Plan, Slot, address, range_name
from reportgen.importers.squares import Grid
from reportgen.model.tables import StatutoryTable

FIGURE: Final = "figure"
BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Standing:
    """A sheet of the workbook that holds a table, and its cells by path where they stand now."""

    grid: Grid
    slots: tuple[Slot, ...]
    diagnostics: tuple[Diagnostic, ...]


def locate(book: Book, grid: Grid, row: int, column: int) -> Location:
    """The place of a square."""
    return Location(book.file, cell=f"{grid.title}!{address(row, column)}")


def find_table(book: Book, plan: Plan, table: StatutoryTable) -> Standing | Diagnostic:
    """Where the figures of a table stand: by the names of their cells, or where the form puts them.

    A cell that left its row or column, and a label that reads otherwise, make the table unreadable.
    """
    slots = plan.tables[table.name]
    named = {slot.path: book.names.get(range_name(FIGURE, slot.path)) for slot in slots}
    sheets = Counter(place.sheet for place in named.values() if place and place.sheet in book.grids)
    title = sheets.most_common(1)[0][0] if sheets else plan.title(table.name)
    grid = book.grids.get(title)
    if grid is None:
        return find("workbook-sheet-missing", Location(book.file), table.name, name=plan.title(table.name))
    places = {path: place for path, place in named.items() if place and place.sheet == title}
    moved = tuple(settle(slots, places))
    found = (*_strayed(book, grid, slots, moved, places), *_relabelled(book, grid, table, moved))
    return Standing(grid, moved, found)


def settle(slots: Sequence[Slot], places: dict[str, Place]) -> Iterator[Slot]:
    """Every cell on the row and in the column where most of its row and of its column stand now.

    A row or a column of which no name is left has moved as far as the one before it.
    """
    rows, columns = _moves(slots, places, 0), _moves(slots, places, 1)
    for slot in slots:
        yield replace(slot, row=slot.row + rows[slot.row], column=slot.column + columns[slot.column])


def _moves(slots: Sequence[Slot], places: dict[str, Place], axis: int) -> dict[int, int]:
    """How far each row, or each column, has moved."""
    votes: dict[int, Counter[int]] = {}
    for slot in slots:
        line = (slot.row, slot.column)[axis]
        count = votes.setdefault(line, Counter())
        if place := places.get(slot.path):
            count[(place.row, place.column)[axis] - line] += 1
    moves: dict[int, int] = {}
    last = 0
    for line in sorted(votes):
        last = votes[line].most_common(1)[0][0] if votes[line] else last
        moves[line] = last
    return moves


def _strayed(
    book: Book, grid: Grid, slots: Sequence[Slot], moved: Sequence[Slot], places: dict[str, Place]
) -> Iterator[Diagnostic]:
    """Cells that stand elsewhere than the rest of their row and column."""
    for slot, now in zip(slots, moved, strict=True):
        place = places.get(slot.path)
        if place and (place.row, place.column) != (now.row, now.column):
            here = locate(book, grid, place.row, place.column)
            yield find(
                "workbook-cell-moved", here, slot.path, place=slot.path, cell=address(now.row, now.column)
            )


def _relabelled(book: Book, grid: Grid, table: StatutoryTable, moved: Sequence[Slot]) -> Iterator[Diagnostic]:
    """Labels beside or above a figure that are not what the notice prescribes."""
    seen: set[tuple[int, int]] = set()
    for slot in moved:
        cell = table.cells[slot.path]
        down, across = slot.row - cell.row, slot.column - cell.column
        inside = [row for row, headed in table.column_headers.items() if cell.row in headed]
        left = [table.squares[cell.row, column] for column in range(cell.column)]
        above = [table.squares[row, cell.column] for row in (*range(table.header_rows), *inside)]
        for label in (label for label in (*left, *above) if label.is_label):
            if (label.row, label.column) in seen:
                continue
            seen.add((label.row, label.column))
            row, column = label.row + down, label.column + across
            given = grid.text(max(row, 1), max(column, 1)) if row > 0 and column > 0 else ""
            if squeezed(given) != squeezed(label.label):
                here = locate(book, grid, max(row, 1), max(column, 1))
                yield find("workbook-label-changed", here, slot.path, given=given[:60], label=label.label)


def squeezed(text: str) -> str:
    """A label without blanks and line breaks."""
    return BLANKS.sub("", text)
