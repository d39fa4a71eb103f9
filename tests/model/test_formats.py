"""Numbers and dates as they are printed, and read back."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model import formats
from reportgen.model.values import Date
from tests.model.writing import PATTERN, cell, unknown

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=6, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (22, "二十二"),
        (110, "一百一十"),
        (205, "二百零五"),
        (1010, "一千零一十"),
        (2050, "二千零五十"),
        (2500, "二千五百"),
        (10005, "一万零五"),
        (100000, "十万"),
        (100010, "十万零一十"),
        (1001000, "一百万一千"),
        (105000, "十万五千"),
        (10**8, "一亿"),
        (10**8 + 1000, "一亿零一千"),
        (10**8 + 10**7, "一亿一千万"),
        (12 * 10**12, "十二万亿"),
        (10**12 + 10**4, "一万亿零一万"),
        (9999999999999999, "九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九"),
        (-22, "负二十二"),
    ],
)
def test_chinese_numerals(number: int, text: str) -> None:
    assert formats.chinese_numeral(number) == text
    assert formats.parse_chinese_numeral(text) == number


@given(st.integers(min_value=1 - 10**16, max_value=10**16 - 1))
def test_chinese_numerals_read_back(number: int) -> None:
    assert formats.parse_chinese_numeral(formats.chinese_numeral(number)) == number


@given(st.text(alphabet="零一二三四五六七八九十百千万亿负〇两1", max_size=12))
def test_only_what_the_rules_write_is_a_numeral(text: str) -> None:
    number = formats.parse_chinese_numeral(text)
    assert number is None or formats.chinese_numeral(number) == text


@pytest.mark.parametrize("text", ["", "一十二", "二百五", "两百", "二〇二三", "一零", "万", "十亿万"])
def test_other_numerals_are_refused(text: str) -> None:
    assert formats.parse_chinese_numeral(text) is None


def test_numerals_end_before_ten_thousand_billion_billion() -> None:
    with pytest.raises(ValueError, match="10000000000000000"):
        formats.chinese_numeral(10**16)


@given(st.integers(min_value=0, max_value=10**9))
def test_chinese_years_read_back(year: int) -> None:
    assert formats.parse_chinese_year(formats.chinese_year(year)) == year


def test_a_year_is_spelt_with_round_zeros() -> None:
    assert formats.chinese_year(2003) == "二〇〇三"
    assert formats.parse_chinese_year("二零零三") is None
    assert formats.parse_chinese_year("") is None


@given(st.integers() | AMOUNTS)
def test_thousands_read_back(number: int | Decimal) -> None:
    text = formats.thousands(number)
    assert formats.parse_thousands(text) == number
    assert max(len(group) for group in text.lstrip("-").partition(".")[0].split(",")) <= 3


@pytest.mark.parametrize("text", ["1,02", "1023", ",123", "1,,023", "１,023", "", "1.2.3", "abc", "-"])
def test_other_thousands_are_refused(text: str) -> None:
    assert formats.parse_thousands(text) is None


@given(AMOUNTS, st.integers(min_value=0, max_value=6))
def test_rounding_is_that_of_decimal(number: Decimal, places: int) -> None:
    with localcontext() as context:
        context.prec = 60
        expected = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert str(formats.round_half_up(number, places)) == str(expected if expected else abs(expected))


@given(
    st.integers(min_value=0, max_value=10**9),
    st.integers(min_value=1, max_value=10**9),
    st.integers(min_value=0, max_value=6),
)
def test_percentages_are_rounded_half_up(part: int, whole: int, places: int) -> None:
    with localcontext() as context:
        context.prec = 60
        expected = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert formats.percent(part, whole, places) == f"{expected:f}%"


@pytest.mark.parametrize(
    ("part", "whole", "places", "text"),
    [(6, 22, 0, "27%"), (16, 22, 2, "72.73%"), (1, 200, 0, "1%"), (1, 8, 1, "12.5%"), (0, 7, 2, "0.00%")],
)
def test_percentages(part: int, whole: int, places: int, text: str) -> None:
    assert formats.percent(part, whole, places) == text


@given(AMOUNTS)
def test_finite_decimals_are_written_in_full(number: Decimal) -> None:
    text = formats.decimal_text(Fraction(number))
    assert text is not None
    assert Fraction(text) == Fraction(number)
    assert "E" not in text


def test_decimals_keep_what_was_written() -> None:
    assert formats.decimal_text(Decimal("18.8710")) == "18.8710"
    assert formats.decimal_text(Fraction(1, 3)) is None


@given(st.dates())
def test_dates_read_back(day: datetime.date) -> None:
    assert formats.parse_date(day.isoformat()) == Date(day.year, day.month, day.day)


def test_dates_are_printed_without_zeros() -> None:
    assert formats.date(Date(2024, 1, 5), PATTERN) == "2024年1月5日"


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2024-1-5", "20240105", "2024-W01-5", "二〇二四", "２024-01-05"]
)
def test_other_dates_are_refused(text: str) -> None:
    assert formats.parse_date(text) is None


def test_a_figure_is_printed_as_written() -> None:
    assert formats.figure(cell(Decimal("18.8710")), "待填") == "18.8710"
    assert formats.figure(unknown(), "待填") == "待填"
