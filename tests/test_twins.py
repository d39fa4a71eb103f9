"""Every fixture's Word file and PDF as one document: the same words and styles, the same lines and pages.

LibreOffice sets the Word file in the document's own faces.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from reportgen import build
from reportgen.render.fonts import load_fonts
from reportgen.render.glyphs import characters_of
from reportgen.verify.glyphs import read_glyphs
from reportgen.verify.libreoffice import set_pages
from reportgen.verify.lines import Page, read_pages
from reportgen.verify.setting import NAMES, compare_setting
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, Verdict
from tests import documents
from tests.documents import FIXTURES, Document
from tests.page_transcripts import page_parts
from tests.surroundings import page_properties, pdf_properties, word_properties
from tests.word_transcripts import word_parts

document = documents.document

TOP = 104.0
BOTTOM = 742.7
"""Where the type area begins and ends, from the top of the page."""
ROUNDING = 0.3
"""How exactly LibreOffice keeps the grid, in pt."""


def word_pages(document: Document) -> tuple[Page, ...]:
    """The pages of the Word file as LibreOffice sets them."""
    return read_pages(read_glyphs(document.word_pdf.read_bytes()))


def pdf_pages(document: Document) -> tuple[Page, ...]:
    """The pages of the PDF."""
    return read_pages(read_glyphs(document.content("pdf")))


@pytest.fixture(scope="module")
def checks(document: Document) -> dict[str, Check]:
    """The checks of lines, pages and pictures, by name."""
    contents = {form: document.content(form) for form in ("docx", "pdf")}
    subject = Subject(contents, {form: f"{document.name}.{form}" for form in contents}, document.kind.layout)
    return {check.name: check for check in compare_setting(subject, document.word_pdf.read_bytes(), "")}


def test_the_word_file_and_the_page_are_the_same_paragraphs_and_cells(document: Document) -> None:
    word = word_parts(document.content("docx"), document.kind.layout)
    assert word == page_parts(document.content("html"), document.kind.layout)
    assert len(word) > 20


def test_all_three_files_say_the_same_of_themselves(document: Document) -> None:
    word = word_properties(document.content("docx"))
    assert word == pdf_properties(document.content("pdf"))
    assert word == page_properties(document.content("html"), word.date)
    assert bool(word.status) == document.is_draft


def test_every_page_of_the_pdf_has_its_number_outside_and_a_draft_its_mark(document: Document) -> None:
    check_furniture(pdf_pages(document), document)


@pytest.mark.slow
def test_every_page_of_the_word_file_has_its_number_outside_and_a_draft_its_mark(document: Document) -> None:
    check_furniture(word_pages(document), document)


NUMBERLESS = {"document-2024": (5, 6), "letter-2024": (1,)}
"""版记 with the empty page before it, and the first page of a letter (GB/T 9704-2012 7.5, 10.1)."""


def check_furniture(pages: tuple[Page, ...], document: Document) -> None:
    """Below every page stands its number, on the right of odd ones, and above it the mark of a draft."""
    for page in pages:
        foot = [piece for piece in page.pieces if piece.base > BOTTOM]
        if page.number in NUMBERLESS.get(document.name, ()):
            assert foot == []
            continue
        assert [piece.text for piece in foot] == ["—", str(page.number), "—"]
        edge = foot[-1].right if page.number % 2 else foot[0].left
        assert edge == pytest.approx(521.6 - 14 if page.number % 2 else 79.4 + 14, abs=1)
        assert {round(piece.base) for piece in foot} == {767}
        above = [piece.text for piece in page.pieces if piece.base < TOP]
        assert above == (["草稿"] if document.is_draft else [])


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_both_twins_have_the_same_lines_and_pages(
    name: str, document: Document, checks: dict[str, Check]
) -> None:
    check = checks[name]
    print(f"{document.name}: {check.summary.en}")
    assert check.diagnostics == ()
    assert check.verdict is Verdict.HOLDS


@pytest.mark.slow
def test_both_twins_break_pages_alike_wherever_pages_end(tmp_path: Path) -> None:
    places = (1, 3, 5, 8, 10, 12, 14, 21)
    assert_alike(*(with_text(tmp_path / f"longer-{lines}.yaml", "  - 无。\n" * lines) for lines in places))


MARKS = "，。、；：？！）】〕》”…"


@pytest.mark.slow
def test_both_twins_break_lines_alike_between_chinese_and_latin(tmp_path: Path) -> None:
    ends = [f"{mark}{word}年" for mark in MARKS for word in ("2024", "Word")]
    ends += ["电话0879-0000000", "010-12345转6", "No.5号", "A:24时", "1,234.5元", "文24-A文", "B/C类"]
    lines = [f"  - '{'文' * count}{end}文'\n" for end in ends for count in (22, 23, 24)]
    assert_alike(with_text(tmp_path / "report.yaml", "".join(lines)))


@pytest.mark.slow
def test_both_twins_break_long_tables_and_lists_of_attachments_alike(tmp_path: Path) -> None:
    rows = "".join(f"        - [{row}, 第{row}科室, '', ''{', 无' * (row % 2)}]\n" for row in range(1, 32, 2))
    table = f"  - 附表:\n      标题: 名称\n      表头: [序号, 单位, 件数, 比例, 说明]\n      行:\n{rows}"
    empty = "        - ['', '', '', '', '']\n"
    names = ", ".join(f"关于第{number}个事项的指南及其他需要一并说明的若干问题" for number in range(1, 12))
    end = f"附件: [{names}]\n盖章: 是\n"
    text = f"{table}{empty}  - 正文。\n"
    assert_alike(with_text(tmp_path / "report.yaml", text, end, "qingxi-township-2024"))


def with_text(report: Path, text: str, end: str = "", fixture: str = "suqian-city-2023") -> Path:
    """A report with this text at the head of its first section."""
    written = (FIXTURES / f"{fixture}.yaml").read_text("utf-8")
    report.write_text(written.replace("总体情况:\n", "总体情况:\n" + text, 1) + "\n" + end, "utf-8")
    return report


def assert_alike(*sources: Path) -> None:
    """The lines and pages of both twins of these reports are the same."""
    subjects = {source.stem: subject_of(source) for source in sources}
    report = next(iter(subjects.values())).report
    assert report
    text = "".join(map(characters_of, (subject.report for subject in subjects.values() if subject.report)))
    faces = load_fonts(report.kind.fonts).with_rare(text)
    made = set_pages({name: subject.contents["docx"] for name, subject in subjects.items()}, faces)
    for name, subject in subjects.items():
        assert [check.diagnostics for check in compare_setting(subject, made[name], "")] == [(), (), ()]


def subject_of(source: Path) -> Subject:
    """The Word file and the PDF of a report."""
    made = build(source, outputs=("docx", "pdf"))
    contents = {form: made.files[f"{source.stem}.{form}"] for form in ("docx", "pdf")}
    names = {form: f"{source.stem}.{form}" for form in contents}
    return Subject(contents, names, made.report.kind.layout, made.report)


@pytest.mark.slow
def test_lines_of_text_stand_on_the_grid_in_both(document: Document) -> None:
    pitch, size = (float(document.kind.layout["grid"][key]) for key in ("pitch", "size"))
    for pages, rounding in ((pdf_pages(document), 0.01), (word_pages(document), ROUNDING)):
        steps = [step for page in pages for step in steps_of(page, size)]
        assert len(steps) > 20
        assert all(min(step % pitch, -step % pitch) < rounding for step in steps)


def steps_of(page: Page, size: float) -> Iterator[float]:
    """The distances between neighbouring lines of running text."""
    inside = [piece for piece in page.pieces if piece.base > TOP]
    for one, next_one in pairwise(inside):
        if one.size == next_one.size == size and next_one.base - one.base > 1:
            yield next_one.base - one.base
