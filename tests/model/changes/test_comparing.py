"""Two reports held against each other: nothing is missed or invented, and both sides see the same."""

from __future__ import annotations

import copy
import re
import time
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportgen.model.changes.change import LISTED, Change, Level, Sort, heaviest, inverse
from reportgen.model.changes.comparing import Side, compare
from reportgen.model.changes.sentences import differ, side
from reportgen.model.report import read_report
from tests.model.reports import FINAL, read

EVERYTHING = Path("fixtures/everything-2024.yaml")
LEFT_ALONE = ("种类", "状态", "机关类型", "审核要求", "核对说明", "类型", "文件", "列宽", "公文形式", "分页")
"""Keys whose value is a choice, a file, or no part of the document."""
MARK = "改"


@cache
def everything() -> str:
    """The report that has one of each thing."""
    return EVERYTHING.read_text("utf-8")


def sided(text: str) -> Side:
    """A report of a text."""
    loaded = read_report(text.encode(), EVERYTHING)
    assert loaded.report, loaded.diagnostics
    return Side(loaded.report)


def changes(old: str, new: str) -> tuple[Change, ...]:
    """What is other in a report of a text, checked from both sides."""
    one, other = sided(old), sided(new)
    found = compare(one, other)
    assert {repr(inverse(change)) for change in compare(other, one)} == set(map(repr, found))
    assert [LISTED.index(change.level) for change in found] == sorted(
        LISTED.index(change.level) for change in found
    )
    return found


def edited(*pairs: tuple[str, str], base: str = FINAL) -> tuple[Change, ...]:
    """What is other after stretches of a report were exchanged."""
    text = base
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return changes(base, text)


def only(*pairs: tuple[str, str], base: str = FINAL) -> Change:
    """The one change."""
    (change,) = edited(*pairs, base=base)
    return change


def test_a_report_is_equal_to_itself() -> None:
    assert changes(everything(), everything()) == ()


@pytest.mark.parametrize(
    "pair",
    [
        ("年度: 2023", "年度: 2023 # 注"),
        ("复议诉讼: {其余: 0}", "复议诉讼:\n  其余: 0\n  行政复议: {结果维持: 0}"),
    ],
)
def test_comments_layout_and_what_is_written_out_are_no_change(pair: tuple[str, str]) -> None:
    assert edited(pair) == ()


def test_remarks_for_reviewers_are_no_change() -> None:
    assert edited(("其他需要", "核对说明: [{代码: a, 理由: b}]\n其他需要")) == ()


def test_a_figure_has_its_official_term_and_its_totals_follow() -> None:
    base = FINAL.replace(
        "收到和处理申请: {其余: 0}", "收到和处理申请: {其余: 0, 本年新收: {自然人: 3}, 予以公开: {自然人: 3}}"
    )
    found = edited(("自然人: 3}}", "自然人: 2}, 部分公开: {自然人: 1}}"), base=base)
    made = [change for change in found if not change.follows]
    assert [(change.path, change.before, change.after, change.level) for change in made] == [
        ("收到和处理申请.予以公开.自然人", "3", "2", Level.FIGURE),
        ("收到和处理申请.部分公开.自然人", "0", "1", Level.FIGURE),
    ]
    assert made[0].term == "三、收到和处理政府信息公开申请情况／三、本年度办理结果／（一）予以公开／自然人"
    assert [(change.path, change.causes) for change in found if change.follows] == [
        ("收到和处理申请.予以公开.总计", ("收到和处理申请.予以公开.自然人",)),
        ("收到和处理申请.部分公开.总计", ("收到和处理申请.部分公开.自然人",)),
    ]


def test_a_date_has_the_line_it_stands_in() -> None:
    line = next(n for n, text in enumerate(FINAL.splitlines(), 1) if text.startswith("成文日期: "))
    date = FINAL.splitlines()[line - 1]
    change = only((date, "成文日期: 2031-01-09"))
    assert change.place.line == line


