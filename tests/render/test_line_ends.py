"""Where lines of running text may end on paper."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.render.line_ends import with_line_ends

ALPHABET = '文，。、；）〕》（〔12ab-.:,<&" 𬭎'


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("全年，2024件", '全年<span class="whole">，2</span>024件'),
        ("〔2021〕30号", '〔2021<span class="whole">〕3</span>0号'),
        ("A、B、C", 'A<span class="whole">、B</span><span class="whole">、C</span>'),
        ("，3，a", '<span class="whole">，3</span><span class="whole">，a</span>'),
        ("No.5", 'No<span class="whole">.5</span>'),
        ("1,234.5", "1,234.5"),
        ("；2024", "；2024"),
        ("0879-0000000转801", '0879-<span class="turn"></span>0000000转801'),
        ("Wi-Fi和-5", "Wi-Fi和-5"),
        ("a<b", "a&lt;b"),
        ("", ""),
    ],
)
def test_a_figure_stays_with_the_mark_before_it_and_a_number_turns_after_a_hyphen(
    text: str, printed: str
) -> None:
    assert with_line_ends(text) == printed


def test_a_stretch_of_half_a_line_is_left_to_the_engine() -> None:
    text = "、".join("1234567890")
    assert with_line_ends(f"{text}、{text}") == f"{text}、{text}"
    assert "whole" in with_line_ends(text)


@given(st.text(ALPHABET, max_size=40))
def test_the_words_stay_as_they_are(text: str) -> None:
    printed = with_line_ends(text)
    assert unescape(re.sub(r"</?span[^>]*>", "", printed)) == text
    assert printed.count("<span") == printed.count("</span>")
