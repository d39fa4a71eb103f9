"""Texts become prose: expressions at their places, lines as they are meant, gaps kept apart."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Severity
from reportgen.model.names import Names
from reportgen.model.prose import (
    LONGEST_PARAGRAPH,
    MOST_FINDINGS,
    evaluate_figure,
    evaluate_paragraphs,
    evaluate_prose,
    plain_prose,
)
from reportgen.model.values import UNKNOWN, Date, Mark, Segment, State
from tests.amount import tried
from tests.model.writing import PATTERN, cell, codes, marked, names, scalar, unknown


def data(**more: Any) -> Names:
    figures = {"列": 7, "空": unknown(), "未核": cell(5, State.UNCHECKED)}
    return names(表=figures, 机关="某{{ 1 }}局", 日期=Date(2024, 1, 2), 额=Decimal("18.8710"), 三=3, **more)


def prose(text: str) -> str:
    result, findings = evaluate_prose(scalar(text), "正文", data())
    assert codes(findings) == []
    return str(result)


def paragraphs(text: str) -> list[str]:
    result, findings = evaluate_paragraphs(scalar(text), "正文", data())
    assert codes(findings) == []
    return [str(paragraph) for paragraph in result]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("k: 共{{ 表.列 }}件", "共7件"),
        ("k: 共{{表.列}}件、{{ 表.列 + 1 }}件", "共7件、8件"),
        ("k: '{{ 机关 }}'", "某{{ 1 }}局"),
        ("k: 于{{ 日期 }}印发", "于2024年1月2日印发"),
        ("k: 收费{{ 额 }}万元", "收费18.8710万元"),
        ("k: 收费{{ 额 + 1 }}万元", "收费19.871万元"),
        ("k: 占{{ 表.列 | 占比(14) }}", "占50%"),
        ("k: \"{% if a %}{# b #}{{ '{{' }}}\"", "{% if a %}{# b #}{{}"),
        ("k: A<B & C>D ]]> {x}", "A<B & C>D ]]> {x}"),
        ("k: 　　首行空两格　", "首行空两格"),
        ('k: "\\u00a0网页抄来的\\u2003\\u00a0"', "网页抄来的"),
        ("k: '{{ ''}}'' }}'", "}}"),
        ("k: 张　三 abc  def", "张　三 abc  def"),
    ],
)
def test_printed_prose(text: str, printed: str) -> None:
    assert prose(text) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("k: |\n  一行，\n  二行\n", ["一行，二行"]),
        ("k: |\n  一段\n\n  二段\n", ["一段", "二段"]),
        ("k: |-\n  一段\n  \n  \n  二段", ["一段", "二段"]),
        ("k: |\n  　　一段\n  　　二段\n", ["一段", "二段"]),
        ("k: |\n  some words\n  go on 和\n  中文 x\n", ["some words go on 和中文 x"]),
        ("k: |\n  共\n  {{ 表.列 }}\n  件\n", ["共7件"]),
        ("k: |\n  公开了A\n  {{ 表.列 }}\n", ["公开了A7"]),
        ("k: >\n  一行，\n  二行 a\n  b\n\n  二段\n", ["一行，二行 a b", "二段"]),
        ("k: 一行，\n  二行 和 空\n\n  二段\n", ["一行，二行 和 空", "二段"]),
        ("k: '一行，\n  二行'", ["一行，二行"]),
        ('k: "一行，\n  二行\\\n  三行"', ["一行，二行三行"]),
        ('k: "一段\\n二段"', ["一段", "二段"]),
        ("k: |\n  算{{ 表.列\n  + 1 }}件\n", ["算8件"]),
    ],
)
def test_lines_and_paragraphs(text: str, printed: list[str]) -> None:
    assert paragraphs(text) == printed


def test_paragraphs_have_places_of_their_own() -> None:
    text = "k: |\n  一段\n\n  二段{{ 表.列 }}\n"
    first, second = evaluate_paragraphs(scalar(text), "正文[0]", data())[0]
    assert (first.path, second.path) == ("正文[0]", "正文[0]#2")
    assert (first.location.line, second.location.line, second.location.column) == (2, 4, 3)
    assert (first.computed, second.computed) == (False, True)
    assert second.source == "二段{{ 表.列 }}"


def test_marks() -> None:
    text = "k: 甲{{ 表.列 }}乙{{ 表.空 + 1 }}丙{{ 表.未核 + 1 }}丁{{ 待填 }}"
    result, findings = evaluate_prose(scalar(text), "正文", data())
    assert result.segments == (
        Segment("甲7乙"),
        Segment("待填", Mark.GAP),
        Segment("丙"),
        Segment("6", Mark.UNCHECKED),
        Segment("丁"),
        Segment("待填", Mark.GAP),
    )
    assert [(finding.code, marked(text, finding)) for finding in findings] == [("prose-gap", "待填")]


@pytest.mark.parametrize("text", ["k: 待填", "k:", "k: ''", "k: |\n\n"])
def test_a_text_to_be_filled_in_is_a_gap(text: str) -> None:
    result, findings = evaluate_prose(scalar(text), "正文", data())
    assert result.segments == (Segment("待填", Mark.GAP),)
    assert codes(findings) == ["prose-gap"]
    assert findings[0].level is Severity.WARNING


def test_a_gap_in_a_final_is_an_error() -> None:
    _, findings = evaluate_prose(scalar("k: 待填"), "正文", Names({}, "待填", PATTERN, is_final=True))
    assert findings[0].level is Severity.ERROR


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("k: 共{{ 表.烈 }}件", "unknown-name", "烈"),
        ("k: '它''说{{ 表.烈 }}'", "unknown-name", "烈"),
        ('k: "\\u5171\\"{{ 表.烈 }}"', "unknown-name", "烈"),
        ("k: |\n  一行\n  二行{{ 表.烈 }}\n", "unknown-name", "烈"),
        ("k: >\n  一行\n  二行{{ 表.烈 }}\n", "unknown-name", "烈"),
        ("k: 一行\n  二行{{ 表.烈 }}\n", "unknown-name", "烈"),
        ("k: 共{{ 表 }}件", "name-of-group", "表"),
        ("k: 共{{ 表.列 件", "expression-unclosed", "{{"),
        ("k: 共{{ 表.列 件{{ 表.列 }}", "expression-unclosed", "{{"),
        ("k: 共{{ 表。列 }}", "expression-character", "。"),
        ("k: 共{{ }}", "expression-empty", "{{ }}"),
        ("k: 共{{ " + "列" * 1000 + " }}", "expression-too-long", "{{"),
        ("k: 共{{- 表.列 }}", "expression-unavailable", "{{-"),
        ("k: 共{{ 表.列 -}}", "expression-unavailable", "-}}"),
        ("k: 共{{ 1 / 3 }}件", "endless-decimals", "{{ 1 / 3 }}"),
        ("k: 共{{ 表.列 > 3 }}件", "result-unprintable", "{{ 表.列 > 3 }}"),
        ("k: 共｛｛ 表.列 }", "odd-braces", "｛｛"),
        ("k: 共{ { 表.列 }", "odd-braces", "{ {"),
        ("k: 共{ 表.列 }件", "odd-braces", "{ 表.列 }"),
        ("k: 共{表.列|千分位}件", "odd-braces", "{表.列|千分位}"),
        ("k: 共表.列 }}件", "odd-braces", "}}"),
        ("k: 一\u00a0二", "odd-blank", "\u00a0"),
        ('k: "一\\t二"', "tab-in-text", "\\t"),
        ("k: " + "字" * (LONGEST_PARAGRAPH + 1), "paragraph-too-long", "字" * (LONGEST_PARAGRAPH + 1)),
    ],
)
def test_findings_and_their_places(text: str, code: str, place: str) -> None:
    _, findings = evaluate_prose(scalar(text), "正文", data())
    assert [(finding.code, marked(text, finding), finding.path) for finding in findings] == [
        (code, place, "正文")
    ]


def test_everything_is_found_at_once() -> None:
    text = "k: 一{{ 甲 }}二{{ 表.列 + }}三{{ 表 }}四{{ 1 / 0 }}五{{ 表.列"
    _, findings = evaluate_prose(scalar(text), "正文", data())
    expected = [
        "unknown-name",
        "expression-syntax",
        "name-of-group",
        "division-by-zero",
        "expression-unclosed",
    ]
    assert codes(findings) == expected


def test_one_paragraph_where_one_is_wanted() -> None:
    text = "k: |\n  一段\n\n  二段\n"
    result, findings = evaluate_prose(scalar(text), "正文", data())
    assert str(result) == "一段二段"
    assert [(finding.code, marked(text, finding)) for finding in findings] == [("one-paragraph", "二段")]


def test_fields_without_expressions_print_as_they_are() -> None:
    assert str(plain_prose(scalar("k: '{{ 表.列 }}'"), "附件")) == "{{ 表.列 }}"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("k: '{{ 表.列 + 1 }}'", 8),
        ("k: '{{ 额 }}'", Decimal("18.8710")),
        ("k: '{{ 7 / 2 }}'", Decimal("3.5")),
    ],
)
def test_figures(text: str, figure: object) -> None:
    assert evaluate_figure(scalar(text), "数据", data()) == (figure, ())


def test_an_unknown_figure_is_unknown() -> None:
    assert evaluate_figure(scalar("k: '{{ 表.空 }}'"), "数据", data()) == (UNKNOWN, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("k: '{{ 表.列 }}件'", "figure-not-single"),
        ("k: '{{ 表.列 }}{{ 表.列 }}'", "figure-not-single"),
        ("k: '{{ 表.列 | 占比(14) }}'", "not-a-number"),
        ("k: '{{ 1 / 3 }}'", "endless-decimals"),
        ("k: '{{ 表.列 > 3 }}'", "not-a-number"),
        ("k: '{{ 表.烈 }}'", "unknown-name"),
    ],
)
def test_figures_that_are_none(text: str, code: str) -> None:
    figure, findings = evaluate_figure(scalar(text), "数据", data())
    assert figure is None
    assert codes(findings) == [code]


STYLES: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "single": lambda text: "'" + text.replace("'", "''") + "'",
    "double": lambda text: '"' + "".join(f"\\u{ord(c):04x}" if c in '错\\"' else c for c in text) + '"',
    "literal": lambda text: "|\n  " + text,
    "folded": lambda text: ">-\n  " + text,
    "indented": lambda text: "|2\n  " + text,
    "dumped": lambda text: yaml.safe_dump(text, width=20).rstrip("\n").removesuffix("..."),
}
WORDS = st.lists(
    st.sampled_from(["一", "件", "，", "a", "7", "{{ 表.列 }}", "“", "%", "　字"]), max_size=12
).map("".join)


@given(st.sampled_from(sorted(STYLES)), WORDS, WORDS)
def test_a_misspelt_name_is_found_where_it_stands_under_every_style(
    style: str, before: str, after: str
) -> None:
    text = f"k: {STYLES[style](f'始{before}{{{{ 表.错 }}}}{after}终')}\n"
    _, findings = evaluate_prose(scalar(text), "正文", data())
    assert codes(findings) == ["unknown-name"]
    assert yaml.safe_load(f'"{marked(text, findings[0])}"') == "错"


@tried(300)
@given(st.text(alphabet="甲表.列 +-(){}%#'|，\n\u3000\t", max_size=60))
def test_any_text_is_read(text: str) -> None:
    quoted = 'k: "' + text.replace("\n", "\\n").replace("\t", "\\t") + '"'
    value = scalar(quoted)
    assert value.text == text
    result, findings = evaluate_paragraphs(value, "正文", data())
    assert result
    assert len(findings) <= MOST_FINDINGS
    assert "\n" not in "".join(str(paragraph) for paragraph in result)


@pytest.mark.slow
def test_expressions_of_a_report_are_counted() -> None:
    known = data()
    text = "k: 共" + "{{1}}" * 6000
    assert codes(evaluate_prose(scalar(text), "正文", known)[1]) == []
    assert codes(evaluate_prose(scalar(text), "正文", known)[1]) == ["too-many-expressions"]
