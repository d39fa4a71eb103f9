"""Word files as other programs make them: all formatting direct, one right, one with the usual faults."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

BODY = "为深入贯彻落实上级关于政务公开工作的部署要求，进一步提升政务公开的质量和水平，现就有关事项通知如下。"
RIGHT = {"margins": (37, 35, 28, 26), "title": ("方正小标宋简体", 22), "one": "黑体", "two": "楷体_GB2312"}
WRONG = {"margins": (25.4, 25.4, 31.8, 31.8), "title": ("黑体", 18), "one": "仿宋_GB2312", "two": "黑体"}

PLAIN = {"font": "宋体", "size": 15, "line": 28, "first": 0, "color": "1F3864"}


def stranger_word(right: bool) -> bytes:
    """A notice, laid out as the standard has it or as it is often seen."""
    look: dict[str, Any] = RIGHT if right else WRONG
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    margins = (Mm(length) for length in look["margins"])
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = margins
    section.footer_distance = Mm(25.5 if right else 15)
    document.settings.odd_and_even_pages_header_footer = right
    number(
        section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.CENTER, right
    )
    if right:
        number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT, right)
    for text in ("某市人民政府办公室关于做好", "2024年度政务公开重点工作的通知"):
        add(document, text, *look["title"], align=WD_ALIGN_PARAGRAPH.CENTER, first=0)
    plain: dict[str, Any] = (
        {} if right else {"font": "宋体", "size": 15, "line": 28, "first": 0, "color": "1F3864"}
    )
    add(document, "各县（市、区）人民政府：", first=0)
    for heading, font in (("一、总体要求", look["one"]), ("（一）完善制度", look["two"])):
        add(document, heading, font)
        add(document, BODY * 3, **plain)
    document.add_paragraph()
    ends = (31.5, 47.25) if right else (0, 0)
    for text, end in zip(("某市人民政府办公室", "2024年3月5日"), ends, strict=True):
        add(document, text, align=WD_ALIGN_PARAGRAPH.RIGHT, first=0, end=end)
    if not right:
        add(document, "（此页无正文）", first=0)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def add(
    document: Any,
    text: str,
    font: str = "仿宋_GB2312",
    size: float = 16,
    *,
    align: Any = None,
    first: float = 32,
    line: float = 28.95,
    end: float = 0,
    color: str = "",
) -> None:
    """A paragraph with all its formatting."""
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    form.first_line_indent, form.right_indent, paragraph.alignment = Pt(first), Pt(end), align
    run = letters(paragraph, text, font, size)
    if size == 16:
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), "-5")
        run._r.get_or_add_rPr().append(closer)
    if color:
        run.font.color.rgb = RGBColor.from_string(color)


def letters(paragraph: Any, text: str, font: str, size: float) -> Any:
    """A run in a font of a size."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), font)
    return run


def number(paragraph: Any, align: Any, right: bool) -> None:
    """A page number between dashes, or hyphens."""
    dash, font, size = ("—", "宋体", 14) if right else ("-", "仿宋_GB2312", 10.5)
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(16)
    form.left_indent = form.right_indent = Pt(14 if right else 0)
    paragraph.alignment = align
    letters(paragraph, f"{dash} ", font, size)
    run = letters(paragraph, "", font, size)
    for kind in ("begin", "PAGE", "end"):
        element = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
        if kind == "PAGE":
            element.text = kind
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
    letters(paragraph, f" {dash}", font, size)
