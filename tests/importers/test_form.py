"""The collection workbook: what stands on it, what may be typed, and that it is always the same file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from reportgen.importers.form import make_form
from reportgen.importers.plan import make_plan
from tests.importers.workbooks import KIND, form


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(BytesIO(form()))


def test_the_bytes_are_always_the_same() -> None:
    assert make_form(KIND) == form()


def test_every_table_is_a_sheet_with_the_official_labels_merged_as_declared(book: Any) -> None:
    for table in KIND.tables.values():
        sheet = book[table.name]
        merged = {str(area) for area in sheet.merged_cells.ranges}
        for cell in (cell for row in table.rows for cell in row if cell.is_label):
            top = sheet.cell(cell.row + 4, cell.column + 1)
            assert top.value == cell.label
            assert top.protection.locked
            if cell.rowspan * cell.colspan > 1:
                last = sheet.cell(cell.row + cell.rowspan + 3, cell.column + cell.colspan)
                assert f"{top.coordinate}:{last.coordinate}" in merged


def test_only_what_is_to_be_filled_in_is_unlocked(book: Any) -> None:
    for name, slots in make_plan(KIND).tables.items():
        sheet = book[name]
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        for slot in slots:
            assert sheet.cell(slot.row, slot.column).protection.locked is slot.is_total


def test_totals_are_formulas_of_their_parts(book: Any) -> None:
    sheet = book["收到和处理申请"]
    assert sheet["J7"].value == '=IF(OR($E$3="是",COUNT(D7:I7)=6),SUM(D7:I7),"")'
    assert sheet["D30"].value == '=IF(OR($E$3="是",COUNT(D9:D29)=21),SUM(D9:D29),"")'


def test_what_may_be_typed_is_said_in_chinese(book: Any) -> None:
    for name, slots in make_plan(KIND).tables.items():
        rules = book[name].data_validations.dataValidation
        for slot in slots:
            place = book[name].cell(slot.row, slot.column).coordinate
            ruling = [rule for rule in rules if place in rule.sqref]
            assert len(ruling) == (0 if slot.is_total else 1), place
            assert all(rule.showErrorMessage and "请填写" in rule.error for rule in ruling)


def test_every_help_text_is_on_the_sheet_of_help(book: Any) -> None:
    texts = {cell.value for row in book["填写说明"].iter_rows() for cell in row}
    assert set(KIND.help.values()) <= texts


def test_every_sheet_prints_on_a4_one_page_wide(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == "9" or sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, True)
