"""Blocks of prose: what each kind holds, and what is wrong with one, at its place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Severity
from reportgen.model.blocks import read_attachments
from reportgen.model.values import (
    UNKNOWN,
    Chart,
    FreeTable,
    Heading,
    Mark,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
    Picture,
)
from tests.model.writing import KIND, WIDTH, blocks, codes, marked, names, read, unknown

KNOWN = names(数={"甲": 6, "乙": 16, "空": unknown()})


def only(text: str) -> Any:
    """The one block of a text that is right."""
    found, findings = blocks(text, KNOWN)
    assert codes(findings) == []
    (block,) = found
    return block


def test_a_text_is_a_paragraph() -> None:
    block = only("正文: 共{{ 数.甲 }}件")
    assert isinstance(block, Paragraph)
    assert (str(block.text), block.path) == ("共6件", "正文")


def test_an_empty_line_makes_two() -> None:
    found, findings = blocks("正文:\n  - |\n    一段\n\n    二段\n  - 三段\n")
    assert codes(findings) == []
    assert [block.path for block in found] == ["正文[0]", "正文[0]#2", "正文[1]"]


def test_a_heading_runs_into_its_text() -> None:
    block = only("正文:\n  - 小标题: 主动公开\n    正文: 共{{ 数.甲 }}件\n")
    assert isinstance(block, Heading)
    assert (str(block.title), block.run_in, block.path) == ("主动公开", True, "正文[0]")
    assert [str(inner.text) for inner in block.body if isinstance(inner, Paragraph)] == ["共6件"]
    assert block.title.path == "正文[0].小标题"
    assert block.body[0].path == "正文[0].正文"


@pytest.mark.parametrize(
    ("rest", "run_in", "count"),
    [
        ("", False, 0),
        ("\n    正文: [一, 二]", True, 2),
        ("\n    正文: 一\n    另起一行: 是", False, 1),
        ("\n    正文: 一\n    另起一行: 否", True, 1),
        ("\n    正文: [分页, 一]", False, 2),
    ],
)
def test_when_a_heading_runs_in(rest: str, run_in: bool, count: int) -> None:
    block = only(f"正文:\n  - 小标题: 题{rest}\n")
    assert (block.run_in, len(block.body)) == (run_in, count)


def test_headings_nest() -> None:
    block = only("正文:\n  - 小标题: 外\n    正文:\n      - 小标题: 内\n        正文: 字\n")
    assert isinstance(block.body[0], Heading)
    assert block.body[0].path == "正文[0].正文[0]"


def test_lists() -> None:
    block = only("正文:\n  - 列表:\n      - 甲{{ 数.甲 }}\n      - 项: 乙\n        列表: [丙, 丁]\n")
    assert isinstance(block, NumberedList)
    first, second = block.items
    assert (str(first.text), first.items, first.path) == ("甲6", (), "正文[0].列表[0]")
    assert [str(item.text) for item in second.items] == ["丙", "丁"]
    assert second.items[1].path == "正文[0].列表[1].列表[1]"


def test_charts() -> None:
    data = "数据: {网络: '{{ 数.甲 }}', 信函: 16.50, 其他: '{{ 数.空 }}'}"
    block = only(
        f"正文:\n  - 图表: {{类型: 饼图, 标题: 渠道, {data}, 单位: 件, 说明: '共{{{{ 数.甲 }}}}件'}}\n"
    )
    assert isinstance(block, Chart)
    assert (block.form, str(block.title), block.unit, str(block.alt)) == ("pie", "渠道", "件", "共6件")
    assert block.series[0].name == ""
    assert block.series[0].points == (("网络", 6), ("信函", Decimal("16.50")), ("其他", UNKNOWN))


def test_charts_of_several_series() -> None:
    data = "数据: {今年: {甲: 1, 乙: -2}, 去年: {甲: 3, 乙: 4}}"
    block = only(f"正文:\n  - 图表: {{类型: 折线图, 标题: 题, {data}, 说明: 说}}\n")
    assert [(row.name, row.points) for row in block.series] == [
        ("今年", (("甲", 1), ("乙", -2))),
        ("去年", (("甲", 3), ("乙", 4))),
    ]


def test_a_figure_still_to_come_is_a_gap_in_a_chart() -> None:
    found, findings = blocks("正文:\n  - 图表: {类型: 柱状图, 标题: 题, 数据: {甲: 待填, 乙: 1}, 说明: 说}\n")
    assert [(finding.code, finding.path) for finding in findings] == [("prose-gap", "正文[0].图表.数据.甲")]
    assert isinstance(found[0], Chart)
    assert found[0].series[0].points == (("甲", UNKNOWN), ("乙", 1))


def test_pictures() -> None:
    block = only("正文:\n  - 图片: {文件: 图/甲.png, 标题: 题, 说明: 说, 宽度: 100.5}\n")
    assert isinstance(block, Picture)
    assert (block.file, str(block.title), str(block.alt), block.width) == (
        "图/甲.png",
        "题",
        "说",
        Decimal("100.5"),
    )
    assert (block.location.line, block.path) == (2, "正文[0]")


def test_free_tables() -> None:
    text = "标题: 题, 表头: [甲, 乙], 行: [[1, '{{ 数.甲 }}'], ['', 待办]], 列宽: [50, 30], 注: [一, 二]"
    block = only(f"正文:\n  - 附表: {{{text}}}\n")
    assert isinstance(block, FreeTable)
    assert [[str(field) for field in row] for row in block.rows] == [["1", "6"], ["", "待办"]]
    assert block.widths == (Decimal(50), Decimal(30))
    assert [str(note) for note in block.notes] == ["一", "二"]
    assert block.rows[1][0].path == "正文[0].附表.行[1][0]"


@pytest.mark.parametrize("item", ["分页", "分页:", "分页: 是"])
def test_page_breaks(item: str) -> None:
    assert isinstance(only(f"正文:\n  - {item}\n"), PageBreak)


def test_a_quoted_word_is_a_paragraph() -> None:
    assert isinstance(only("正文:\n  - '分页'\n"), Paragraph)


def test_notes() -> None:
    assert isinstance(only("正文:\n  - 注: 一\n"), Note)
    found, _ = blocks("正文:\n  - 注: [一, 二]\n")
    assert [block.path for block in found] == ["正文[0].注[0]", "正文[0].注[1]"]


CHART = "类型: 饼图, 标题: 题, 说明: 说"


@pytest.mark.parametrize(
    ("item", "code", "place", "path"),
    [
        ("小标題: 题", "unknown-key", "小标題", "[0].小标題"),
        ("{小标题: 题, 正纹: 一}", "unknown-key", "正纹", "[0].正纹"),
        ("{小标题: 题, 图片: 一}", "unknown-key", "图片", "[0].图片"),
        ("{小标題: 题, 正文: 一}", "unknown-key", "小标題", "[0].小标題"),
        ("主动公开: {甲: 乙}", "unknown-key", "主动公开", "[0].主动公开"),
        ("正文: 一", "missing-key", "正文", "[0].小标题"),
        ("{}", "block-expected", "{", "[0]"),
        ("[一]", "block-expected", "[", "[0]"),
        ("存在的问题: 一是", "colon-in-text", "存在的问题", "[0]"),
        ("列表: [存在的问题: 一是]", "colon-in-text", "存在的问题", "[0].列表[0]"),
        ("小标题: （一）主动公开", "typed-number", "（一）", "[0].小标题"),
        ("小标题: 一、主动公开", "typed-number", "一、", "[0].小标题"),
        ("列表: [1.主动公开]", "typed-number", "1.", "[0].列表[0]"),
        ("列表: [{项: （1）甲}]", "typed-number", "（1）", "[0].列表[0].项"),
        ("列表: 一", "list-expected", "一", "[0].列表"),
        ("列表: []", "empty-list", "[", "[0].列表"),
        ("列表: [{列表: [一]}]", "missing-key", "列表", "[0].列表[0].项"),
        ("列表: [{项: 一, 列表: [{项: 二, 列表: [三]}]}]", "list-too-deep", "[", "[0].列表[0].列表[0].列表"),
        ("列表: [[一]]", "text-expected", "[", "[0].列表[0]"),
        ("小标题: [一]", "text-expected", "[", "[0].小标题"),
        ("{小标题: 题, 正文: {甲: 乙}}", "list-expected", "甲", "[0].正文"),
        ("{小标题: 题, 另起一行: 对}", "choice", "对", "[0].另起一行"),
        ("分页: 三", "choice", "三", "[0].分页"),
        ("图表: 一", "mapping-expected", "一", "[0].图表"),
        (f"图表: {{{CHART}}}", "missing-key", "图表", "[0].图表.数据"),
        ("图表: {类型: 圆图, 标题: 题, 说明: 说, 数据: {甲: 1}}", "choice", "圆图", "[0].图表.类型"),
        (f"图表: {{{CHART}, 数据: {{}}}}", "chart-categories", "{", "[0].图表.数据"),
        (f"图表: {{{CHART}, 数据: 一}}", "mapping-expected", "一", "[0].图表.数据"),
        (f"图表: {{{CHART}, 数据: {{甲: 6件, 乙: 1}}}}", "amount-form", "6件", "[0].图表.数据.甲"),
        (f"图表: {{{CHART}, 数据: {{甲: [1], 乙: 1}}}}", "text-expected", "[", "[0].图表.数据.甲"),
        (f"图表: {{{CHART}, 数据: {{甲: -6, 乙: 7}}}}", "chart-negative", "-6", "[0].图表.数据.甲"),
        (f"图表: {{{CHART}, 数据: {{甲: 0, 乙: 0}}}}", "chart-of-zeros", "甲", "[0].图表.数据"),
        (f"图表: {{{CHART}, 数据: {{甲: {{一: 1}}, 乙: {{一: 1}}}}}}", "chart-series", "甲", "[0].图表.数据"),
        (
            f"图表: {{{CHART}, 数据: {{{'长' * 21}: 1}}}}",
            "chart-label",
            "长" * 21,
            f"[0].图表.数据.{'长' * 21}",
        ),
        (
            "图表: {类型: 柱状图, 标题: 题, 说明: 说, 数据: {甲: {一: 1}, 乙: {二: 1}}}",
            "chart-labels",
            "乙",
            "[0].图表.数据.乙",
        ),
        (
            f"图表: {{{CHART}, 数据: {{甲: '{{{{ 数.错 }}}}', 乙: 1}}}}",
            "unknown-name",
            "错",
            "[0].图表.数据.甲",
        ),
        (
            "图表: {类型: 柱状图, 标题: 题, 说明: 说, 数据: {甲: {一: 1}, 乙: 2}}",
            "mapping-expected",
            "2",
            "[0].图表.数据.乙",
        ),
        (f"图表: {{{CHART}, 数据: {{甲: 1}}, 单位: [件]}}", "text-expected", "[", "[0].图表.单位"),
        (f"图表: {{{CHART}, 数据: {{甲: 1}}, 单位: ''}}", "empty-text", "''", "[0].图表.单位"),
        ("{小标题: 题, 另起一行: [是]}", "text-expected", "[", "[0].另起一行"),
        ("图片: {文件: [甲.png], 说明: 说}", "text-expected", "[", "[0].图片.文件"),
        ("图片: {文件: 甲.png}", "missing-key", "图片", "[0].图片.说明"),
        ("图片: {文件: /甲.png, 说明: 说}", "file-form", "/甲.png", "[0].图片.文件"),
        ("图片: {文件: 图/../../甲.png, 说明: 说}", "file-outside", "图/../../甲.png", "[0].图片.文件"),
        ("图片: {文件: 甲.png, 说明: 说, 宽度: 157}", "length-out-of-range", "157", "[0].图片.宽度"),
        ("图片: {文件: 甲.png, 说明: 说, 宽度: 0}", "length-out-of-range", "0", "[0].图片.宽度"),
        ("图片: {文件: 甲.png, 说明: 说, 宽度: 宽}", "length-out-of-range", "宽", "[0].图片.宽度"),
        ("附表: {表头: [甲, 乙], 行: [[1, 2], [3]]}", "free-table-row", "[", "[0].附表.行[1]"),
        ("附表: {表头: [甲], 行: [[1], 二]}", "list-expected", "二", "[0].附表.行[1]"),
        ("附表: {表头: [甲], 行: [[1]], 列宽: [1, 2]}", "free-table-widths", "[", "[0].附表.列宽"),
        (
            f"附表: {{表头: [{', '.join('甲' * 13)}], 行: [[{', '.join('1' * 13)}]]}}",
            "free-table-columns",
            "[",
            "[0].附表",
        ),
        ("附表: {表头: [甲], 行: [[{a: b}]]}", "text-expected", "a", "[0].附表.行[0][0]"),
        ("注: {甲: 乙}", "text-expected", "甲", "[0].注"),
    ],
)
def test_findings_and_their_places(item: str, code: str, place: str, path: str) -> None:
    text = f"正文:\n  - {item}\n"
    _, findings = blocks(text, KNOWN)
    assert [(finding.code, marked(text, finding), finding.path) for finding in findings] == [
        (code, place, f"正文{path}")
    ]


def test_headings_nest_two_deep() -> None:
    text = "正文:\n  - 小标题: 一\n    正文:\n      - 小标题: 二\n        正文:\n          - 小标题: 三\n"
    assert codes(blocks(text)[1]) == ["heading-too-deep"]


def test_tables_have_an_end() -> None:
    rows = "".join(f"        - [{number}]\n" for number in range(501))
    found, findings = blocks(f"正文:\n  - 附表:\n      表头: [甲]\n      行:\n{rows}")
    assert (found, codes(findings)) == ((), ["free-table-rows"])


def test_typed_numbers_only_warn() -> None:
    found, findings = blocks("正文:\n  - 小标题: （一）主动公开\n")
    assert findings[0].level is Severity.WARNING
    assert len(found) == 1


@pytest.mark.parametrize(
    "title", ["1.5倍增长", "一、二季度情况", "2023、2024年对比", "十四五规划", "（扩大）会议"]
)
def test_titles_that_only_look_numbered(title: str) -> None:
    assert codes(blocks(f"正文:\n  - 小标题: {title}\n")[1]) == []


def test_everything_is_found_at_once() -> None:
    text = "正文:\n  - 小标题: （一）甲\n    正文: 共{{ 错 }}件\n"
    text += "  - 图片: {文件: 甲.png}\n  - 附表: {表头: [甲], 行: [[1, 2]]}\n"
    expected = ["typed-number", "unknown-name", "missing-key", "free-table-row"]
    assert codes(blocks(text)[1]) == expected


def attachments(text: str) -> tuple[Any, Any]:
    entry = read(text).entries[0]
    return read_attachments(entry.value, entry.key.text, KIND["blocks"], KIND["vocabulary"], KNOWN, WIDTH)


def test_an_attachment_to_be_named_is_a_gap() -> None:
    found, findings = attachments("附件: [待填]")
    assert codes(findings) == ["prose-gap"]
    assert found[0].title.segments[0].mark is Mark.GAP


def test_attachments() -> None:
    found, findings = attachments("附件:\n  - '{{ 数.甲 }}'\n  - 标题: 指南\n    正文: 共{{ 数.甲 }}件\n")
    assert codes(findings) == []
    assert [(str(item.title), item.path, len(item.body)) for item in found] == [
        ("{{ 数.甲 }}", "附件[0]", 0),
        ("指南", "附件[1]", 1),
    ]
    assert str(found[1].body[0].text) == "共6件"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("附件:\n  - 正文: 一\n", "missing-key"),
        ("附件:\n  - \n", "value-missing"),
        ("附件: []\n", "empty-list"),
        ("附件: {甲: 乙}\n", "list-expected"),
        ("附件:\n  - [甲]\n", "mapping-expected"),
    ],
)
def test_attachments_at_fault(text: str, code: str) -> None:
    found, findings = attachments(text)
    assert found == ()
    assert codes(findings) == [code]


KEYS = [
    "小标题",
    "正文",
    "另起一行",
    "列表",
    "项",
    "图表",
    "类型",
    "数据",
    "标题",
    "说明",
    "图片",
    "文件",
    "附表",
    "表头",
    "行",
    "注",
    "分页",
]
LEAVES = st.sampled_from(
    ["一", "''", "是", "饼图", "6", "-1", "待填", "'{{ 数.甲 }}'", "'{{ 错 }}'", "甲.png", ""]
)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner.filter(bool), max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4).map(
            lambda entries: "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"
        )
    ),
    max_leaves=12,
)


@given(st.lists(TREES.filter(bool), min_size=1, max_size=3))
def test_any_tree_is_read(items: list[str]) -> None:
    text = "正文:\n" + "".join(f"  - {item}\n" for item in items)
    found, findings = blocks(text, KNOWN)
    assert found or findings
    lines = text.split("\n")
    for finding in findings:
        assert 2 <= finding.location.line <= len(lines)
        assert finding.path.startswith("正文[")
