"""Faults of a kind's own files: what a clerk or an author can break, and the finding that must tell."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from reportgen.render.package import Package, Relation, read_package
from tests.verify.faults import KindFault

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
SETTINGS = "word/settings.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
BASE = "{% extends 'gbt9704/report.html' %}"


def docx(change: Callable[[Package], None]) -> Callable[[Path], None]:
    """Change the parts of the Word template."""

    def breaks(folder: Path) -> None:
        path = folder / "report.docx"
        package = read_package(path.read_bytes())
        change(package)
        path.write_bytes(package.write())

    return breaks


def swap(part: str, old: str, new: str, after: str = "") -> Callable[[Path], None]:
    """Replace some markup of a part, the first that comes after a text; what is not there is an error."""

    def change(package: Package) -> None:
        text = package.parts[part].decode()
        start = text.index(after) if after else 0
        at = text.index(old, start)
        package.parts[part] = f"{text[:at]}{new}{text[at + len(old) :]}".encode()

    return docx(change)


def insert(old: str, new: str) -> Callable[[Path], None]:
    """Put markup before the paragraph that has a text."""

    def change(package: Package) -> None:
        text = package.parts[DOCUMENT].decode()
        at = text.rindex("<w:p>", 0, text.index(f">{old}<"))
        package.parts[DOCUMENT] = f"{text[:at]}{new}{text[at:]}".encode()

    return docx(change)


def drop(part: str, pattern: str, after: str = "") -> Callable[[Path], None]:
    """Take away the first markup of a pattern that comes after a text."""

    def change(package: Package) -> None:
        text = package.parts[part].decode()
        found = re.compile(pattern, re.DOTALL).search(text, text.index(after) if after else 0)
        assert found, pattern
        package.parts[part] = f"{text[: found.start()]}{text[found.end() :]}".encode()

    return docx(change)


def run(text: str, letters: str = "") -> str:
    """The markup of a paragraph of one run."""
    return f"<w:p><w:r><w:rPr>{letters}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def style_rule(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Change a style, named as Word shows it."""
    return swap(STYLES, old, new, f'w:val="{name}"')


def part(name: str, media: str) -> Callable[[Path], None]:
    """Add a part that has no place in a template."""
    return docx(lambda package: package.add(name, b"x", media))


def related(kind: str, target: str) -> Callable[[Path], None]:
    """Let the document lead outside."""
    relation = Relation(f"{OFFICE}/{kind}", target, outside=True)

    def change(package: Package) -> None:
        package.relate(DOCUMENT, relation)

    return docx(change)


def comment(package: Package) -> None:
    """Put a comment with a tag in it beside a heading."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:comment w:id="0" w:author="a">{run("{{ date }}")}</w:comment>'
    content = f'<w:comments xmlns:w="{space}">{body}</w:comments>'.encode()
    package.add("word/comments.xml", content, "application/vnd.openxmlformats-comments+xml")
    text = package.parts[DOCUMENT].decode()
    at = text.index(">一、总体情况<")
    at = text.index("</w:r>", at) + len("</w:r>")
    reference = '<w:r><w:commentReference w:id="0"/></w:r>'
    package.parts[DOCUMENT] = f"{text[:at]}{reference}{text[at:]}".encode()


def saved_elsewhere(package: Package) -> None:
    """What LibreOffice does to the rules of lines, the settings and the ids of styles."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    properties = f'<Properties xmlns="{space}"><Application>LibreOffice/7.4</Application></Properties>'
    package.add("docProps/app.xml", properties.encode())
    styles = package.parts[STYLES].decode()
    for rule in ("autoSpaceDE", "autoSpaceDN", "adjustRightInd"):
        styles = styles.replace(f'<w:{rule} w:val="0"/>', "")
    package.parts[STYLES] = styles.replace('<w:overflowPunct w:val="0"/>', "<w:overflowPunct/>").encode()


