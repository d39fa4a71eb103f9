"""Every wrong report prints exactly what stands beside it, and every finding code is met somewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reportgen import cli
from reportgen.commands.explain import read_catalogues
from reportgen.reporters.excerpts import shown
from tests.absorbing import coverage as absorbing_tests
from tests.importers import coverage as workbook_tests
from tests.records import coverage as signature_tests
from tests.verify.faults import all_faults

ROOT = Path(__file__).parents[1]
CASES = sorted(path.relative_to(ROOT) for path in (ROOT / "fixtures/invalid").rglob("*.yaml"))
CODE = re.compile(r": (?:错误|警告|提示)\[([a-z0-9-]+)\] ")

ELSEWHERE: dict[str, tuple[str, ...]] = {
    "tests/model/review/test_demands.py::test_a_report_to_compare_with_that_is_none_is_told": (
        "other-unreadable",
    ),
    "tests/model/review/test_guide.py::test_what_is_wrong_with_a_check_is_the_kinds_fault": (
        "pattern-unreadable",
    ),
    "tests/model/review/test_texts.py::test_a_body_that_reconsiders_is_reminded_of_the_notice": (
        "co-defendant-cases",
    ),
    "tests/model/review/test_last_year.py::test_a_report_of_another_kind_is_not_compared": (
        "last-year-other-kind",
    ),
    "tests/model/review/figures/test_checker.py::test_figures_of_last_year_are_held_against_its_report": (
        "prose-past-differs",
    ),
    "tests/test_cli.py::test_a_missing_library_is_named": ("library-missing",),
    "tests/model/test_cells.py::test_figures_left_open_in_one_line_are_told_together_at_their_row": (
        "figures-unknown",
    ),
    "tests/model/test_cells.py::test_an_open_rest_line_fills_nothing": ("rest-unknown",),
    "tests/test_new.py::test_marks_that_nobody_went_through_are_told_of_a_final_report_only": (
        "draft-mark-left",
    ),
    "tests/test_cli.py::test_a_report_from_an_input_that_cannot_be_read_is_a_file_error": ("input-closed",),
    **absorbing_tests.ELSEWHERE,
    **workbook_tests.ELSEWHERE,
    **signature_tests.ELSEWHERE,
    "tests/model/test_source.py::test_hostile_files_end_in_a_clear_message": (
        "source-too-large",
        "too-many-values",
        "value-too-long",
        "too-many-findings",
    ),
    "tests/model/test_kind.py::test_what_is_wrong_with_a_kind_is_found": (
        "axis-unknown",
        "finding-argument",
        "finding-taken",
        "finding-undeclared",
        "finding-unused",
        "formula-circle",
        "kind-name-unknown",
        "table-undeclared",
        "table-unused",
        "table-width",
        "text-places",
        "value-refused",
    ),
    "tests/model/test_kind.py::test_a_rule_that_stands_for_too_much_is_refused": ("axes-too-many",),
    "tests/model/test_kind.py::test_a_base_is_no_kind_of_report": ("kind-abstract",),
    "tests/model/test_kind.py::test_a_base_that_is_not_there_is_found": ("kind-base-missing",),
    "tests/model/test_kind.py::test_kinds_that_extend_each_other_are_found": ("kind-circle",),
    "tests/model/test_kind.py::test_a_missing_file_of_a_kind_is_named": ("kind-file-missing",),
    "tests/model/test_tables.py::test_a_declaration_that_makes_no_table_is_refused": (
        "table-figure-twice",
        "table-heights",
        "table-overlap",
        "table-row",
    ),
    "tests/test_codes.py::test_what_the_operating_system_reports_is_named": (
        "disk-failure",
        "disk-full",
        "file-failure",
        "permission-denied",
        "read-only-disk",
    ),
    "tests/test_issuing.py::test_a_report_that_changed_since_is_not_issued_again": ("issue-changed",),
    "tests/test_issuing.py::test_drafts_and_reports_with_errors_are_not_issued": ("issue-draft",),
    "tests/test_issuing.py::test_whoever_issues_has_a_name": ("issuer-unusable",),
    "tests/records/test_ledger.py::test_a_removed_line_is_told_once": ("ledger-chain-broken",),
    "tests/records/test_ledger.py::test_a_clock_that_went_backwards_is_a_warning": ("ledger-clock-back",),
    "tests/records/test_ledger.py::test_an_empty_ledger_is_none": ("ledger-empty",),
    "tests/records/test_ledger.py::test_hostile_lines_are_findings": ("ledger-line-wrong",),
    "tests/records/test_record.py::test_a_record_without_its_ledger_does_not_hold": ("ledger-missing",),
    "tests/records/test_ledger.py::test_events_that_cannot_follow_are_found": ("ledger-order",),
    "tests/records/test_ledger.py::test_a_ledger_that_is_too_large_is_not_read": ("ledger-too-large",),
    "tests/records/test_ledger.py::test_a_torn_last_line_leaves_the_answer_open": ("ledger-torn",),
    "tests/records/test_ledger.py::test_no_entry_before_the_last_revision_can_be_rewritten": (
        "ledger-witness",
    ),
    "tests/test_issuing.py::test_a_report_that_was_renamed_does_not_get_a_second_record": (
        "record-elsewhere",
    ),
    "tests/test_archiving.py::test_what_stands_in_the_way_stops": (
        "archive-metadata-needed",
        "archive-too-early",
    ),
    "tests/test_archiving.py::test_metadata_are_checked_like_a_report": ("archive-number",),
    "tests/test_archiving.py::test_what_is_no_scan_is_refused": ("scan-unusable",),
    "tests/test_archiving.py::test_the_command_archives": ("option-needed",),
    "tests/records/test_opening.py::reason": ("package-refused",),
    "tests/test_verifying_packages.py::test_the_command_verifies_packages_and_says_what_cannot_be_told": (
        "package-file-altered",
    ),
    "tests/test_verifying_packages.py::test_a_zip_packed_again_is_altered_and_its_folder_is_not": (
        "package-altered",
    ),
    "tests/test_verifying_packages.py::test_documents_made_by_other_versions_are_compared_by_their_words": (
        "rebuild-differs",
    ),
    "tests/test_verifying_packages.py::test_the_record_of_the_office_knows_the_packages_it_made": (
        "package-not-recorded",
        "package-older",
    ),
    "tests/test_verifying_packages.py::test_every_code_is_met": (
        *("package-contradiction", "package-element", "package-file-missing", "package-file-surplus"),
        *("package-format", "package-record", "package-structure", "package-unreadable"),
    ),
    "tests/records/test_record.py::test_an_altered_file_is_found": ("record-file-altered",),
    "tests/records/test_record.py::test_foreign_files_are_a_hint": ("record-file-foreign",),
    "tests/records/test_record.py::test_a_missing_file_is_found": ("record-file-missing",),
    "tests/records/test_record.py::test_one_writer_at_a_time_and_the_other_is_told_who": ("record-in-use",),
    "tests/records/test_record.py::test_links_are_found_and_not_followed": ("record-link",),
    "tests/records/test_record.py::test_no_record_is_an_error": ("record-missing",),
    "tests/test_issuing.py::test_the_record_of_another_report_is_not_written": ("record-of-another-report",),
    "tests/records/test_record.py::test_what_cannot_be_read_cannot_be_told": ("record-unreadable",),
    "tests/records/test_record.py::test_how_the_report_stands_to_its_record_is_a_hint": (
        "record-without-report",
        "report-changed-since",
    ),
    "tests/test_issuing.py::test_a_moment_without_its_zone_is_refused": ("wrong-moment",),
    "tests/test_codes.py::test_wrong_usage_is_named": ("wrong-usage",),
    "tests/verify/test_layout.py::test_what_cannot_be_read_is_told": ("layout-unreadable",),
    "tests/test_verifying.py::test_what_cannot_be_verified_is_refused": ("nothing-to-verify",),
    "tests/test_verifying.py::test_an_attached_report_with_errors_fails": ("source-unsound",),
    "tests/test_verifying.py::test_a_check_that_breaks_off_counts_as_failed_without_a_traceback": (
        "check-broke-off",
    ),
    "tests/test_verifying.py::test_a_check_that_fails_or_cannot_be_told_is_exit_code_6": ("cannot-be-told",),
    "tests/test_verifying.py::test_a_proof_that_cannot_be_made_stops_a_proven_build": ("proof-missing",),
    "tests/test_codes.py::test_a_bug_of_ours_is_named": ("internal-error",),
    "tests/test_codes.py::test_a_picture_that_may_not_be_read_is_named": ("picture-unreadable",),
    "tests/test_cli.py::test_findings_of_any_command_can_be_json": ("file-missing",),
    "tests/test_cli.py::test_kinds_are_listed_and_copied": ("name-taken",),
    "tests/test_cli.py::test_a_folder_of_kinds_or_fonts_must_be_there": ("not-a-folder",),
    "tests/test_cli.py::test_what_was_meant_is_named": (
        "unknown-argument",
        "unknown-choice",
        "unknown-code",
        "unknown-command",
    ),
    "tests/test_files.py::test_reading_refuses_what_is_no_file_and_what_is_too_large": (
        "file-too-large",
        "not-a-file",
    ),
    "tests/test_new.py::test_a_report_with_errors_can_begin_a_year_and_that_is_said": ("draft-of-unsound",),
    "tests/test_new.py::test_without_a_year_there_is_no_draft": ("draft-without-year",),
    "tests/test_new.py::test_what_cannot_be_taken_over_is_named": ("draft-part-left",),
    "tests/test_files.py::test_a_file_that_changed_meanwhile_is_not_overwritten": ("file-changed",),
    "tests/test_files.py::test_what_stands_in_the_way_is_named": ("name-too-long",),
    "tests/test_files.py::test_an_altered_output_stops_the_build": ("output-altered",),
    "tests/test_files.py::test_two_reports_of_one_name_do_not_share_a_folder": ("output-of-another-report",),
    "tests/test_files.py::test_a_folder_without_a_manifest_is_somebodys": ("output-unknown",),
    "tests/test_files.py::test_names_that_cannot_be_used_are_refused": ("unusable-name",),
    "tests/render/test_fonts.py::test_a_missing_font_stops_the_command_with_its_package": ("font-missing",),
    "tests/render/font/test_font_store.py::test_a_store_that_can_nowhere_be_written_stops_the_command": (
        "face-store-not-writable",
    ),
    "tests/render/font/test_faces.py::test_a_font_whose_outlines_cannot_be_read_is_named": (
        "font-unreadable",
    ),
    "tests/render/font/test_roles.py::test_a_malformed_declaration_is_the_kinds_fault": ("fonts-malformed",),
    "tests/render/test_grids.py::test_a_figure_that_fits_nowhere_is_a_finding_at_its_place": (
        "figure-too-wide",
    ),
    "tests/render/test_pdf.py::test_a_sheet_reaches_no_network_and_no_other_file": (
        "html-file-refused",
        "html-sheet-refused",
    ),
    "tests/render/test_html.py::test_a_sheet_with_markup_in_it_is_refused": ("html-sheet-markup",),
    "tests/render/test_pictures.py::test_a_picture_cut_short_is_damaged": ("picture-broken",),
    "tests/render/test_pictures.py::test_other_formats_are_not_taken_whatever_they_are_called": (
        "picture-format",
    ),
    "tests/render/test_pictures.py::test_nothing_outside_the_folder_is_read_not_even_through_links": (
        "picture-outside",
    ),
    "tests/render/test_pictures.py::test_a_file_beyond_the_limit_is_not_read": ("picture-too-large",),
    "tests/render/test_pictures.py::test_a_decompression_bomb_is_judged_by_its_head": (
        "picture-too-many-pixels",
    ),
    "tests/verify/template/test_lint.py::test_faults_of_one_kind_beyond_twenty_are_counted": (
        "template-more",
    ),
    "tests/render/test_page_checks.py::test_a_page_that_is_not_whole_is_refused": ("html-malformed",),
    "tests/render/test_docx.py::test_a_text_that_did_not_arrive_is_noticed": ("word-text-lost",),
    "tests/verify/test_conformance.py::test_a_folder_with_a_file_too_many_or_too_few_is_told": (
        "file-not-recorded",
        "output-missing",
    ),
    "tests/verify/test_conformance.py::test_a_manifest_that_is_none_is_told": ("manifest-unreadable",),
    "tests/verify/test_conformance.py::test_a_link_to_a_file_that_is_gone_is_told": ("html-link-broken",),
    "tests/verify/test_conformance.py::test_a_pdf_of_others_without_its_source_is_told": ("pdf-no-source",),
    "tests/verify/test_conformance.py::test_a_program_that_gives_no_answer_is_told": ("proof-failed",),
    "tests/verify/test_word_breaks.py::test_the_spacing_of_single_letters_is_found": ("word-direct-spacing",),
    "tests/verify/test_word_breaks.py::test_a_break_inside_a_paragraph_is_found": ("word-forced-break",),
    "tests/verify/test_word_breaks.py::test_a_text_cut_in_two_is_found": ("word-paragraph-split",),
    "tests/verify/test_embedded_fonts.py::test_what_is_foreign_or_missing_is_found": ("font-not-embedded",),
    "tests/verify/test_setting.py::test_every_code_has_its_fault": (
        *("line-differs", "line-face-differs", "line-place-differs", "line-word-only", "line-pdf-only"),
        *("page-count-differs", "page-size-differs", "page-begins-otherwise", "page-ends-otherwise"),
        *("page-looks-different", "word-file-refused", "pdf-not-set-beside"),
    ),
    "tests/verify/test_setting.py::test_many_differences_are_counted_and_pages_shown_side_by_side": (
        "lines-more-differ",
    ),
    "tests/verify/test_setting.py::test_rows_that_libreoffice_loses_are_set_again_and_that_is_said": (
        "office-drops-cells",
    ),
    "tests/verify/test_setting.py::test_reports_of_random_texts_have_the_same_lines": ("line-full",),
    "tests/verify/test_setting.py::test_a_libreoffice_that_fails_leaves_the_question_open": (
        "word-file-not-set",
    ),
    "tests/test_building.py::test_a_font_from_outside_the_chain_is_not_released": ("foreign-font",),
    "tests/test_building.py::test_a_character_without_a_font_is_found_at_its_place": ("glyph-missing",),
    "tests/test_building.py::test_an_input_that_changes_meanwhile_stops_the_release": ("input-changed",),
    "tests/verify/test_twins.py::test_many_differences_are_counted": ("twin-more-differences",),
    "tests/test_building.py::test_an_output_the_kind_has_not_is_wrong_usage": ("unknown-format",),
    "tests/test_building.py::test_a_folder_without_a_font_that_can_be_used_is_told": ("own-fonts-unused",),
    "tests/test_correcting.py::test_nothing_changed_is_nothing_to_correct": ("nothing-to-correct",),
    "tests/test_correcting.py::test_a_reason_can_be_printed": ("reason-unusable",),
    "tests/test_correcting.py::test_a_report_taken_back_has_its_notice_and_takes_nothing_more": (
        "report-withdrawn",
    ),
    "tests/test_correcting.py::test_a_superior_may_say_who_approves_what": ("approval-missing",),
    "tests/test_correcting.py::test_next_years_report_is_named_when_it_needs_the_same": (
        "next-year-differs",
    ),
    "tests/test_correcting.py::test_next_years_report_that_has_the_figure_already_is_a_hint": (
        "next-year-agrees",
    ),
    "tests/test_correcting.py::test_figures_in_force_are_followed_too": ("next-year-follows",),
    "tests/test_remaking.py::test_other_bytes_by_the_same_versions_are_not_written": ("remade-differs",),
    "tests/verify/test_witness.py::test_a_package_holds_the_ledger_of_its_day": (
        "witness-later",
        "witness-contradicts",
    ),
    "tests/verify/test_witness.py::test_a_file_that_says_nothing_leaves_the_answer_open": ("witness-silent",),
    "tests/test_diff.py::test_what_cannot_be_compared_is_told": ("unknown-revision",),
    "tests/test_building.py::test_an_epoch_that_is_none_is_wrong_usage": ("wrong-epoch",),
}
"""Tests that meet the codes which `validate` alone cannot show."""
FAULTED = {fault.code for fault in all_faults()}
"""Codes met by documents broken on purpose."""
COVERED = {code: test for test, codes in ELSEWHERE.items() for code in codes}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
@pytest.mark.slow
def test_a_wrong_report_prints_what_is_expected(
    case: Path, update_golden: bool, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    code = cli.run(("validate", case.as_posix()))
    out, err = capfd.readouterr()
    golden = case.with_suffix(".txt")
    if update_golden:
        golden.write_text(out, "utf-8")
    assert out == golden.read_text("utf-8")
    assert CODE.search(out)
    assert (code, err) == (1 if "错误[" in out else 0, "")


IN_JSON = (
    "figures/application-row-total",
    "figures/changchun-bureau-2023",
    "figures/hongze-district-2023",
    "prose/wrong-places",
    "review/across-years",
    "review/waived",
    "review/waivers",
    "shape/everything-at-once",
    "source/encoding-gbk",
    "source/many-mistakes",
    "text/marks",
)
"""Cases whose JSON is kept too: related places, reasons, places after wide characters, whole files."""


@pytest.mark.parametrize("case", IN_JSON)
def test_a_wrong_report_gives_the_json_that_is_expected(
    case: str, update_golden: bool, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    golden = Path("fixtures/invalid", f"{case}.json")
    cli.run(("validate", golden.with_suffix(".yaml").as_posix(), "--format", "json"))
    out, err = capfd.readouterr()
    if update_golden:
        golden.write_text(out, "utf-8")
    assert out == golden.read_text("utf-8")
    assert err == ""


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_json_says_what_the_text_says(
    case: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    cli.run(("validate", case.as_posix(), "--format", "json"))
    found = json.loads(capfd.readouterr().out)
    text = case.with_suffix(".txt").read_text("utf-8")
    told = [heading(finding) for finding in found if not is_explained(finding)]
    assert told == [line for line in text.splitlines() if CODE.search(line) and not line.startswith(" ")]
    for finding in found:
        assert list(finding) == [*FIELDS, *(["reason"] if "reason" in finding else [])]
        assert list(finding["location"]) == PLACE
        assert all(list(each) == ["location", "path", "note"] for each in finding["related"])
        assert is_explained(finding) or f"   建议: {shown(finding['hint'])}\n" in text or not finding["hint"]


FIELDS = ["code", "severity", "message", "location", "path", "related", "hint"]
PLACE = ["file", "line", "column", "end_line", "end_column"]
SEVERITIES = {"error": "错误", "warning": "警告", "hint": "提示"}


def is_explained(finding: dict[str, Any]) -> bool:
    """Whether a finding is only listed, for the office gave a reason."""
    return "reason" in finding and finding["severity"] == "hint"


def heading(finding: dict[str, Any]) -> str:
    """The first line that a finding of JSON has as a text."""
    place = finding["location"]
    where = f"{place['file']}:{place['line']}:{place['column']}" if place["line"] else place["file"]
    word = SEVERITIES[finding["severity"]]
    return f"{where}: {word}[{finding['code']}] {shown(finding['message'])}"


def test_expected_texts_all_have_their_report() -> None:
    texts = {path.relative_to(ROOT) for path in (ROOT / "fixtures/invalid").rglob("*.txt")}
    assert texts == {case.with_suffix(".txt") for case in CASES}


def test_no_code_is_uncovered() -> None:
    texts = (case.with_suffix(".txt").read_text("utf-8") for case in CASES)
    met = {code for text in texts for code in CODE.findall(text)}
    known = {code for catalogue in read_catalogues(()).values() for code in catalogue}
    assert met <= known
    assert sorted(known - met - FAULTED - set(COVERED)) == [], (
        "needs a case in fixtures/invalid, or a test named here"
    )
    assert sorted(met & set(COVERED)) == [], "has a case, needs no test named here"
    assert sorted(set(COVERED) - known) == [], "is no code"


@pytest.mark.parametrize("test", ELSEWHERE)
def test_the_tests_named_for_codes_meet_them(test: str) -> None:
    file, _, name = test.partition("::")
    text = (ROOT / file).read_text("utf-8")
    catalogue = {code: entry for codes in read_catalogues(()).values() for code, entry in codes.items()}
    assert f"def {name}(" in text
    for code in ELSEWHERE[test]:
        words = re.split(r"\{\w+\}", catalogue[code].message.zh)
        assert code in text or max(words, key=len) in text
