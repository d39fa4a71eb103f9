"""Where lines of running text may end on paper."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.render.line_ends import Column, cuts, with_line_ends, with_marks_parted

COLUMN = Column(Decimal("30.5"), Decimal(1), Decimal(2), lambda text: Decimal(len(text) + text.count("（")))
"""Thirty letters; the first line is one shorter."""
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
        ("Wi-Fi和-5", 'Wi-Fi和-<span class="turn"></span>5'),
        ("a<b", "a&lt;b"),
        ("", ""),
    ],
)
def test_a_latin_word_stays_whole_and_turns_after_a_hyphen_or_before_a_bracket(
    text: str, printed: str
) -> None:
    assert with_line_ends(text) == printed


@pytest.mark.parametrize("mark", ["-", "…", "）", "/", "."])
def test_marks_that_a_text_begins_with_after_a_heading_may_be_parted(mark: str) -> None:
    assert with_marks_parted(mark * 12 + "文") == with_line_ends(mark * 12 + "文")
    assert with_marks_parted(mark * 13 + "17:00（晚") == (
        f'{mark}<span class="turn"></span>' * 13 + '17:00<span class="turn"></span>（晚'
    )


def test_a_web_address_stays_whole_between_its_hyphens() -> None:
    printed = with_line_ends("见http://www.a-b.gov.cn/2023-12/a.html。")
    assert spans(printed) == ["http://www.a", "b.gov.cn/2023", "12/a.html"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("见" + "A" * 30, ["A" * 30]),
        ("A" * 30, ["A" * 29, "A"]),
        ("见" + "A" * 31, ["A" * 30, "A"]),
        ("A" * 31, ["A" * 29, "AA"]),
        ("（" + "A" * 61, ["A" * 27, "A" * 30, "AAAA"]),
        ("见（" + "A" * 60 + "）", ["A" * 28, "A" * 30, "AA"]),
        ("见" + "A" * 60 + "。", ["A" * 30, "A" * 29, "A"]),
        ("见/" + "A" * 30, ["/" + "A" * 29, "A"]),
    ],
)
def test_a_word_longer_than_a_line_ends_where_the_line_is_full(text: str, words: list[str]) -> None:
    assert spans(with_line_ends(text, COLUMN)) == words
    assert list(cuts(text, COLUMN)) == [
        text.index(words[0]) + sum(map(len, words[:count])) for count in range(1, len(words))
    ]


def spans(printed: str) -> list[str]:
    """What stays together."""
    return re.findall('<span class="whole">([^<]*)</span>', printed)


@given(st.text(ALPHABET, max_size=40))
def test_the_words_stay_as_they_are(text: str) -> None:
    printed = with_line_ends(text * 9, COLUMN)
    assert unescape(re.sub(r"</?span[^>]*>", "", printed)) == text * 9
    assert printed.count("<span") == printed.count("</span>")
