from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.scalars import CHECKS, read_figure
from tests.model.reports import disclosure

WORDS = disclosure().vocabulary


def check(form: str, text: str | None, **schema: Any) -> tuple[str, dict[str, str]] | None:
    flaw = CHECKS[form](text, schema, WORDS)
    return None if flaw is None else (flaw.code, dict(flaw.arguments))


@pytest.mark.parametrize("text", ["0", "7", "1023", "999999999999999", "待填", None])
def test_counts_as_they_should_be(text: str | None) -> None:
    assert check("count", text) is None


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("012", "count-form", "12"),
        ("1,023", "count-form", "1023"),
        ("１２", "count-form", "12"),
        ("5.0", "count-form", "5"),
        ("1e3", "count-form", "1000"),
        ("二十", "count-form", "20"),
        ("22件", "count-form", "22"),
        ("5.5", "count-fraction", None),
        ("-3", "figure-negative", None),
        ("－3", "figure-negative", None),
        ("-", "count-unreadable", None),
        ("—", "count-unreadable", None),
        ("无", "count-unreadable", None),
        ("/", "count-unreadable", None),
        ("", "count-unreadable", None),
        ("{{ 年度 }}", "count-unreadable", None),
        ("1234567890123456", "figure-too-large", None),
    ],
)
def test_a_wrong_count_says_what_to_write(text: str, code: str, meant: str | None) -> None:
    found = check("count", text)
    assert found is not None
    assert found[0] == code
    assert found[1].get("meant") == meant


@pytest.mark.parametrize("text", ["0", "0.5", "18.8710", "59237.2449", "1.000000", "待填", None])
def test_amounts_as_they_should_be(text: str | None) -> None:
    assert check("amount", text) is None


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("1,234.50", "amount-form", "1234.50"),
        ("18.5万元", "amount-form", "18.5"),
        (".5", "amount-form", "0.5"),
        ("５.5", "amount-form", "5.5"),
        ("185000元", "amount-unreadable", None),
        ("1.0000001", "amount-decimals", None),
        ("-0.5", "figure-negative", None),
        ("1234567890123456.5", "figure-too-large", None),
        ("无", "amount-unreadable", None),
    ],
)
def test_a_wrong_amount_says_what_to_write(text: str, code: str, meant: str | None) -> None:
    found = check("amount", text, unit="万元")
    assert found is not None
    assert found[0] == code
    assert found[1].get("meant") == meant


@given(st.text(max_size=20))
def test_a_count_that_passes_is_the_number_it_spells(text: str) -> None:
    if check("count", text) is None and text != WORDS["unknown"]:
        assert str(read_figure(text)) == text


@given(st.text(max_size=20))
def test_an_amount_that_passes_keeps_its_decimals(text: str) -> None:
    if check("amount", text) is None and text != WORDS["unknown"]:
        assert str(read_figure(text)) == text


@pytest.mark.parametrize(
    ("form", "text", "code", "meant"),
    [
        ("year", "2023年度", "year-form", "2023"),
        ("year", "２０２３", "year-form", "2023"),
        ("year", "二〇二三年", "year-form", "2023"),
        ("year", "23", "year-unreadable", None),
        ("year", "待填", "gap-not-allowed", None),
        ("year", None, "value-missing", None),
        ("date", "2024年1月12日", "date-form", "2024-01-12"),
        ("date", "2024/1/12", "date-form", "2024-01-12"),
        ("date", "2024.01.12", "date-form", "2024-01-12"),
        ("date", "2024-1-12", "date-form", "2024-01-12"),
        ("date", "２０２４－０１－１２", "date-form", "2024-01-12"),
        ("date", "2024-02-30", "date-impossible", None),
        ("date", "2024年2月30日", "date-impossible", None),
        ("date", "2023-02-29", "date-impossible", None),
        ("date", "一月十二日", "date-unreadable", None),
        ("flag", "yes", "choice", None),
        ("flag", None, "value-missing", None),
        ("file", "/etc/passwd", "file-form", None),
        ("file", "C:\\a.yaml", "file-form", None),
        ("file", "https://example.gov.cn/a.yaml", "file-form", None),
        ("file", " ", "empty-text", None),
        ("text", "", "empty-text", None),
        ("text", "两行\n文字", "text-lines", None),
        ("rest", "5", "rest-value", None),
    ],
)
def test_other_forms(form: str, text: str | None, code: str, meant: str | None) -> None:
    found = check(form, text)
    assert found is not None
    assert found[0] == code
    assert found[1].get("meant") == meant


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("year", "2023"),
        ("date", "2024-02-29"),
        ("date", "待填"),
        ("date", None),
        ("flag", "是"),
        ("flag", "否"),
        ("file", "../2022/report.yaml"),
        ("text", "{{ 原样 }}"),
        ("text", "块文字的末行\n"),
        ("text", "待填"),
        ("text", None),
        ("rest", "0"),
        ("rest", "待填"),
        ("rest", None),
    ],
)
def test_other_forms_as_they_should_be(form: str, text: str | None) -> None:
    assert check(form, text) is None


def test_a_choice_shows_what_is_allowed() -> None:
    assert check("text", "初稿", enum=["草稿", "定稿"]) == (
        "choice",
        {"value": "初稿", "allowed": "草稿、定稿"},
    )


def test_a_tab_inside_a_line_is_found() -> None:
    assert check("text", "某市\t发展局") == ("tab-in-text", {})
    assert check("text", "某市发展局\t") is None
