"""Edits change in a YAML file what they say and nothing else: every comment and all layout stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.model import nodes
from reportgen.model.edits.edit import (
    Assign,
    Edit,
    Insert,
    InsertItem,
    MakeList,
    MoveItem,
    Remark,
    Remove,
    Replace,
    Transfer,
)
from reportgen.model.edits.editing import edit_file
from reportgen.model.edits.sheet import Sheet, Spot, read_sheet
from reportgen.model.misshapes import plain
from reportgen.model.source import read_source

FIXTURES = sorted(Path("fixtures").glob("*.yaml"))
TEXT = """\
# 报告
年度: 2023   # 四位
机关: '某市''局'
标题: "第一\\t行"
说明: |
  第一行
    缩进行
  第三行
长文: >-
  折叠的第一行
  第二行
空:
表: {甲: 1, 乙: {丙: 2}}  # 表注
列表:
  - 一，二
  # 注
  - 小标题: 名
    正文: 两行的
      平文字
  - [甲, 乙]
"""


def sheet_of(text: str) -> Sheet:
    sheet = read_sheet(text.encode())
    assert sheet
    return sheet


def stretch(text: str, path: tuple[Any, ...], start: int, end: int) -> Any:
    node = sheet_of(text).spots[path].node
    assert isinstance(node, nodes.Scalar)
    return node.locate(start, end)


def edited(text: str, *edits: Edit) -> str:
    result = edit_file(text.encode(), edits)
    assert result.refused == ()
    return result.data.decode()


def value(text: str) -> Any:
    root, _ = read_source(text.encode(), "")
    assert root
    return plain(root)


@pytest.mark.parametrize(
    ("path", "start", "end", "new", "line"),
    [
        (("列表", 0), 1, 2, "、", "  - 一、二"),
        (("列表", 0), 1, 1, ": ", "  - '一: ，二'"),
        (("列表", 0), 3, 3, "It's", "  - 一，二It's"),
        (("列表", 0), 3, 3, "It's: #1", "  - '一，二It''s: #1'"),
        (("列表", 2, 0), 1, 1, ",", "  - ['甲,', 乙]"),
        (("机关",), 1, 2, "'", "机关: '某''''局'"),
        (("机关",), 2, 3, "", "机关: '某市局'"),
        (("标题",), 0, 2, '"\\', '标题: "\\"\\\\\\t行"'),
        (("标题",), 2, 3, "\n", '标题: "第一\\n行"'),
        (("说明",), 0, 2, "首", "  首行"),
        (("说明",), 0, 2, "首\n次", "  首\n  次行"),
        (("长文",), 0, 2, "首", "  首的第一行"),
        (("列表", 1, "正文"), 2, 5, "", "    正文: 两行文字"),
    ],
)
def test_a_stretch_is_written_as_the_style_of_its_scalar_asks(
    path: tuple[Any, ...], start: int, end: int, new: str, line: str
) -> None:
    place = stretch(TEXT, path, start, end)
    after = edited(TEXT, Replace(place, new))
    assert f"\n{line}\n" in after
    assert "# 四位" in after


def test_a_line_break_that_is_removed_takes_its_indentation_along() -> None:
    place = stretch(TEXT, ("列表", 1, "正文"), 3, 4)
    assert "正文: 两行的平文字\n" in edited(TEXT, Replace(place, ""))


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (Assign(("年度",), "2024"), "年度: 2023 ", "年度: 2024 "),
        (Assign(("机关",), "it's"), "'某市''局'", "'it''s'"),
        (Assign(("空",), "待填"), "空:", "空: 待填"),
        (Assign(("表", "乙"), "0"), "{丙: 2}", "0"),
        (Assign(("列表",), "无"), TEXT[TEXT.index("列表:") :], "列表: 无\n"),
        (Assign(("说明",), "一\n二\n"), "|\n  第一行\n    缩进行\n  第三行\n", "|\n  一\n  二\n"),
        (Insert((), "状态", "草稿", "年度"), "# 四位\n", "# 四位\n状态: 草稿\n"),
        (Insert((), "首", "1"), "年度: 2023", "首: 1\n年度: 2023"),
        (Insert(("表",), "新", {"子": "1"}, "甲"), "甲: 1,", "甲: 1, 新: {子: 1},"),
        (Insert((), "尾", None, "列表"), "[甲, 乙]\n", "[甲, 乙]\n尾:\n"),
        (Insert((), "文", "- 甲: 乙", "空"), "空:\n", "空:\n文: '- 甲: 乙'\n"),
        (Remove(("表", "甲")), "甲: 1, ", ""),
        (Remove(("表", "乙")), ", 乙: {丙: 2}", ""),
        (Remove(("说明",)), TEXT[TEXT.index("说明") : TEXT.index("长文")], ""),
        (Remove(("列表", 0)), "  - 一，二\n", ""),
        (Remark(("列表", 1), "核对"), "  - 小标题", "  # 核对\n  - 小标题"),
        (Remark(("表",), "核对", beside=True), "# 表注", "# 表注  # 核对"),
        (Remark(("列表",), "核对", beside=True), "列表:\n", "列表:  # 核对\n"),
    ],
)
def test_keys_values_and_comments_are_written_in_their_place(edit: Edit, old: str, new: str) -> None:
    assert edited(TEXT, edit) == TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    "edit",
    [
        Assign(("没有",), "1"),
        Assign((), "1"),
        Insert((), "年度", "1"),
        Insert((), "新", "1", "没有"),
        Insert(("列表",), "新", "1"),
        Remove(("列表", 1, "小标题")),
        Remove(()),
        Remark(("没有",), "x"),
        Remark(("年度",), "两\n行"),
        Remark(("长文",), "进了正文", beside=True),
        Replace(stretch(TEXT, ("机关",), 0, 1), "\0"),
    ],
)
def test_what_cannot_be_done_alone_is_refused_and_the_rest_is_done(edit: Edit) -> None:
    result = edit_file(TEXT.encode(), [edit, Assign(("年度",), "2024")])
    assert result.refused == (edit,)
    assert result.data.decode() == TEXT.replace("2023", "2024")


def test_edits_that_overlap_are_refused_but_the_first() -> None:
    first, second = (stretch(TEXT, ("列表", 0), *span) for span in ((0, 2), (1, 3)))
    result = edit_file(TEXT.encode(), [Replace(first, "甲"), Replace(second, "乙")])
    assert result.refused == (Replace(second, "乙"),)
    assert "- 甲二" in result.data.decode()


def test_windows_line_ends_and_a_byte_order_mark_stay() -> None:
    data = b"\xef\xbb\xbf" + "甲: 1\r\n乙: 2\r\n".encode()
    result = edit_file(data, [Insert((), "丙", "3", "甲"), Remark(("乙",), "注")])
    assert result.data == b"\xef\xbb\xbf" + "甲: 1\r\n丙: 3\r\n# 注\r\n乙: 2\r\n".encode()


def test_a_file_that_cannot_be_read_is_left_alone() -> None:
    edits = [Assign(("甲",), "2")]
    assert edit_file(b"a: [", edits) == type(edit_file(b"a: [", edits))(b"a: [", tuple(edits))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[Path, list[tuple[Spot, int, int, str]]]:
    path = draw(st.sampled_from(FIXTURES))
    sheet = read_sheet(path.read_bytes())
    assert sheet
    spots = [spot for spot in sheet.scalars[1] if isinstance(spot.node, nodes.Scalar) and spot.node.text]
    chosen = draw(st.lists(st.sampled_from(spots), min_size=1, max_size=4, unique_by=lambda s: s.path))
    texts = st.text(alphabet="甲，: #'\"{}[]-a1\\\n\u3000", max_size=4)
    found = []
    for spot in chosen:
        assert isinstance(spot.node, nodes.Scalar)
        start = draw(st.integers(0, len(spot.node.text)))
        end = draw(st.integers(start, len(spot.node.text)))
        found.append((spot, start, end, draw(texts)))
    return path, found


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(stretches())
def test_whatever_is_edited_everything_else_stays_byte_for_byte(
    case: tuple[Path, list[tuple[Spot, int, int, str]]],
) -> None:
    path, wanted = case
    data = path.read_bytes()
    edits = [Replace(spot.node.locate(start, end), new) for spot, start, end, new in wanted]  # type: ignore[union-attr]
    result = edit_file(data, edits)
    before, after = read_sheet(data), read_sheet(result.data)
    assert before
    assert after
    made = {
        spot.path: spot.node.text[:start] + new + spot.node.text[end:]
        for (spot, start, end, new), edit in zip(wanted, edits, strict=True)
        if edit not in result.refused and isinstance(spot.node, nodes.Scalar)
    }
    for place, spot in before.spots.items():
        if isinstance(spot.node, nodes.Scalar):
            now = after.spots[place].node
            assert isinstance(now, nodes.Scalar)
            assert now.text == made.get(place, spot.node.text)
    touched = {
        line
        for spot, *_ in wanted
        for line in range(spot.node.location.line, spot.node.location.end_line + 1)
    }
    old, new = data.decode().split("\n"), result.data.decode().split("\n")
    kept = [line for number, line in enumerate(old, 1) if number not in touched]
    rest = iter(new)
    assert all(line in rest for line in kept)


LISTS = """\
引言: 一段。 # 引
总体情况:
  # 总说
  - 甲
  # 给乙的话
  - 小标题: 乙
    正文:
      - 乙一
      - 附表:
          表头: [子, 丑]
          行:
            - ['1', '2']
  - 丙
