"""Where lines of running text may end on paper."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.render.line_ends import with_line_ends

ALPHABET = '文，。、；）〕》（〔12ab-.:,/·<&" 𬭎'


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("全年，2024件", "全年，2024件"),
        ("GB/T 9704", '<span class="whole">GB/T</span> 9704'),
        ("是否(A?B)", '是否<span class="whole">(A?B)</span>'),
        ("〉·文", '<span class="whole">〉·</span>文'),
        ("A·B", "A·B"),
        ("17:00（晚", '17:00<span class="turn"></span>（晚'),
        ("4%％", '4<span class="whole">%％</span>'),
        ("用】％", '用<span class="whole">】％</span>'),
        ("……％", '…<span class="whole">…％</span>'),
        ("No.5", 'No<span class="whole">.5</span>'),
        ("1,234.5", "1,234.5"),
        ("0879-0000000转801", '0879-<span class="turn"></span>0000000转801'),
        ("Wi-Fi和-5", "Wi-Fi和-5"),
        ("a<b", "a&lt;b"),
        ("", ""),
    ],
)
def test_a_latin_word_stays_whole_and_turns_after_a_hyphen_or_before_a_bracket(
    text: str, printed: str
) -> None:
    assert with_line_ends(text) == printed


def test_a_word_of_half_a_line_is_left_to_the_engine() -> None:
    text = "www.example.gov.cn/a/b"
    assert with_line_ends(f"{text}/{text}") == f"{text}/{text}"
    assert "whole" in with_line_ends(text)


def test_what_a_column_cannot_hold_is_left_to_the_engine() -> None:
    assert with_line_ends("见</b>(2024)1", Decimal(22)) == "见&lt;/b&gt;(2024)1"
    assert "whole" in with_line_ends("见GB/T", Decimal(22))


@given(st.text(ALPHABET, max_size=40))
def test_the_words_stay_as_they_are(text: str) -> None:
    printed = with_line_ends(text)
    assert unescape(re.sub(r"</?span[^>]*>", "", printed)) == text
    assert printed.count("<span") == printed.count("</span>")
