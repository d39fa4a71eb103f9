"""The check that lines are equal by rule: what forces a line, a page or a space is found in any Word file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.model.report import load_report
from reportgen.model.values import Heading, Paragraph
from reportgen.render.items import Item
from reportgen.render.package import read_package
from reportgen.verify.word_breaks import check_word_breaks, texts_of
from tests.render.word_cases import HERE, SIGNATURE, prose, render

FIXTURES = Path(__file__).parents[2] / "fixtures"
TEXT = "一段正文。</w:t>"


def found(old: str, new: str) -> list[tuple[str, str]]:
    """What is found when a stretch of markup is replaced: codes with paths."""
    package = read_package(render())
    markup = package.parts["word/document.xml"].decode()
    assert markup.count(old) == 1
    package.parts["word/document.xml"] = markup.replace(old, new).encode()
    return [(finding.code, finding.path) for finding in check_word_breaks(package.write(), "report.docx")]


def test_what_the_build_makes_has_nothing_forced() -> None:
    assert (
        check_word_breaks(render(SIGNATURE, draft=True, draft_mark=prose("草稿", "状态")), "report.docx")
        == ()
    )


@pytest.mark.parametrize(
    "new",
    [
        "一段</w:t><w:br/><w:t>正文。</w:t>",
        "一段</w:t><w:cr/><w:t>正文。</w:t>",
        "一段\n正文。</w:t>",
        "一段\u2028正文。</w:t>",
    ],
)
def test_a_break_inside_a_paragraph_is_found(new: str) -> None:
    assert found(TEXT, new) == [("word-forced-break", "甲")]


def test_a_page_break_in_a_run_is_found() -> None:
    assert found(TEXT, f'{TEXT}<w:br w:type="page"/>') == [("word-forced-break", "甲")]


@pytest.mark.parametrize(
    "letters", ['<w:spacing w:val="-3"/>', '<w:w w:val="95"/>', '<w:fitText w:val="900"/>']
)
def test_the_spacing_of_single_letters_is_found(letters: str) -> None:
    old = '<w:r><w:t xml:space="preserve">' + TEXT
    new = f'<w:r><w:rPr>{letters}</w:rPr><w:t xml:space="preserve">{TEXT}'
    assert found(old, new) == [("word-direct-spacing", "甲")]


def test_the_pitch_of_a_single_paragraph_is_found() -> None:
    markup = read_package(render()).parts["word/document.xml"].decode()
    start = markup.rindex('<w:pStyle w:val="BodyParagraph"/>', 0, markup.index(TEXT))
    old = markup[start : markup.index(TEXT)]
    assert found(old, old.replace("/>", '/><w:spacing w:line="570"/>', 1)) == [("word-direct-spacing", "甲")]


@pytest.fixture(scope="module")
def pieces() -> bytes:
    """A Word file in which a paragraph of the report was cut in two."""
    halves = tuple(Item("paragraph", "甲", text=prose(text, "甲")) for text in ("一段", "正文。"))
    return render(总体情况=halves)


def test_a_text_cut_in_two_is_found(pieces: bytes) -> None:
    report = load_report(FIXTURES / "qingxi-township-2024.yaml").report
    assert report is not None
    block = Paragraph(prose("一段正文。", "甲"), "甲")
    report = replace(report, values={"总体情况": (block,)})
    assert [(f.code, f.path) for f in check_word_breaks(pieces, "a.docx", report)] == [
        ("word-paragraph-split", "甲")
    ]
    assert check_word_breaks(render(), "a.docx", report) == ()


def test_texts_of_all_blocks_are_looked_at() -> None:
    inner = Paragraph(prose("二", "乙"), "乙")
    heading = Heading(prose("一", "甲"), (inner,), False, "甲")
    assert [text.path for text in texts_of((heading, HERE))] == ["甲", "乙"]
