"""A statutory table in; its grid drawn for Word, labels as literal text and figures as tags, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from reportgen.model.tables import GridCell, StatutoryTable
from reportgen.render.grids import kept_rows, read_box
from reportgen.render.word.markup import Element, paragraph, twips, w
from reportgen.render.word.sheet import Sheet


def draw_table(sheet: Sheet, table: StatutoryTable) -> Element:
    """The table of a notice, cell by cell; a row of notes at its end when the report has notes inside it."""
    widths = whole_twips(table.columns)
    kept = kept_rows(table, read_box(sheet.layout))
    rows = [_row(sheet, table, number, widths, number in kept) for number in range(len(table.rows))]
    return table_frame(
        sheet, widths, [*rows, *_notes_row(sheet, table, widths)], table.caption, table.caption
    )


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


def _row(sheet: Sheet, table: StatutoryTable, number: int, widths: Sequence[int], kept: bool) -> Element:
    """A row; one that no page may end after is set in styles that keep it with the next."""
    rules = w(
        "trPr",
        w("cantSplit"),
        w("trHeight", val=twips(table.heights[number]), hRule="atLeast"),
        w("tblHeader") if number < table.header_rows else None,
    )
    return w("tr", rules, *(_cell(sheet, cell, number, widths, kept) for cell in _row_cells(table, number)))


def _row_cells(table: StatutoryTable, number: int) -> Iterator[GridCell]:
    """The cells a row passes through, from the left; one that began in a row above comes again in each it spans."""
    crossing = (cell for row in table.rows for cell in row if cell.row <= number < cell.row + cell.rowspan)
    return iter(sorted(crossing, key=lambda cell: cell.column))


def _cell(sheet: Sheet, cell: GridCell, number: int, widths: Sequence[int], kept: bool) -> Element:
    continued = number > cell.row
    merge = w("vMerge", val=None if continued else "restart") if cell.rowspan > 1 else None
    rules = w(
        "tcPr",
        w("tcW", w=sum(widths[cell.column : cell.column + cell.colspan]), type="dxa"),
        w("gridSpan", val=cell.colspan) if cell.colspan > 1 else None,
        merge,
        w("vAlign", val="center"),
    )
    css = "figure" if cell.path else "label-left" if cell.align == "left" else "label"
    style = sheet.kept(css) if kept else sheet.id(css)
    text = "" if continued else f"{{{{ {cell.path} }}}}" if cell.path else cell.label
    return w("tc", rules, paragraph(style, *filter(None, [text])))


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
    cell = w("tc", w("tcPr", w("tcW", w=sum(widths), type="dxa"), span), *content)
    return w("tr", w("trPr", w("cantSplit")), cell)
