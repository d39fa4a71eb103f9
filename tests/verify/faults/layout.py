"""Faults of layout: a page set wrongly, a Word file styled wrongly, one thing each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from reportgen.building import Order, in_silence, prepare
from reportgen.documents import Job, make_page, make_pdf, pdf_inputs
from reportgen.model.report import load_report
from tests.verify.faults import Fault

FIXTURES = Path(__file__).parents[3] / "fixtures"
SOURCE = FIXTURES / "jiangmen-fgj-2023.yaml"
"""The report that all of these are made from: their right files are its own."""
SEALED = FIXTURES / "everything-2024.yaml"
"""The one for the faults of a sealed report."""
NUMBERED = FIXTURES / "document-2024.yaml"
"""The one for the faults of 版头 and 版记."""
COMMON = FIXTURES / "joint-2024.yaml"
"""The one for the faults of the mark of several organs."""
LETTER = FIXTURES / "letter-2024.yaml"
"""The one for the faults of a letter."""
STYLES, DOCUMENT = "word/styles.xml", "word/document.xml"
ODD = '<w:style w:type="paragraph" w:customStyle="1" w:styleId="PageNumberOdd">'


@cache
def printed(source: Path) -> tuple[Job, str]:
    """The job of a report and its page."""
    report = load_report(source).report
    assert report
    job, _ = prepare(report, ("docx", "pdf", "html"), Order((), None, (), None, in_silence, in_silence))
    return job, make_page(job, "pdf")


def set_with(sheet: str, *changes: tuple[str, str], source: Path = SOURCE) -> Callable[[bytes], bytes]:
    """A PDF of the same page with more rules in its sheet, and words exchanged in it."""

    def breaks(_: bytes) -> bytes:
        job, page = printed(source)
        for old, new in changes:
            assert old in page, old
            page = page.replace(old, new, 1)
        return make_pdf(page.replace("</style>", f"{sheet}\n</style>", 1), pdf_inputs(job, ()))

    return breaks


def moved(x: float, y: float) -> Callable[[bytes], bytes]:
    """A PDF whose pages are shifted, in mm to the right and down."""

    def breaks(pdf: bytes) -> bytes:
        import pikepdf

        with pikepdf.open(BytesIO(pdf)) as document:
            for page in document.pages:
                page.contents_add(f"1 0 0 1 {x * 72 / 25.4} {-y * 72 / 25.4} cm".encode(), prepend=True)
            target = BytesIO()
            document.save(target)
        return target.getvalue()

    return breaks


def sized(width: float, height: float) -> Callable[[bytes], bytes]:
    """A PDF on other paper, in mm, its text where it was."""

    def breaks(pdf: bytes) -> bytes:
        import pikepdf

        with pikepdf.open(BytesIO(pdf)) as document:
            for page in document.pages:
                top = float(page.mediabox[3])
                right, bottom = width * 72 / 25.4, top - height * 72 / 25.4
                for key in {"/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"} & set(
                    page.obj.keys()
                ):
                    page.obj[key] = [0, bottom, right, top]
            target = BytesIO()
            document.save(target)
        return target.getvalue()

    return breaks


def edited(part: str, *changes: tuple[str, str]) -> Callable[[bytes], bytes]:
    """A Word file with words of one part exchanged, by pattern, where they first stand."""

    def breaks(docx: bytes) -> bytes:
        target = BytesIO()
        with ZipFile(BytesIO(docx)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
            for info in old.infolist():
                content = old.read(info)
                if info.filename == part:
                    content = exchange(content.decode(), changes).encode()
                new.writestr(info.filename, content)
        return target.getvalue()

    return breaks


def exchange(text: str, changes: Sequence[tuple[str, str]]) -> str:
    """A text after some changes, each of which has to change it."""
    for pattern, new in changes:
        text, number = re.subn(pattern, new, text, count=1, flags=re.DOTALL)
        assert number, pattern
    return text


def style(identifier: str, pattern: str, new: str) -> Callable[[bytes], bytes]:
    """A Word file with one property of a style changed."""
    return edited(STYLES, (rf'(w:styleId="{identifier}">(?:(?!</w:style>).)*?){pattern}', rf"\g<1>{new}"))


def direct(words: str, properties: str) -> Callable[[bytes], bytes]:
    """A Word file in which the run of these words is formatted directly."""
    return edited(DOCUMENT, (rf"<w:r>(<w:t[^>]*>{words})", rf"<w:r><w:rPr>{properties}</w:rPr>\1"))


def pdf(name: str, breaks: Callable[[bytes], bytes], code: str, check: str = "layout-pdf") -> Fault:
    return Fault(name, "pdf", breaks, check, code)


def word(name: str, breaks: Callable[[bytes], bytes], code: str) -> Fault:
    return Fault(name, "docx", breaks, "layout-word", code)


def all_lines(pitch: str) -> str:
    """A rule for the pitch of everything on the grid."""
    return f".body,.level-1,.level-2,.title,.signature,.date{{line-height:{pitch}}}"


NUMBER = "@page:right{@bottom-right{%s}}@page:left{@bottom-left{%s}}"
EMPTY_CELL = '<td headers="t2-4-1 t2-1-4 t2-2-5 t2-3-8" class="figure"><mark class="gap">待填</mark></td>'

PDF_FAULTS = (
    pdf("the page is moved 2 mm to the right", moved(2, 0), "layout-margin"),
    pdf("the page is moved 2 mm down", moved(0, 2), "layout-margin"),
    pdf("the type area is 4 mm narrower", set_with("@page{margin-right:30mm}"), "layout-area"),
    pdf("the paper is A3", sized(297, 420), "layout-paper"),
    pdf("the paper is Letter", sized(215.9, 279.4), "layout-paper"),
    pdf("the pitch is 28 pt", set_with(all_lines("28pt")), "layout-pitch"),
    pdf("the pitch is 30 pt", set_with(all_lines("30pt")), "layout-pitch"),
    pdf("a page holds 21 lines", set_with(all_lines("30pt")), "layout-lines"),
    pdf("a line holds 27 characters", set_with(".body{letter-spacing:.3pt}"), "layout-characters"),
    pdf("the body is 15 pt", set_with(".body{font-size:15pt}"), "layout-size"),
    pdf("the title is 20 pt", set_with(".title{font-size:20pt}"), "layout-size"),
    pdf("the title is 黑体", set_with(".title{font-family:rg-hei}"), "layout-face"),
    pdf("headings of the first level are 仿宋", set_with(".level-1{font-family:rg-fang}"), "layout-face"),
    pdf("headings at the head of text are 黑体", set_with(".run-in{font-family:rg-hei}"), "layout-face"),
    pdf("the body is 宋体", set_with(".body{font-family:rg-song}"), "layout-face"),
    pdf("the body is dark blue", set_with(".body{color:#000080}"), "layout-color"),
    pdf("the body is indented by one character", set_with(".body{text-indent:15.75pt}"), "layout-indent"),
    pdf("the body is not indented", set_with(".body{text-indent:0}"), "layout-indent"),
    pdf("the title stands at the left", set_with(".title{text-align:left}"), "layout-alignment"),
    pdf(
        "the page number is centred",
        set_with(
            "@page:right{@bottom-right{content:none}@bottom-center{text-align:center;vertical-align:top;"
            'padding-top:10.625pt;font:14pt/16pt rg-song-own;content:"— " counter(page) " —"}}'
        ),
        "layout-page-number-place",
    ),
    pdf(
        "the page number is on the inner side",
        set_with(
            "@page:right{@bottom-right{content:none}@bottom-left{text-align:left;padding-left:14pt;"
            "vertical-align:top;padding-top:10.625pt;font:14pt/16pt rg-song-own;"
            'content:"— " counter(page) " —"}}'
        ),
        "layout-page-number-place",
    ),
    pdf(
        "the page number is 12 pt",
        set_with(NUMBER % ("font-size:12pt", "font-size:12pt")),
        "layout-page-number",
    ),
    pdf(
        "the page number is 仿宋",
        set_with(NUMBER % ("font-family:rg-fang", "font-family:rg-fang")),
        "layout-page-number",
    ),
    pdf(
        "the page number has the digits of the Latin font",
        set_with(NUMBER % ("font-family:rg-song", "font-family:rg-song")),
        "layout-page-number",
    ),
    pdf(
        "the page number is 5 mm too low",
        set_with("@page:right{@bottom-right{padding-top:24.8pt}}"),
        "layout-page-number-place",
    ),
    pdf(
        "the page number has hyphens",
        set_with('@page:right{@bottom-right{content:"- " counter(page) " -"}}'),
        "layout-page-number",
    ),
    pdf(
        "odd pages have no number",
        set_with("@page:right{@bottom-right{content:none}}"),
        "layout-page-number-missing",
    ),
    pdf("the signature is flush right", set_with("#signature-1{padding-right:0}"), "layout-signature"),
    pdf(
        "the date stands four characters in without a seal",
        set_with("#signature-date{padding-right:63pt}"),
        "layout-signature",
    ),
    pdf(
        "no empty line above the signature", set_with("#signature-1{margin-top:0}"), "layout-signature-space"
    ),
    pdf(
        "the signature is on a page of its own",
        set_with(".signature{break-before:page}section:has(+ .signature) > p:last-child{break-after:auto}"),
        "layout-signature-alone",
    ),
    pdf("a picture or a rule reaches out of the type area", set_with("table{width:170mm}"), "layout-outside"),
    pdf(
        "a word reaches out of the type area",
        set_with(".level-1{text-indent:420pt;white-space:nowrap}"),
        "layout-outside",
    ),
    pdf(
        "a heading stands at the foot of its page",
        set_with(".level-1{break-after:auto}section>.level-1+*{break-before:page}"),
        "layout-orphan",
    ),
    pdf(
        "the title is an hourglass",
        set_with(
            "",
            (
                "江门市发展和改革局</span>",
                '江门市发展和改革局政府信息公开</span><span class="line">年度</span>',
            ),
        ),
        "layout-title-shape",
    ),
    pdf(
        "a word of the title is broken",
        set_with(
            "",
            (
                "2023年政府信息公开工作年度报告</span>",
                '2023年政府信息公开工作年度</span><span class="line">报告</span>',
            ),
        ),
        "layout-title-word",
    ),
    pdf("a notice that there is no text", set_with("", ("无。", "（此页无正文）")), "layout-notice"),
    pdf(
        "text reaches out of its cell",
        set_with(".label,.figure{white-space:nowrap;font-size:14pt}"),
        "table-text-outside",
        "table-fit",
    ),
    pdf("lines lie over each other", set_with(".body{line-height:5pt}"), "text-overlap", "table-fit"),
    pdf(
        "a figure is broken over two lines",
        set_with(".figure{overflow-wrap:anywhere}", (EMPTY_CELL, '<td class="figure">123456789</td>')),
        "figure-broken",
        "table-fit",
    ),
    pdf(
        "the first page holds nothing but the title",
        set_with(".title{break-after:page}"),
        "layout-first-page",
    ),
)

WORD_FAULTS = (
    word("the top margin is 35 mm", edited(DOCUMENT, (r'w:top="2098"', 'w:top="1984"')), "layout-margin"),
    word(
        "the left margin is 30 mm",
        edited(DOCUMENT, (r'w:left="1587" w:header', 'w:left="1701" w:header')),
        "layout-margin",
    ),
    word(
        "the paper is Letter",
        edited(DOCUMENT, (r'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"')),
        "layout-paper",
    ),
    word("the pitch is 28 pt", style("BodyParagraph", 'w:line="579"', 'w:line="560"'), "layout-pitch"),
    word(
        "the pitch is single",
        style("BodyParagraph", 'w:line="579" w:lineRule="exact"', 'w:line="240" w:lineRule="auto"'),
        "layout-pitch",
    ),
    word("a page holds 21 lines", style("BodyParagraph", 'w:line="579"', 'w:line="600"'), "layout-lines"),
    word(
        "a line holds 27 characters",
        style("BodyParagraph", '<w:spacing w:val="-5"/>', ""),
        "layout-characters",
    ),
    word(
        "the body is 15 pt", style("BodyParagraph", '<w:sz w:val="32"/>', '<w:sz w:val="30"/>'), "layout-size"
    ),
    word("a few words of the body are 15 pt", direct("2023年，我局", '<w:sz w:val="30"/>'), "layout-size"),
    word(
        "the title is 黑体",
        style("DocTitle", 'w:eastAsia="方正小标宋简体"', 'w:eastAsia="黑体"'),
        "layout-face",
    ),
    word("a heading is 仿宋", direct("一、总体情况", '<w:rFonts w:eastAsia="仿宋_GB2312"/>'), "layout-face"),
    word(
        "headings at the head of text are 仿宋",
        style("RunInHeading", 'w:eastAsia="楷体_GB2312"', 'w:eastAsia="仿宋_GB2312"'),
        "layout-face",
    ),
    word("some words are red", direct("2023年，我局", '<w:color w:val="FF0000"/>'), "layout-color"),
    word(
        "the body is indented by one character",
        style("BodyParagraph", 'w:firstLine="630"', 'w:firstLine="315"'),
        "layout-indent",
    ),
    word(
        "the title stands at the left",
        style("DocTitle", '<w:jc w:val="center"/>', '<w:jc w:val="left"/>'),
        "layout-alignment",
    ),
    word(
        "the page number is centred",
        style("PageNumberOdd", '<w:jc w:val="right"/>', '<w:jc w:val="center"/>'),
        "layout-page-number-place",
    ),
    word(
        "the footer is 5 mm too low",
        edited(DOCUMENT, (r'w:footer="1441"', 'w:footer="1157"')),
        "layout-page-number-place",
    ),
    word(
        "the page number has the digits of the Latin font",
        style("PageNumberOdd", 'w:ascii="宋体"', 'w:ascii="Times New Roman"'),
        "layout-page-number",
    ),
    word("the page number has hyphens", edited("word/footer1.xml", ("— <", "- <")), "layout-page-number"),
    word(
        "the signature is flush right",
        edited(DOCUMENT, (r'(w:val="Signature"/>.*?<w:ind) w:right="\d+"', r'\1 w:right="0"')),
        "layout-signature",
    ),
    word(
        "no empty line above the signature",
        edited(DOCUMENT, (r'(w:val="Signature"/>)<w:spacing w:before="\d+"/>', r"\1")),
        "layout-signature-space",
    ),
)

FAULTS: tuple[Fault, ...] = (*PDF_FAULTS, *WORD_FAULTS)

SEALED_FAULTS: tuple[Fault, ...] = (
    pdf(
        "the date stands two characters in under a seal",
        set_with("#signature-date{padding-right:31.5pt}", source=SEALED),
        "layout-signature",
    ),
    pdf(
        "the name is not centred on the date",
        set_with("#signature-1{padding-right:31.5pt}", source=SEALED),
        "layout-signature",
    ),
    word(
        "the date stands two characters in under a seal",
        edited(DOCUMENT, (r'(w:val="SignatureDate"/><w:ind) w:right="\d+"', r'\1 w:right="630"')),
        "layout-signature",
    ),
    word(
        "the title of an attachment is 20 pt",
        style("AttachmentTitle", '<w:sz w:val="44"/>', '<w:sz w:val="40"/>'),
        "layout-size",
    ),
)
"""Faults of the sealed report."""


def placed(name: str, sheet: str, code: str, *changes: tuple[str, str], source: Path) -> Fault:
    """A fault of what stands around the text."""
    return pdf(name, set_with(sheet, *changes, source=source), code)


MASTHEAD_FAULTS = (
    *(
        placed(name, sheet, "layout-masthead", source=NUMBERED)
        for name, sheet in (
            ("the issuer's mark is too low", ".issuer-48{margin-top:40pt}"),
            ("the issuer's mark is black", ".issuer-48{color:#000}"),
            ("the issuer's mark is of two colours", ".issuer-48:first-letter{color:#00f}"),
            ("the number is right below the mark", ".document-number-upward{margin-top:0}"),
            (
                "the signers are not below each other",
                ".document-number-next .right{margin-right:0!important}",
            ),
            ("the signers' lines are too far apart", ".document-number-next{margin-top:20pt}"),
            ("the red rule is too low", ".masthead-rule{margin-top:24pt}"),
            ("the red rule is too short", ".masthead-rule{margin-right:8mm}"),
            ("there is no red rule", ".masthead-rule{background:none}"),
            ("the title is right below the rule", ".masthead-rule{margin-bottom:0}"),
        )
    ),
    Fault(
        "the style of the mark is black",
        "docx",
        style("Issuer48", '<w:color w:val="FF0000"/>', '<w:color w:val="000000"/>'),
        "layout-word",
        "layout-masthead",
    ),
)
JOINT_FAULTS = tuple(
    placed(name, sheet, "layout-masthead", source=COMMON)
    for name, sheet in (
        ("the joint mark is too low", "#issuer-1{margin-top:40pt}"),
        ("a name of the joint mark is narrower", "#issuer-1{letter-spacing:2pt!important}"),
        ("a name of the joint mark stands to the right", "#issuer-3{padding-left:60pt!important}"),
        ("the word stands at the first name", "#issuer-word{bottom:auto!important;top:0}"),
        ("the joint mark stands to the left", ".joint{left:-20pt}"),
        ("one name of the joint mark is black", "#issuer-3{color:#000}"),
        ("the number is right below the joint mark", ".document-number-upward{margin-top:0}"),
    )
)
COLOPHON_FAULTS = (
    placed("the imprint is too high", ".colophon{bottom:12mm}", "layout-colophon", source=NUMBERED),
    placed(
        "the imprint's first rule is thick", ".colophon-first{height:2pt}", "layout-colophon", source=NUMBERED
    ),
    placed(
        "the imprint's middle rule is thick",
        ".colophon-middle{height:1pt}",
        "layout-colophon",
        source=NUMBERED,
    ),
    placed(
        "the imprint has no rules",
        ".colophon-first,.colophon-middle,.colophon-last{background:none}",
        "layout-colophon",
        source=NUMBERED,
    ),
    placed(
        "the imprint stands on an odd page",
        "",
        "layout-colophon",
        ('<div class="colophon"', '<div class="page-break"></div><div class="colophon"'),
        source=NUMBERED,
    ),
)
LETTER_FAULTS = (
    *(
        placed(name, sheet, "layout-letter", source=LETTER)
        for name, sheet in (
            ("the letter's mark is too low", ".letter-head{margin-top:0}"),
            ("the letter's first rule is too low", ".letter-rule-thick{margin-top:20pt}"),
            ("the letter's first rule is too short", ".letter-rule-thick{margin-left:0}"),
            ("the letter's second rule is too high", ".letter-foot{top:220mm}"),
            ("the letter has no rules", "[class^='letter-rule'],[class^='letter-foot-']{background:none}"),
        )
    ),
    placed("the letter's mark is black", ".letter-48{color:#000}", "layout-masthead", source=LETTER),
)
