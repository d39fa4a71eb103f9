"""Numbers in texts: as digits, as Chinese numerals, and what is none that counts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.formats import chinese_numeral, thousands
from reportgen.model.review.figures.numerals import scan

COUNTERS = ("件", "条", "元", "人次", "次")


def values(text: str) -> list[tuple[str, str, str]]:
    return [
        (f"{numeral.value:f}", numeral.unit, numeral.bound)
        for numeral in scan(text, COUNTERS)
        if numeral.sense == "count"
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("共22件", "22", "件", ""),
        ("共１，０２３件", "1023", "件", ""),
        ("共1,023 件", "1023", "件", ""),
        ("二十二件", "22", "件", ""),
        ("比去年多六件", "6", "件", ""),
        ("两件", "2", "件", ""),
        ("一百零五条", "105", "条", ""),
        ("两百零五条", "205", "条", ""),
        ("超20万次", "200000", "次", "over"),
        ("1.2万人次", "12000", "人次", ""),
        ("3500余件", "3500", "件", "over"),
        ("近3500件", "3500", "件", "under"),
        ("约1亿元", "100000000", "元", "about"),
        ("7730.28万元", "77302800", "元", ""),
        ("不少于3条", "3", "条", "least"),
        ("30件以内", "30", "件", "most"),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, value: str, unit: str, bound: str) -> None:
    assert values(text) == [(value, unit, bound)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2023年",
            "二〇二三年",
            "1月31日",
            "〔2021〕30号",
            "第711号",
            "第五十条",
            "“十四五”",
            "三审三校",
            "一是",
        ),
        *(
            "（一）总体",
            "1.公开",
            "电话0879-0000000",
            "邮编666000",
            "xxgk2024@a.cn",
            "27%",
            "百分之二十七",
            "3-5件",
            "两会",
        ),
        *("数十件", "第3次", "每两次"),
    ],
)
def test_what_counts_nothing_is_left_alone(text: str) -> None:
    assert values(text) == []


@given(st.integers(0, 10**9))
def test_digits_thousands_and_chinese_numerals_mean_the_same(number: int) -> None:
    for written in (str(number), thousands(number), chinese_numeral(number)):
        (found,) = scan(f"共{written}件。", COUNTERS)
        assert (found.value, found.unit) == (Decimal(number), "件")


@given(st.text(alphabet="共12一十百万件条%年（）。，余近超第〔〕.、-" + "０９", max_size=60))
def test_any_text_is_read_in_order_and_without_overlap(text: str) -> None:
    last = 0
    for numeral in scan(text, COUNTERS):
        assert last <= numeral.start < numeral.end <= len(text)
        last = numeral.end
