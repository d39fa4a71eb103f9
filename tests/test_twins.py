"""Every fixture's Word file and PDF as one document: the same words and styles, the same lines and pages.

LibreOffice sets the Word file in the document's own faces, with the corrections of `tests/libreoffice.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from tests import documents
from tests.documents import FIXTURES, Document, make_document
from tests.fragments import Fragment, page_lines, read_fragments
from tests.page_transcripts import page_parts
from tests.surroundings import page_properties, pdf_properties, word_properties
from tests.word_transcripts import word_parts

document = documents.document

ASIDE = 4.0
"""How far apart, in pt, both ends of a piece may be: LibreOffice rounds the widths of Latin letters."""
APART = 5.0
"""How far apart baselines may be: LibreOffice sets letters 3 pt lower in their lines (of 12 pt type 4.6)."""
TABLE_TYPE = 9.0
ACROSS_ROWS = 200.0
"""The same of a label across rows where a page ends between these: each twin centres it in its own way."""
HALF_A_ROW = 11.0
"""The same of a figure: it stands in its own row, though LibreOffice shrinks the last row of a page."""
TOP = 104.0
"""Where the type area begins, from the top of the page."""
ROUNDING = 0.3
"""How exactly LibreOffice keeps the grid, in pt."""


@dataclass(frozen=True)
class Pair:
    """The pieces of lines of both twins, page by page."""

    word: list[list[Fragment]]
    pdf: list[list[Fragment]]


@pytest.fixture(scope="module")
def pair(document: Document) -> Pair:
    """The lines of both."""
    return pair_of(document)


def pair_of(document: Document) -> Pair:
    """The lines of both twins of a document."""
    return Pair(read_fragments(document.word_pdf), read_fragments(document.file("pdf")))


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
    check_furniture(read_fragments(document.file("pdf")), document.is_draft)


@pytest.mark.slow
def test_every_page_of_the_word_file_has_its_number_outside_and_a_draft_its_mark(
    document: Document, pair: Pair
) -> None:
    check_furniture(pair.word, document.is_draft)


def check_furniture(pages: list[list[Fragment]], draft: bool) -> None:
    """Below every page stands its number, on the right of odd ones, and above it the mark of a draft."""
    for number, page in enumerate(pages, 1):
        foot = [piece for piece in page if piece.size == 14]
        assert [piece.text for piece in foot] == ["—", str(number), "—"]
        edge = foot[-1].right if number % 2 else foot[0].left
        assert edge == pytest.approx(521.6 - 14 if number % 2 else 79.4 + 14, abs=1)
        assert {round(piece.base) for piece in foot} == {767}
        above = [piece.text for piece in page if piece.base < TOP]
        assert above == (["草稿"] if draft else [])


@pytest.mark.slow
def test_both_twins_have_the_same_pages(document: Document) -> None:
    sizes = []
    for file in (document.word_pdf, document.file("pdf")):
        with pypdfium2.PdfDocument(file) as pdf:
            sizes.append([tuple(round(side, 0) for side in page.get_size()) for page in pdf])
    assert sizes[0] == sizes[1]
    assert set(sizes[0]) == {(595, 842)}


@pytest.mark.slow
def test_both_twins_break_every_line_at_the_same_place(document: Document, pair: Pair) -> None:
    assert unmatched(pair) == []
    body = [[piece for piece in page if piece.size > TABLE_TYPE] for page in pair.word]
    lines, cells = sum(len(page_lines(page)) for page in body), sum(map(len, pair.word)) - sum(map(len, body))
    print(f"{document.name}: {len(body)} pages, {lines} lines and {cells} lines of cells are the same")


@pytest.mark.slow
@pytest.mark.parametrize("lines", [3, 8, 12, 14, 21])
def test_both_twins_break_pages_alike_wherever_pages_end(lines: int, tmp_path: Path) -> None:
    text = (FIXTURES / "suqian-city-2023.yaml").read_text("utf-8")
    longer = tmp_path / "longer.yaml"
    longer.write_text(text.replace("总体情况:\n", "总体情况:\n" + "  - 无。\n" * lines, 1), "utf-8")
    assert unmatched(pair_of(make_document(longer, tmp_path))) == []


def unmatched(pair: Pair) -> list[tuple[int, str, Fragment]]:
    """The pieces of lines that only one of the twins has on its page, in its place."""
    found = []
    for number, (word, pdf) in enumerate(zip(pair.word, pair.pdf, strict=True), 1):
        rest = list(pdf)
        for piece in word:
            other = nearest(piece, rest)
            if other is None:
                found.append((number, "Word", piece))
            else:
                rest.remove(other)
        found += [(number, "PDF", piece) for piece in rest]
    return found


def nearest(piece: Fragment, others: Iterable[Fragment]) -> Fragment | None:
    """The piece of the other twin with the same text at the same place."""
    near = [other for other in others if same_place(piece, other)]
    return min(near, key=lambda other: abs(other.base - piece.base), default=None)


def same_place(one: Fragment, other: Fragment) -> bool:
    """Whether two pieces are the same one of the document."""
    in_table = HALF_A_ROW if one.text.isdecimal() else ACROSS_ROWS
    apart = in_table if one.size == TABLE_TYPE else APART
    return (
        (one.text, one.size) == (other.text, other.size)
        and abs(one.left - other.left) < ASIDE
        and abs(one.right - other.right) < ASIDE
        and abs(one.base - other.base) < apart
    )


@pytest.mark.slow
def test_lines_of_text_stand_on_the_grid_in_both(document: Document, pair: Pair) -> None:
    pitch, size = (float(document.kind.layout["grid"][key]) for key in ("pitch", "size"))
    for pages, rounding in ((pair.pdf, 0.01), (pair.word, ROUNDING)):
        steps = [step for page in pages for step in steps_of(page, size)]
        assert len(steps) > 20
        assert all(min(step % pitch, -step % pitch) < rounding for step in steps)


def steps_of(page: list[Fragment], size: float) -> Iterator[float]:
    """The distances between neighbouring lines of running text."""
    inside = [piece for piece in page if piece.base > TOP]
    for one, next_one in pairwise(inside):
        if one.size == next_one.size == size and next_one.base - one.base > 1:
            yield next_one.base - one.base
