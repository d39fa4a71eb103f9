"""The HTML twin: well formed, escaped, without script or network, one template for paper and for the web."""

from __future__ import annotations

import re
import shutil
from base64 import b64decode
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from reportgen.errors import KindError
from reportgen.model.kind import Kind
from reportgen.render.environment import html_environment, place_id
from reportgen.render.fonts import FontSet
from reportgen.render.html import items_of, pictures_of
from tests.render.pages import FIXTURES, Printed, load

ADDRESS = re.compile(r"(?:https?:)?//|url\(|@import", re.IGNORECASE)


def parse(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(html)


def body(html: str) -> str:
    return "".join(parse(html).itertext())


@pytest.fixture(scope="module")
def web(everything: Printed) -> str:
    return everything.html("web", {"docx": "报告.docx", "pdf": "报告.pdf"})


def test_both_pages_are_well_formed_xml(everything: Printed, web: str) -> None:
    assert parse(everything.html()).tag == "html"
    assert parse(web).get("lang") == "zh-CN"


def test_both_pages_say_the_same(everything: Printed, web: str) -> None:
    pages = [parse(page).find("body/main") for page in (everything.html(), web)]
    first, second = ("".join(page.itertext()) for page in pages if page is not None)
    assert first == second


def test_nothing_comes_from_the_network_and_nothing_runs(everything: Printed, web: str) -> None:
    for page in (everything.html(), web):
        sheet = parse(page).findtext("head/style") or ""
        assert not ADDRESS.search(sheet)
        assert not parse(page).findall(".//script")
        assert not [key for element in parse(page).iter() for key in element.attrib if key.startswith("on")]
        links = [element.get("src") or element.get("href") or "data:" for element in parse(page).iter()]
        assert all(link.startswith(("data:", "picture:")) or "/" not in link for link in links)


def test_styles_are_classes_never_inline(everything: Printed) -> None:
    assert [element.tag for element in parse(everything.html()).iter() if element.get("style")] == []


def test_the_web_page_links_only_to_the_files_of_the_run(everything: Printed, web: str) -> None:
    links = [(link.text, link.get("href")) for link in parse(web).iter("a")]
    assert links == [
        ("下载Word", "%E6%8A%A5%E5%91%8A.docx"),
        ("下载PDF", "%E6%8A%A5%E5%91%8A.pdf"),
    ]
    assert parse(everything.html("web")).find(".//a") is None


def test_what_belongs_to_the_website_is_not_on_paper(everything: Printed, web: str) -> None:
    terms = [term.text for term in parse(web).iter("dt")]
    assert terms == ["索引号", "主题分类", "发布机构", "发布日期", "有效性", "关键词"]
    assert parse(everything.html()).find("body/header") is None


def test_pictures_go_into_the_web_page_with_their_words(everything: Printed, web: str) -> None:
    pictures = list(parse(web).iter("img"))
    assert len(pictures) == len(pictures_of(everything.context)) > 3
    for picture in pictures:
        head, _, data = (picture.get("src") or "").partition(",")
        assert head in ("data:image/svg+xml;base64", "data:image/png;base64")
        assert b64decode(data)
        assert picture.get("alt")
    names = [picture.get("src") for picture in parse(everything.html()).iter("img")]
    assert all(str(name).startswith("picture:p") for name in names)


def test_headings_are_headings(everything: Printed) -> None:
    page = parse(everything.html())
    assert len(list(page.iter("h1"))) == 1
    assert [heading.text for heading in page.iter("h2") if heading.text] == list(
        everything.kind.texts["headings"].values()
    )
    inner = ["".join(heading.itertext()) for heading in page.iter("h3")]
    assert inner == ["（二）依申请公开", "（五）监督保障", "2.业务培训"]


def test_every_header_cell_of_a_table_says_what_it_heads(everything: Printed) -> None:
    page = parse(everything.html())
    scopes = {cell.get("scope") for cell in page.iter("th")}
    assert scopes == {"col", "colgroup", "row", "rowgroup"}
    names = [cell.get("id") for cell in page.iter("th")]
    assert len(set(names)) == len(names)
    heads = [name for cell in page.iter("td") for name in (cell.get("headers") or "").split()]
    assert heads
    assert set(heads) <= set(names)


def test_tables_have_captions_that_paper_does_not_show(everything: Printed) -> None:
    page = parse(everything.html())
    free = [item for item in items_of(everything.context) if item.table]
    assert len(list(page.iter("caption"))) == len(list(page.iter("table"))) == 3 + len(free)
    assert "caption, header { display: none; }" in (page.findtext("head/style") or "")


HOSTILE = ["A<B & C>D ]]> \"双\" '单' {% 不是 %} {{ '{{' }}", "<script>alert(1)</script>"]


def test_markup_in_a_text_prints_as_it_is(kind: Kind, small_fonts: FontSet) -> None:
    report = load(
        FIXTURES / "qingxi-township-2024.yaml", kind, 其他需要报告的事项=HOSTILE, 署名=["<b>&甲</b>"]
    )
    text = body(Printed(report, small_fonts).html())
    assert "A<B & C>D ]]> \"双\" '单' {% 不是 %} {{" in text
    assert "<script>alert(1)</script>" in text
    assert "<b>&甲</b>" in text


def test_a_draft_is_marked_in_the_page_and_in_its_metadata(draft: Printed, everything: Printed) -> None:
    page = parse(draft.html("web"))
    assert page.findtext("body/header/p") == "草稿"
    assert [meta.get("content") for meta in page.iter("meta") if meta.get("name") == "description"] == [
        "草稿"
    ]
    assert 'content:"草稿"' in draft.html()
    assert "草稿" not in everything.html("web")


def test_gaps_are_marked(draft: Printed) -> None:
    marks = {(mark.get("class"), mark.text) for mark in parse(draft.html()).iter("mark")}
    assert {("gap", "待填"), ("unchecked", "22"), ("unchecked", "未核")} <= marks


def test_the_same_report_gives_the_same_page(everything: Printed) -> None:
    assert everything.html() == everything.html()
    assert place_id("总体情况[2]") == place_id("总体情况[2]") != place_id("总体情况[3]")


@pytest.fixture
def own_kind(kind: Kind, tmp_path: Path) -> Kind:
    """A kind whose templates can be changed."""
    folder = tmp_path / "disclosure-annual"
    shutil.copytree(kind.folder, folder)
    return replace(kind, folders=(folder, *kind.folders[1:]))


@pytest.mark.parametrize(
    ("template", "code", "line"),
    [
        ("{% if %}", "html-template-syntax", 1),
        ("\n{{ 没有这个 }}", "html-template-undefined", 2),
        ("{{ title.__class__ }}", "html-template-forbidden", 1),
        ("{{ ''.upper() }}", "html-template-forbidden", 1),
        ("\n\n{{ tables }}", "html-template-forbidden", 3),
        ("{% extends 'other/report.html' %}", "html-template-missing", 0),
        ("{% include '../../secret' %}", "html-template-missing", 0),
    ],
)
def test_a_broken_template_is_a_finding_at_its_line(
    own_kind: Kind, everything: Printed, template: str, code: str, line: int
) -> None:
    (own_kind.folder / "report.html").write_text(template, "utf-8")
    own = Printed(replace(everything.report, kind=own_kind), everything.fonts)
    with pytest.raises(KindError) as caught:
        own.html()
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.location.line) == (code, line)
    if line:
        text = template.split("\n")[line - 1]
        assert (finding.location.column, finding.location.end_column) == (1, len(text) + 1)


