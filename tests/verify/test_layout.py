"""Layout is measured: right documents hold every number of the standard, each fault is found by its check."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.model.kind import load_layout
from reportgen.verify.glyphs import Glyph, read_glyphs
from reportgen.verify.layout import check_layout
from reportgen.verify.layout.lines import Line
from reportgen.verify.layout.page_number import digit_width
from reportgen.verify.lines import read_pages, text_of
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, Verdict
from tests import documents
from tests.documents import FIXTURES, Document, make_document
from tests.english import unspoken
from tests.verify.faults import Fault
from tests.verify.faults.conformance import part
from tests.verify.faults.layout import (
    COLOPHON_FAULTS,
    COMMON,
    FAULTS,
    JOINT_FAULTS,
    LETTER,
    LETTER_FAULTS,
    MASTHEAD_FAULTS,
    NUMBERED,
    SEALED,
    SEALED_FAULTS,
    SOURCE,
    style,
)
from tests.verify.strangers import stranger_word

pytestmark = pytest.mark.slow
document = documents.document


def subject_of(document: Document) -> Subject:
    """A built fixture as its build verifies it."""
    contents = {form: document.content(form) for form in ("docx", "pdf")}
    names = {form: document.file(form).name for form in contents}
    return Subject(contents, names, document.kind.layout, document.made.report, document.fonts)


def stranger(form: str, content: bytes) -> Subject:
    """A document of unknown origin."""
    return Subject({form: content}, {form: f"来文.{form}"}, load_layout())


def by_name(checks: tuple[Check, ...]) -> Mapping[str, Check]:
    return {check.name: check for check in checks}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Document]:
    """A report's documents, built once."""
    return lambda source: make_document(source, tmp_path_factory.getbasetemp() / "documents")


def test_every_fixture_holds_every_number_of_the_standard(document: Document) -> None:
    checks = check_layout(subject_of(document))
    assert [check.name for check in checks] == ["layout-word", "layout-pdf", "table-fit"]
    assert [str(found) for check in checks for found in check.diagnostics] == []
    assert {item.verdict for check in checks for item in check.measurements} == {Verdict.HOLDS}
    measured = {item.item.zh for check in checks for item in check.measurements}
    assert measured >= {
        "纸张宽度",
        "天头（上白边）",
        "每面行数",
        "行距",
        "公文标题的字号",
        "一级标题的字体",
        "署名右空",
    }


def test_every_fixture_holds_them_as_a_pdf_that_stands_alone(document: Document) -> None:
    both = subject_of(document)
    alone = replace(both, contents={"pdf": both.contents["pdf"]}, names={"pdf": both.names["pdf"]})
    checks = by_name(check_layout(alone))
    assert list(checks) == ["layout-pdf", "table-fit"]
    assert checks["layout-pdf"] == by_name(check_layout(both))["layout-pdf"]
    assert checks["layout-pdf"].verdict is Verdict.HOLDS


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_every_fixture_holds_them_for_a_stranger_too(document: Document, form: str) -> None:
    checks = check_layout(stranger(form, document.content(form)))
    assert [str(found) for check in checks for found in check.diagnostics] == []


def test_every_fixture_holds_them_as_libreoffice_sets_it(document: Document) -> None:
    found = [
        str(item)
        for check in check_layout(stranger("pdf", document.word_pdf.read_bytes()))
        for item in check.diagnostics
    ]
    assert found == []


@pytest.mark.parametrize(("widths", "measured"), [((7, 7), 0.5), ((7, 14), 1.0)])
def test_digits_of_a_page_number_are_as_wide_as_the_widest(widths: tuple[int, ...], measured: float) -> None:
    digits = tuple(Glyph("1", 100, 100 + width, 0, 14, "rg-song-own") for width in widths)
    dash = Glyph("—", 86, 100, 0, 14, "rg-song-own")
    assert digit_width(Line(1, 86, 114, 0, 14, "rg-song-own", "—11—", (dash, *digits, dash))) == measured


JOINT = ("江门市发展和改革局", "江门市财政局", "江门市人力资源和社会保障局", "江门市教育局", "江门市科技局")


