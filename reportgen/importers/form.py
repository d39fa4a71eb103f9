"""A kind in; its collection workbook, always the same bytes, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import openpyxl
from openpyxl.styles import Alignment
from openpyxl.workbook.defined_name import DefinedName

from reportgen.importers import looks
from reportgen.importers.packing import settle
from reportgen.importers.plan import (
    LIST_TOP,
    REST_ROW,
    TABLE_TOP,
    Plan,
    Slot,
    address,
    column_letters,
    make_plan,
    range_name,
)
from reportgen.model.formulas import Formula
from reportgen.model.kind import Kind
from reportgen.model.tables import StatutoryTable

FIGURE, REST, FIELD, LIST = "figure", "rest", "field", "list"
KIND: Final = "reportgen.kind"
"""The defined name that holds the kind's name."""
WIDTHS: Final = (22, 34, 60)
NARROWEST: Final = 9.0
ROOMY: Final = 21
"""Points."""


def make_form(kind: Kind) -> bytes:
    """The workbook: a sheet of fields, one for each table, one for each group of figures, one of help."""
    return settle(Drawing(make_plan(kind)).draw())


class Drawing:
    """Draws one workbook."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan."""
        self.plan, self.words = plan, plan.kind.vocabulary
        self.book: Any = openpyxl.Workbook()
        self.book.remove(self.book.active)

    def draw(self) -> Any:
        """Every sheet, in order."""
        self._draw_fields()
        for table in self.plan.kind.tables.values():
            self._draw_table(table)
        for key in self.plan.lists:
            self._draw_list(key)
        self._draw_help()
        name = DefinedName(KIND, attr_text=f'"{self.plan.kind.name}"', hidden=True)
        self.book.defined_names[KIND] = name
        properties = self.book.properties
        properties.title, properties.creator = self.plan.kind.title, "reportgen"
        return self.book

    def _sheet(self, key: str, heading: str, advice: str, widths: Sequence[float]) -> Any:
        """A new sheet with its title, a line of advice and the widths of its columns in characters."""
        sheet = self.book.create_sheet(self.plan.title(key))
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[column_letters(number)].width = width
        for row in (1, 2):
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(widths))
        sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 30, 32
        looks.title(sheet["A1"], heading)
        looks.remark(sheet["A2"], advice)
        return sheet

    def _draw_fields(self) -> None:
        plan, forms = self.plan, self.plan.kind.schema["properties"]
        sheet = self._sheet("fields", plan.kind.title, plan.word("fields"), WIDTHS)
        heads(sheet, plan.word("name"), plan.word("value"), plan.word("for"))
        for slot in plan.fields:
            choices = tuple(forms[slot.path].get("enum", ()))
            sheet.row_dimensions[slot.row].height = 2 * looks.LINE
            looks.label(sheet.cell(slot.row, 1), slot.path)
            self._enter(sheet, slot, FIELD)
            looks.label(sheet.cell(slot.row, 3), forms[slot.path].get("description", ""), "left")
            if choices or slot.form == "year":
                message = plan.word("choice" if choices else "year")
                cell = address(slot.row, slot.column)
                self._allow(sheet, looks.validation(slot.form, cell, choices=choices), message, [cell])
        looks.protect(sheet, f"A1:C{LIST_TOP + len(plan.fields) - 1}")

    def _draw_table(self, table: StatutoryTable) -> None:
        plan = self.plan
        per = looks.MILLIMETRES_A_CHARACTER
        widths = [max(NARROWEST, round(float(width) / per, 1)) for width in table.columns]
        units = "、".join(dict.fromkeys(figure.unit for figure in table.figures.values() if figure.unit))
        sheet = self._sheet(table.name, table.caption, plan.word("table", units=units), widths)
        self._draw_rest(sheet, table.name, len(widths))
        for cell in (cell for row in table.rows for cell in row if cell.is_label):
            row, column = cell.row + TABLE_TOP, cell.column + 1
            looks.frame(sheet, row, column, cell.rowspan, cell.colspan)
            looks.label(sheet.cell(row, column), cell.label, cell.align)
        for number, height in enumerate(row_heights(table, widths), TABLE_TOP):
            sheet.row_dimensions[number].height = height
        self._draw_figures(sheet, table)
        last = address(TABLE_TOP + len(table.rows) - 1, len(widths))
        sheet.freeze_panes = address(TABLE_TOP + table.header_rows, 1)
        looks.protect(sheet, f"A1:{last}", landscape=sum(widths) > 110)

    def _draw_rest(self, sheet: Any, table: str, columns: int) -> None:
        """The box that says what a blank cell of the table means."""
        box = max(2, columns // 2)
        sheet.merge_cells(start_row=REST_ROW, start_column=1, end_row=REST_ROW, end_column=box - 1)
        looks.remark(sheet.cell(REST_ROW, 1), self.plan.word("rest"))
        sheet.cell(REST_ROW, 1).alignment = Alignment(horizontal="right", vertical="center")
        slot = Slot(table, "flag", REST_ROW, box)
        self._enter(sheet, slot, REST)
        if box < columns:
            sheet.merge_cells(start_row=REST_ROW, start_column=box + 1, end_row=REST_ROW, end_column=columns)
            looks.remark(sheet.cell(REST_ROW, box + 1), self.plan.word("rest-note"))
        sheet.row_dimensions[REST_ROW].height = 20
        cell = address(REST_ROW, box)
        allowed = looks.validation("flag", cell, choices=(self.words["yes"], self.words["no"]))
        self._allow(sheet, allowed, self.plan.word("choice"), [cell])

    def _draw_figures(self, sheet: Any, table: StatutoryTable) -> None:
        slots = {slot.path: slot for slot in self.plan.tables[table.name]}
        box = self.book.defined_names[range_name(REST, table.name)].attr_text.partition("!")[2]
        formulas = {formula.total: formula for formula in reversed(self.plan.kind.formulas)}
        for slot in slots.values():
            grid = table.cells[slot.path]
            looks.frame(sheet, slot.row, slot.column, grid.rowspan, grid.colspan)
            if slot.is_total:
                self._bind(sheet, slot, FIGURE)
                text = total_formula(formulas[slot.path], slots, box, self.words["yes"])
                looks.label(sheet.cell(slot.row, slot.column), text, fill=looks.TOTAL)
                sheet.cell(slot.row, slot.column).number_format = "0"
            else:
                self._enter(sheet, slot, FIGURE)
        self._allow_figures(sheet, [slot for slot in slots.values() if not slot.is_total])

    def _allow_figures(self, sheet: Any, slots: Sequence[Slot]) -> None:
        def alike(slot: Slot) -> tuple[str, bool]:
            return (slot.form, slot.is_waivable)

        for (form, waivable), group in groupby(sorted(slots, key=alike), alike):
            cells = [address(slot.row, slot.column) for slot in group]
            waiver = self.words["not-applicable"] if waivable else ""
            message = self.plan.word(f"{form}-waivable" if waivable else form)
            self._allow(sheet, looks.validation(form, cells[0], waiver=waiver), message, cells)

    def _draw_list(self, key: str) -> None:
        plan, last = self.plan, LIST_TOP + self.plan.data["rows"] - 1
        sheet = self._sheet(key, key, plan.word("figures"), (40, 16, 40))
        heads(sheet, plan.word("name"), plan.word("figure"), plan.word("remark"))
        for row in range(LIST_TOP, last + 1):
            sheet.row_dimensions[row].height = ROOMY
            for column, form in enumerate(("text", "figure", "text"), 1):
                looks.entry(sheet.cell(row, column), form)
        looks.bind(self.book, range_name(LIST, key), sheet, address(LIST_TOP, 1))
        cell = address(LIST_TOP, 2)
        self._allow(sheet, looks.validation("amount", cell), plan.word("amount"), [f"{cell}:B{last}"])
        looks.protect(sheet, f"A1:C{last}")

    def _draw_help(self) -> None:
        plan = self.plan
        sheet = self._sheet("help", plan.title("help"), plan.word("help"), (40, 76))
        heads(sheet, plan.word("place"), plan.word("meaning"))
        row = LIST_TOP
        for path, text in plan.kind.help.items():
            looks.label(sheet.cell(row, 1), path.replace(".", " · "), "left")
            looks.label(sheet.cell(row, 2), text, "left", "FFFFFF")
            sheet.row_dimensions[row].height = ROOMY * (1 + len(text) // 36)
            row += 1
        looks.protect(sheet, f"A1:B{max(row - 1, LIST_TOP)}")

    def _enter(self, sheet: Any, slot: Slot, role: str) -> None:
        looks.entry(sheet.cell(slot.row, slot.column), slot.form)
        self._bind(sheet, slot, role)

    def _bind(self, sheet: Any, slot: Slot, role: str) -> None:
        looks.bind(self.book, range_name(role, slot.path), sheet, address(slot.row, slot.column))

    def _allow(self, sheet: Any, allowed: Any, message: str, cells: Sequence[str]) -> None:
        allowed.showErrorMessage, allowed.errorTitle = True, self.plan.word("invalid")
        allowed.error = message
        for cell in cells:
            allowed.add(cell)
        sheet.add_data_validation(allowed)


def heads(sheet: Any, *texts: str) -> None:
    """The heads of a list's columns."""
    for column, text in enumerate(texts, 1):
        looks.label(sheet.cell(LIST_TOP - 1, column), text)


def row_heights(table: StatutoryTable, widths: Sequence[float]) -> Iterator[float]:
    """The height of every row of a table in points, with room for its longest label."""
    for row, height in zip(table.rows, table.heights, strict=True):
        lines = 1
        for cell in row:
            width = sum(widths[cell.column : cell.column + cell.colspan])
            fitting = max(1, int(width / looks.CHARACTERS_A_GLYPH) - 1)
            lines = max(lines, -(-len(cell.label) // fitting) if cell.rowspan == 1 else 1)
        yield round(max(float(height) * looks.POINTS_A_MILLIMETRE, lines * looks.LINE + 6), 1)


def total_formula(formula: Formula, slots: dict[str, Slot], box: str, yes: str) -> str:
    """A total as a formula that stays blank until every part is known."""
    parts = [slots[path] for path in formula.addends]
    ranges = ",".join(blocks(parts))
    return f'=IF(OR({box}="{yes}",COUNT({ranges})={len(parts)}),SUM({ranges}),"")'


def blocks(parts: Sequence[Slot]) -> Iterator[str]:
    """Cells as ranges, as few as go with runs along a row or a column."""
    by_row: Callable[[Slot], tuple[int, int]] = lambda slot: (slot.row, slot.column)  # noqa: E731
    along = len({slot.row for slot in parts}) == 1
    ordered = sorted(parts, key=by_row)
    start = end = ordered[0]
    for slot in (*ordered[1:], None):
        step = (slot.row - end.row, slot.column - end.column) if slot else None
        if slot and step == ((0, 1) if along else (1, 0)):
            end = slot
            continue
        first, last = address(start.row, start.column), address(end.row, end.column)
        yield first if first == last else f"{first}:{last}"
        if slot:
            start = end = slot
