"""Titles are broken by sense into lines that rise and fall as the standard wants."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.kind import load_kind
from reportgen.model.widths import text_width
from reportgen.render.title import LONGEST, break_title, split_by_sense

TEXTS = load_kind("disclosure-annual").texts
WORDS, WHOLES = TEXTS["title-words"], TEXTS.get("title-wholes", ())
NAME = "2024年政府信息公开工作年度报告"
WIDTH = Decimal(20)


def broken(organ: str) -> tuple[str, ...]:
    return break_title((organ, NAME), WORDS, WHOLES, WIDTH)


@pytest.mark.parametrize(
    "organ", ["江门市发展和改革局", "宿迁市人民政府", "某省某市某某区住房和城乡建设局办公室"]
)
def test_given_lines_that_fit_are_kept(organ: str) -> None:
    assert broken(organ) == (organ, NAME)


def test_a_name_too_long_for_a_line_never_makes_an_hourglass() -> None:
    assert broken("云屏山彝族哈尼族拉祜族傣族自治县人力资源和社会保障局") == (
        "云屏山彝族哈尼族拉祜族傣族自治县",
        "人力资源和社会保障局2024年",
        "政府信息公开工作年度报告",
    )


def test_a_name_whose_middle_is_longest_makes_a_diamond() -> None:
    assert broken("新疆维吾尔自治区巴音郭楞蒙古自治州和硕县自然资源局") == (
        "新疆维吾尔自治区",
        "巴音郭楞蒙古自治州和硕县自然资源局",
        NAME,
    )


def test_two_lines_of_one_length_are_broken_otherwise() -> None:
    lines = broken("一二三四五六七八九十一二三四局")
    assert len({text_width(line) for line in lines}) > 1


def test_a_line_never_ends_inside_a_longer_word() -> None:
    assert split_by_sense("江门市市场监督管理局", ("市", "局"), ("市场",)) == ("江门市", "市场监督管理局")


def test_a_name_without_a_place_to_break_stays_whole() -> None:
    assert broken("甲" * 59) == ("甲" * 59, NAME)


@given(st.text("市县区和局年工作政府信息公开甲乙丙12", min_size=1, max_size=60))
def test_nothing_is_lost_and_lines_fit_where_they_can(organ: str) -> None:
    lines = broken(organ)
    assert "".join(lines) == organ + NAME
    atoms = {*split_by_sense(organ, WORDS, WHOLES), *split_by_sense(NAME, WORDS, WHOLES)}
    assert all(text_width(line) <= WIDTH or line in atoms or line in (organ, NAME) for line in lines)


@given(st.lists(st.sampled_from(["甲乙市", "丙丁县", "戊局", "己庚辛委员会"]), min_size=1, max_size=8))
def test_lines_never_fall_and_rise_again(parts: list[str]) -> None:
    widths = [text_width(line) for line in broken("".join(parts))]
    rises = [second > first for first, second in pairwise(widths)]
    falls = [second < first for first, second in pairwise(widths)]
    assert not any(fall and any(rises[place + 1 :]) for place, fall in enumerate(falls))


def test_a_title_of_absurd_length_is_left_alone() -> None:
    lines = ("甲市" * LONGEST, NAME)
    assert break_title(lines, WORDS, WHOLES, WIDTH) == lines