def test_a_sheet_with_markup_in_it_is_refused(own_kind: Kind, everything: Printed) -> None:
    (own_kind.folder / "report.css").write_text("</style><script>alert(1)</script>", "utf-8")
    with pytest.raises(KindError) as caught:
        Printed(replace(everything.report, kind=own_kind), everything.fonts).html()
    assert [finding.code for finding in caught.value.diagnostics] == ["html-sheet-markup"]


def test_templates_reach_nothing_but_values(kind: Kind) -> None:
    environment: Any = html_environment(kind.folders)
    assert environment.globals == {}
    assert set(environment.filters) == {"lines"}


def test_no_rank_of_headings_is_left_out(kind: Kind, small_fonts: FontSet) -> None:
    own_line = [{"小标题": "甲", "正文": ["乙。", {"小标题": "丙", "另起一行": "是", "正文": "丁。"}]}]
    report = load(FIXTURES / "qingxi-township-2024.yaml", kind, 引言=own_line, 其他需要报告的事项=own_line)
    page = parse(Printed(report, small_fonts).html())
    ranks = [int(item.tag[1]) for item in page.iter() if re.fullmatch("h[1-6]", item.tag)]
    assert ranks[:3] == [1, 2, 2]
    assert all(second <= first + 1 for first, second in pairwise(ranks))