def test_a_total_of_totals_follows_from_what_was_entered() -> None:
    base = FINAL.replace("收到和处理申请: {其余: 0}", "收到和处理申请: {其余: 0, 予以公开: {自然人: 3}}")
    follows = {
        change.path: change.causes for change in edited(("人: 3", "人: 4"), base=base) if change.follows
    }
    assert follows.keys() == {
        "收到和处理申请.予以公开.总计",
        "收到和处理申请.总计.自然人",
        "收到和处理申请.总计.总计",
    }
    assert set(follows.values()) == {("收到和处理申请.予以公开.自然人",)}


def test_a_text_that_shows_a_figure_follows_from_it() -> None:
    base = FINAL.replace("全年工作平稳", "全年许可{{ 主动公开政府信息.行政许可 }}件").replace(
        "息: {其余: 0}", "息: {其余: 0, 行政许可: 8}"
    )
    figure, text = edited(("许可: 8", "许可: 9"), base=base)
    assert (figure.path, figure.follows) == ("主动公开政府信息.行政许可", False)
    assert (text.term, text.causes) == ("一、总体情况", ("主动公开政府信息.行政许可",))
    assert [(piece.mark, piece.text) for piece in text.pieces] == [
        (" ", "全年许可"), ("-", "8"), ("+", "9"), (" ", "件。"),
    ]  # fmt: skip


def test_a_figure_of_a_chart_follows_from_the_table_it_shows() -> None:
    found = edited(("网站: 1204", "网站: 1214"), base=everything())
    assert [change.path for change in found if not change.follows] == ["其他数据.公开渠道.网站"]
    chart = next(change for change in found if "图表" in change.term)
    assert (chart.term, chart.causes) == (
        "一、总体情况／图表“主动公开信息的渠道分布”／政府网站",
        ("其他数据.公开渠道.网站",),
    )


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [
        ("全年工作平稳。", "全年工作平稳！", Level.TYPO),
        ("全年工作平稳。", "全年工做平稳。", Level.TYPO),
        ("全年工作平稳。", "全年工作的平稳。", Level.TYPO),
        ("全年工作平稳。", "全年工作作平稳。", Level.TYPO),
        ("全年工作平稳。", "全年工作不平稳。", Level.WORDING),
        ("全年工作平稳。", "全月工作平稳。", Level.WORDING),
        ("全年工作平稳。", "全年工作平和。", Level.WORDING),
        ("全年工作平稳。", "全年工作更平稳。", Level.WORDING),
        ("全年工作平稳。", "全年作平稳。", Level.WORDING),
        ("全年工作平稳。", "全年各项工作平稳有序。", Level.WORDING),
        ("全年工作平稳。", "全年工作3项平稳。", Level.FIGURE),
        ("已逐月检查", "已检查两次", Level.FIGURE),
        ("成文日期: 2024-01-12", "成文日期: 2024-01-15", Level.FIGURE),
        ("机关: 某市某局", "机关: 某市某委", Level.WORDING),
        ("机关: 某市某局", "机关: 某市建设某局", Level.WORDING),
        ("总体情况: 全年工作平稳。", "总体情况: [全年工作平稳。, 又一段。]", Level.STRUCTURE),
        ("年度: 2023", "年度: 2023\n主送机关: 市政府", Level.STRUCTURE),
    ],
)
def test_what_changed_tells_how_much_it_weighs(old: str, new: str, level: Level) -> None:
    assert heaviest(edited((old, new))) is level


def test_the_unit_of_a_number_is_part_of_it() -> None:
    base = FINAL.replace("无。", "收取5元。")
    assert only(("5元", "5万元"), base=base).level is Level.FIGURE


def test_levels_are_ordered_and_figures_come_first_in_a_listing() -> None:
    assert Level.TYPO < Level.WORDING < Level.FIGURE < Level.STRUCTURE
    assert LISTED[0] is Level.FIGURE
    assert set(LISTED) == set(Level)