@pytest.fixture(scope="module")
def joint(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The documents of a report of five organs, a seal to be put on each."""
    folder = tmp_path_factory.mktemp("joint")
    text = (FIXTURES / "qingxi-township-2024.yaml").read_text("utf-8")
    source = folder / "joint.yaml"
    source.write_text(f"{text.rstrip()}\n署名: [{', '.join(JOINT)}]\n盖章: 是\n", "utf-8")
    return make_document(source, folder)


def test_seals_of_a_joint_report_stand_in_rows(joint: Document) -> None:
    subject = subject_of(joint)
    alone = [stranger(form, subject.contents[form]) for form in ("docx", "pdf")]
    for known in (subject, *alone):
        checks = check_layout(known)
        assert [str(found) for check in checks for found in check.diagnostics] == []
    pages = read_pages(read_glyphs(subject.contents["pdf"]))
    lines = [text_of(line) for page in pages for line in page.lines]
    at = lines.index(f"{JOINT[0]}  {JOINT[1]}")
    assert lines[at + 1 : at + 3] == [f"{JOINT[2]}  {JOINT[3]}", JOINT[4]]


def test_a_row_of_seals_in_the_wrong_place_is_found(joint: Document) -> None:
    subject = subject_of(joint)
    moved = part(
        "word/document.xml",
        lambda xml: re.sub(rb'(<w:pStyle w:val="Signature"/>.*?w:right=")\d+', rb"\g<1>60", xml, count=1),
    )
    contents = {**subject.contents, "docx": moved(subject.contents["docx"])}
    check = by_name(check_layout(replace(subject, contents=contents)))["layout-word"]
    assert {found.code for found in check.diagnostics} == {"layout-signature"}


CASES = [
    *((SOURCE, fault) for fault in FAULTS),
    *((SEALED, fault) for fault in SEALED_FAULTS),
    *((NUMBERED, fault) for fault in (*MASTHEAD_FAULTS, *COLOPHON_FAULTS)),
    *((COMMON, fault) for fault in JOINT_FAULTS),
    *((LETTER, fault) for fault in LETTER_FAULTS),
]


@pytest.mark.parametrize(("source", "fault"), CASES, ids=lambda item: getattr(item, "name", ""))
def test_a_fault_is_found_by_its_check(built: Callable[[Path], Document], source: Path, fault: Fault) -> None:
    subject = subject_of(built(source))
    broken = {**subject.contents, fault.form: fault.breaks(subject.contents[fault.form])}
    check = by_name(check_layout(replace(subject, contents=broken)))[fault.check]
    assert fault.code in {found.code for found in check.diagnostics}
    assert unspoken(check) == []
    assert check.verdict is Verdict.FAILS
    for found in check.diagnostics:
        assert "{" not in found.message("zh") + found.message("en") + found.hint("zh") + found.hint("en")


def test_a_finding_tells_page_line_and_the_place_in_the_report(
    built: Callable[[Path], Document],
) -> None:
    fault = next(fault for fault in FAULTS if fault.name == "the body is 15 pt" and fault.form == "pdf")
    subject = subject_of(built(SOURCE))
    broken = replace(subject, contents={**subject.contents, "pdf": fault.breaks(b"")})
    found = by_name(check_layout(broken))["layout-pdf"].diagnostics
    size = next(item for item in found if item.code == "layout-size")
    assert size.path == "总体情况[0]"
    assert size.related[0].location.file == str(SOURCE)
    assert "第1页“2023年，我局" in size.message()


def test_a_colour_that_the_kind_chose_for_a_style_of_its_word_file_is_a_warning(
    built: Callable[[Path], Document],
) -> None:
    subject = subject_of(built(SOURCE))
    colour = style("Level1", '<w:spacing w:val="-5"/>', '<w:color w:val="C00000"/><w:spacing w:val="-5"/>')
    broken = {**subject.contents, "docx": colour(subject.contents["docx"])}
    check = by_name(check_layout(replace(subject, contents=broken)))["layout-word"]
    assert [(found.code, found.level.value) for found in check.diagnostics] == [("layout-color", "warning")]
    assert check.verdict is Verdict.HOLDS
    alone = by_name(check_layout(stranger("docx", broken["docx"])))["layout-word"]
    assert alone.verdict is Verdict.FAILS


def test_a_strangers_word_file_that_is_right_gives_no_finding() -> None:
    (check,) = check_layout(stranger("docx", stranger_word(right=True)))
    assert [str(found) for found in check.diagnostics] == []


def test_a_strangers_word_file_is_told_how_far_it_is_from_the_standard() -> None:
    (check,) = check_layout(stranger("docx", stranger_word(right=False)))
    levels = {found.code: found.level.value for found in check.diagnostics}
    assert {code for code, level in levels.items() if level == "warning"} == {"layout-notice"}
    assert {code.removeprefix("layout-") for code, level in levels.items() if level == "error"} == {
        *("margin", "area", "lines", "characters", "pitch", "size", "face", "color", "indent"),
        *("signature", "page-number", "page-number-place"),
    }


def test_a_kind_can_leave_a_measurement_out(built: Callable[[Path], Document]) -> None:
    subject = subject_of(built(SOURCE))
    standard = subject.layout["standard"]
    fewer = {name: item for name, item in standard["measurements"].items() if name not in ("pitch", "inside")}
    layout = {**subject.layout, "standard": {**standard, "measurements": fewer}}
    checks = check_layout(replace(subject, layout=layout))
    measured = {item.item.zh for check in checks for item in check.measurements}
    assert {check.verdict for check in checks} == {Verdict.HOLDS}
    assert "行距" not in measured
    assert "每面行数" in measured


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nnothing", b"PK\x03\x04nothing", b"\0" * 100])
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_what_cannot_be_read_is_told(form: str, content: bytes) -> None:
    (check,) = check_layout(stranger(form, content))
    assert check.verdict is Verdict.UNTOLD
    assert [found.code for found in check.diagnostics] == ["layout-unreadable"]


def test_nothing_is_measured_without_documents() -> None:
    assert check_layout(Subject({}, {}, load_layout())) == ()
