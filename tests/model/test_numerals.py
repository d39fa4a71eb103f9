from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.numerals import plain_number


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("012", "12"),
        ("000", "0"),
        ("1,023", "1023"),
        ("１，０２３", "1023"),
        ("2 000", "2000"),
        ("１２", "12"),
        ("+5", "5"),
        ("5.0", "5.0"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("1.25E1", "12.5"),
        ("22件", "22"),
        ("二十二", "22"),
        ("一万零三", "10003"),
        ("二〇二三", "2023"),
    ],
)
def test_digits_are_read_from_what_people_write(written: str, meant: str) -> None:
    assert plain_number(written) == meant


@pytest.mark.parametrize(
    "written", ["", "-3", "1,02", "abc", "0x1f", "待填", "无", "—", "2万", "3元", "1e99", "9" * 40]
)
def test_what_is_not_clear_is_not_guessed(written: str) -> None:
    assert plain_number(written) is None


def test_only_the_unit_of_the_figure_is_left_out() -> None:
    assert plain_number("18.5万元", "万元") == "18.5"
    assert plain_number("185000元", "万元") is None


@given(st.integers(0, 10**12))
def test_thousands_separators_and_full_width_digits_change_nothing(number: int) -> None:
    assert plain_number(f"{number:,}") == str(number)
    assert plain_number(str(number).translate({ord("0") + n: ord("０") + n for n in range(10)})) == str(
        number
    )


@given(st.text(max_size=40))
def test_what_comes_back_is_always_a_plain_number(text: str) -> None:
    number = plain_number(text)
    assert number is None or (number.isascii() and number.replace(".", "", 1).isdecimal())
