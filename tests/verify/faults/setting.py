"""Faults of lines, pages and looks: one of the twins is set otherwise than the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pikepdf
from PIL import Image

from reportgen.render.package import DOCUMENT, Package, read_package
from tests.verify.faults import Fault

STYLES = "word/styles.xml"
DRAWN = b"q 0 0 0 rg 100 400 60 40 re f Q"


def part(name: str, pattern: str, replacement: str, count: int = 1) -> Callable[[bytes], bytes]:
    """A change of the text of a part, where a pattern first matches (everywhere when the count is 0)."""

    def breaks(docx: bytes) -> bytes:
        package = read_package(docx)
        text = package.parts[name].decode()
        package.parts[name] = re.sub(pattern, replacement, text, count=count, flags=re.DOTALL).encode()
        assert package.parts[name] != text.encode()
        return package.write()

    return breaks


def style(identifier: str, pattern: str, replacement: str) -> Callable[[bytes], bytes]:
    """A change of a paragraph style."""
    return part(STYLES, rf'(w:styleId="{identifier}"(?:(?!</w:style>).)*?){pattern}', rf"\g<1>{replacement}")


def otherwise_painted(docx: bytes) -> bytes:
    """Every picture another one of the same size, without the drawing that stands for it."""
    package = read_package(docx)
    for name in [name for name in package.parts if name.startswith("word/media/")]:
        if name.endswith(".svg"):
            package.parts[name] = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
        else:
            package.parts[name] = checkered(package.parts[name])
    return package.write()


def checkered(picture: bytes) -> bytes:
    """A picture of the same size, striped."""
    with Image.open(BytesIO(picture)) as found:
        size = found.size
    stripes = Image.linear_gradient("L").resize(size).point(lambda value: 255 * (value // 16 % 2))
    written = BytesIO()
    stripes.save(written, "PNG")
    return written.getvalue()


def edited(change: Callable[[pikepdf.Pdf], None]) -> Callable[[bytes], bytes]:
    """A change of a PDF."""

    def breaks(pdf: bytes) -> bytes:
        written = BytesIO()
        with pikepdf.open(BytesIO(pdf)) as document:
            change(document)
            document.save(written)
        return written.getvalue()

    return breaks


def drop_page(pdf: pikepdf.Pdf) -> None:
    """Take the last page out."""
    del pdf.pages[-1]


def swap_pages(pdf: pikepdf.Pdf) -> None:
    """Exchange the first two pages."""
    pdf.pages.insert(0, pdf.pages[1])
    del pdf.pages[2]


def paint_over(pdf: pikepdf.Pdf) -> None:
    """Paint a black box on the first page."""
    page = pdf.pages[0]
    page.contents_add(pdf.make_stream(DRAWN))


def lead_outside(docx: bytes, address: str = "http://127.0.0.1:9/p.png") -> bytes:
    """Let the Word file name a picture on a server."""
    package: Package = read_package(docx)
    relations = package.relations[DOCUMENT]
    name, relation = next((key, value) for key, value in relations.items() if value.type.endswith("/image"))
    relations[name] = type(relation)(relation.type, address, outside=True)
    return package.write()


LINES, PAGES, LOOKS = "twin-lines", "twin-pages", "twin-pictures"
TEXT = "BodyParagraph"
COLUMN = r'<w:gridCol w:w="(\d+)"/><w:gridCol w:w="(\d+)"/>'

FAULTS: tuple[Fault, ...] = (
    Fault(
        "left margin 2 mm wider",
        "docx",
        part(DOCUMENT, r'w:left="1587"', 'w:left="1700"', 0),
        LINES,
        "line-place-differs",
    ),
    Fault(
        "top margin 2 mm less",
        "docx",
        part(DOCUMENT, r'w:top="2098"', 'w:top="1985"', 0),
        LINES,
        "line-place-differs",
    ),
    Fault(
        "line pitch of 28 pt",
        "docx",
        part(STYLES, 'w:line="579"', 'w:line="560"', 0),
        LINES,
        "line-place-differs",
    ),
    Fault(
        "text one size smaller",
        "docx",
        style(TEXT, '<w:sz w:val="32"/>', '<w:sz w:val="30"/>'),
        LINES,
        "line-differs",
    ),
    Fault("text in another face", "docx", style(TEXT, "仿宋_GB2312", "黑体"), LINES, "line-face-differs"),
    Fault(
        "letters not set closer", "docx", style(TEXT, '<w:spacing w:val="-5"/>', ""), LINES, "line-differs"
    ),
    Fault("first line not indented", "docx", style(TEXT, ' w:firstLine="630"', ""), LINES, "line-differs"),
    Fault(
        "line break inserted",
        "docx",
        part(DOCUMENT, "(认真做好)", r"\1</w:t><w:br/><w:t>"),
        LINES,
        "line-differs",
    ),
    Fault("a word more", "docx", part(DOCUMENT, "认真做好", "认认真真做好"), LINES, "line-differs"),
    Fault("a figure changed in a cell", "docx", part(DOCUMENT, ">3486<", ">3487<"), LINES, "line-differs"),
    Fault(
        "a paragraph more",
        "docx",
        part(DOCUMENT, "(<w:sectPr)", r"<w:p><w:r><w:t>余</w:t></w:r></w:p>\1"),
        LINES,
        "line-word-only",
    ),
    Fault("date lost", "docx", part(DOCUMENT, "2024年1月20日", ""), LINES, "line-pdf-only"),
    Fault(
        "kinsoku off", "docx", part(STYLES, "<w:kinsoku/>", '<w:kinsoku w:val="0"/>'), LINES, "line-differs"
    ),
    Fault(
        "other forbidden characters",
        "docx",
        part("word/settings.xml", r'(noLineBreaksBefore[^>]*val=")', r"\g<1>方面条例件的", 0),
        LINES,
        "line-differs",
    ),
    Fault(
        "punctuation hanging",
        "docx",
        part(STYLES, '<w:overflowPunct w:val="0"/>', "<w:overflowPunct/>"),
        LINES,
        "line-differs",
    ),
    Fault(
        "space beside digits",
        "docx",
        part(STYLES, '<w:autoSpace(..) w:val="0"/>', r"<w:autoSpace\1/>", 0),
        LINES,
        "line-differs",
    ),
    Fault(
        "table column narrower",
        "docx",
        part(DOCUMENT, COLUMN, r'<w:gridCol w:w="900"/><w:gridCol w:w="\2"/>'),
        LINES,
        "line-place-differs",
    ),
    Fault(
        "page break inserted",
        "docx",
        part(DOCUMENT, "认真做好", r'</w:t><w:br w:type="page"/><w:t>认真做好'),
        PAGES,
        "page-begins-otherwise",
    ),
    Fault(
        "paper of another size",
        "docx",
        part(DOCUMENT, r'w:h="16838"', 'w:h="16000"', 0),
        PAGES,
        "page-size-differs",
    ),
    Fault("another picture", "docx", otherwise_painted, LOOKS, "page-looks-different"),
    Fault(
        "title printed white",
        "docx",
        style("DocTitle", "<w:rPr>", "<w:rPr><w:color w:val='FFFFFF'/>"),
        LOOKS,
        "page-looks-different",
    ),
    Fault(
        "tables without rules",
        "docx",
        part(STYLES, "<w:tblBorders>.*?</w:tblBorders>", ""),
        LOOKS,
        "page-looks-different",
    ),
    Fault("page dropped", "pdf", edited(drop_page), PAGES, "page-count-differs"),
    Fault("page ends early", "pdf", edited(swap_pages), PAGES, "page-ends-otherwise"),
    Fault("black box painted", "pdf", edited(paint_over), LOOKS, "page-looks-different"),
    Fault("picture on a server", "docx", lead_outside, LINES, "word-file-refused"),
    Fault("no Word file at all", "docx", lambda _: b"PK\3\4", LINES, "word-file-refused"),
    Fault("PDF cut off", "pdf", lambda pdf: pdf[: len(pdf) // 3], LINES, "pdf-not-set-beside"),
)
