"""Filling the template: what the report says arrives as it was said, each paragraph can be found again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reportgen.errors import VerificationError
from reportgen.model.assembly import TableNotes
from reportgen.model.values import Mark, Prose, Segment
from reportgen.render.bookmarks import PREFIX, printed_parts, read_texts
from reportgen.render.items import Item
from reportgen.render.package import parse, read_package
from reportgen.render.printing import BLANKS
from reportgen.render.properties import MAP, read_map
from reportgen.render.signature import Line, SignaturePlacement
from reportgen.render.word.markup import Element, name
from reportgen.render.word_checks import check_texts
from tests.render.word_cases import (
    HERE,
    SIGNATURE,
    Columns,
    attachment,
    every_form,
    figures,
    free_table,
    image,
    kind,
    opened,
    paragraph_of,
    properties,
    prose,
    render,
    style_of,
    texts,
)

TABLE_B = "收到和处理申请"
NASTY = (
    "A<B & C>D，{% 语法 %}，{# 注释 #}，{_{ 与 }_} {_% %_}，]]>，\"直\"'引'，"
    "{{ x }} %} }}  两个空格 <?rg 3?> &amp; </w:t>"
)


def item(text: str, path: str = "甲") -> Item:
    return Item("paragraph", path, text=prose(text, path))


def come_out(texts: Sequence[str]) -> list[str]:
    """What paragraphs of these texts come out as, found again by the map."""
    items = tuple(item(text, f"甲[{number}]") for number, text in enumerate(texts))
    package, document = opened(render(总体情况=items))
    labels = {mark.path: mark.name for mark in read_map(package)}
    found = read_texts([document])
    return [found[labels[f"甲[{number}]"]] for number in range(len(texts))]


def test_every_form_has_its_style() -> None:
    _, document = opened(render())
    shown = {
        "".join(t): s for t, s in zip(texts(document), map(style_of, document.iter(name("p"))), strict=True)
    }
    assert shown["一段正文。"] == "BodyParagraph"
    assert shown["（一）主动公开。公开待填条。"] == "BodyParagraph"
    assert shown["（二）依申请公开"] == "Level2"
    assert shown["1.第三级"] == "Level3"
    assert shown["（1）第四级"] == "Level4"
    assert shown["1.列表项"] == "Level3"
    assert shown["（1）小项"] == "Level4"
    assert shown["图1　图的名称"] == "PictureTitle"
    assert shown["表1　附表的名称"] == "TableTitle"
    assert shown["1之2"] == "TableText"
    assert shown["注：附表的注。"] == "TableNote"
    assert shown["某市某局"] == "Signature"
    assert "PageBreak" in [style_of(paragraph) for paragraph in document.iter(name("p"))]


def test_paragraphs_come_in_the_order_of_the_report() -> None:
    shown = [text for text in texts(opened(render())[1]) if text]
    wanted = [
        "某市某局",
        "2024年政府信息公开工作年度报告",
        "某市人民政府办公室：",
        "引言的文字。",
        "一、总体情况",
    ]
    assert shown[:5] == wanted
    headings = list(kind().texts["headings"].values())
    assert [text for text in shown if text in headings] == headings
    assert shown[-2:] == ["某市某局", "2025年1月8日"]


def test_nothing_of_the_template_is_left() -> None:
    for tree in printed_parts(opened(render())[0]).values():
        assert not [text for text in texts(tree) if "{" in text or "}" in text]
        assert not list(tree.iter(etree.ProcessingInstruction))
        assert "TemplateTag" not in [style_of(paragraph) for paragraph in tree.iter(name("p"))]


def test_what_looks_like_markup_or_a_tag_prints_as_it_is() -> None:
    texts = [NASTY, *NASTY.split("，"), " 前后有空格 ", "一\t二", "𬭎㙓䶮", ""]
    assert come_out(texts) == [BLANKS.sub(" ", text) for text in texts]


LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\t")
TEXT = st.lists(st.one_of(st.sampled_from(NASTY), st.text(LETTERS, max_size=8)), max_size=12).map("".join)


@pytest.mark.slow
@settings(max_examples=12)
@given(st.lists(TEXT, min_size=10, max_size=30))
def test_any_text_at_all_prints_as_it_is(texts: list[str]) -> None:
    assert come_out(texts) == [BLANKS.sub(" ", text) for text in texts]


def test_one_paragraph_of_the_report_is_one_paragraph() -> None:
    text = "很长的一段。" * 200
    _, document = opened(render(总体情况=(item(text),)))
    paragraph = paragraph_of(document, text)
    assert len(list(paragraph.iter(name("t")))) == 1
    assert properties(paragraph) == []


def test_a_gap_is_a_run_of_its_own_style_beside_the_face_it_stands_in() -> None:
    title = Prose("乙", (Segment("题"), Segment("待填", Mark.GAP)), HERE)
    text = Prose("丙", (Segment("甲"), Segment("7", Mark.UNCHECKED), Segment("乙")), HERE)
    _, document = opened(render(总体情况=(Item("run-in", "乙", "（一）", title, "。", text, level=2),)))
    runs = list(paragraph_of(document, "（一）题待填。甲7乙").iter(name("r")))
    shown = [(r.find(f"{name('rPr')}/{name('rStyle')}"), "".join(t.text or "" for t in r)) for r in runs]
    assert [(None if style is None else style.get(name("val")), text) for style, text in shown] == [
        ("RunInHeading", "（一）题"),
        ("RunInHeadingGap", "待填"),
        ("RunInHeading", "。"),
        (None, "甲"),
        ("Unchecked", "7"),
        (None, "乙"),
    ]
    declared = {s.get(name("styleId")) for s in parse(opened(render())[0].parts["word/styles.xml"])}
    assert {"RunInHeadingGap", "Unchecked"} <= declared


def test_every_paragraph_bears_a_hidden_bookmark_of_its_own() -> None:
    package, _ = opened(render(attachments=(attachment(),)))
    paragraphs = [p for tree in printed_parts(package).values() for p in tree.iter(name("p"))]
    starts = [list(p.iterchildren(name("bookmarkStart"))) for p in paragraphs]
    assert all(len(found) == 1 for found in starts)
    names = [str(found[0].get(name("name"))) for found in starts]
    assert len(set(names)) == len(names) > 300
    assert all(label.startswith(PREFIX) and len(label) <= 40 for label in names)
    numbers = [str(found[0].get(name("id"))) for found in starts]
    assert len(set(numbers)) == len(numbers)
    ends = [str(end.get(name("id"))) for p in paragraphs for end in p.iterchildren(name("bookmarkEnd"))]
    assert ends == numbers


def test_the_map_tells_place_and_text_of_every_bookmark() -> None:
    package, _ = opened(render())
    marks = {mark.path: mark for mark in read_map(package) if mark.path}
    assert marks["丙"].text == "（一）主动公开。公开待填条。"
    assert [piece.path for piece in marks["丙"].pieces] == ["", "乙.小标题", "", "丙"]
    assert marks[f"{TABLE_B}.本年新收.自然人"].text == "1"
    shown = [text for tree in printed_parts(package).values() for text in texts(tree)]
    assert [mark.text for mark in read_map(package)] == shown
    stored = next(data for path, data in package.parts.items() if path == "customXml/item1.xml")
    assert parse(stored).get("source") == "0" * 64
    assert MAP.encode() in package.parts["customXml/itemProps1.xml"]


def test_a_bookmark_keeps_its_name_when_the_text_or_its_neighbours_change() -> None:
    def names(content: bytes) -> dict[str, str]:
        return {mark.path or f"={mark.text}": mark.name for mark in read_map(opened(content)[0])}

    before = names(render(总体情况=(item("旧", "甲"), item("二", "乙"))))
    after = names(render(总体情况=(item("新的文字", "甲"), item("加的", "丁"), item("二", "乙"))))
    assert {path: after[path] for path in before} == before


def test_the_template_decides_on_words_and_the_context_on_conditions() -> None:
    shown = texts(opened(render(recipient=None, attachment_list=(prose("附件：指南", "附件[0].标题"),)))[1])
    assert "某市人民政府办公室：" not in shown
    assert shown[-3:] == ["附件：指南", "某市某局", "2025年1月8日"]


def test_several_attachments_have_a_style_for_the_first_and_one_for_the_others() -> None:
    lines = tuple(prose(text, text) for text in ("附件：1.甲", "2.乙", "3.丙"))
    _, document = opened(render(attachment_list=lines))
    assert [style_of(paragraph_of(document, str(line))) for line in lines] == [
        "AttachmentFirst",
        "AttachmentNext",
        "AttachmentNext",
    ]


def test_the_tenth_attachment_turns_under_its_name_too() -> None:
    lines = tuple(prose(f"{number}.件", f"附件[{number}]") for number in range(1, 12))
    _, document = opened(render(attachment_list=lines))
    kept = [style_of(paragraph_of(document, str(line))) for line in lines]
    assert kept[8:] == ["AttachmentNext", "AttachmentTenth", "AttachmentTenth"]


def test_attachments_bound_with_the_report_follow_the_signature() -> None:
    shown = texts(opened(render(attachments=(attachment(),)))[1])
    assert shown[-5:] == ["2025年1月8日", "附件1", "附件的长", "名称", "附件的正文。"]


def test_a_draft_says_so_on_every_page_and_in_the_properties() -> None:
    package, _ = opened(render(draft=True, draft_mark=prose("草稿", "状态")))
    headers = [parse(package.parts[path]) for path in package.parts if path.startswith("word/header")]
    assert [texts(header) for header in headers] == [["草稿"], ["草稿"]]
    assert "草稿".encode() in package.parts["docProps/core.xml"]
    assert "草稿".encode() not in opened(render())[0].parts["docProps/core.xml"]


def test_the_properties_are_those_of_the_report() -> None:
    core = parse(opened(render(page_title="题<&>名"))[0].parts["docProps/core.xml"])
    said = {etree.QName(child).localname: child.text for child in core}
    assert said["title"] == "题<&>名"
    assert said["creator"] == "某市某局"
    assert said["language"] == "zh-CN"
    assert said["created"] == said["modified"] == "2025-01-08T00:00:00Z"


def test_notes_stand_inside_and_below_their_table() -> None:
    notes = dict.fromkeys(kind().tables, TableNotes((), ()))
    notes[TABLE_B] = TableNotes(
        (prose("注：里。", "里"),), (prose("注：1.外。", "外"), prose("2.外。", "外二"))
    )
    _, document = opened(render(notes=notes))
    inside = paragraph_of(document, "注：里。")
    row = next(inside.iterancestors(name("tr")))
    assert row.getnext() is None
    below = paragraph_of(document, "注：1.外。")
    previous = below.getprevious()
    assert previous is not None
    assert previous.tag == name("tbl")
    without = opened(render())[1]
    rows = [len(list(table.iter(name("tr")))) for table in without.iter(name("tbl"))]
    assert rows == [3, *(len(table.rows) for table in kind().tables.values())]


def free(document: Element, caption: str) -> Element:
    return next(
        table
        for table in document.iter(name("tbl"))
        for said in table.iter(name("tblCaption"))
        if said.get(name("val")) == caption
    )


def test_an_authors_table_has_its_widths_and_its_name() -> None:
    document = opened(render())[1]
    table = free(document, "附表的名称")
    widths = ["3175", "2834", "2835"]
    assert [column.get(name("w")) for column in table.iter(name("gridCol"))] == widths
    for row in table.iter(name("tr")):
        assert [cell.get(name("w")) for cell in row.iter(name("tcW"))] == widths
    head = next(table.iter(name("tr")))
    assert head.find(f"{name('trPr')}/{name('tblHeader')}") is not None
    assert texts(head) == ["股室", "条数", "备注"]
    heights = {(row.get(name("val")), row.get(name("hRule"))) for row in table.iter(name("trHeight"))}
    assert heights == {("397", "atLeast")}


@pytest.mark.slow
def test_columns_of_a_statutory_table_move_only_when_a_figure_asks_for_it() -> None:
    declared = kind().tables["复议诉讼"].columns
    moved = (declared[0] + 2, declared[1] - 2, *declared[2:])
    views = {table: Columns(declared.columns) for table, declared in kind().tables.items()}
    usual = free(opened(render())[1], kind().tables["复议诉讼"].caption)
    wider = free(
        opened(render(tables={**views, "复议诉讼": Columns(moved)}))[1], kind().tables["复议诉讼"].caption
    )

    def first(table: Element) -> list[int]:
        return [int(str(column.get(name("w")))) for column in table.iter(name("gridCol"))][:2]

    assert first(wider) == [first(usual)[0] + 113, first(usual)[1] - 113]
    cells = [int(str(cell.get(name("w")))) for cell in list(wider.iter(name("tr")))[-1].iter(name("tcW"))]
    assert cells[:2] == first(wider)


def test_pictures_stand_in_the_text_with_words_for_those_who_do_not_see_them() -> None:
    package, document = opened(render(总体情况=(*every_form(), Item("picture", "又", picture=image("又")))))
    about = list(
        document.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    )
    assert [one.get("descr") for one in about] == ["说明 <&>"] * 3
    assert len({one.get("id") for one in about}) == 3
    extents = list(
        document.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent")
    )
    assert {(one.get("cx"), one.get("cy")) for one in extents} == {("3600000", "2160000")}
    embedded = {str(v) for e in document.iter() for k, v in e.attrib.items() if str(k).endswith("}embed")}
    targets = {package.relations["word/document.xml"][identifier].target for identifier in embedded}
    assert sorted(Path(target).suffix for target in targets) == [".png", ".png", ".png", ".svg", ".svg"]
    assert targets <= package.parts.keys()


def test_the_signature_stands_where_it_was_placed() -> None:
    placement = SignaturePlacement(
        (Line(Decimal("100.5"), 2), Line(Decimal("63"), 4)), Line(Decimal("31.5"), 0)
    )
    names = (prose("甲局", "署名[0]"), prose("乙局", "署名[1]"))
    _, document = opened(render(placement, signatures=names))
    found = {}
    for text in ("甲局", "乙局", "2025年1月8日"):
        rules = paragraph_of(document, text).find(name("pPr"))
        assert rules is not None
        found[text] = [
            (etree.QName(rule).localname, dict(rule.attrib)) for rule in rules if rule.tag != name("pStyle")
        ]
    right, before = name("right"), name("before")
    assert found["甲局"] == [("spacing", {before: "1158"}), ("ind", {right: "2010"})]
    assert found["乙局"] == [("spacing", {before: "2316"}), ("ind", {right: "1260"})]
    assert found["2025年1月8日"] == [("ind", {right: "630"})]
    last = paragraph_of(document, "甲局").getprevious()
    assert last is not None
    assert last.find(f"{name('pPr')}/{name('keepNext')}") is not None


def test_the_same_report_makes_the_same_bytes() -> None:
    assert render() == render()


@pytest.mark.slow
def test_another_process_makes_the_same_bytes() -> None:
    script = "import sys; from tests.render.word_cases import render; sys.stdout.buffer.write(render())"
    root = Path(__file__).parents[2]
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "LC_ALL": "C", "TZ": "Asia/Shanghai"}
        made = subprocess.run(
            [sys.executable, "-c", script], cwd=root, env=environment, capture_output=True, check=True
        )
        assert made.stdout == render()


def test_entries_lie_in_order_on_a_fixed_day() -> None:
    with ZipFile(BytesIO(render())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
    assert names == ["[Content_Types].xml", *sorted(names[1:])]


def test_a_text_that_did_not_arrive_is_noticed() -> None:
    content = render()
    package = read_package(content)
    marks = read_map(package)
    package.parts["word/document.xml"] = package.parts["word/document.xml"].replace(
        "一段正文".encode(), "两段正文".encode()
    )
    with pytest.raises(VerificationError) as caught:
        check_texts(package.write(), marks, "report.docx")
    assert [(finding.code, finding.path) for finding in caught.value.diagnostics] == [
        ("word-text-lost", "甲")
    ]


def test_figures_of_all_tables_are_printed_each_in_its_cell() -> None:
    package, _ = opened(render(SIGNATURE, **{TABLE_B: figures(TABLE_B, {f"{TABLE_B}.总计.总计": "1234567"})}))
    texts_by_path = {mark.path: mark.text for mark in read_map(package)}
    assert texts_by_path[f"{TABLE_B}.总计.总计"] == "1234567"
    paths = [path for table in kind().tables.values() for path in table.cells]
    assert set(paths) <= texts_by_path.keys()


def test_a_table_of_one_row_still_has_its_columns() -> None:
    table = Item("table", "子", table=free_table("子", rows=0))
    document = opened(render(总体情况=(table, item("后"))))[1]
    assert len(list(free(document, "附表的名称").iter(name("tr")))) == 1
