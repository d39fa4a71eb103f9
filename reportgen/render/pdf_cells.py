"""A laid-out document in; the same with the labels of merged cells that go on overleaf centred out."""

from __future__ import annotations

from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import TableBox, TableCellBox, TableRowGroupBox


def centre_cut_cells(document: Document) -> None:
    """Centre the label of a cell that a page ends in: the engine leaves it at the upper edge."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, TableBox):
                for group in box.children:
                    _centre(group)


def _centre(group: TableRowGroupBox) -> None:
    """The rows of one part of a table; a cell is cut that reaches over more rows than follow."""
    rows = group.children
    for number, row in enumerate(rows):
        for cell in row.children:
            if cell.rowspan > len(rows) - number:
                _move(cell, rows[-1].position_y + rows[-1].height)


def _move(cell: TableCellBox, foot: float) -> None:
    """Move the lines of a cell to the middle between its upper edge and the foot of its part."""
    if cell.children:
        top = cell.children[0].position_y
        bottom = max(child.position_y + child.margin_height() for child in cell.children)
        down = (cell.position_y + foot - top - bottom) / 2
        for child in cell.children:
            child.translate(0, max(down, 0))
