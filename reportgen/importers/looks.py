"""Cells of a collection workbook in; what they look like and what may be typed in them, set on them, out."""

from __future__ import annotations

from typing import Any, Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

FACE: Final = "宋体"
MILLIMETRES_A_CHARACTER: Final = 1.6
CHARACTERS_A_GLYPH: Final = 2.1
"""Width of a Chinese character in those a column's width is counted in."""
LINE: Final = 14
"""Points."""
POINTS_A_MILLIMETRE: Final = 72 / 25.4
LABEL: Final = "F2F2F2"
TOTAL: Final = "D9D9D9"
A4: Final = 9
MARGIN: Final = 0.6
"""Inches."""


def title(cell: Any, text: str) -> None:
    """The title of a sheet."""
    cell.value = text
    cell.font = Font(name=FACE, size=16, bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center")


def remark(cell: Any, text: str) -> None:
    """A line of advice."""
    cell.value = text
    cell.font = Font(name=FACE, size=10, color="595959")
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def label(cell: Any, text: str, align: str = "center", fill: str = LABEL) -> None:
    """A printed label, or a total with its formula: locked."""
    cell.value = text
    cell.fill = PatternFill("solid", start_color=fill)
    box(cell, align)


def entry(cell: Any, form: str) -> None:
    """A cell to be filled in: not locked."""
    cell.protection = Protection(locked=False)
    cell.number_format = {"count": "0", "amount": "General", "year": "0", "figure": "General"}.get(form, "@")
    box(cell, "center" if form in ("count", "amount", "figure", "flag") else "left")


def box(cell: Any, align: str) -> None:
    """Rules around a cell, its text centred from top to bottom."""
    side = Side(style="thin", color="000000")
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    cell.font = Font(name=FACE, size=10)
    cell.alignment = Alignment(
        horizontal=align, vertical="center", wrap_text=True, indent=int(align == "left")
    )


def frame(sheet: Any, row: int, column: int, rows: int, columns: int) -> None:
    """One cell over several squares, with rules around the whole."""
    for line in sheet.iter_rows(row, row + rows - 1, column, column + columns - 1):
        for square in line:
            box(square, "center")
    if rows * columns > 1:
        sheet.merge_cells(
            start_row=row, start_column=column, end_row=row + rows - 1, end_column=column + columns - 1
        )


def protect(sheet: Any, area: str, *, landscape: bool = False) -> None:
    """Lock all but the cells to be filled in, without a password, and print the sheet one A4 page wide."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.print_area = area
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = MARGIN


def validation(form: str, cell: str, *, waiver: str = "", choices: tuple[str, ...] = ()) -> DataValidation:
    """What may be typed in cells that begin with `cell`; a `waiver` may stand for a figure."""
    if choices:
        return DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    if form == "year":
        return DataValidation(type="whole", operator="between", formula1="1900", formula2="2999")
    if form == "count" and not waiver:
        return DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    digits = 0 if form == "count" else 6
    number = f"AND(ISNUMBER({cell}),{cell}>=0,ROUND({cell},{digits})={cell})"
    allowed = f'OR({cell}="{waiver}",{number})' if waiver else number
    return DataValidation(type="custom", formula1=allowed, allow_blank=True)


def bind(book: Any, name: str, sheet: Any, cell: str) -> None:
    """Tie a defined name to a cell, so that the cell is found wherever it is moved to."""
    column, row = cell.rstrip("0123456789"), cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    place = f"{quote_sheetname(sheet.title)}!${column}${row}"
    book.defined_names[name] = DefinedName(name, attr_text=place, hidden=True)
