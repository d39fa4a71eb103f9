"""A laid-out document in; the same with every table closed at the foot of a page, as paper forms are."""

from __future__ import annotations

from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import TableBox


def close_tables(document: Document) -> None:
    """Draw a line below a table that goes on overleaf where a merged cell goes on with it."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, TableBox) and box.style["border_collapse"] == "collapse":
                close_table(box)


def close_table(table: TableBox) -> None:
    """Give the lower edge of this part of a table the line of its upper edge, wherever it has none."""
    rows = sum(len(group.children) for group in table.children)
    heads = len(table.children[0].children) if table.children and table.children[0].is_header else 0
    vertical, horizontal = table.collapsed_border_grid
    edge = rows + (table.skipped_rows - heads if table.skipped_rows else 0)
    line = horizontal[0][0]
    closed = [border if border[1][1] else line for border in horizontal[edge]]
    table.collapsed_border_grid = vertical, [*horizontal[:edge], closed, *horizontal[edge + 1 :]]
