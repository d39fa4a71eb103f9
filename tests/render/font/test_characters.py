from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.render.font.characters import common_characters, full_width_characters, parse_ranges


def test_the_common_characters_are_the_hanzi_of_gb2312_with_the_symbols_fonts_have() -> None:
    hanzi = [code for code in common_characters() if 0x4E00 <= code <= 0x9FFF and chr(code) != "〇"]
    assert len(hanzi) == 6763
    assert set(map(ord, "—·…“”‘’×÷°℃‰〔〕《》①⑽Ⅳ㎡〇№")) <= common_characters()


def test_no_private_character_and_no_ascii_is_common() -> None:
    assert not [code for code in common_characters() if 0xE000 <= code <= 0xF8FF or code < 0xA0]


def test_pinyin_letters_keep_their_width_and_symbols_take_an_em() -> None:
    assert set(map(ord, "—·…“”×÷°℃‰①，。（）")) <= full_width_characters()
    assert full_width_characters().isdisjoint(map(ord, "āáǎàüê"))


@given(st.sets(st.integers(0, 0x10FFFF), max_size=30))
def test_ranges_hold_exactly_what_they_name(codes: set[int]) -> None:
    assert parse_ranges([f"{code:04X}" for code in codes]) == codes


def test_a_range_holds_both_ends() -> None:
    assert parse_ranges(["0041-0043", "00A0"]) == {0x41, 0x42, 0x43, 0xA0}


@pytest.mark.parametrize("text", ["", "x", "0043-0041", "110000", "-5", "0041-"])
def test_anything_else_is_no_range(text: str) -> None:
    with pytest.raises(ValueError, match=r"no range|invalid literal"):
        parse_ranges([text])
