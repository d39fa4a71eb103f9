"""A table's grid and a report's figures in; rows of cells with widths that fit them out, for both twins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportgen.diagnostics import Diagnostic, Location
from reportgen.model.tables import GridCell, StatutoryTable
from reportgen.model.values import Cell, Prose, Segment, Unknown
from reportgen.render.geometry import POINTS_PER_MM, exact, style_of
from reportgen.render.widths import share_by_need, text_width

Measure = Callable[[str], Decimal]
"""The width in pt of a figure as it is set in the tables."""

NOWHERE = Location("")


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell as it is drawn: a label (Prose) or a figure (Cell); `scope` is that of an HTML header cell."""

    content: Prose | Cell
    is_label: bool
    colspan: int
    rowspan: int
    scope: str
    align: str
    column: int


@dataclass(frozen=True, slots=True)
class RowView:
    """One row; `height` in mm is the least it takes."""

    height: Decimal
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A statutory table ready to be drawn: `columns` in mm, notes with their marks."""

    name: str
    caption: str
    columns: tuple[Decimal, ...]
    header_rows: int
    rows: tuple[RowView, ...]
    notes_inside: tuple[Prose, ...]
    notes_below: tuple[Prose, ...]


@dataclass(frozen=True, slots=True)
class CellBox:
    """What a cell's sides take from its column, in pt, and the size of its labels."""

    sides: Decimal
    label_size: Decimal


def read_box(layout: Mapping[str, Any]) -> CellBox:
    """The cell box a layout declares: padding left and right and one border's width."""
    tables = layout["tables"]
    sides = 2 * exact(tables["cell-padding"]["x"]) * POINTS_PER_MM + exact(tables["border"])
    return CellBox(sides, exact(style_of(layout, "label")["size"]))


def find_cell(values: Mapping[str, Any], path: str) -> Cell:
    """The figure at a path such as `收到和处理申请.本年新收.自然人`."""
    node: Any = values
    for key in path.split("."):
        node = node[key]
    if not isinstance(node, Cell):
        raise KeyError(path)
    return node


def view_table(
    table: StatutoryTable,
    values: Mapping[str, Any],
    notes: tuple[tuple[Prose, ...], tuple[Prose, ...]],
    box: CellBox,
    measure: Measure,
) -> TableView:
    """The table with a report's figures; `notes` are those inside and those below it.

    Columns keep their declared widths while every figure fits, else they are shared anew within the
    same total.
    """
    rows = tuple(
        RowView(height, tuple(_view_cell(cell, values) for cell in row))
        for height, row in zip(table.heights, table.rows, strict=True)
    )
    columns = share_by_need(table.columns, _needs(table, rows, box, measure), _floors(table, box))
    return TableView(table.name, table.caption, columns, table.header_rows, rows, *notes)


def _view_cell(cell: GridCell, values: Mapping[str, Any]) -> CellView:
    label = Prose("", (Segment(cell.label),), NOWHERE)
    content = label if cell.is_label else find_cell(values, cell.path)
    return CellView(content, cell.is_label, cell.colspan, cell.rowspan, cell.scope, cell.align, cell.column)


def cell_need(cell: Cell, box: CellBox, measure: Measure) -> Decimal:
    """The width in mm that a figure takes with its cell's sides; nothing for one still unknown."""
    if isinstance(cell.figure, Unknown):
        return Decimal(0)
    return (measure(cell.written) + box.sides) / POINTS_PER_MM


def _needs(
    table: StatutoryTable, rows: tuple[RowView, ...], box: CellBox, measure: Measure
) -> tuple[Decimal, ...]:
    needs = [Decimal(0)] * len(table.columns)
    for row in rows:
        for cell in row.cells:
            if isinstance(cell.content, Cell) and cell.colspan == 1:
                needs[cell.column] = max(needs[cell.column], cell_need(cell.content, box, measure))
    return tuple(needs)


def _floors(table: StatutoryTable, box: CellBox) -> tuple[Decimal, ...]:
    """What a column may shrink to: one of row labels not at all, another till a label needs a line more."""
    floors = [Decimal(0)] * len(table.columns)
    for cell in (cell for row in table.rows for cell in row if cell.is_label and cell.colspan == 1):
        declared = table.columns[cell.column]
        room = int((declared * POINTS_PER_MM - box.sides) / box.label_size)
        lines = -(-int(text_width(cell.label)) // max(room, 1))
        least = -(-int(text_width(cell.label)) // max(lines, 1)) * box.label_size + box.sides
        floor = declared if cell.scope in ("row", "rowgroup") else least / POINTS_PER_MM
        floors[cell.column] = max(floors[cell.column], floor)
    return tuple(floors)


def check_widths(
    tables: Mapping[str, TableView], layout: Mapping[str, Any], measure: Measure
) -> tuple[Diagnostic, ...]:
    """A finding `figure-too-wide` for every figure that does not fit its cell in one line."""
    from reportgen.catalogue import find

    box = read_box(layout)
    findings = []
    for table in tables.values():
        for cell in (cell for row in table.rows for cell in row.cells):
            content = cell.content
            if not isinstance(content, Cell):
                continue
            width = sum(table.columns[cell.column : cell.column + cell.colspan], Decimal(0))
            if cell_need(content, box, measure) > width:
                words = {"figure": content.written, "table": table.caption}
                findings.append(find("figure-too-wide", content.location, content.path, **words))
    return tuple(findings)
