"""A statutory table in; its grid drawn for Word, labels as literal text and figures as tags, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from reportgen.model.tables import GridCell, StatutoryTable
from reportgen.render.grids import firm_rows, kept_rows, label_class, read_box
from reportgen.render.word.markup import Element, paragraph, twips, w
from reportgen.render.word.sheet import Sheet


def draw_table(sheet: Sheet, table: StatutoryTable) -> Element:
    """The table of a notice, cell by cell; a row of notes at its end when the report has notes inside it."""
    widths = whole_twips(table.columns)
    firm = firm_rows(table, read_box(sheet.layout))
    rows = [
        _row(table, widths, number, cells, firm=number in firm)
        for number, cells in enumerate(plan_rows(sheet, table))
    ]
    return table_frame(
        sheet, widths, [*rows, *_notes_row(sheet, table, widths)], table.caption, table.caption
    )


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """A cell of the drawn table: one square wide part of a row, also where it goes on from the row above.

    `style` is the id of its paragraph's style, `text` its label or its tag.
    """

    cell: GridCell
    continued: bool
    style: str
    text: str


def plan_rows(sheet: Sheet, table: StatutoryTable) -> Iterator[tuple[PlannedCell, ...]]:
    """The cells of each row of the drawn table; rows that no page may end after have styles of their own."""
    box = read_box(sheet.layout)
    kept = kept_rows(table, box)
    classes = {
        cell: label_class(cell, table.columns, box) for row in table.rows for cell in row if cell.is_label
    }
    for number in range(len(table.rows)):
        style = sheet.kept if number in kept else sheet.id
        yield tuple(
            PlannedCell(cell, number > cell.row, style(classes.get(cell, "figure")), _cell_text(cell, number))
            for cell in _row_cells(table, number)
        )


def _cell_text(cell: GridCell, number: int) -> str:
    if number > cell.row:
        return ""
    return f"{{{{ {cell.path} }}}}" if cell.path else cell.label


def whole_twips(columns: Sequence[Decimal]) -> list[int]:
    """Widths in mm as twips whose sum is that of the whole table."""
    edges = [twips(sum(columns[:number], Decimal(0))) for number in range(len(columns) + 1)]
    return [right - left for left, right in pairwise(edges)]


def table_frame(
    sheet: Sheet, widths: Sequence[int], rows: Iterable[Element], caption: str, description: str
) -> Element:
    """A table of fixed layout; the caption is its name to those who cannot see it."""
    rules = w(
        "tblPr",
        w("tblStyle", val=sheet.layout["word"]["table"]["id"]),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w(
            "tblLook",
            val="0000",
            firstRow="0",
            lastRow="0",
            firstColumn="0",
            lastColumn="0",
            noHBand="1",
            noVBand="1",
        ),
        w("tblCaption", val=caption),
        w("tblDescription", val=description) if description else None,
    )
    return w("tbl", rules, w("tblGrid", *(w("gridCol", w=width) for width in widths)), *rows)


def _row(
    table: StatutoryTable, widths: Sequence[int], number: int, cells: Iterable[PlannedCell], *, firm: bool
) -> Element:
    """A row; one that is firm is as high as declared whatever stands in it."""
    rules = w(
        "trPr",
        w("cantSplit"),
        w("trHeight", val=twips(table.heights[number]), hRule="exact" if firm else "atLeast"),
        w("tblHeader") if number < table.header_rows else None,
    )
    return w("tr", rules, *(_cell(widths, cell) for cell in cells))


def _row_cells(table: StatutoryTable, number: int) -> Iterator[GridCell]:
    """The cells a row passes through, from the left; those that began in a row above among them."""
    crossing = (cell for row in table.rows for cell in row if cell.row <= number < cell.row + cell.rowspan)
    return iter(sorted(crossing, key=lambda cell: cell.column))


def _cell(widths: Sequence[int], planned: PlannedCell) -> Element:
    cell = planned.cell
    merge = w("vMerge", val=None if planned.continued else "restart") if cell.rowspan > 1 else None
    rules = w(
        "tcPr",
        w("tcW", w=sum(widths[cell.column : cell.column + cell.colspan]), type="dxa"),
        w("gridSpan", val=cell.colspan) if cell.colspan > 1 else None,
        merge,
        w("vAlign", val="center"),
    )
    return w("tc", rules, paragraph(planned.style, *filter(None, [planned.text])))


def _notes_row(sheet: Sheet, table: StatutoryTable, widths: Sequence[int]) -> Iterator[Element]:
    """Notes inside the table stand in one more row across it."""
    instruction = sheet.layout["word"]["tag"]["id"]
    notes = f"notes.{table.name}.inside"
    lines = (
        paragraph(instruction, f"{{%p for line in {notes} %}}"),
        paragraph(sheet.id("note"), "{{ line }}"),
        paragraph(instruction, "{%p endfor %}"),
    )
    yield row_across(widths, paragraph(instruction, f"{{%tr if {notes} %}}"))
    yield row_across(widths, *lines)
    yield row_across(widths, paragraph(instruction, "{%tr endif %}"))


def row_across(widths: Sequence[int], *content: Element) -> Element:
    """A row of one cell across the whole table."""
    span = w("gridSpan", val=len(widths)) if len(widths) > 1 else None
    rules = w("tcPr", w("tcW", w=sum(widths), type="dxa"), span, w("vAlign", val="center"))
    return w("tr", w("trPr", w("cantSplit")), w("tc", rules, *content))
