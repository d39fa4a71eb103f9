"""Faults that make the documents of a report differ, from each other, from their pages or from the report.

They are made in the documents of the fixture with every kind of block; those of a draft in a draft's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from lxml import etree

from reportgen.render.package import DOCUMENT, parse, read_package
from reportgen.render.word.markup import name
from reportgen.verify.font_programs import read_said
from tests.verify.faults import Fault

Bytes = Callable[[bytes], bytes]

FIGURE = "87654321"
HEADING = "六、其他需要报告的事项"
SENTENCE = "本年度发出收费通知2件，收取信息处理费380元。"
EARLIER, LATER = "存在的问题：", "改进措施："
NOTE = "注：行政许可数量包含依法不予公开的行政许可决定。"


def replaced(text: str, old: str, new: str) -> str:
    """A text with one thing in it, that must be there, put in another's place."""
    assert old in text, old
    return text.replace(old, new, 1)


def in_part(part: str, old: str, new: str) -> Bytes:
    """Change words of a part of a Word file."""

    def breaks(docx: bytes) -> bytes:
        package = read_package(docx)
        package.parts[part] = replaced(package.parts[part].decode(), old, new).encode()
        return package.write()

    return breaks


def in_word(old: str, new: str) -> Bytes:
    """Change words of a Word file's text."""
    return in_part(DOCUMENT, old, new)


def in_body(change: Callable[[Any], None]) -> Bytes:
    """Change the tree of a Word file's text."""

    def breaks(docx: bytes) -> bytes:
        package = read_package(docx)
        root = parse(package.parts[DOCUMENT])
        change(root)
        package.parts[DOCUMENT] = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return package.write()

    return breaks


def paragraph(root: Any, start: str) -> Any:
    """The paragraph that begins with some words."""
    return next(
        node
        for node in root.iter(name("p"))
        if "".join(text.text or "" for text in node.iter(name("t"))).startswith(start)
    )


def lose_paragraph(root: Any) -> None:
    lost = paragraph(root, SENTENCE)
    lost.getparent().remove(lost)


def swap_paragraphs(root: Any) -> None:
    paragraph(root, EARLIER).addprevious(paragraph(root, LATER))


def lower_heading(root: Any) -> None:
    style = paragraph(root, HEADING).find(f"{name('pPr')}/{name('pStyle')}")
    style.set(name("val"), "Level2")


def lose_row(root: Any) -> None:
    row = next(paragraph(root, "行政处罚").iterancestors(name("tr")))
    row.getparent().remove(row)


def move_column(root: Any) -> None:
    table = next(paragraph(root, "股室").iterancestors(name("tbl")))
    for row in table.iterchildren(name("tr")):
        row.append(row.find(name("tc")))


def break_line(root: Any) -> None:
    run = paragraph(root, SENTENCE).find(name("r"))
    run.append(etree.Element(name("br")))


def restart_numbers(root: Any) -> None:
    section = next(root.iter(name("sectPr")))
    etree.SubElement(section, name("pgNumType")).set(name("start"), "5")


def set_first_page_apart(root: Any) -> None:
    etree.SubElement(next(root.iter(name("sectPr"))), name("titlePg"))


def lose_header_rows(root: Any) -> None:
    for mark in list(root.iter(name("tblHeader"))):
        mark.getparent().remove(mark)


def in_page(old: str, new: str) -> Bytes:
    """Change words of a web page's text."""

    def breaks(html: bytes) -> bytes:
        head, main, body = html.decode().partition("<main>")
        return (head + main + replaced(body, old, new)).encode()

    return breaks


def by_pattern(pattern: str, new: str) -> Bytes:
    """Change the first match of a pattern in a web page's text."""

    def breaks(html: bytes) -> bytes:
        head, main, body = html.decode().partition("<main>")
        changed, count = re.subn(pattern, new, body, count=1)
        assert count
        return (head + main + changed).encode()

    return breaks


def in_pdf(change: Callable[[pikepdf.Pdf], None]) -> Bytes:
    """Change a PDF."""

    def breaks(pdf: bytes) -> bytes:
        target = BytesIO()
        with pikepdf.open(BytesIO(pdf)) as document:
            change(document)
            document.save(target)
        return target.getvalue()

    return breaks


def on_page(change: Callable[[bytes], bytes], number: int = 0) -> Bytes:
    """Change the content of a page of a PDF."""

    def rewrite(document: pikepdf.Pdf) -> None:
        page = document.pages[number]
        page.Contents = document.make_stream(change(page.Contents.read_bytes()))

    return in_pdf(rewrite)


