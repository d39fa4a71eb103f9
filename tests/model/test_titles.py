"""Titles are broken by sense into lines that rise and fall as the standard wants."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.kind import load_kind
from reportgen.model.titles import LONGEST, break_title, set_title, shape_of, split_by_sense
from reportgen.model.widths import text_width

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


@pytest.mark.parametrize("start", ["", "云屏市", "ABC"])
@pytest.mark.parametrize("count", [18, 20, 21, 34, 35, 41, 57])
def test_a_name_without_a_place_to_break_takes_a_good_shape_all_the_same(start: str, count: int) -> None:
    lines = broken(start + "甲" * count)
    widths = [text_width(line) for line in lines]
    assert "".join(lines) == start + "甲" * count + NAME
    assert max(widths) <= WIDTH
    assert shape_of(widths) == "good"


def test_a_stretch_broken_without_a_better_place_keeps_numbers_words_and_marks_together() -> None:
    lines = break_title(("甲《乙丙12345678》、ABCDEFGH丁、" * 4,), WORDS, WHOLES, WIDTH)
    text = "|".join(lines)
    assert all(mark not in text for mark in ("《|", "|》", "|、", "|。"))
    assert text.count("12345678") == text.count("ABCDEFGH") == 4


@pytest.mark.parametrize(
    ("widths", "shape"),
    [
        ([], "good"),
        ([20], "good"),
        ([9, 17], "good"),
        ([9, 17, 12], "good"),
        ([12, 12, 17], "good"),
        ([17, 17.1], "rectangle"),
        ([9, 9, 9], "rectangle"),
        ([17, 9, 12], "hourglass"),
        ([9, 17, 12, 13], "hourglass"),
    ],
)
def test_shapes_of_lines(widths: list[float], shape: str) -> None:
    assert shape_of(widths) == shape


def test_given_lines_that_fit_keep_their_shape_and_others_are_divided_together() -> None:
    hourglass = ("某市发展和改革局2023年", "政府信息", "公开工作年度报告")
    assert set_title(hourglass, WORDS, WHOLES, WIDTH) == hourglass
    lines = set_title(("云屏山自治县人力资源和社会保障局机关服务中心局", NAME), WORDS, WHOLES, WIDTH)
    assert shape_of([text_width(line) for line in lines]) == "good"


@given(st.text("市县区和局年工作政府信息公开甲乙丙12", min_size=1, max_size=60))
def test_nothing_is_lost_and_lines_fit_where_they_can(organ: str) -> None:
    lines = broken(organ)
    assert "".join(lines) == organ + NAME
    assert all(text_width(line) <= WIDTH for line in lines)


@given(st.lists(st.sampled_from(["甲乙市", "丙丁县", "戊局", "己庚辛委员会"]), min_size=1, max_size=8))
def test_lines_never_fall_and_rise_again(parts: list[str]) -> None:
    widths = [text_width(line) for line in broken("".join(parts))]
    rises = [second > first for first, second in pairwise(widths)]
    falls = [second < first for first, second in pairwise(widths)]
    assert not any(fall and any(rises[place + 1 :]) for place, fall in enumerate(falls))


def test_a_title_of_absurd_length_is_set_in_full_lines() -> None:
    lines = break_title(("甲市" * LONGEST, NAME), WORDS, WHOLES, WIDTH)
    assert "".join(lines) == "甲市" * LONGEST + NAME
    assert {text_width(line) for line in lines[:-2]} == {WIDTH}
