"""Blocks become flat items with the numbers and marks of official documents."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from reportgen.diagnostics import Location
from reportgen.model.kind import load_kind
from reportgen.model.values import (
    Block,
    Chart,
    FreeTable,
    Heading,
    ListItem,
    Mark,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
    Picture,
    Prose,
)
from reportgen.render.items import Flattener, Image, Item, note_prefixes, numbered_prefixes
from reportgen.render.widths import CellText, share_by_text
from tests.render.samples import prose

TEXTS = load_kind("disclosure-annual").texts
CELL = CellText(Decimal("3.7"), Decimal("0.8"))
PICTURE = Picture("a.png", prose("平面图"), prose("图"), None, "段[9]", Location("report.yaml"))
IMAGE = Image("段[9]", prose("图"), Decimal(100), Decimal(50), b"")


def flatten(*blocks: Block) -> tuple[Item, ...]:
    return Flattener(TEXTS, {"段[9]": IMAGE}, Decimal(156), CELL).flatten(blocks)


def paragraph(text: str) -> Paragraph:
    return Paragraph(prose(text), "段")


def heading(title: str, *body: Block, run_in: bool = True) -> Heading:
    return Heading(prose(title), body, run_in, "段")


def printed(item: Item) -> str:
    return f"{item.number}{item.title or ''}{item.stop}{item.text or ''}"


def test_headings_are_numbered_in_chinese_and_run_into_their_first_paragraph() -> None:
    items = flatten(*(heading(f"第{number}", paragraph("正文。")) for number in range(1, 13)))
    assert [printed(item) for item in items[:2]] == ["（一）第1。正文。", "（二）第2。正文。"]
    assert [item.number for item in items[9:]] == ["（十）", "（十一）", "（十二）"]
    assert {(item.form, item.level) for item in items} == {("run-in", 2)}


def test_a_heading_that_ends_in_punctuation_gets_no_full_stop() -> None:
    assert printed(flatten(heading("存在的问题：", paragraph("无。")))[0]) == "（一）存在的问题：无。"


def test_only_the_first_paragraph_runs_in() -> None:
    items = flatten(heading("公开", paragraph("甲。"), paragraph("乙。")))
    assert [(item.form, printed(item)) for item in items] == [
        ("run-in", "（一）公开。甲。"),
        ("paragraph", "乙。"),
    ]


def test_a_heading_on_its_own_line_has_no_full_stop() -> None:
    items = flatten(heading("公开", paragraph("甲。"), run_in=False))
    assert [(item.form, printed(item)) for item in items] == [
        ("heading", "（一）公开"),
        ("paragraph", "甲。"),
    ]


def test_a_heading_without_a_paragraph_to_run_into_stands_alone() -> None:
    listing = NumberedList((ListItem(prose("甲；"), (), "项"),), "列表")
    items = flatten(heading("公开", listing))
    assert [(item.form, printed(item)) for item in items] == [("heading", "（一）公开"), ("item", "1.甲；")]


def test_headings_in_headings_take_the_next_level() -> None:
    items = flatten(heading("公开", paragraph("甲。"), heading("网站", paragraph("乙。"))))
    assert [(item.level, printed(item)) for item in items] == [(2, "（一）公开。甲。"), (3, "1.网站。乙。")]


def test_lists_are_numbered_on_two_levels() -> None:
    inner = (ListItem(prose("子甲；"), (), "项"), ListItem(prose("子乙；"), (), "项"))
    listing = NumberedList((ListItem(prose("甲："), inner, "项"), ListItem(prose("乙。"), (), "项")), "列表")
    assert [(item.form, printed(item)) for item in flatten(listing)] == [
        ("item", "1.甲："),
        ("sub-item", "（1）子甲；"),
        ("sub-item", "（2）子乙；"),
        ("item", "2.乙。"),
    ]


def test_pictures_are_numbered_through_the_document_and_titled_below() -> None:
    flattener = Flattener(TEXTS, {"段[9]": IMAGE}, Decimal(156), CELL)
    first, second = flattener.flatten((PICTURE,)), flattener.flatten((PICTURE,))
    assert [item.form for item in first] == ["picture", "picture-title"]
    assert [printed(first[1]), printed(second[1])] == ["图1　平面图", "图2　平面图"]


def test_a_chart_without_figures_leaves_a_gap() -> None:
    chart = Chart("pie", prose("渠道"), (), "件", prose(""), "总体情况[0]")
    items = flatten(chart)
    assert [item.form for item in items] == ["paragraph", "picture-title"]
    assert items[0].text
    assert [(segment.text, segment.mark) for segment in items[0].text.segments] == [("待填", Mark.GAP)]


def table(*notes: str, widths: tuple[Decimal, ...] = ()) -> FreeTable:
    row = (prose("社会保险股"), prose("1"))
    return FreeTable(
        prose("数量"), (prose("股室"), prose("条")), (row,), widths, tuple(map(prose, notes)), "表"
    )


def test_a_table_is_titled_above_and_noted_below() -> None:
    items = flatten(table("甲。", "乙。"))
    assert [item.form for item in items] == ["table-title", "table", "note", "note"]
    assert [printed(item) for item in items if item.form != "table"] == [
        "表1　数量",
        "注：1.甲。",
        "　　2.乙。",
    ]


def test_a_table_fills_the_type_area_by_content_or_as_given() -> None:
    by_content = flatten(table())[1].table
    as_given = flatten(table(widths=(Decimal(1), Decimal(2))))[1].table
    assert by_content
    assert as_given
    assert sum(by_content.widths) == sum(as_given.widths) == 156
    assert by_content.widths[0] > by_content.widths[1]
    assert as_given.widths == (Decimal(52), Decimal(104))


def test_dates_and_figures_of_a_table_stay_whole_where_there_is_room() -> None:
    name, long = "宿迁市人力资源和社会保障局第三十分局", "要求公开某地块国有土地上房屋征收补偿安置方案"
    row = (name, long, "2023-01-05", "12345678", long, long)
    widths = share_by_text(
        [tuple(map(prose, ("单位", "事项", "日期", "号", "甲", "乙"))), tuple(map(prose, row))],
        Decimal(156),
        CELL,
    )
    assert sum(widths) == 156
    assert widths[2] == Decimal("19.3")
    assert widths[3] == Decimal("15.6")
    assert widths[0] < widths[1] == widths[4], "the others share what is left by their texts"


def test_a_column_of_few_characters_is_not_squeezed_for_others() -> None:
    row = ("1", "予以公开", "2023-01-05", *["内容" * 12] * 4)
    header = ("序号", "结果", "日期", *"甲乙丙丁")
    widths = share_by_text([tuple(map(prose, header)), tuple(map(prose, row))], Decimal(156), CELL)
    assert widths[:2] == (Decimal("8.2"), Decimal("8.2")), "two characters"
    assert widths[2] == Decimal("19.3")


def test_a_word_of_many_letters_takes_no_room_from_others() -> None:
    widths = share_by_text([(prose("a" * 60), prose("内容" * 40))], Decimal(156), CELL)
    assert widths == (Decimal(78), Decimal(78))
    narrow = share_by_text([(prose("2023-01-05"),) * 20], Decimal(156), CELL)
    assert max(narrow) - min(narrow) < 1, "where there is no room all columns are too narrow"


def test_a_table_without_a_title_has_a_name_all_the_same() -> None:
    untitled = replace(table(), title=replace(table().title, segments=()))
    (item,) = (item for item in flatten(untitled) if item.form == "table")
    assert item.table
    assert str(item.table.title) == "附表"
    assert "table-title" not in {item.form for item in flatten(untitled)}


def test_page_breaks_and_notes_are_items() -> None:
    items = flatten(PageBreak("段"), Note(prose("甲。"), "段"))
    assert [(item.form, printed(item)) for item in items] == [("page-break", ""), ("note", "注：甲。")]


def test_prefixes_of_notes_stand_in_line() -> None:
    assert note_prefixes(TEXTS, 0) == ()
    assert note_prefixes(TEXTS, 1) == ("注：",)
    assert note_prefixes(TEXTS, 2) == ("注：1.", "　　2.")
    assert numbered_prefixes("附件：{}.{}", 2, room=False) == ("附件：1.", "2.")


def test_every_item_keeps_its_place_in_the_report() -> None:
    located = Prose("总体情况[0]", (), Location("report.yaml", 3, 5))
    assert flatten(Paragraph(located, "总体情况[0]"))[0].path == "总体情况[0]"
