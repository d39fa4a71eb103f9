"""A table's grid and a report's figures in; rows of cells with widths that fit them out, for both twins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportgen.diagnostics import Diagnostic, Location
from reportgen.model.tables import GridCell, StatutoryTable
from reportgen.model.values import Cell, Prose, Segment, Unknown
from reportgen.model.widths import text_width
from reportgen.render.geometry import POINTS_PER_MM, exact, style_of
from reportgen.render.widths import CellText, share_by_need

Measure = Callable[[str], Decimal]
"""The width in pt of a figure as it is set in the tables."""

NOWHERE = Location("")
SQUARE = "label-square"


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell as it is drawn: a label (Prose) or a figure (Cell); `scope` is that of an HTML header cell.

    `style` is the class of the paragraph style,
    `id` is the cell's own within its table, `headers` the ids of the labels that head a figure.
    """

    id: str
    headers: tuple[str, ...]
    content: Prose | Cell
    is_label: bool
    colspan: int
    rowspan: int
    scope: str
    style: str
    column: int


@dataclass(frozen=True, slots=True)
class RowView:
    """One row, numbered from 1; `height` in mm is the least it takes.

    `keep_next` says that no page may end after it: a label over several rows needs the room of the next.
    """

    number: int
    height: Decimal
    cells: tuple[CellView, ...]
    keep_next: bool


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

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.columns)