def text(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace a text of a file, the first time it comes; an empty one stands for the file's end."""

    def breaks(folder: Path) -> None:
        path = folder / name
        before = path.read_text("utf-8")
        assert old in before, old
        path.write_text(before.replace(old, new, 1) if old else before + new, "utf-8")

    return breaks


def sheet(rule: str) -> Callable[[Path], None]:
    """Give the kind a sheet of its own with one more rule."""
    return whole("report.css", f"{OWN_SHEET}\n{rule}\n")


def whole(name: str, content: str) -> Callable[[Path], None]:
    """Write a file anew."""

    def breaks(folder: Path) -> None:
        (folder / name).write_text(content, "utf-8")

    return breaks


OWN_SHEET = (Path(__file__).parents[3] / "templates/gbt9704/report.css").read_text("utf-8")
LABEL = "一、本年新收政府信息公开申请数量"
MERGED = '<w:vMerge w:val="restart"/>'
BOLD = "<w:b/>"
INSERTED = f'<w:p><w:ins w:id="9" w:author="a"><w:r><w:t>{"{{ date }}"}</w:t></w:r></w:ins></w:p>'
BOX = f"<w:p><w:r><w:pict><w:txbxContent>{run('机密')}</w:txbxContent></w:pict></w:r></w:p>"
FIELD = '<w:p><w:fldSimple w:instr=" DATE "><w:r><w:t>今天</w:t></w:r></w:fldSimple></w:p>'
LINK = '<w:p><w:r><w:instrText>HYPERLINK "https://example.org"</w:instrText></w:r></w:p>'
OLE = "<w:p><w:r><w:object/></w:r></w:p>"
CHUNK = '<w:altChunk r:id="rId9"/>'
TAB = "<w:tab/>"
SECTIONS = "{% block sections %}"


def encoded(name: str) -> Callable[[Path], None]:
    """Write a file in the encoding of old editors."""

    def breaks(folder: Path) -> None:
        (folder / name).write_bytes("/* 样式 */".encode("gb18030"))

    return breaks


def exchange(one: str, other: str) -> Callable[[Path], None]:
    """Exchange two words of the page template wherever they stand."""

    def breaks(folder: Path) -> None:
        path = folder / "report.html"
        before = path.read_text("utf-8")
        path.write_text(before.replace(one, "\0").replace(other, one).replace("\0", other), "utf-8")

    return breaks


BROKEN: dict[str, dict[str, Callable[[Path], None]]] = {
    "word-template-label": {
        "a label of a table changed": swap(DOCUMENT, f">{LABEL}<", ">本年新收<"),
    },
    "word-template-figure": {
        "two figures in each other's cells": swap(
            DOCUMENT, "{{ 收到和处理申请.本年新收.自然人 }}", "{{ 收到和处理申请.上年结转.自然人 }}"
        ),
        "a figure typed over its tag": swap(DOCUMENT, "{{ 收到和处理申请.本年新收.自然人 }}", "20"),
    },
    "word-template-merge": {
        "a merged cell split": swap(DOCUMENT, MERGED, ""),
    },
    "word-template-rows": {
        "a row of a table deleted": drop(DOCUMENT, r"<w:tr>.*?</w:tr>", ">信息内容<"),
    },
    "word-template-table-missing": {
        "a table deleted": drop(DOCUMENT, r"<w:tbl>.*?</w:tbl>", ">四、政府信息公开行政复议、行政诉讼情况<"),
    },
    "word-template-syntax": {
        "an expression without end": swap(DOCUMENT, "{{ date }}", f"{{{{ {'(' * 300}date{')' * 300} }}}}"),
        "a tag with half its braces": swap(DOCUMENT, "{{ date }}", "{{ date"),
        "a tag with one brace each": swap(DOCUMENT, "{{ date }}", "{ date }"),
        "a tag over two paragraphs": swap(
            DOCUMENT, "{{ date }}", "{{ date</w:t></w:r></w:p><w:p><w:r><w:t> }}"
        ),
        "a loop from text into a table": swap(
            DOCUMENT, "{%tr endif %}", "{%tr endif %}</w:t></w:r></w:p><w:p><w:r><w:t>{%p endfor %}"
        ),
    },
    "word-template-split": {
        "a tag with a tab inside": swap(
            DOCUMENT, "{{ date }}", f"{{{{ da</w:t></w:r><w:r>{TAB}</w:r><w:r><w:t>te }}}}"
        ),
        "a tag with a line break inside": swap(
            DOCUMENT, "{{ date }}", "{</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>{ date }}"
        ),
    },
    "word-template-unbalanced": {
        "a loop without its end": drop(
            DOCUMENT,
            r"<w:p><w:pPr><w:pStyle w:val=\"TemplateTag\"/></w:pPr><w:r><w:t[^>]*>\{%p endfor %\}.*?</w:p>",
        ),
        "an end without its loop": insert("一、总体情况", run("{%p endfor %}")),
    },
    "word-template-undefined": {
        "an unknown name": swap(DOCUMENT, "{{ date }}", "{{ 落款日期 }}"),
        "an unknown part of an item": swap(DOCUMENT, "{{ item.text }}", "{{ item.txt }}"),
        "an unknown name in a branch that is seldom taken": insert(
            "一、总体情况", run("{% if draft %}{{ 草稿说明 }}{% endif %}")
        ),
    },
    "word-template-filter": {
        "an unknown filter": swap(DOCUMENT, "{{ date }}", "{{ date | upper }}"),
        "a test that is none": swap(DOCUMENT, "{{ date }}", "{{ 1 if date is defined }}"),
    },
    "word-template-forbidden": {
        "a way out of the sandbox": swap(DOCUMENT, "{{ date }}", "{{ ''.__class__ }}"),
        "a method called": swap(DOCUMENT, "{{ date }}", "{{ organ.lower() }}"),
        "a power": swap(DOCUMENT, "{{ date }}", "{{ 9 ** 9 ** 9 }}"),
        "a list printed as text": swap(DOCUMENT, "{{ date }}", "{{ title }}"),
    },
    "word-template-quotes": {
        "prose quotes in a tag": swap(DOCUMENT, "item.form == 'note'", "item.form == ‘note’"),
    },
    "word-template-tracked": {
        "a tag in a tracked change": insert("一、总体情况", INSERTED),
        "a tracked change of formatting": swap(
            DOCUMENT, "<w:r><w:t", '<w:r><w:rPr><w:rPrChange w:id="1" w:author="a"/></w:rPr><w:t'
        ),
    },
    "word-template-comment": {
        "a tag in a comment": docx(comment),
    },
    "word-template-box": {
        "a text box": insert("一、总体情况", BOX),
    },
    "word-template-extra": {
        **{
            name: insert("一、总体情况", f"<w:p><w:r>{markup}</w:r></w:p>")
            for name, markup in {
                "a picture": "<w:drawing/>",
                "a footnote": '<w:footnoteReference w:id="1"/>',
                "an inserted symbol": '<w:sym w:font="Wingdings" w:char="F0FE"/>',
                "a phonetic guide": "<w:ruby/>",
                "a page break by hand": '<w:br w:type="page"/>',
            }.items()
        },
        "a formula": insert("一、总体情况", f'<w:p><m:oMath xmlns:m="{MATH}"/></w:p>'),
        "an empty paragraph": insert(
            "一、总体情况", '<w:p><w:pPr><w:pStyle w:val="BodyParagraph"/></w:pPr></w:p>'
        ),
        "words in a header": swap("word/header1.xml", "</w:p>", "<w:r><w:t>内部资料</w:t></w:r></w:p>"),
        "a tag in a header": swap("word/header1.xml", "</w:p>", "<w:r><w:t>{{ organ }}</w:t></w:r></w:p>"),
    },
    "word-template-field": {
        "a field of the date": insert("一、总体情况", FIELD),
        "a field of a hyperlink": insert("一、总体情况", LINK),
    },
    "word-template-active": {
        "an external hyperlink": related("hyperlink", "https://example.org/"),
        "a template attached": related("attachedTemplate", "file:///c:/a.dotm"),
        "a macro": part("word/vbaProject.bin", "application/vnd.ms-office.vbaProject"),
        "an embedded object": part("word/embeddings/oleObject1.bin", "application/x"),
        "an object in the text": insert("一、总体情况", OLE),
        "another document inside": insert("一、总体情况", CHUNK),
    },
    "word-template-direct": {
        "a word in bold by hand": insert("一、总体情况", run("某市", BOLD)),
        "a paragraph indented by hand": swap(
            DOCUMENT, '<w:pStyle w:val="Level1"/>', '<w:pStyle w:val="Level1"/><w:ind w:left="400"/>'
        ),
        "a cell coloured by hand": swap(
            DOCUMENT,
            '<w:vAlign w:val="center"/>',
            '<w:shd w:val="clear" w:fill="FF0000"/><w:vAlign w:val="center"/>',
        ),
    },
    "word-template-theme-font": {
        "a theme font in a style": swap(
            STYLES, 'w:eastAsia="黑体"', 'w:eastAsia="黑体" w:eastAsiaTheme="majorEastAsia"'
        ),
    },
    "word-template-theme-font-here": {
        "a theme font in the text": swap(
            DOCUMENT, "<w:r><w:t", '<w:r><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/></w:rPr><w:t'
        ),
    },
    "word-template-font": {
        "a style without a Chinese font": swap(STYLES, ' w:eastAsia="黑体"', ""),
    },
    "word-template-geometry": {
        "lines of tables three times as wide": swap(STYLES, 'w:sz="4"', 'w:sz="12"'),
        "cells with more padding": swap(STYLES, 'w:w="17"', 'w:w="108"'),
        "a style with another Chinese font": swap(STYLES, 'w:eastAsia="黑体"', 'w:eastAsia="微软雅黑"'),
        "a pitch of 28 pt": style_rule("正文段落", 'w:line="579"', 'w:line="560"'),
        "a size of 15 pt": style_rule("正文段落", 'w:sz w:val="32"', 'w:sz w:val="30"'),
        "no indent": style_rule("正文段落", 'w:firstLine="630"', 'w:firstLine="0"'),
        "an indent in characters that beats the one in points": style_rule(
            "正文段落", 'w:firstLine="630"', 'w:firstLineChars="300" w:firstLine="630"'
        ),
        "a heading in bold": style_rule(
            "一级标题", '<w:spacing w:val="-5"/>', f'{BOLD}<w:spacing w:val="-5"/>'
        ),
        "hanging punctuation on": drop(STYLES, '<w:overflowPunct w:val="0"/>'),
    },
    "word-template-style-missing": {
        "a table in a style that is not there": swap(DOCUMENT, '"StatisticsTable"', '"TableGrid"'),
        "a paragraph in a style that is not there": swap(DOCUMENT, '"BodyParagraph"', '"Normal9"'),
        "a style deleted": drop(STYLES, r"<w:style [^>]*w:styleId=\"Signature\">.*?</w:style>"),
    },
    "word-template-page": {
        "a margin 2 mm off": swap(DOCUMENT, 'w:top="2098"', 'w:top="2211"'),
        "letter paper": swap(DOCUMENT, 'w:w="11906"', 'w:w="12240"'),
        "a grid of 28 pt": swap(DOCUMENT, 'w:linePitch="579"', 'w:linePitch="560"'),
        "no grid": drop(DOCUMENT, "<w:docGrid[^>]*/>"),
        "the footer moved": swap(DOCUMENT, 'w:footer="', 'w:footer="9'),
        "odd and even pages alike": drop(SETTINGS, "<w:evenAndOddHeaders/>"),
        "no footer on even pages": drop(DOCUMENT, '<w:footerReference w:type="even"[^>]*/>'),
        "two columns": swap(DOCUMENT, "<w:cols ", '<w:cols w:num="2" '),
        "paper on its side": swap(DOCUMENT, "<w:pgSz ", '<w:pgSz w:orient="landscape" '),
        "numbers of lines": swap(DOCUMENT, "<w:cols ", '<w:lnNumType w:countBy="1"/><w:cols '),
        **{
            name: swap(SETTINGS, "<w:evenAndOddHeaders/>", f"<w:{tag}/><w:evenAndOddHeaders/>")
            for name, tag in {
                "changes that will be tracked": "trackRevisions",
                "protection": "documentProtection",
                "a mail merge": "mailMerge",
                "words hyphenated": "autoHyphenation",
            }.items()
        },
        "Word 2007 behaviour": swap(SETTINGS, 'w:val="15"', 'w:val="12"'),
    },
    "word-template-page-number": {
        "a footer without its number": swap("word/footer1.xml", "PAGE", ""),
    },
    "word-template-header-row": {
        "a head that does not repeat": drop(DOCUMENT, "<w:tblHeader/>", ">三、收到"),
        "a free table's head that does not repeat": drop(DOCUMENT, "<w:tblHeader/>"),
    },
    "word-template-body-row": {
        "a body row that repeats": swap(
            DOCUMENT, "<w:cantSplit/>", "<w:cantSplit/><w:tblHeader/>", ">二、主动公开"
        ),
    },
    "word-template-row-splits": {
        "a row that may break": drop(DOCUMENT, "<w:cantSplit/>", ">三、收到"),
    },
    "word-template-row-height": {
        "a row twice as high": swap(DOCUMENT, '<w:trHeight w:val="425"', '<w:trHeight w:val="850"'),
    },
    "word-template-table-fit": {
        "columns that fit their contents": drop(DOCUMENT, "<w:tblLayout[^>]*/>", ">二、"),
    },
    "word-template-cell-style": {
        "a cell in the style of running text": swap(DOCUMENT, 'w:val="TableFigure"', 'w:val="BodyParagraph"'),
    },
    "word-template-column": {
        "a column made narrower": swap(DOCUMENT, '<w:gridCol w:w="2211"/>', '<w:gridCol w:w="2000"/>'),
    },
    "word-template-program": {
        "saved by LibreOffice": docx(saved_elsewhere),
    },
    "word-template-unreadable": {
        "no Word file": whole("report.docx", "PK"),
    },
    "word-template-structure": {
        "a tag in an alternative text": swap(
            DOCUMENT, 'w:tblCaption w:val="主', 'w:tblCaption w:val="{{ date }}主'
        ),
    },
    "template-headings": {
        "a heading deleted": drop(
            DOCUMENT, '<w:p><w:pPr><w:pStyle w:val="Level1"/></w:pPr><w:r><w:t[^>]*>六、.*?</w:p>'
        ),
    },
    "template-part-missing": {
        "a part of the report not printed in Word": swap(
            DOCUMENT, "{{p items(总体情况) }}", "{{p items(引言) }}"
        ),
        "a part missing from the page": text("report.html", "{{ items(存在的主要问题及改进) }}", ""),
        "a table missing from the page": text("report.html", "{{ statistics(tables.复议诉讼) }}", ""),
    },
    "html-template-undefined": {
        "an unknown name on the page": text("report.html", "text.headings.总体情况", "text.headings.总体"),
        "an unknown macro on the page": text("report.html", "items(总体情况)", "item(总体情况)"),
    },
    "html-template-forbidden": {
        "a method called on the page": text("report.html", "{{ items(总体情况) }}", "{{ organ.upper() }}"),
    },
    "html-template-filter": {
        "an unknown filter on the page": text(
            "report.html", "{{ text.headings.总体情况 }}", "{{ text.headings.总体情况 | safe }}"
        ),
    },
    "html-template-unbalanced": {
        "an unbalanced block on the page": text("report.html", "{% endblock %}", ""),
    },
    "html-template-syntax": {
        "a malformed tag on the page": text("report.html", "{{ items(总体情况) }}", "{{ items(总体情况 }}"),
    },
    "html-template-missing": {
        "a template that is not there": text("report.html", BASE, "{% extends 'gb/report.html' %}"),
    },
    "template-heading-missing": {
        "a heading typed otherwise on the page": text(
            "report.html", "{{ text.headings.总体情况 }}", "一、概述"
        ),
    },
    "template-words": {
        "a paragraph in Word only": insert("一、总体情况", run("本报告由办公室编写。")),
    },
    "template-order": {
        "two parts in another order on the page": exchange("存在的主要问题及改进", "其他需要报告的事项"),
    },
    "html-active": {
        "a script on the page": text("report.html", SECTIONS, f"{SECTIONS}<script>1</script>"),
        "a picture from a network": text(
            "report.html", SECTIONS, f"{SECTIONS}<img src='https://example.org/a.png'/>"
        ),
    },
    "sheet-geometry": {
        "a length in a style attribute": text(
            "report.html", "<section>", '<section style="margin-left: 3mm">'
        ),
        "a margin in pixels": sheet(".body { margin: 4px; }"),
        "a size typed by hand": sheet("@media print { .body { font-size: 15pt } }"),
        "a page typed by hand": sheet("@page { margin: 20mm }"),
    },
    "sheet-address": {
        "an import in the sheet": sheet("@import 'a.css';"),
        "an address in the sheet": sheet("main { background: url(https://example.org/a.png); }"),
        "an address in disguise": sheet(r"main { background: u\72l(a.png); }"),
    },
    "sheet-variable": {
        "an unknown variable": sheet("main { color: var(--accent); }"),
    },
    "sheet-encoding": {
        "a sheet in another encoding": encoded("report.css"),
        "a page in another encoding": encoded("report.html"),
    },
    "sheet-syntax": {
        "a brace too many": sheet("main { color: red; }}"),
    },
    "layout-incomplete": {
        "a layout without its grid": whole("layout.yaml", "grid:\n"),
    },
}
"""What breaks a kind, by the code of the finding that must tell."""

FAULTS = tuple(
    KindFault(name, breaks, code) for code, faults in BROKEN.items() for name, breaks in faults.items()
)
