"""What the tests of the Word side share: a context with every form of item, filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from lxml import etree

from reportgen.diagnostics import Location
from reportgen.model.assembly import TableNotes
from reportgen.model.kind import Kind, load_kind
from reportgen.model.values import Cell, Mark, Prose, Segment, State
from reportgen.render.context import AttachmentView
from reportgen.render.docx import render_docx
from reportgen.render.items import FreeTableView, Image, Item
from reportgen.render.package import Package, parse, read_package
from reportgen.render.signature import Line, SignaturePlacement
from reportgen.render.word.markup import Element, name

HERE = Location("report.yaml", 1, 1, 1, 2)
MOMENT = datetime(2025, 1, 8, tzinfo=UTC)
SHA256 = "0" * 64
SIGNATURE = SignaturePlacement((Line(Decimal("63"), 1),), Line(Decimal("31.5"), 0))
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080000000"
    "03a7e9b550000000a49444154789c63f80f00010101003518d84e0000000049454e44ae426082"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@cache
def kind() -> Kind:
    """The kind whose template is filled."""
    return load_kind("disclosure-annual")


def prose(text: str, path: str = "", mark: Mark = Mark.PLAIN) -> Prose:
    """A text of one piece."""
    return Prose(path, (Segment(text, mark),), HERE)


def image(path: str, svg: str = SVG) -> Image:
    """A picture of 100 by 60 mm."""
    return Image(path, prose("说明 <&>"), Decimal(100), Decimal(60), PNG, "image/png", svg)


def free_table(path: str, rows: int = 2) -> FreeTableView:
    """An author's table of three columns."""
    cells = tuple(
        tuple(prose(f"{row}之{n}", f"{path}.行[{row}][{n}]") for n in range(3)) for row in range(rows)
    )
    header = tuple(prose(text, f"{path}.表头[{n}]") for n, text in enumerate(("股室", "条数", "备注")))
    return FreeTableView(path, (Decimal(56), Decimal(50), Decimal(50)), header, cells, prose("附表的名称"))


def every_form() -> tuple[Item, ...]:
    """One item of each form, and of each level."""
    gap = Prose("丙", (Segment("公开"), Segment("待填", Mark.GAP), Segment("条。")), HERE)
    return (
        Item("paragraph", "甲", text=prose("一段正文。", "甲")),
        Item("run-in", "乙", "（一）", prose("主动公开", "乙.小标题"), "。", gap, level=2),
        Item("heading", "丁", "（二）", prose("依申请公开", "丁"), level=2),
        Item("heading", "戊", "1.", prose("第三级", "戊"), level=3),
        Item("heading", "己", "（1）", prose("第四级", "己"), level=4),
        Item("item", "庚", "1.", text=prose("列表项", "庚"), level=3),
        Item("sub-item", "辛", "（1）", text=prose("小项", "辛"), level=4),
        Item("chart", "壬", picture=image("壬")),
        Item("picture-title", "壬", "图1　", prose("图的名称", "壬.标题")),
        Item("picture", "癸", picture=image("癸", "")),
        Item("table-title", "子", "表1　", prose("附表的名称", "子.标题")),
        Item("table", "子", table=free_table("子")),
        Item("note", "丑", "注：", text=prose("附表的注。", "丑")),
        Item("page-break", "寅"),
    )


def figures(table: str, written: Mapping[str, str] | None = None) -> Mapping[str, Any]:
    """A table's figures, numbered from 1; `written` replaces some by their path."""
    tree: dict[str, Any] = {}
    for number, path in enumerate(kind().tables[table].cells, 1):
        node, *keys = tree, *path.split(".")[1:]
        for key in keys[:-1]:
            node = node.setdefault(key, {})
        text = (written or {}).get(path, str(number))
        node[keys[-1]] = Cell(path, number, text, State.ENTERED, HERE)
    return tree


@dataclass(frozen=True)
class Columns:
    """What of a table's view the Word side looks at."""

    columns: tuple[Decimal, ...]


def context(**given: Any) -> dict[str, Any]:
    """A whole context; any name may be given anew."""
    tables = kind().tables
    return {
        "title": (prose("某市某局", "标题[0]"), prose("2024年政府信息公开工作年度报告", "标题[1]")),
        "page_title": "某市某局2024年政府信息公开工作年度报告",
        "organ": "某市某局",
        "recipient": prose("某市人民政府办公室：", "主送机关"),
        "masthead": None,
        "enclosure": None,
        "colophon": None,
        "报送函正文": (),
        "draft": False,
        "draft_mark": Prose("状态", (), HERE),
        "引言": (Item("paragraph", "引言", text=prose("引言的文字。", "引言")),),
        "总体情况": every_form(),
        "存在的主要问题及改进": (Item("paragraph", "问题", text=prose("问题和改进。", "问题")),),
        "其他需要报告的事项": (Item("paragraph", "其他", text=prose("无。", "其他")),),
        "notes": dict.fromkeys(tables, TableNotes((), ())),
        "tables": {name: Columns(table.columns) for name, table in tables.items()},
        "signatures": (prose("某市某局", "机关"),),
        "date": prose("2025年1月8日", "成文日期"),
        "sealed": False,
        "attachment_list": (),
        "attachments": (),
        "text": kind().texts,
        **{name: figures(name) for name in tables},
        **given,
    }


def attachment() -> AttachmentView:
    """An attachment with a title of two lines and one paragraph."""
    title = (prose("附件的长", "附件[0].标题"), prose("名称", "附件[0].标题"))
    body = (Item("paragraph", "附件[0].正文", text=prose("附件的正文。", "附件[0].正文")),)
    return AttachmentView(prose("附件1", "附件[0]"), title, body, "附件[0]")


def render(signature: SignaturePlacement = SIGNATURE, **given: Any) -> bytes:
    """The Word file of a context."""
    return render_docx(context(**given), kind(), signature, SHA256, MOMENT)


def opened(content: bytes) -> tuple[Package, Element]:
    """The parts of a Word file and the tree of its document."""
    package = read_package(content)
    return package, parse(package.parts["word/document.xml"])


def texts(tree: Element) -> list[str]:
    """The text of every paragraph."""
    return ["".join(letters.text or "" for letters in p.iter(name("t"))) for p in tree.iter(name("p"))]


def style_of(paragraph: Element) -> str:
    """The id of a paragraph's style."""
    found = paragraph.find(f"{name('pPr')}/{name('pStyle')}")
    return "" if found is None else str(found.get(name("val")))


def paragraph_of(tree: Element, text: str) -> Element:
    """The only paragraph of that text."""
    found = [p for p in tree.iter(name("p")) if "".join(t.text or "" for t in p.iter(name("t"))) == text]
    assert len(found) == 1, text
    return found[0]


def properties(paragraph: Element) -> Sequence[str]:
    """The local names of all a paragraph and its runs say of themselves beside their styles."""
    own = [child for held in paragraph.iter(name("pPr"), name("rPr")) for child in held]
    return [
        etree.QName(child).localname for child in own if child.tag not in (name("pStyle"), name("rStyle"))
    ]