def codes(font: Any, text: str) -> str:
    """The glyphs of a text in a font, as a content stream writes them; empty when the font lacks one."""
    known = {said: f"{code:04x}" for code, said in read_said(font.ToUnicode.read_bytes())}
    return "".join(known[letter] for letter in text) if set(text) <= set(known) else ""


def retype(old: str, new: str) -> Callable[[pikepdf.Pdf], None]:
    """Set other glyphs of the same font where a text is painted first."""

    def change(document: pikepdf.Pdf) -> None:
        for page in document.pages:
            for font in page.Resources.Font.values():
                wanted, other = codes(font, old), codes(font, new)
                content = page.Contents.read_bytes()
                if wanted and other and f"<{wanted}>".encode() in content:
                    changed = content.replace(f"<{wanted}>".encode(), f"<{other}>".encode(), 1)
                    page.Contents = document.make_stream(changed)
                    return
        raise AssertionError(old)

    return change


def lie(document: pikepdf.Pdf) -> None:
    """Say of the glyph of 8 that it is a 3, in every font."""
    for font in document.pages[0].Resources.Font.values():
        said = font.ToUnicode.read_bytes()
        font.ToUnicode.write(said.replace(b"<0038>\n", b"<0033>\n"))


def painting(state: str, x: int, y: int) -> Bytes:
    """Paint a word more on the first page, in no structure."""

    def change(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        key, font = next((key, font) for key, font in page.Resources.Font.items() if codes(font, "政府信息"))
        shown = f"{key} 16 Tf 1 0 0 1 {x} {y} Tm <{codes(font, '政府信息')}> Tj"
        word = f"\n/Artifact BMC q BT {state} {shown} ET Q EMC"
        page.Contents = document.make_stream(b"q\n" + page.Contents.read_bytes() + b"\nQ" + word.encode())

    return in_pdf(change)


def whiten(content: bytes) -> bytes:
    assert b"0 0 0 rg\nBT" in content
    return content.replace(b"0 0 0 rg\nBT", b"1 1 1 rg\nBT")


def cover(content: bytes) -> bytes:
    return b"q\n" + content + b"\nQ q 1 1 1 rg 80 400 430 60 re f Q"


def drawing(content: bytes, operators: bytes) -> bytes:
    """Draw something in the page's own units, from its top, after all else."""
    return b"q\n" + content + b"\nQ q 1 0 0 -1 0 841.889764 cm /Artifact BMC " + operators + b" EMC Q"


def strike(content: bytes) -> bytes:
    return drawing(content, b"1 0 0 RG 1 w 90 %d m 400 %d l S" % (middle(content), middle(content)))


def strike_aslant(content: bytes) -> bytes:
    return drawing(content, b"0 G 1 w 90 %d m 500 %d l S" % (middle(content) - 60, middle(content) + 60))


def grey(content: bytes) -> bytes:
    return drawing(content, b"0.8 g 90 %d 300 3 re f" % middle(content))


def middle(content: bytes) -> int:
    """The middle of a line of text, in pt from the top: half a letter above the baseline of one."""
    places = [float(place) for place in re.findall(rb"1 0 0 -1 [\d.]+ ([\d.]+) Tm", content)]
    return int(places[len(places) // 2] * 0.75 - 6)


def veil(document: pikepdf.Pdf) -> None:
    """Lay white of which half is seen through over some lines."""
    page = document.pages[0]
    content = page.Contents.read_bytes()
    state = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=0.5))
    page.Resources.ExtGState["/Veil"] = state
    shown = drawing(content, b"/Veil gs 1 g 80 %d 400 60 re f" % middle(content))
    page.Contents = document.make_stream(shown)


def move_word(content: bytes) -> bytes:
    """Move the rest of a line to the right by less than half a letter."""
    assert b">0<" in content
    return content.replace(b">0<", b">-400<", 1)


def clip(content: bytes) -> bytes:
    return b"q 0 0 595 500 re W n\n" + content + b"\nQ"


def shift_number(content: bytes) -> bytes:
    """Paint the number of a page on its other side."""
    places = list(re.finditer(rb"1 0 0 -1 ([\d.]+) (10[12]\d\.\d+) Tm", content))
    assert places
    for place in reversed(places):
        content = content[: place.start(1)] + b"140" + content[place.end(1) :]
    return content


def swap_pages(document: pikepdf.Pdf) -> None:
    first = document.pages[1]
    document.pages.insert(3, first)
    del document.pages[1]


def elements(document: pikepdf.Pdf, tag: str) -> list[Any]:
    """The elements of a type in the structure of a PDF."""
    found, waiting = [], [document.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop(0)
        if node.get("/S") == tag:
            found.append(node)
        kids = node.get("/K")
        if isinstance(kids, pikepdf.Array):
            waiting += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]
    return found


def reorder(document: pikepdf.Pdf) -> None:
    """Let the structure read a paragraph before the one above it."""
    first, second = elements(document, "/P")[1:3]
    kids = first.P.K
    places = [number for number, kid in enumerate(kids) if kid.objgen in (first.objgen, second.objgen)]
    kids[places[0]], kids[places[1]] = second, first


def demote(document: pikepdf.Pdf) -> None:
    elements(document, "/H2")[0].S = pikepdf.Name("/P")


def mute(document: pikepdf.Pdf) -> None:
    elements(document, "/Figure")[0].Alt = pikepdf.String("")


def lose_paragraph_of_pdf(document: pikepdf.Pdf) -> None:
    lost = elements(document, "/P")[1]
    kids = lost.P.K
    del kids[next(number for number, kid in enumerate(kids) if kid.objgen == lost.objgen)]


def swap_pictures(docx: bytes) -> bytes:
    package = read_package(docx)
    one, other = sorted(part for part in package.parts if part.endswith(".svg"))[:2]
    package.parts[one], package.parts[other] = package.parts[other], package.parts[one]
    return package.write()


def rename_bookmark(document: pikepdf.Pdf) -> None:
    document.Root.Outlines.First.Title = pikepdf.String("别的部分")


def lead_elsewhere(document: pikepdf.Pdf) -> None:
    document.Root.Outlines.First.Dest[0] = document.pages[-1].obj


def lose_bookmarks(document: pikepdf.Pdf) -> None:
    del document.Root.Outlines


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


WORDS, REPORT, LAYER, FURNITURE = "twin-words", "report-words", "text-layer", "page-furniture"

FAULTS: tuple[Fault, ...] = (
    Fault("a figure changed in Word", "docx", in_word(FIGURE, "87654312"), WORDS, "twin-cell-differs"),
    Fault("the same, against the report", "docx", in_word(FIGURE, "87654312"), REPORT, "twin-cell-differs"),
    Fault("a figure changed in the page", "html", in_page(FIGURE, "87654312"), WORDS, "twin-cell-differs"),
    Fault(
        "a figure changed in the PDF", "pdf", in_pdf(retype(FIGURE, "87654312")), WORDS, "twin-cell-differs"
    ),
    Fault(
        "a cell merged wrongly in Word",
        "docx",
        in_word('<w:gridSpan w:val="4"/>', '<w:gridSpan w:val="3"/>'),
        WORDS,
        "twin-merge-differs",
    ),
    Fault(
        "a cell merged wrongly in the page",
        "html",
        in_page('colspan="4"', 'colspan="3"'),
        WORDS,
        "twin-merge-differs",
    ),
    Fault(
        "rows merged wrongly in the page",
        "html",
        by_pattern(r' rowspan="\d+"', ""),
        REPORT,
        "twin-merge-differs",
    ),
    Fault("a paragraph lost in Word", "docx", in_body(lose_paragraph), WORDS, "twin-text-missing"),
    Fault(
        "a paragraph lost, against the report", "docx", in_body(lose_paragraph), REPORT, "twin-text-missing"
    ),
    Fault(
        "a paragraph lost in the page",
        "html",
        in_page(f'<p class="body">{SENTENCE}</p>', ""),
        WORDS,
        "twin-text-missing",
    ),
    Fault(
        "a paragraph lost from the structure",
        "pdf",
        in_pdf(lose_paragraph_of_pdf),
        WORDS,
        "twin-text-missing",
    ),
    Fault(
        "a text cut off after a strange character",
        "docx",
        in_word("&lt;B &amp;", "&lt;"),
        WORDS,
        "twin-text-differs",
    ),
    Fault("paragraphs swapped in Word", "docx", in_body(swap_paragraphs), WORDS, "twin-order-differs"),
    Fault("paragraphs swapped in the structure", "pdf", in_pdf(reorder), WORDS, "twin-order-differs"),
    Fault("a heading's level changed in Word", "docx", in_body(lower_heading), WORDS, "twin-level-differs"),
    Fault(
        "a heading's level changed in the page",
        "html",
        by_pattern(r'<h2 class="level-1">(.*?)</h2>', r'<h3 class="level-2">\1</h3>'),
        WORDS,
        "twin-level-differs",
    ),
    Fault("a heading that is none in the PDF", "pdf", in_pdf(demote), WORDS, "twin-level-differs"),
    Fault("a row of a table missing in Word", "docx", in_body(lose_row), WORDS, "twin-row-missing"),
    Fault("a column moved in Word", "docx", in_body(move_column), WORDS, "twin-columns-differ"),
    Fault("header rows not repeated", "docx", in_body(lose_header_rows), WORDS, "twin-head-differs"),
    Fault(
        "a caption changed in the page",
        "html",
        by_pattern("<caption>[^<]*", "<caption>别的表"),
        WORDS,
        "twin-caption-differs",
    ),
    Fault(
        "no alternative text in Word",
        "docx",
        in_word('descr="饼图', 'descr="'),
        WORDS,
        "twin-picture-differs",
    ),
    Fault(
        "no alternative text in the page",
        "html",
        by_pattern(r'alt="[^"]*"', 'alt=""'),
        WORDS,
        "twin-picture-differs",
    ),
    Fault("no alternative text in the PDF", "pdf", in_pdf(mute), WORDS, "twin-picture-differs"),
    Fault(
        "a label missing from the page's table",
        "html",
        in_page(">行政强制</th>", "></th>"),
        WORDS,
        "twin-cell-differs",
    ),
    Fault(
        "a label that is a figure in the page",
        "html",
        by_pattern(r"<th ([^>]*)>行政强制</th>", r"<td \1>行政强制</td>"),
        WORDS,
        "twin-label-differs",
    ),
    Fault(
        "a note lost from the page",
        "html",
        in_page(f'<p class="note">{NOTE}</p>', ""),
        WORDS,
        "twin-text-missing",
    ),
    Fault(
        "another signature in Word",
        "docx",
        in_word('保障局</w:t></w:r><w:bookmarkEnd w:id="', '保障厅</w:t></w:r><w:bookmarkEnd w:id="'),
        WORDS,
        "twin-text-differs",
    ),
    Fault(
        "another date in Word",
        "docx",
        in_word("2025年1月8日</w:t>", "2025年1月9日</w:t>"),
        REPORT,
        "twin-text-differs",
    ),
    Fault("an en dash for an em dash", "html", in_page(">—</td>", ">–</td>"), WORDS, "twin-cell-differs"),
    Fault("a full-width digit", "docx", in_word("通知2件", "通知２件"), WORDS, "twin-text-differs"),
    Fault("a zero-width space", "docx", in_word("通知2件", "通\u200b知2件"), WORDS, "twin-text-differs"),
    Fault(
        "a space that does not break",
        "html",
        in_page("A&lt;B &amp;", "A&lt;B\u00a0&amp;"),
        WORDS,
        "twin-text-differs",
    ),
    Fault("two spaces for one", "docx", in_word("&lt;B &amp;", "&lt;B  &amp;"), WORDS, "twin-text-differs"),
    Fault("a forced break", "docx", in_body(break_line), "word-breaks", "word-forced-break"),
    Fault("a text altered in Word", "docx", in_word("通知2件", "通知3件"), "word-texts", "word-text-altered"),
    Fault("a text layer that lies", "pdf", in_pdf(lie), LAYER, "text-layer-lies"),
    Fault("invisible text added", "pdf", painting("3 Tr", 100, 90), LAYER, "text-unseen"),
    Fault("text beside the page", "pdf", painting("", -200, 300), LAYER, "text-unseen"),
    Fault("white text", "pdf", on_page(whiten), LAYER, "text-unseen"),
    Fault("text under a white box", "pdf", on_page(cover), LAYER, "text-unseen"),
    Fault("text cut off by a clipping path", "pdf", on_page(clip), LAYER, "text-unseen"),
    Fault("a half-transparent area over text", "pdf", in_pdf(veil), LAYER, "text-covered"),
    Fault("text struck out", "pdf", on_page(strike), LAYER, "text-covered"),
    Fault("text struck out aslant", "pdf", on_page(strike_aslant), LAYER, "text-covered"),
    Fault("text greyed by an area over it", "pdf", on_page(grey), LAYER, "text-covered"),
    Fault("a word moved in its line", "pdf", on_page(move_word), LAYER, "text-displaced"),
    Fault("text added outside of the structure", "pdf", painting("", 100, 130), WORDS, "pdf-text-untagged"),
    Fault("a page number inside", "pdf", on_page(shift_number), FURNITURE, "page-number-inside"),
    Fault("pages in another order", "pdf", in_pdf(swap_pages), FURNITURE, "page-number-differs"),
    Fault(
        "page numbers restarted in Word",
        "docx",
        in_body(restart_numbers),
        FURNITURE,
        "word-page-number-restarts",
    ),
    Fault(
        "a first page without a number",
        "docx",
        in_body(set_first_page_apart),
        FURNITURE,
        "word-first-page-apart",
    ),
    Fault(
        "an even number on the right",
        "docx",
        in_part("word/footer2.xml", "PageNumberEven", "PageNumberOdd"),
        FURNITURE,
        "word-page-number-inside",
    ),
    Fault(
        "another form of number in Word",
        "docx",
        in_part("word/footer1.xml", "— ", "- "),
        FURNITURE,
        "word-page-number-differs",
    ),
    Fault(
        "the mark of a draft in a final report",
        "docx",
        in_part("word/header1.xml", "</w:p>", "<w:r><w:t>草稿</w:t></w:r></w:p>"),
        FURNITURE,
        "draft-mark-in-final",
    ),
    Fault(
        "another picture in the page",
        "html",
        by_pattern(r'src="data:image/[^"]*"', 'src="data:image/png;base64,iVBORw=="'),
        WORDS,
        "twin-picture-other",
    ),
    Fault("two pictures swapped in Word", "docx", swap_pictures, WORDS, "twin-picture-other"),
    Fault("a bookmark renamed", "pdf", in_pdf(rename_bookmark), WORDS, "pdf-bookmark-differs"),
    Fault("a bookmark led elsewhere", "pdf", in_pdf(lead_elsewhere), WORDS, "pdf-bookmark-differs"),
    Fault("no bookmarks", "pdf", in_pdf(lose_bookmarks), WORDS, "pdf-bookmark-differs"),
    Fault("half a Word file", "docx", half, WORDS, "word-unreadable"),
    Fault("half a PDF", "pdf", lambda _: b"%PDF-1.7 nothing", WORDS, "pdf-unreadable"),
    Fault("no page", "html", lambda _: b"", WORDS, "page-unreadable"),
)


def format_run(tag: str, **values: str) -> Bytes:
    """Format a run of a paragraph otherwise."""

    def change(root: Any) -> None:
        run = paragraph(root, SENTENCE).find(name("r"))
        properties = run.find(name("rPr"))
        if properties is None:
            properties = etree.Element(name("rPr"))
            run.insert(0, properties)
        etree.SubElement(properties, name(tag), {name(key): value for key, value in values.items()})

    return in_body(change)


def format_paragraph(tag: str, **values: str) -> Bytes:
    """Format a paragraph otherwise."""

    def change(root: Any) -> None:
        properties = paragraph(root, SENTENCE).find(name("pPr"))
        etree.SubElement(properties, name(tag), {name(key): value for key, value in values.items()})

    return in_body(change)


def format_cell(tag: str, **values: str) -> Bytes:
    """Format a cell otherwise."""

    def change(root: Any) -> None:
        cell = next(paragraph(root, "行政处罚").iterancestors(name("tc")))
        etree.SubElement(cell.find(name("tcPr")), name(tag), {name(k): v for k, v in values.items()})

    return in_body(change)


def format_page(tag: str, **values: str) -> Bytes:
    """Format the pages otherwise."""

    def change(root: Any) -> None:
        section = next(root.iter(name("sectPr")))
        etree.SubElement(section, name(tag), {name(key): value for key, value in values.items()})

    return in_body(change)


def add_footnote(root: Any) -> None:
    run = paragraph(root, SENTENCE).find(name("r"))
    etree.SubElement(run, name("footnoteReference"), {name("id"): "1"})


def add_field(root: Any) -> None:
    """Let Word put words of its own in when it updates fields."""
    run = paragraph(root, SENTENCE).find(name("r"))
    etree.SubElement(run, name("instrText")).text = "QUOTE 别的话"


def picture_parts(root: Any, tag: str) -> list[Any]:
    """The parts of the first picture with that name."""
    return list(next(root.iter(name("drawing"))).iter(f"{{*}}{tag}"))


def grey_picture(root: Any) -> None:
    blip = picture_parts(root, "blip")[0]
    etree.SubElement(blip, f"{{{etree.QName(blip).namespace}}}grayscl")


def cut_picture(root: Any) -> None:
    blip = picture_parts(root, "blip")[0]
    blip.addnext(etree.Element(f"{{{etree.QName(blip).namespace}}}srcRect", {"l": "30000"}))


def mirror_picture(root: Any) -> None:
    picture_parts(root, "xfrm")[0].set("flipH", "1")


def press_picture(root: Any) -> None:
    picture_parts(root, "extent")[0].set("cx", "900000")


def leave_gap(root: Any) -> None:
    """Put an empty paragraph before another."""
    style = etree.Element(name("pStyle"), {name("val"): "BodyParagraph"})
    gap, properties = etree.Element(name("p")), etree.Element(name("pPr"))
    properties.append(style)
    gap.append(properties)
    paragraph(root, SENTENCE).addprevious(gap)


def add_formula(root: Any) -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = etree.SubElement(paragraph(root, SENTENCE), f"{{{space}}}oMath")
    etree.SubElement(formula, f"{{{space}}}r")


def fix_height(root: Any) -> None:
    """Cut off what a row of a free table has no room for."""
    row = next(paragraph(root, "股室").iterancestors(name("tr")))
    next(row.iter(name("trHeight"))).set(name("hRule"), "exact")


def hide_part(docx: bytes) -> bytes:
    package = read_package(docx)
    package.add("word/hidden.bin", b"x", "application/octet-stream")
    return package.write()


def mark_unknown(root: Any) -> None:
    """Mark known words as unknown."""
    run = paragraph(root, SENTENCE).find(name("r"))
    properties = run.find(name("rPr"))
    if properties is None:
        properties = etree.Element(name("rPr"))
        run.insert(0, properties)
    etree.SubElement(properties, name("rStyle")).set(name("val"), "Gap")


STRANGE: tuple[tuple[str, Bytes], ...] = (
    ("hidden text in Word", format_run("vanish")),
    ("text struck out in Word", format_run("strike")),
    ("text under black marker", format_run("highlight", val="black")),
    ("raised text", format_run("vertAlign", val="superscript")),
    ("small letters shown large", format_run("caps")),
    ("a paragraph on a new page", format_paragraph("pageBreakBefore")),
    ("a paragraph in a frame", format_paragraph("framePr", w="100", h="10", x="9000", y="1")),
    ("a black cell", format_cell("shd", fill="000000")),
    ("a cell read from below", format_cell("textDirection", val="btLr")),
    ("two columns", format_page("cols", num="2")),
    ("a footnote", in_body(add_footnote)),
    ("an empty paragraph more", in_body(leave_gap)),
    ("a formula", in_body(add_formula)),
    ("a row that cuts its text off", in_body(fix_height)),
    ("a field in the text", in_body(add_field)),
    ("a picture turned grey", in_body(grey_picture)),
    ("a picture cut", in_body(cut_picture)),
    ("a picture mirrored", in_body(mirror_picture)),
    ("a picture pressed", in_body(press_picture)),
)
FOLDER_FAULTS: tuple[Fault, ...] = (
    Fault("known words marked as unknown", "docx", in_body(mark_unknown), WORDS, "twin-mark-differs"),
    *(Fault(title, "docx", breaks, "word-format", "word-format-strange") for title, breaks in STRANGE),
    Fault("a part that nothing uses", "docx", hide_part, "word-format", "word-part-changed"),
    Fault(
        "protection against changes",
        "docx",
        in_part("word/settings.xml", "</w:settings>", "<w:documentProtection/></w:settings>"),
        "word-format",
        "word-part-changed",
    ),
    Fault(
        "another language in the styles",
        "docx",
        in_part("word/styles.xml", "zh-CN", "en-US"),
        "word-format",
        "word-part-changed",
    ),
)
"""Found in a folder alone, where the template of the build is known."""


def unmark(content: bytes) -> bytes:
    """Leave out what is painted above the text."""
    pieces = re.split(rb"(?=/Artifact\s+BMC)", content)
    place = re.compile(rb"1 0 0 -1 [\d.]+ (?:\d{1,2}|1[0-2]\d)(?:\.\d+)? Tm")
    kept = [piece for piece in pieces if not place.search(piece)]
    assert len(kept) < len(pieces)
    return b"".join(kept)


DRAFT_FAULTS: tuple[Fault, ...] = (
    Fault(
        "no mark of a draft in Word",
        "docx",
        in_part("word/header1.xml", "草稿", ""),
        FURNITURE,
        "draft-mark-missing",
    ),
    Fault("no mark on a page of the PDF", "pdf", on_page(unmark), FURNITURE, "draft-mark-missing"),
)
