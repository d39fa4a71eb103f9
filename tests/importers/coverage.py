"""Which test meets which code of collection workbooks."""

from __future__ import annotations

from typing import Final

HERE: Final = "tests/importers/test_reading.py::test_"
ENTERING: Final = "tests/importers/test_entering.py::test_"

ELSEWHERE: Final[dict[str, tuple[str, ...]]] = {
    f"{HERE}what_cannot_be_taken_as_it_is_is_told_at_its_cell": (
        *("workbook-text-figure", "workbook-cell-error", "workbook-formula-uncomputed", "workbook-formula"),
        "workbook-name",
    ),
    f"{HERE}a_name_that_stands_twice_is_told": ("workbook-name-twice",),
    f"{HERE}an_empty_workbook_has_nothing_to_say_but_its_blanks": ("workbook-blank",),
    f"{HERE}hidden_rows_and_columns_and_sheets_are_told": ("workbook-hidden",),
    f"{HERE}merged_cells_are_refused": ("workbook-cell-merged",),
    f"{HERE}a_cell_that_was_cut_and_pasted_is_refused": ("workbook-cell-moved",),
    f"{HERE}labels_of_another_form_are_refused": ("workbook-label-changed",),
    f"{HERE}what_stands_outside_the_table_is_told": ("workbook-stray",),
    f"{HERE}a_missing_sheet_is_told": ("workbook-sheet-missing",),
    f"{HERE}what_is_no_harmless_workbook_is_refused_by_name": (
        *("workbook-format", "workbook-encrypted", "workbook-damaged", "workbook-macros"),
        *("workbook-too-large", "workbook-entities"),
    ),
    f"{HERE}a_workbook_of_no_kind_is_told": ("workbook-of-no-kind",),
    f"{HERE}links_to_other_files_are_told_and_not_followed": ("workbook-links",),
    f"{ENTERING}the_commands_lead_from_an_empty_workbook_to_a_draft": (
        *("workbook-fields-mixed", "several-workbooks"),
    ),
    f"{ENTERING}a_workbook_is_not_added_twice": ("workbook-twice",),
    f"{ENTERING}kinds_are_not_mixed": ("workbook-kinds-mixed",),
    f"{ENTERING}a_report_that_cannot_take_a_figure_is_left_alone": ("import-refused",),
}
