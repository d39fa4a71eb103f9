"""What is read back from the documents."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.verify.outline import Outline, html_outline, word_outline
from reportgen.verify.parity import compare_outlines, compare_pages, furniture_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(body: str) -> bytes:
    """The least of a Word file."""
    target = BytesIO()
    with ZipFile(target, "w") as package:
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
    return target.getvalue()


def paragraph(*runs: str) -> str:
    """A paragraph of runs."""
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def test_paragraphs_and_cells_of_a_word_file_come_in_order() -> None:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('甲')}</w:tc><w:tc>{paragraph('1')}</w:tc></w:tr></w:tbl>"
    body = paragraph("一、", "总体") + table + paragraph() + paragraph(" 二 &amp; ")
    assert word_outline(word_file(body)) == ("一、总体", "甲", "1", "二 &")


@pytest.mark.parametrize(
    ("page", "outline"),
    [
        ("<p>一<b>二</b>三</p><p>四</p>", ("一二三", "四")),
        ("<h1><span class='line'>甲</span><span class='line'>乙</span></h1>", ("甲", "乙")),
        ("<table><caption>不印</caption><tr><th>项</th><td>1</td></tr></table>", ("项", "1")),
        ("<header><p>网上</p></header><main>纸上</main><svg><text>图</text></svg>尾", ("纸上", "尾")),
        ("<p>\n 甲\n 乙 </p><p> </p>", ("甲 乙",)),
        ("<p>甲　乙</p>", ("甲　乙",)),
    ],
)
def test_blocks_of_a_page_come_in_order(page: str, outline: Outline) -> None:
    assert html_outline(f"<html><head><title>t</title></head><body>{page}</body></html>") == outline


texts = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zs"), blacklist_characters="￾￿"), min_size=1)
outlines = st.lists(texts, max_size=6).map(tuple)


@given(outlines)
def test_equal_outlines_pass(outline: Outline) -> None:
    assert compare_outlines(outline, outline, "a.docx") == ()
    assert compare_pages(outline, ("".join(outline),), (), "a.pdf") == ()


@given(outlines, outlines)
def test_every_difference_is_found(one: Outline, other: Outline) -> None:
    findings = compare_outlines(one, other, "a.docx")
    assert bool(findings) == (one != other)
    assert all(finding.code == "twins-differ" for finding in findings)


def test_a_difference_is_shown_where_it_is() -> None:
    (finding,) = compare_outlines(("甲", "前" * 50 + "127件"), ("甲", "前" * 50 + "128件"), "a.docx")
    assert finding.arguments["number"] == "2"
    assert finding.arguments["word"].endswith("127件")
    assert finding.arguments["page"].endswith("128件")


def test_furniture_blanks_and_hyphens_of_pages_do_not_count() -> None:
    furniture = furniture_of({"page-number": "— {} —"}, "草稿")
    pages = ("草稿 第一段很\r\n长，直到 — 1 —", "草稿 第二页GB/T 9704\u00022012 — 2 —")
    assert compare_pages(("第一段很长，直到第二页", "GB/T 9704-2012"), pages, furniture, "a.pdf") == ()
    (finding,) = compare_pages(("第一段很长，直到第三页",), pages, furniture, "a.pdf")
    assert finding.code == "pdf-text-differs"


def test_words_in_another_order_are_found() -> None:
    assert compare_pages(("乙", "甲"), ("甲乙",), (), "a.pdf")
