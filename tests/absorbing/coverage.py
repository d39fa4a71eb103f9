"""The codes of `absorb` and `redline` by the tests that meet them."""

from __future__ import annotations

from typing import Final

FILE: Final = "tests/absorbing/test_absorbing.py"
ELSEWHERE: Final[dict[str, tuple[str, ...]]] = {
    f"{FILE}::test_a_change_on_the_other_side_is_merged_and_in_the_same_place_told": (
        *("absorb-conflict", "absorb-newer"),
    ),
    f"{FILE}::test_a_figure_an_expression_made_is_changed_only_when_asked": (
        *("absorb-expression", "absorb-literal"),
    ),
    f"{FILE}::test_totals_follow_their_items_and_do_not_change_alone": ("absorb-total",),
    f"{FILE}::test_the_office_is_renamed_when_title_and_signature_agree": ("absorb-name",),
    f"{FILE}::test_what_has_no_place_is_told_with_its_own": (
        *("absorb-misplaced", "absorb-gone", "absorb-moved", "absorb-numbering"),
    ),
    f"{FILE}::test_a_change_over_a_heading_and_its_text_is_not_guessed": ("absorb-unsure",),
    f"{FILE}::test_a_wrapped_figure_a_bad_one_and_a_label": ("absorb-figure", "absorb-fixed"),
    f"{FILE}::test_without_any_bookmark_all_is_found_by_text_and_place": ("absorb-by-text",),
    f"{FILE}::test_a_footnote_is_told": ("absorb-strange",),
    "tests/absorbing/test_odd_edits.py::test_an_odd_edit_is_taken_over_or_told": (
        *("absorb-exhibit", "absorb-line-break"),
    ),
    f"{FILE}::test_what_is_no_word_file_is_refused": ("absorb-unreadable",),
    f"{FILE}::test_files_of_others_are_refused": (
        *("absorb-no-map", "absorb-other-report", "absorb-unloadable"),
    ),
    "tests/redlining/test_redline.py::test_the_command": (
        *("redline-tracked", "redline-unreadable", "redline-output", "redline-no-office"),
    ),
}
