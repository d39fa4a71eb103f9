"""Edits as word processors and hurried people leave them: each is taken over right or told, by kind."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from reportgen.absorbing.draft import body_of, draw
from reportgen.diagnostics import Severity
from reportgen.errors import FileError
from reportgen.model.report import read_report
from reportgen.redlining.redline import is_same
from tests.absorbing.copies import Copy, Element, element, letters_of, q, text_run
from tests.absorbing.test_layered import made_from, para, remove_all, replace, source_of, take, word_of
from tests.absorbing.test_reviews import said_in, texts

NAME = "qingxi-township-2024"
FIXTURE = Path("x.yaml")
OLD = "专人引导群众查阅。"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
pytestmark = pytest.mark.slow

Kind = tuple[Callable[[Copy], object], Sequence[str], str]
"""What is done, the findings but hints there must be, and what the report says then (nothing: as before)."""


@cache
def names() -> dict[str, str]:
    report = read_report(source_of(NAME), FIXTURE).report
    assert report
    return {bookmark.path: bookmark.name for bookmark in draw(report).copy.bookmarks}


def cell(copy: Copy, path: str, text: str) -> None:
    paragraph = copy.find(names()[path])
    copy.replace(paragraph, 0, len(letters_of(paragraph)), text)


def runs_of(copy: Copy, text: str) -> list[Element]:
    """The runs of a stretch of a text, which begin and end with it."""
    paragraph = para(copy, text)
    start = letters_of(paragraph).index(text)
    copy.cut(paragraph, start)
    copy.cut(paragraph, start + len(text))
    return copy.between(paragraph, start, start + len(text))


def properties(run: Element) -> Element:
    found = run.find(q("rPr"))
    if found is None:
        found = element("rPr")
        run.insert(0, found)
    return found


def in_bold(copy: Copy) -> None:
    for run in runs_of(copy, "专人引导群众"):
        properties(run).append(element("b"))
    replace(copy, "引导", "带领")


def across_runs(copy: Copy) -> None:
    paragraph = para(copy, OLD)
    start = letters_of(paragraph).index(OLD)
    for place in range(start - 3, start + 7, 2):
        copy.cut(paragraph, place)
    replace(copy, "，专人引导", "，安排专人引导")


def at_end(copy: Copy) -> None:
    paragraph = para(copy, OLD)
    end = len(letters_of(paragraph))
    copy.replace(paragraph, end, end, "群众普遍满意。")


def put(copy: Copy, tag: str, **attributes: str) -> None:
    """Something before a word that is no letter."""
    run = runs_of(copy, "专人")[0]
    run.insert(1 if run.find(q("rPr")) is not None else 0, element(tag, **attributes))


def broken_and_reworded(copy: Copy) -> None:
    put(copy, "br")
    replace(copy, "引导群众查阅", "引导群众查看")


def hidden(copy: Copy) -> None:
    run = text_run("不印出来的话")
    run.insert(0, element("rPr", element("vanish")))
    para(copy, OLD).append(run)


def over_several(copy: Copy) -> None:
    first, last = para(copy, "（一）主动公开"), para(copy, "（三）政府信息管理")
    copy.comments.append(("0", "三段都请再看", "张三"))
    first.insert(1, element("commentRangeStart", id="0"))
    last.append(element("commentRangeEnd", id="0"))
    last.append(element("r", element("commentReference", id="0")))


def reply(copy: Copy) -> None:
    copy.comment(para(copy, OLD), "人员够不够？")
    copy.comment(para(copy, OLD), "够。", "李四")


def end_deleted(copy: Copy) -> None:
    copy.tracked = True
    copy.join(para(copy, "存在的问题："), para(copy, "改进措施："))


def formats_only(copy: Copy) -> None:
    paragraph = para(copy, OLD)
    holder = paragraph.find(q("pPr"))
    assert holder is not None
    holder.append(copy.change("pPrChange", element("pPr")))
    for run in copy.runs(paragraph):
        properties(run).append(copy.change("rPrChange", element("rPr")))


def accepted(copy: Copy) -> None:
    """Tracked, then all accepted and saved."""
    copy.tracked = True
    replace(copy, "专人引导", "专人带领")
    for tag in ("del", "ins"):
        for node in list(copy.body.iter(q(tag))):
            holder = node.getparent()
            assert holder is not None
            if tag == "ins":
                for child in list(node):
                    node.addprevious(child)
            holder.remove(node)


def pasted(behind: str, edited: str = "") -> Callable[[Copy], None]:
    """A paragraph copied with its bookmark."""

    def paste(copy: Copy) -> None:
        made = deepcopy(para(copy, "改进措施："))
        para(copy, behind).addnext(made)
        if edited:
            copy.replace(made, 0, 5, edited)

    return paste


def table(*rows: Sequence[str]) -> Element:
    cells = [[element("tc", element("p", text_run(text))) for text in row] for row in rows]
    return element("tbl", element("tblPr"), *(element("tr", *row) for row in cells))


def add_table(behind: str, *rows: Sequence[str]) -> Callable[[Copy], None]:
    return lambda copy: para(copy, behind).addnext(table(*rows))


def add_merged(copy: Copy) -> None:
    made = table(("甲", "乙"), ("丙", "丁"))
    next(made.iter(q("tc"))).insert(0, element("tcPr", element("gridSpan", val="2")))
    para(copy, "改进措施：").addnext(made)


def add_picture(copy: Copy) -> None:
    inline = etree.Element(f"{{{DRAWING}}}inline")
    etree.SubElement(inline, f"{{{DRAWING}}}docPr", id="99", name="图片 1", descr="新拍的照片")
    copy.add(para(copy, "（一）主动公开"), "").append(element("r", element("drawing", inline)))


def in_control(copy: Copy) -> None:
    replace(copy, "专人引导", "专人带领")
    paragraph = para(copy, "专人带领")
    holder = element("sdt", element("sdtContent"))
    paragraph.addprevious(holder)
    holder[0].append(paragraph)


def two_cells(copy: Copy) -> None:
    cell(copy, "主动公开政府信息.行政许可", "7")
    cell(copy, "主动公开政府信息.行政处罚", "9")


NEW = "专人带领群众查阅。"
KINDS: dict[str, Kind] = {
    "inside a bold run": (in_bold, (), NEW),
    "across the ends of runs": (across_runs, (), "，安排专人引导群众"),
    "a number of a sub-heading": (lambda c: replace(c, "（二）依申请", "（三）依申请"), (), ""),
    "a number of a chapter": (lambda c: replace(c, "五、存在", "六、存在"), ("absorb-fixed",), ""),
    "all texts of a chapter": (
        lambda c: remove_all(c, "存在的问题：", "改进措施："),
        ("absorb-gone", "absorb-gone"),
        "",
    ),
    "a chapter with its heading": (
        lambda c: remove_all(c, "五、存在的主要", "存在的问题：", "改进措施："),
        ("absorb-fixed", "absorb-gone", "absorb-gone"),
        "",
    ),
    "a full-width figure in a text": (lambda c: replace(c, "培训2次", "培训２次"), (), "组织培训２次"),
    "a full-width figure of an expression": (
        lambda c: replace(c, "信息86条", "信息８６条"),
        ("absorb-expression",),
        "",
    ),
    "a full-width figure in a table": (
        lambda c: cell(c, "主动公开政府信息.行政许可", "５"),
        ("absorb-figure",),
        "",
    ),
    "a figure among blanks": (lambda c: cell(c, "主动公开政府信息.行政许可", " 5 "), (), "行政许可: 5"),
    "a figure cleared": (lambda c: cell(c, "主动公开政府信息.行政许可", ""), ("absorb-figure",), ""),
    "two figures": (two_cells, (), "行政许可: 7\n  行政处罚: 9"),
    "a sentence at the end": (at_end, (), f"{OLD}群众普遍满意。"),
    "a line break": (lambda c: put(c, "br"), ("absorb-line-break",), ""),
    "a tab": (lambda c: put(c, "tab"), ("absorb-line-break",), ""),
    "a line break beside another change": (broken_and_reworded, ("absorb-line-break",), "引导群众查看"),
    "a break of the page": (lambda c: put(c, "br", type="page"), (), ""),
    "a hyphen that does not break": (lambda c: put(c, "noBreakHyphen"), (), "\u2011专人引导"),
    "hidden words": (hidden, ("absorb-strange",), ""),
    "a comment on a figure": (
        lambda c: c.comment(c.find(names()["主动公开政府信息.行政许可"]), "请核"),
        (),
        "# 批注（张三 2024-01-15）：请核\n主动公开政府信息:",
    ),
    "a comment over paragraphs": (
        over_several,
        (),
        "# 批注（张三 2024-01-15）：三段都请再看\n    正文",
    ),
    "a comment with an answer": (reply, (), "# 批注（李四 2024-01-15）：够。"),
    "the end of a paragraph deleted": (end_deleted, (), "更新不够及时。改进措施：一是"),
    "formats alone": (formats_only, (), ""),
    "all accepted": (accepted, (), NEW),
    "a paragraph pasted behind itself": (pasted("改进措施："), (), ""),
    "a paragraph pasted elsewhere": (pasted("（一）主动公开"), (), "  - 改进措施：一是围绕"),
    "a paragraph pasted and changed": (pasted("改进措施：", "下一步打算："), (), "  - 下一步打算：一是围绕"),
    "a content control": (in_control, (), NEW),
    "straight quotes": (lambda c: replace(c, "“三审三校”", '"三审三校"'), (), '"三审三校"制度'),
    "a new table": (
        add_table("改进措施：", ("科室", "件数"), ("甲科", "3"), ("乙科", "")),
        (),
        "  - 附表:\n      表头: [科室, 件数]\n      行:\n        - [甲科, 3]\n        - [乙科, '']\n",
    ),
    "a new table where none can stand": (
        add_table("2025年1月10日", ("科室", "件数"), ("甲科", "3")),
        ("absorb-exhibit",),
        "",
    ),
    "a new table with a merged cell": (add_merged, ("absorb-strange",), ""),
    "a new table of one row": (add_table("改进措施：", ("科室", "件数")), ("absorb-strange",), ""),
    "a statutory table deleted": (lambda c: c.body.remove(next(c.body.iter(q("tbl")))), ("absorb-gone",), ""),
    "a new picture": (add_picture, ("absorb-exhibit",), ""),
}
UNPRINTED = (
    *("a break of the page", "hidden words", "a new picture", "a figure among blanks"),
    "a hyphen that does not break",
)


@pytest.mark.parametrize("tracked", [False, True], ids=["plain", "tracked"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_odd_edit_is_taken_over_or_told(kind: str, tracked: bool) -> None:
    change, codes, after = KINDS[kind]
    source, copy = source_of(NAME), Copy(word_of(NAME), tracked)
    change(copy)
    done = take(copy, source)
    told = sorted(d.code for d in done.diagnostics if d.level is not Severity.HINT)
    assert told == list(codes)
    assert all(re.search("第[1-4]页", d.message()) for d in done.diagnostics if d.level is not Severity.HINT)
    if not after and kind != "a paragraph pasted behind itself":
        assert done.after == source
    assert after in done.after.decode()
    assert take(copy, done.after).after == done.after
    if not codes and kind not in UNPRINTED:
        report = read_report(done.after, FIXTURE).report
        assert report
        assert texts(p.text for p in body_of(draw(report).copy)) == [
            text.strip() for text in texts(iter(said_in(copy)))
        ]


def strict(content: bytes) -> bytes:
    """A Word file as `Strict Open XML Document` names things."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name.endswith((".xml", ".rels")) and "customXml" not in name:
                part = re.sub(
                    rb"http://schemas\.openxmlformats\.org/(wordprocessingml|officeDocument|drawingml)/2006/",
                    rb"http://purl.oclc.org/ooxml/\1/",
                    part,
                )
            after.writestr(name, part)
    return made.getvalue()