SECTIONS = "总体情况:\n" + "".join(
    f"  - 小标题: {title}\n    正文: {text}\n"
    for title, text in (
        ("主动公开", "网站公开信息若干，栏目更新及时。"),
        ("依申请公开", "申请渠道畅通，答复依法依规。"),
        ("监督保障", "组织培训，落实责任，考核合格。"),
    )
)
LONG = FINAL.replace("总体情况: 全年工作平稳。\n", SECTIONS)


def test_blocks_that_changed_places_are_moved() -> None:
    text = LONG.replace("  - 小标题: 主动公开\n    正文: 网站公开信息若干，栏目更新及时。\n", "")
    text = text.replace(
        "考核合格。\n", "考核合格。\n  - 小标题: 主动公开\n    正文: 网站公开信息若干，栏目更新及时。\n"
    )
    found = changes(LONG, text)
    assert {change.sort for change in found} == {Sort.MOVED}
    assert {change.before for change in found} == {change.after for change in found}
    assert {change.level for change in found} == {Level.STRUCTURE}


def test_a_text_that_left_its_sub_heading_has_moved_and_no_more() -> None:
    moved = "栏目更新及时，群众查阅方便，另有专人引导。"
    one = LONG.replace("正文: 网站公开信息若干，栏目更新及时。", f"正文: [网站公开信息若干。, {moved}]")
    other = one.replace(f", {moved}]", "]").replace(
        "更新不够及时，已逐月检查。", f"[更新不够及时，已逐月检查。, {moved}]"
    )
    assert one not in (LONG, other)
    assert [(change.sort, change.after) for change in changes(one, other)] == [(Sort.MOVED, moved)]


def test_a_paragraph_that_went_to_another_section_is_moved() -> None:
    moved = "一个足够长的段落，说明本机关的办理情况和有关安排，以便公众了解。"
    one = FINAL.replace("全年工作平稳。", f"[全年工作平稳。, {moved}]")
    other = FINAL.replace(
        "更新不够及时，已逐月检查。", f"[更新不够及时，已逐月检查。, {moved.replace('有关', '后续')}]"
    )
    (change,) = changes(one, other)
    assert (change.sort, change.path) == (Sort.MOVED, "存在的主要问题及改进[1]")
    assert [(piece.mark, piece.text) for piece in change.pieces if piece.mark != " "] == [
        ("-", "有关"),
        ("+", "后续"),
    ]


def test_what_follows_a_new_paragraph_is_not_changed() -> None:
    (change,) = edited(("总体情况:\n", "总体情况:\n  - 开头的一段。\n"), base=LONG)
    assert (change.sort, change.after, change.before) == (Sort.ADDED, "开头的一段。", "")


def test_a_picture_with_other_content_is_found() -> None:
    report = sided(everything())
    one, other = (Side(report.report, {"pictures/service-desk.png": digit * 64}) for digit in "ab")
    (change,) = compare(one, other)
    assert (change.level, change.sort) == (Level.STRUCTURE, Sort.CHANGED)
    assert change.term.endswith("文件")


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of the texts and figures that may be changed."""
    if path and path[-1] in LEFT_ALONE:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))
    elif isinstance(value, str) and not ("数据" in path and "{{" in value):  # else it is no figure any more
        yield path


def lists(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of the lists of more than one thing."""
    if path and path[-1] in LEFT_ALONE:
        return
    if isinstance(value, list) and len(value) > 1:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from lists(inner, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """What stands at a path."""
    for step in path:
        value = value[step]
    return value


def other_than(text: str) -> tuple[str, str]:
    """Another value of the same form, and what must be seen of it."""
    if text in ("是", "否"):
        return ("否", "否") if text == "是" else ("是", "是")
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return f"{text[:-1]}9", "9日"
    if text.replace(".", "", 1).isdigit():
        new = f"{text}5" if "." in text else str(int(text) + 1)
        return new, new
    return text + MARK, MARK


@cache
def tree() -> Any:
    """The report as plain lists and mappings."""
    return yaml.load(everything(), Loader=yaml.BaseLoader)


def written(value: Any) -> str:
    """The report of a tree."""
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**6))


