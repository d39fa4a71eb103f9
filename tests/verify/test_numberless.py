"""Pages that bear no number: a letter's first, and 版记 with the empty page before it; no others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.verify.furniture import check_furniture
from reportgen.verify.numberless import numberless_pages
from reportgen.verify.subject import Subject
from reportgen.verify.twins import Readings
from tests.documents import FIXTURES, make_document
from tests.verify.faults.layout import LETTER, NUMBERED, edited, set_with

NUMBER = '@page {}{{@bottom-right{{content:"— 1 —"}}@bottom-left{{content:"— 1 —"}}}}'
FIELD = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>'


@pytest.fixture(scope="session")
def subject(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Subject]:
    """A report's documents as its build verifies them."""

    def made(source: Path) -> Subject:
        document = make_document(source, tmp_path_factory.getbasetemp() / "documents")
        contents = {form: document.content(form) for form in ("docx", "pdf")}
        names = {form: document.file(form).name for form in contents}
        return Subject(contents, names, document.kind.layout, document.made.report, document.fonts)

    return made


def found(subject: Subject) -> list[tuple[str, str]]:
    """The codes of what is wrong with numbers, each with its page."""
    checks = check_furniture(Readings(subject))
    wrong = [item for check in checks for item in check.diagnostics]
    return [(item.code, item.arguments.get("page", item.arguments.get("pages", ""))) for item in wrong]


@pytest.mark.parametrize(
    ("source", "pages"),
    [(LETTER, {1}), (NUMBERED, {5, 6}), (FIXTURES / "qingxi-township-2024.yaml", set())],
    ids=["letter", "document", "report"],
)
def test_right_documents_have_numbers_where_they_should(
    subject: Callable[[Path], Subject], source: Path, pages: set[int]
) -> None:
    right = subject(source)
    assert numberless_pages(right) == pages
    assert found(right) == []


@pytest.mark.parametrize(
    ("source", "page", "expected"),
    [
        (LETTER, ":first", [("page-number-differs", "1")]),
        (NUMBERED, "apart", [("page-number-differs", "5"), ("page-number-differs", "6")]),
    ],
    ids=["letter", "document"],
)
@pytest.mark.slow
def test_a_number_where_there_is_to_be_none_is_found(
    subject: Callable[[Path], Subject], source: Path, page: str, expected: list[tuple[str, str]]
) -> None:
    right = subject(source)
    wrong = set_with(NUMBER.format(page), source=source)(right.contents["pdf"])
    assert found(replace(right, contents={**right.contents, "pdf": wrong})) == expected


def test_a_number_under_the_imprint_of_a_word_file_is_found(subject: Callable[[Path], Subject]) -> None:
    right = subject(NUMBERED)
    broken = edited("word/footer1.xml", (r"<w:p>.*</w:p>", FIELD))(right.contents["docx"])
    wrong = replace(right, contents={**right.contents, "docx": broken})
    assert [code for code, _ in found(wrong)] == ["word-page-number-differs"]


def test_another_first_page_apart_than_that_of_a_letter_is_found(subject: Callable[[Path], Subject]) -> None:
    right = subject(LETTER)
    broken = edited("word/document.xml", (r'(.*<w:cols w:space="0"/>)', r"\1<w:titlePg/>"))
    wrong = replace(right, contents={**right.contents, "docx": broken(right.contents["docx"])})
    assert [code for code, _ in found(wrong)] == ["word-first-page-apart"]