其他:
    - 丁
    - 戊
短: [己, 庚]
折: >-
  两行
  文字
末:
  - 辛
"""


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (InsertItem(("总体情况",), 0, "新: 段"), "  - 甲\n", "  - '新: 段'\n  - 甲\n"),
        (InsertItem(("总体情况",), 1, "新"), "  # 给乙的话\n", "  - 新\n  # 给乙的话\n"),
        (
            InsertItem(("总体情况",), 2, {"小标题": "新", "正文": "文"}),
            "  - 丙\n",
            "  - 小标题: 新\n    正文: 文\n  - 丙\n",
        ),
        (InsertItem(("总体情况",), 3, "新"), "  - 丙\n", "  - 丙\n  - 新\n"),
        (InsertItem(("总体情况", 1, "正文"), 1, "新"), "      - 附表", "      - 新\n      - 附表"),
        (
            InsertItem(("总体情况", 1, "正文", 1, "附表", "行"), 1, ["3", "4"]),
            "            - ['1', '2']\n",
            "            - ['1', '2']\n            - [3, 4]\n",
        ),
        (InsertItem(("其他",), 1, "新"), "    - 戊\n", "    - 新\n    - 戊\n"),
        (InsertItem(("末",), 1, "新"), "  - 辛\n", "  - 辛\n  - 新\n"),
        (InsertItem(("短",), 0, "新"), "[己", "[新, 己"),
        (InsertItem(("短",), 2, "a, b"), "庚]", "庚, 'a, b']"),
        (
            MoveItem(("总体情况",), 1, 0),
            LISTS[LISTS.index("  - 甲") : LISTS.index("  - 丙")],
            LISTS[LISTS.index("  # 给乙") : LISTS.index("  - 丙")] + "  - 甲\n",
        ),
        (MoveItem(("末",), 0, 1), "", ""),
        (MoveItem(("其他",), 0, 2), "    - 丁\n    - 戊\n", "    - 戊\n    - 丁\n"),
        (MakeList(("引言",), after=("新",)), "引言: 一段。 # 引\n", "引言: # 引\n  - 一段。\n  - 新\n"),
        (MakeList(("折",), before=("新",)), ">-\n  两行\n  文字\n", "\n  - 新\n  - 两行 文字\n"),
        (Remove(("总体情况", 1)), LISTS[LISTS.index("  - 小标题") : LISTS.index("  - 丙")], ""),
        (Remove(("总体情况", 1, "正文", 1)), LISTS[LISTS.index("      - 附表") : LISTS.index("  - 丙")], ""),
    ],
)
def test_items_of_lists_come_go_and_move(edit: Edit, old: str, new: str) -> None:
    assert edited(LISTS, edit).replace("折: \n", "折:\n") == LISTS.replace(old, new, 1).replace(
        "折: \n", "折:\n"
    )


def test_an_item_goes_to_another_list_as_it_is_written_with_the_comments_above_it() -> None:
    after = edited(LISTS, Transfer(("总体情况", 1), ("其他",), 1))
    block = LISTS[LISTS.index("  # 给乙") : LISTS.index("  - 丙")]
    deeper = "".join(f"  {line}" for line in block.splitlines(keepends=True))
    assert after == LISTS.replace(block, "").replace("    - 戊\n", f"{deeper}    - 戊\n")
    back = edited(after, Transfer(("其他", 1), ("总体情况",), 1))
    assert back == LISTS
    assert value(edited(LISTS.removesuffix("\n"), Transfer(("总体情况", 2), ("末",), 1)))["末"] == [
        "辛",
        "丙",
    ]


def test_changes_of_one_list_count_by_the_items_before_them_all() -> None:
    path = ("总体情况",)
    after = edited(
        LISTS,
        Remove((*path, 0)),
        InsertItem(path, 1, "子"),
        InsertItem(path, 1, "丑"),
        MoveItem(path, 2, 1),
        InsertItem(path, 3, "寅"),
    )
    assert [item if isinstance(item, str) else item["小标题"] for item in value(after)["总体情况"]] == [
        *("子", "丑", "丙", "乙", "寅")
    ]
    assert "# 给乙的话\n  - 小标题" in after


def test_the_last_line_of_a_file_may_have_no_end() -> None:
    text = LISTS.removesuffix("\n")
    assert value(edited(text, InsertItem(("末",), 1, "新")))["末"] == ["辛", "新"]
    text = "末:\n  - 辛\n  - 壬"
    assert value(edited(text, MoveItem(("末",), 0, 2)))["末"] == ["壬", "辛"]
    assert value(edited(text, MoveItem(("末",), 1, 0)))["末"] == ["壬", "辛"]


@pytest.mark.parametrize(
    "edit",
    [
        InsertItem(("没有",), 0, "新"),
        InsertItem(("引言",), 0, "新"),
        MoveItem(("短",), 0, 2),
        Transfer(("总体情况", 0), ("短",), 0),
        Transfer(("短", 0), ("总体情况",), 0),
        Transfer(("末", 0), ("总体情况",), 0),
        MakeList(("总体情况",), ("新",)),
        MakeList(("其他", 0), ("新",)),
    ],
)
def test_a_list_that_is_none_takes_no_items(edit: Edit) -> None:
    assert edit_file(LISTS.encode(), [edit]).refused == (edit,)