LEAVES = tuple(leaves(tree()))
LISTS = tuple(lists(tree()))


@pytest.mark.slow
@settings(max_examples=len(LEAVES))
@given(st.sampled_from(LEAVES))
def test_every_single_edit_of_a_value_is_found(path: tuple[Any, ...]) -> None:
    value = copy.deepcopy(tree())
    parent, text = at(value, path[:-1]), at(value, path)
    first = parent["正文"][0] if path[-1] == "另起一行" else ""
    assume(isinstance(first, str))  # a heading over anything but a paragraph stands alone anyway
    parent[path[-1]], seen = other_than(text)
    loaded = read_report(written(value).encode(), EVERYTHING)
    assume(loaded.report)
    found = changes(written(tree()), written(value))
    assert any(seen in change.after for change in found), path


@pytest.mark.slow
@settings(max_examples=150)
@given(st.sampled_from(LISTS), st.sampled_from(("drop", "double", "swap")), st.data())
def test_every_single_edit_of_a_list_is_found(path: tuple[Any, ...], act: str, data: st.DataObject) -> None:
    value = copy.deepcopy(tree())
    items = at(value, path)
    here, there = (data.draw(st.integers(0, len(items) - 1)) for _ in "ab")
    assume(act != "swap" or items[here] != items[there])
    if act == "drop":
        del items[here]
    elif act == "double":
        items.insert(there, items[here])
    else:
        items[here], items[there] = items[there], items[here]
    assume(read_report(written(value).encode(), EVERYTHING).report)
    assert changes(written(tree()), written(value)), (path, act)


TEXTS = st.text("一二三公开信息。；，12 ", max_size=30)


@settings(max_examples=300)
@given(TEXTS, TEXTS)
def test_the_pieces_of_a_text_make_up_both_versions(before: str, after: str) -> None:
    pieces = differ(before, after)
    assert (side(pieces, "-"), side(pieces, "+")) == (before, after)
    assert all(one.mark != other.mark for one, other in pairwise(pieces))


def test_a_number_is_one_thing_and_a_sentence_stays_together() -> None:
    pieces = differ("收到123件。答复及时。", "收到129件。答复及时。")
    assert [(piece.mark, piece.text) for piece in pieces] == [
        (" ", "收到"), ("-", "123"), ("+", "129"), (" ", "件。答复及时。"),
    ]  # fmt: skip


def test_the_small_report_loads() -> None:
    assert read(FINAL).report


@pytest.mark.parametrize("text", ["字", "字。", "甲乙丙丁戊己庚辛", "a b ", "一；"])
def test_long_texts_do_not_take_for_ever(text: str) -> None:
    before, after = text * 40_000, text * 39_999 + "改" + text
    started = time.process_time()
    pieces = differ(before, after)
    assert (side(pieces, "-"), side(pieces, "+")) == (before, after)
    assert time.process_time() - started < 5


@pytest.mark.slow
def test_many_blocks_do_not_take_for_ever() -> None:
    blocks = "".join(f"  - 第{'一二三'[number % 3]}段。\n" for number in range(3000))
    one = FINAL.replace("总体情况: 全年工作平稳。\n", f"总体情况:\n{blocks}")
    other = one.replace("  - 第二段。\n", "  - 第四段。\n", 1).replace(
        "总体情况:\n", "总体情况:\n  - 新段。\n"
    )
    started = time.process_time()
    assert changes(one, other)
    assert time.process_time() - started < 20


@pytest.mark.slow
def test_wholly_other_blocks_do_not_take_for_ever() -> None:
    one, other = (
        FINAL.replace(
            "总体情况: 全年工作平稳。\n",
            "总体情况:\n"
            + "".join(f"  - {mark}{number}的段落，足够长，以便互相比较。\n" for number in range(1500)),
        )
        for mark in ("甲乙丙丁", "戊己庚辛壬癸")
    )
    started = time.process_time()
    assert changes(one, other)
    assert time.process_time() - started < 20
