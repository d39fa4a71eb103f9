"""The page of a paragraph where the Word file marks none: near the one it has in the PDF."""

from __future__ import annotations

import re
from itertools import count

import pypdfium2
import pytest

from reportgen.edited.reading import read_copy
from tests import documents
from tests.absorbing.copies import Copy, element, letters_of, text_run
from tests.absorbing.test_absorbing import absorbed, paragraph_with, word

document = documents.document


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.slow
def test_a_guessed_page_is_that_of_the_pdf_or_the_next_to_it(document: documents.Document) -> None:
    with pypdfium2.PdfDocument(document.content("pdf")) as pdf:
        pages = [squeezed(page.get_textpage().get_text_bounded()) for page in pdf]
    found = []
    for paragraph in read_copy(document.content("docx")).paragraphs:
        said = squeezed(paragraph.text)[:12]
        real = [number for number, page in zip(count(1), pages, strict=False) if said in page]
        if paragraph.page and len(said) > 10 and len(real) == 1:
            found.append(abs(paragraph.page - real[0]))
    assert len(found) > 10
    assert max(found) <= 1
    assert sum(found) <= len(found) / 2


def test_what_is_told_names_its_page() -> None:
    copy = Copy(word())
    copy.add(paragraph_with(copy, "2025年1月10日"), "日期后面的话。")
    copy.remove(paragraph_with(copy, "本年度未发出收费通知"))
    copy.replace(paragraph_with(copy, "行政许可"), 0, 2, "政务")
    told = [finding.message() for finding in absorbed(copy).diagnostics]
    assert len(told) == 3
    assert all(re.search("约第[1-4]页", message) for message in told)
    assert "（约第4页）" in next(message for message in told if "日期后面" in message)


def test_pages_that_the_file_marks_are_believed() -> None:
    copy = Copy(word())
    for said in ("（一）主动公开", "（二）依申请公开"):
        run = text_run("")
        run.insert(0, element("lastRenderedPageBreak"))
        paragraph_with(copy, said).insert(1, run)
    copy.replace(paragraph_with(copy, "行政许可"), 0, 2, "政务")
    (told,) = absorbed(copy).diagnostics
    assert "（第3页）" in told.message()
    assert letters_of(paragraph_with(copy, "政务许可")) == "政务许可"