@dataclass(frozen=True, slots=True)
class CellBox:
    """What a cell's edges take from its column and its row, and how labels are set in it, all in pt.

    `squares` says whether the kind has a style for labels that break into even lines.
    """

    sides: Decimal
    ends: Decimal
    label_size: Decimal
    label_pitch: Decimal
    squares: bool

    def room(self, width: Decimal) -> int:
        """How many characters of a label a line holds in a cell of that many mm."""
        return max(int((width * POINTS_PER_MM - self.sides) / self.label_size), 1)

    def lines(self, label: str, width: Decimal) -> int:
        """How many lines a label takes in a cell of that many mm."""
        return max(-(-int(text_width(label)) // self.room(width)), 1)


def read_box(layout: Mapping[str, Any]) -> CellBox:
    """The cell box a layout declares: padding left and right and one border's width."""
    padding, border = layout["tables"]["cell-padding"], exact(layout["tables"]["border"])
    sides, ends = (2 * exact(padding[way]) * POINTS_PER_MM + border for way in "xy")
    label = style_of(layout, "label")
    squares = any(style["class"] == SQUARE for style in layout["styles"].values())
    return CellBox(sides, ends, exact(label["size"]), exact(label["pitch"]), squares)


def read_cell(layout: Mapping[str, Any]) -> CellText:
    """How a layout sets text in the cells of an author's table."""
    size, sides = exact(style_of(layout, "cell")["size"]), read_box(layout).sides
    return CellText(size / POINTS_PER_MM, sides / POINTS_PER_MM)


def label_class(cell: GridCell, columns: Sequence[Decimal], box: CellBox) -> str:
    """The class of a label's style: a label whose last line would be short breaks into even lines instead.

    `columns` are the declared widths in mm, so that labels break the same in every report.
    """
    if cell.align == "left":
        return "label-left"
    width = sum(columns[cell.column : cell.column + cell.colspan], Decimal(0))
    length, lines = int(text_width(cell.label)), box.lines(cell.label, width)
    uneven = lines > 1 and length % box.room(width)
    return SQUARE if box.squares and uneven and -(-length // lines) == box.room(width) - 1 else "label"


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
    kept, headed = kept_rows(table, box), heads(table)
    rows = tuple(
        RowView(
            number + 1,
            height,
            tuple(_view_cell(table, cell, values, box, headed.get(cell, ())) for cell in row),
            number in kept,
        )
        for number, (height, row) in enumerate(zip(table.heights, table.rows, strict=True))
    )
    columns = share_by_need(table.columns, _needs(table, rows, box, measure), _floors(table, box))
    return TableView(table.name, table.caption, columns, table.header_rows, rows, *notes)


def _view_cell(
    table: StatutoryTable,
    cell: GridCell,
    values: Mapping[str, Any],
    box: CellBox,
    headers: Sequence[GridCell],
) -> CellView:
    label = Prose("", (Segment(cell.label),), NOWHERE)
    return CellView(
        id=_id(cell),
        headers=tuple(map(_id, headers)),
        content=label if cell.is_label else find_cell(values, cell.path),
        is_label=cell.is_label,
        colspan=cell.colspan,
        rowspan=cell.rowspan,
        scope=cell.scope,
        style=label_class(cell, table.columns, box) if cell.is_label else "figure",
        column=cell.column,
    )


def _id(cell: GridCell) -> str:
    return f"{cell.row + 1}-{cell.column + 1}"


def heads(table: StatutoryTable) -> Mapping[GridCell, tuple[GridCell, ...]]:
    """The labels that head each figure: those to its left, then those above it, outermost first."""
    owners = {square: cell for row in table.rows for cell in row for square in cell.area}
    found = {}
    for figure in (cell for row in table.rows for cell in row if not cell.is_label):
        body = (row for row, headed in table.column_headers.items() if figure.row in headed)
        beside = [owners[figure.row, column] for column in range(figure.column)]
        above = [owners[row, figure.column] for row in (*range(table.header_rows), *body)]
        labels = (label for label in (*beside, *above) if label.is_label and label.scope)
        found[figure] = tuple(dict.fromkeys(labels))
    return found


def kept_rows(table: StatutoryTable, box: CellBox) -> frozenset[int]:
    """The rows (from 0) that stay with the next: rows of labels, and rows that a label has its lines over."""
    labels = (number for number, row in enumerate(table.rows) if all(cell.is_label for cell in row))
    kept = {number for number in labels if table.header_rows <= number < len(table.rows) - 1}
    for cell in (cell for row in table.rows for cell in row if cell.is_label and cell.rowspan > 1):
        need, row = label_need(table, cell, box), cell.row
        while need > table.heights[row] and row < cell.row + cell.rowspan - 1:
            need -= table.heights[row]
            kept.add(row)
            row += 1
    return frozenset(kept)


def firm_rows(table: StatutoryTable, box: CellBox) -> frozenset[int]:
    """The rows (from 0) that are never lower than declared, even at a page's foot: a cell goes on below them.

    LibreOffice makes such a row as low as its text where the page ends. One whose labels need more than is
    declared is left to grow.
    """
    cells = [cell for row in table.rows for cell in row]
    crossed = {row for cell in cells for row in range(cell.row, cell.row + cell.rowspan - 1)}
    growing = {cell.row + cell.rowspan - 1 for cell in cells if cell.is_label and is_low(table, cell, box)}
    return frozenset(row for row in crossed - growing if row >= table.header_rows)


def is_low(table: StatutoryTable, cell: GridCell, box: CellBox) -> bool:
    """Whether the declared heights of a label's rows are too low for its lines."""
    return label_need(table, cell, box) > sum(table.heights[cell.row : cell.row + cell.rowspan])


def label_need(table: StatutoryTable, cell: GridCell, box: CellBox) -> Decimal:
    """The height in mm that a label takes in the declared columns."""
    width = sum(table.columns[cell.column : cell.column + cell.colspan], Decimal(0))
    return (box.lines(cell.label, width) * box.label_pitch + box.ends) / POINTS_PER_MM


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
        in_line = -(-int(text_width(cell.label)) // box.lines(cell.label, declared))
        least = in_line * box.label_size + box.sides
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
                place, path, figure = content.location, content.path, content.written
                findings.append(find("figure-too-wide", place, path, figure=figure, table=table.caption))
    return tuple(findings)
