"""Every fixture's documents as they are expected: words, cells, lines of pages, properties, pictures."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from reportgen.verify.glyphs import read_glyphs
from reportgen.verify.lines import read_pages, text_of
from tests import documents
from tests.documents import FORMS, NAMES, Document
from tests.expectations import GOLDEN, Expectations
from tests.page_transcripts import page_parts
from tests.surroundings import described
from tests.transcripts import written
from tests.word_transcripts import word_parts

document = documents.document
TEXTS = ("around.txt", "pages.txt", "text.txt")
SCALE = 40 / 72
"""40 dots per inch: a line that moves by half a millimetre is seen."""


@pytest.fixture
def expected(document: Document, tmp_path: Path, update_golden: bool) -> Expectations:
    """What is kept of the fixture."""
    return Expectations(GOLDEN / document.name, tmp_path, update_golden)


def test_both_twins_say_what_is_expected(document: Document, expected: Expectations) -> None:
    word, page = document.content("docx"), document.content("html")
    expected.text("text.txt", written(word_parts(word, document.kind.layout)))
    expected.text("text.txt", written(page_parts(page, document.kind.layout)))


def test_every_page_holds_the_expected_lines(document: Document, expected: Expectations) -> None:
    lines = [
        line
        for page in read_pages(read_glyphs(document.content("pdf")))
        for line in (f"—— 第{page.number}页 ——", *map(text_of, page.lines))
    ]
    expected.text("pages.txt", "\n".join((*lines, "")))


def test_around_the_text_stands_what_is_expected(document: Document, expected: Expectations) -> None:
    word, pdf, page = (document.content(form) for form in FORMS)
    expected.text("around.txt", described(word, pdf, page, document.kind.layout))


def test_the_pages_of_the_pdf_look_as_expected(document: Document, expected: Expectations) -> None:
    expected.pictures("pdf", pictures_of(document.file("pdf")))


@pytest.mark.slow
def test_the_pages_of_the_word_file_look_as_expected(document: Document, expected: Expectations) -> None:
    expected.pictures("word", pictures_of(document.word_pdf))


def test_nothing_expected_is_left_over(document: Document, expected: Expectations) -> None:
    wanted = {*TEXTS, *(f"{side}-{n}.png" for side in ("pdf", "word") for n in pages_of(document))}
    found = {path.name for path in expected.folder.iterdir()}
    for name in found - wanted if expected.update else ():
        (expected.folder / name).unlink()
    assert expected.update or found == wanted


def test_expected_files_are_few_and_small() -> None:
    assert {folder.name for folder in GOLDEN.iterdir()} == {*NAMES, "printed"}  # what commands print
    sizes = {path: path.stat().st_size for path in GOLDEN.rglob("*") if path.is_file()}
    assert sum(sizes.values()) < 1_000_000
    assert max(sizes.values()) < 30_000


def pages_of(document: Document) -> range:
    """The numbers of a document's pages."""
    with pypdfium2.PdfDocument(document.file("pdf")) as pdf:
        return range(1, len(pdf) + 1)


def pictures_of(pdf: Path) -> list[Image.Image]:
    """A picture of each page."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [page.render(scale=SCALE).to_pil() for page in opened]