def test_a_strict_file_is_read_as_any_other() -> None:
    copy = Copy(word_of(NAME))
    replace(copy, "专人引导", "专人带领")
    copy.content = strict(copy.save())
    copy.save = lambda: copy.content  # type: ignore[method-assign]
    done = take(copy, source_of(NAME))
    assert done.is_settled
    assert NEW in done.after.decode()
    assert is_same(word_of(NAME), strict(word_of(NAME)))


def test_a_file_without_paragraphs_is_refused() -> None:
    copy = Copy(word_of(NAME))
    for child in list(copy.body):
        copy.body.remove(child)
    for part in [name for name in copy.package.parts if name.startswith(("word/header", "word/footer"))]:
        copy.package.remove(part)
    with pytest.raises(FileError, match="absorb-unreadable"):
        take(copy, source_of(NAME))


def test_a_map_of_another_report_is_not_believed() -> None:
    copy, other = Copy(word_of(NAME)), Copy(word_of("everything-2024"))
    for part in [name for name in copy.package.parts if name.startswith("customXml/item")]:
        copy.package.parts[part] = other.package.parts[part]
    with pytest.raises(FileError, match="absorb-other-report"):
        take(copy, source_of(NAME))


def test_a_changed_footer_is_told_once() -> None:
    copy = Copy(word_of(NAME))
    for part in [name for name in copy.package.parts if name.startswith("word/footer")]:
        copy.package.parts[part] = copy.package.parts[part].replace("—".encode(), "内部资料".encode(), 1)
    (told,) = take(copy, source_of(NAME)).diagnostics
    assert told.code == "absorb-strange"
    assert "内部资料" in told.message()


def test_a_change_that_was_not_tracked_is_nobodys_beside_one_that_was() -> None:
    copy = Copy(word_of(NAME), tracked=True)
    replace(copy, "专人引导", "专人带领")
    (change,) = take(copy, source_of(NAME)).changes
    assert [hand.author for hand in change.hands] == ["张三"]
    copy.tracked = False
    replace(copy, "查询终端1台", "查询终端2台")
    (change,) = take(copy, source_of(NAME)).changes
    assert [hand.author for hand in change.hands] == ["张三", ""]


def test_the_office_is_renamed_where_its_signature_is_given_too() -> None:
    source = source_of(NAME) + "署名: 清溪县柳河乡人民政府\n".encode()
    copy = Copy(made_from(source))
    for paragraph in copy.paragraphs():
        if letters_of(paragraph) in ("清溪县柳河乡人民政府", "清溪县柳河乡人民政府2024年"):
            copy.replace(paragraph, 3, 4, "杨")
    done = take(copy, source)
    assert done.is_settled
    assert "机关: 清溪县杨河乡人民政府" in done.after.decode()
    assert "署名: 清溪县杨河乡人民政府" in done.after.decode()
    assert take(copy, done.after).after == done.after
