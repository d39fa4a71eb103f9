"""The context holds what the table in the maintainers' documents says, for both twins."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.model.kind import Kind
from reportgen.model.values import Cell, Mark, Prose, State
from reportgen.model.widths import text_width
from reportgen.render.context import AttachmentView, build_context
from reportgen.render.fonts import FontSet
from reportgen.render.html import items_of
from reportgen.render.printing import printed
from tests.render.pages import FIXTURES, Printed, load

PROMISED = {
    *("title", "page_title", "recipient", "signatures", "date", "sealed", "organ", "language", "text"),
    *("attachment_list", "attachments", "draft", "draft_mark", "tables", "notes"),
    *("masthead", "enclosure", "colophon"),
}


def context_of(kind: Kind, **changes: Any) -> dict[str, Any]:
    report = load(FIXTURES / "qingxi-township-2024.yaml", kind, **changes)
    return dict(build_context(report, {}, text_width))


def texts(proses: Any) -> list[str]:
    return [str(prose) for prose in proses]


def test_every_official_key_and_every_promised_name_is_there(kind: Kind) -> None:
    assert set(context_of(kind)) == {*kind.schema["properties"], *PROMISED}


def test_what_a_report_does_not_give_is_empty_by_its_type(kind: Kind) -> None:
    context = context_of(kind, 引言=None)
    assert context["引言"] == ()
    assert context["附件"] == ()
    assert context["其他数据"] == {} or context["其他数据"]
    assert context["公布日期"] is None
    assert context["recipient"] is None


def test_the_title_is_made_of_organ_and_year_unless_it_is_given(kind: Kind) -> None:
    context = context_of(kind)
    assert texts(context["title"]) == ["清溪县柳河乡人民政府", "2024年政府信息公开工作年度报告"]
    assert context["page_title"] == "清溪县柳河乡人民政府2024年政府信息公开工作年度报告"
    assert texts(context_of(kind, 标题=["甲乡", "年度报告"])["title"]) == ["甲乡", "年度报告"]


def test_a_given_line_of_the_title_that_is_too_long_is_broken(kind: Kind) -> None:
    title = ["某某某某某某某某某省某某某某某某某某市某某某某局", "年度报告"]
    assert texts(context_of(kind, 标题=title)["title"])[-1] == "年度报告"
    assert len(context_of(kind, 标题=title)["title"]) > 2


def test_the_organ_signs_unless_others_do(kind: Kind) -> None:
    assert texts(context_of(kind)["signatures"]) == ["清溪县柳河乡人民政府"]
    assert texts(context_of(kind, 署名=["甲局", "乙局"])["signatures"]) == ["甲局", "乙局"]


def test_the_date_is_written_out_or_a_gap(kind: Kind) -> None:
    assert str(context_of(kind, 成文日期="2025-01-09")["date"]) == "2025年1月9日"
    unknown = context_of(kind, 状态="草稿", 成文日期="待填")["date"]
    assert [(segment.text, segment.mark) for segment in unknown.segments] == [("待填", Mark.GAP)]


def test_recipients_are_joined_and_end_in_a_colon(kind: Kind) -> None:
    assert str(context_of(kind, 主送机关=["县政府", "市局"])["recipient"]) == "县政府、市局："


def test_only_a_draft_has_a_mark(kind: Kind) -> None:
    assert not context_of(kind)["draft_mark"]
    context = context_of(kind, 状态="草稿")
    assert (context["draft"], str(context["draft_mark"])) == (True, "草稿")


def test_one_attachment_is_listed_without_a_number(kind: Kind) -> None:
    context = context_of(kind, 附件=["登记表"])
    assert texts(context["attachment_list"]) == ["附件：登记表"]
    assert context["attachments"] == ()


@pytest.mark.slow
def test_several_attachments_are_numbered_and_those_with_text_have_pages(everything: Printed) -> None:
    context: Any = everything.context
    first, second, *_ = texts(context["attachment_list"])
    assert first.startswith("附件：1.云屏山")
    assert second.startswith("2.2024年")
    view = context["attachments"][0]
    assert isinstance(view, AttachmentView)
    assert str(view.mark) == "附件1"
    assert [item.form for item in view.items] == ["run-in", "run-in"]
    assert len(context["attachments"]) < len(context["attachment_list"])


def test_an_attachment_alone_has_no_number_on_its_page(kind: Kind) -> None:
    context = context_of(kind, 附件=[{"标题": "登记表", "正文": "无。"}])
    assert [str(view.mark) for view in context["attachments"]] == ["附件"]


def test_pictures_are_numbered_through_all_sections(everything: Printed) -> None:
    context: Any = everything.context
    numbers = [item.number for item in items_of(context) if item.form == "picture-title"]
    assert numbers == [f"图{number}　" for number in range(1, len(numbers) + 1)]
    assert len(numbers) > 3


def test_blocks_are_items_and_tables_are_cells(everything: Printed) -> None:
    context: Any = everything.context
    assert context["总体情况"][0].form == "paragraph"
    cell = context["收到和处理申请"]["本年新收"]["自然人"]
    assert isinstance(cell, Cell)
    assert (cell.path, cell.written) == ("收到和处理申请.本年新收.自然人", "1234567")


@pytest.mark.parametrize("name", ["收到和处理申请", "主动公开政府信息", "复议诉讼"])
def test_table_views_hold_the_figures_of_the_report(everything: Printed, name: str) -> None:
    context: Any = everything.context
    shown = {
        cell.content.path: cell.content.written
        for row in context["tables"][name].rows
        for cell in row.cells
        if isinstance(cell.content, Cell)
    }
    assert set(shown) == set(everything.kind.tables[name].cells)


def test_a_total_over_unknown_figures_is_marked_in_words(draft: Printed) -> None:
    context: Any = draft.context
    cell = context["收到和处理申请"]["本年新收"]["总计"]
    assert cell.state is State.UNCHECKED
    assert [(s.text, s.mark) for s in printed(cell, draft.kind.texts)] == [
        ("22", Mark.UNCHECKED),
        ("未核", Mark.UNCHECKED),
    ]


def test_nothing_else_can_be_printed(kind: Kind) -> None:
    values: tuple[object, ...] = ({}, (), True, 1.5)
    for value in values:
        with pytest.raises(TypeError):
            printed(value, kind.texts)


def test_texts_of_the_report_are_prose_with_places(kind: Kind, small_fonts: FontSet) -> None:
    context = context_of(kind)
    organ = context["signatures"][0]
    assert isinstance(organ, Prose)
    assert organ.location.line > 0
    assert small_fonts.missing(str(organ), "仿宋") == ()
