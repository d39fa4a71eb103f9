"""What stands around a report: its head, its letter and its imprint, by the outer form it has chosen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from reportgen.model.kind import Kind
from reportgen.model.values import Mark
from reportgen.model.widths import text_width
from reportgen.placing import settle
from reportgen.render.context import build_context
from reportgen.render.geometry import POINTS_PER_MM, style_of, type_area_width
from reportgen.render.html import document_ids
from reportgen.render.joint_mark import JointMark
from reportgen.render.outer_form import Colophon, issuer_style
from tests.render.pages import FIXTURES, load

ORGAN = "清溪县柳河乡人民政府"
REPORT = f"{ORGAN}2024年政府信息公开工作年度报告"


def context_of(kind: Kind, form: str, **changes: Any) -> dict[str, Any]:
    report = load(FIXTURES / "qingxi-township-2024.yaml", kind, 公文形式=form, **changes)
    return dict(build_context(report, {}, text_width))


def texts(proses: Any) -> list[str]:
    return [str(prose) for prose in proses]


def test_a_plain_report_has_nothing_around_it(kind: Kind) -> None:
    context = context_of(kind, "报告", 发文字号="柳政发〔2025〕1号", 抄送机关="某局")
    assert [context[name] for name in ("masthead", "enclosure", "colophon")] == [None] * 3
    assert context["报送函正文"] == ()


def test_the_mark_of_a_document_ends_with_its_word_and_that_of_a_letter_does_not(kind: Kind) -> None:
    assert str(context_of(kind, "文件")["masthead"].issuer) == f"{ORGAN}文件"
    assert str(context_of(kind, "文件", 发文机关标志="柳河乡")["masthead"].issuer) == "柳河乡文件"
    assert str(context_of(kind, "函")["masthead"].issuer) == ORGAN


def joint(kind: Kind, *names: str) -> JointMark:
    """The mark of several organs."""
    mark: JointMark = context_of(kind, "文件", 发文机关标志=[*names])["masthead"].joint
    return mark


def test_a_document_names_one_organ_unless_several_are_listed(kind: Kind) -> None:
    assert context_of(kind, "文件")["masthead"].joint is None
    assert context_of(kind, "文件", 发文机关标志=["柳河乡"])["masthead"].joint is None
    letter = context_of(kind, "函", 发文机关标志=["甲局", "乙局"])["masthead"]
    assert (letter.joint, str(letter.issuer)) == (None, "甲局")


def test_names_of_several_organs_are_equally_wide_and_the_word_stands_at_their_middle(kind: Kind) -> None:
    mark = joint(kind, "清溪县司法局", "清溪县市场监督管理局", "县委")
    size = style_of(kind.layout, mark.style)["size"]
    assert [str(name.text) for name in mark.names] == ["清溪县司法局", "清溪县市场监督管理局", "县委"]
    assert str(mark.word) == "文件"
    for name in mark.names:
        letters = len(str(name.text))
        assert abs(letters * size + (letters - 1) * name.spacing - mark.width) < Decimal("0.3")
    area = type_area_width(kind.layout) * POINTS_PER_MM
    assert abs(mark.left - (area - mark.word_left - mark.word_width)) < Decimal("0.01")
    assert mark.below == mark.pitch


@pytest.mark.parametrize(
    ("length", "names", "css"),
    [
        *((6, 2, "joint-48"), (6, 3, "joint-48"), (6, 4, "joint-34"), (6, 5, "joint-28"), (6, 9, "joint-22")),
        *((7, 2, "joint-40"), (10, 2, "joint-34"), (13, 2, "joint-28"), (17, 2, "joint-22")),
    ],
)
def test_many_names_and_long_ones_are_set_smaller(kind: Kind, length: int, names: int, css: str) -> None:
    assert joint(kind, *["字" * length] * names).style == css


@pytest.mark.parametrize(
    ("length", "css"), [(9, "issuer-48"), (10, "issuer-40"), (20, "issuer-22"), (21, None)]
)
def test_the_mark_has_the_largest_size_that_fits_one_line(kind: Kind, length: int, css: str | None) -> None:
    assert issuer_style("字" * length, kind.layout, "document") == css


def test_the_corner_of_a_document_has_three_lines_whatever_is_given(kind: Kind) -> None:
    markings = context_of(kind, "文件", 密级="秘密", 紧急程度="特急")["masthead"].markings
    assert [str(marking.text or "") for marking in markings] == ["秘密", "特急", ""]
    markings = context_of(kind, "文件", 份号="000001", 紧急程度="特急")["masthead"].markings
    assert [marking.style for marking in markings] == ["copy-number", "marking", "marking"]


def test_the_first_marking_of_a_letter_stands_beside_its_number(kind: Kind) -> None:
    head = context_of(kind, "函", 份号="000001", 密级="秘密", 发文字号="柳政函〔2025〕1号")["masthead"]
    assert (str(head.marking), str(head.number)) == ("000001", "柳政函〔2025〕1号")
    assert [str(marking.text) for marking in head.markings] == ["秘密"]


def signer_lines(kind: Kind, *names: str) -> list[tuple[str, str, str, Any, str]]:
    """Number, label, names, what is free behind them, and style, of every line of 签发人."""
    head = context_of(kind, "文件", 发文字号="柳政报〔2025〕1号", 签发人=[*names])["masthead"]
    return [
        (str(line.number or ""), line.label, str(line.names), line.right, line.style) for line in head.signers
    ]


def test_signers_stand_two_in_a_line_and_the_number_beside_the_last(kind: Kind) -> None:
    first, below = "document-number-upward", "document-number-next"
    number = "柳政报〔2025〕1号"
    assert context_of(kind, "文件")["masthead"].signers == ()
    assert signer_lines(kind, "甲某") == [(number, "签发人：", "甲　某", 0, first)]
    assert signer_lines(kind, "甲某", "乙 某") == [(number, "签发人：", "甲　某　乙　某", 0, first)]
    assert signer_lines(kind, "林远山", "欧阳文静", "甲某") == [
        ("", "签发人：", "林远山　欧阳文静", 0, first),
        (number, "", "甲　某", 5, below),
    ]


def test_a_signer_still_to_be_filled_in_stays_a_gap(kind: Kind) -> None:
    line = context_of(kind, "文件", 状态="草稿", 签发人=["待填", "甲某某"])["masthead"].signers[0]
    assert [(part.text, part.mark) for part in line.names.segments] == [
        ("待填", Mark.GAP),
        ("　", Mark.PLAIN),
        ("甲某某", Mark.PLAIN),
    ]


def test_the_imprint_names_organ_and_date_unless_others_are_given(kind: Kind) -> None:
    colophon = context_of(kind, "文件")["colophon"]
    assert (str(colophon.printer), str(colophon.printed)) == (ORGAN, "2025年1月10日印发")
    given = {"抄送机关": ["甲局", "乙局"], "印发机关": "办公室", "印发日期": "2025-01-12"}
    colophon = context_of(kind, "文件", **given)["colophon"]
    assert str(colophon.copied) == "抄送：甲局，乙局。"
    assert (str(colophon.printer), str(colophon.printed)) == ("办公室", "2025年1月12日印发")
    draft = context_of(kind, "文件", 状态="草稿", 成文日期="待填")["colophon"].printed
    assert [(part.text, part.mark) for part in draft.segments] == [("待填", Mark.GAP), ("印发", Mark.PLAIN)]


def test_the_imprint_of_a_letter_has_copies_alone(kind: Kind) -> None:
    assert context_of(kind, "函")["colophon"] is None
    colophon = context_of(kind, "函", 抄送机关="甲局", 印发机关="办公室")["colophon"]
    assert (str(colophon.copied), colophon.printer, colophon.ruled) == ("抄送：甲局。", None, False)


def test_a_letter_has_a_title_of_its_own_and_the_report_as_its_attachment(kind: Kind) -> None:
    context = context_of(kind, "函")
    assert "".join(texts(context["title"])) == f"{ORGAN}关于报送2024年政府信息公开工作年度报告的函"
    assert [str(item.text) for item in context["报送函正文"]] == [f"现将《{REPORT}》随函报送，请审阅。"]
    assert texts(context["attachment_list"]) == [f"附件：{REPORT}"]
    assert str(context["enclosure"].mark) == "附件"
    assert "".join(texts(context["enclosure"].title)) == REPORT


def test_a_letter_says_what_the_report_says_it_should(kind: Kind) -> None:
    context = context_of(kind, "函", 报送函标题=["某函"], 报送函正文=["{{ 年度 }}年报告在后。", "专此函达。"])
    assert texts(context["title"]) == ["某函"]
    assert [str(item.text) for item in context["报送函正文"]] == ["2024年报告在后。", "专此函达。"]


def test_attachments_of_the_report_count_on_behind_a_letter(kind: Kind) -> None:
    context = context_of(kind, "函", 附件=["目录", {"标题": "说明", "正文": ["无。"]}])
    assert texts(context["attachment_list"]) == [f"附件：1.{REPORT}", "2.目录", "3.说明"]
    assert str(context["enclosure"].mark) == "附件1"
    assert [str(view.mark) for view in context["attachments"]] == ["附件3"]


@pytest.mark.parametrize(
    ("last", "fits", "overleaf", "apart"),
    [(4, True, False, False), (4, False, True, True), (3, True, True, False), (3, False, True, False)],
)
def test_the_imprint_goes_to_an_even_page(last: int, fits: bool, overleaf: bool, apart: bool) -> None:
    colophon = Colophon(None, None, None, ruled=True)
    assert settle(colophon, last, fits=fits) == replace(colophon, overleaf=overleaf, apart=apart)


@pytest.mark.parametrize(("last", "fits"), [(3, True), (4, True), (3, False)])
def test_copies_of_a_letter_stand_on_its_last_page_where_there_is_room(last: int, fits: bool) -> None:
    colophon = Colophon(None, None, None, ruled=False)
    assert settle(colophon, last, fits=fits) == replace(colophon, overleaf=not fits)


def test_pictures_of_a_letter_are_found_like_others(kind: Kind) -> None:
    block = {"附表": {"标题": "表", "表头": ["甲"], "行": [["乙"]]}}
    context = context_of(kind, "函", 报送函正文=["见表。", block])
    assert "报送函正文[1]" in document_ids(context)
