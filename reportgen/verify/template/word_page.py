"""A Word template in; findings on paper, margins, grid, headers and settings unlike the layout's out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from lxml import etree

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.render.package import parse
from reportgen.render.word.markup import Element, name
from reportgen.render.word.page import section
from reportgen.render.word.settings import draw_settings
from reportgen.verify.template.word import WordTemplate, is_on, value

SETTINGS: Final = "word/settings.xml"
SLACK: Final = 6
"""A tenth of a millimetre in twips: what programs round."""

TWIPS_PER_MM: Final = Decimal(1440) / Decimal("25.4")
TWIPS_PER_POINT: Final = Decimal(20)

LENGTHS: Final = (
    ("pgSz", "w", "纸张宽度", "paper width"),
    ("pgSz", "h", "纸张高度", "paper height"),
    ("pgMar", "top", "上边距", "top margin"),
    ("pgMar", "bottom", "下边距", "bottom margin"),
    ("pgMar", "left", "左边距", "left margin"),
    ("pgMar", "right", "右边距", "right margin"),
    ("pgMar", "header", "页眉距边界", "distance of the header"),
    ("pgMar", "footer", "页脚距边界", "distance of the footer"),
    ("pgMar", "gutter", "装订线", "gutter"),
)
WORDS: Final = (
    ("characterSpacingControl", "字符间距控制", "character spacing control"),
    ("noLineBreaksAfter", "后置标点（不得在行尾的字符）", "characters that may not end a line"),
    ("noLineBreaksBefore", "前置标点（不得在行首的字符）", "characters that may not begin a line"),
)
SECTION_EXTRAS: Final = {
    "lnNumType": Bilingual("行号", "line numbers"),
    "pgBorders": Bilingual("页面边框", "page borders"),
    "vAlign": Bilingual("页面垂直对齐", "vertical alignment"),
    "textDirection": Bilingual("文字方向", "text direction"),
    "bidi": Bilingual("从右向左的方向", "direction from right to left"),
    "rtlGutter": Bilingual("右侧的装订线", "a gutter on the right"),
}
"""What a section must not say; it would print otherwise than the PDF."""
SETTING_EXTRAS: Final = {
    "trackRevisions": Bilingual("“修订”", "Track Changes"),
    "documentProtection": Bilingual("“限制编辑”", "Restrict Editing"),
    "writeProtection": Bilingual("写保护", "write protection"),
    "mailMerge": Bilingual("邮件合并", "mail merge"),
    "autoHyphenation": Bilingual("自动断字", "automatic hyphenation"),
    "displayBackgroundShape": Bilingual("页面颜色", "page colour"),
    "mirrorMargins": Bilingual("对称页边距", "mirrored margins"),
    "updateFields": Bilingual("打开时更新域", "updating of fields on opening"),
}
"""What is switched on for the whole file and would be in every document made from it."""
LONGEST: Final = 16
LETTER_END: Final = "letter-end"
"""The class of the style in which the section of a letter ends."""


def check_page(template: WordTemplate) -> Iterator[Diagnostic]:
    """Every section beside the one the layout draws, then the settings of the file."""
    wanted = section(template.kind.layout, {}, template.sheet)
    sections = list(template.document.iter(name("sectPr")))
    if not sections:
        yield template.find(
            "word-template-page", what=_section(), found=_missing(), expected=Bilingual("有", "there")
        )
    for each in sections:
        yield from _lengths(template, each, wanted)
        yield from _grid(template, each, wanted)
        yield from _extras(template, each, SECTION_EXTRAS)
        yield from _columns(template, each)
        yield from _furniture(template, each)
    yield from _settings(template)


def _section() -> Bilingual:
    return Bilingual("页面设置", "page setup")


def _missing() -> Bilingual:
    return Bilingual("没有", "nothing")


def _lengths(template: WordTemplate, found: Element, wanted: Element) -> Iterator[Diagnostic]:
    for tag, key, zh, en in LENGTHS:
        here, there = _number(found, tag, key), _number(wanted, tag, key)
        if here is None or there is None or abs(here - there) > SLACK:
            yield template.find(
                "word-template-page", what=Bilingual(zh, en), found=_mm(here), expected=_mm(there)
            )


def _number(holder: Element, tag: str, key: str) -> int | None:
    """A length in twips; None when it is not said."""
    text = value(holder.find(name(tag)), key)
    try:
        return int(text or ("0" if key == "gutter" else "-"))
    except ValueError:
        return None


def _mm(twips: int | None) -> Bilingual:
    if twips is None:
        return _missing()
    length = f"{(twips / TWIPS_PER_MM).quantize(Decimal('0.1')).normalize():f}"
    return Bilingual(f"{length}毫米", f"{length} mm")


def _grid(template: WordTemplate, found: Element, wanted: Element) -> Iterator[Diagnostic]:
    """The lines of the document grid (GB/T 9704-2012 5.2.3)."""
    here, there = _number(found, "docGrid", "linePitch"), _number(wanted, "docGrid", "linePitch")
    if here is None or there is None or abs(here - there) > 1:
        pitch = Bilingual("文档网格的行距", "line pitch of the document grid")
        yield template.find("word-template-page", what=pitch, found=_points(here), expected=_points(there))
    kinds = [value(each.find(name("docGrid")), "type") for each in (found, wanted)]
    if kinds[0] != kinds[1]:
        grid = Bilingual("文档网格的类型", "type of the document grid")
        yield template.find("word-template-page", what=grid, found=kinds[0] or _missing(), expected=kinds[1])


def _points(twips: int | None) -> Bilingual:
    if twips is None:
        return _missing()
    length = f"{twips / TWIPS_PER_POINT:f}"
    return Bilingual(f"{length}磅", f"{length} pt")


def _extras(template: WordTemplate, holder: Element, extras: Mapping[str, Bilingual]) -> Iterator[Diagnostic]:
    """What is there, is on, and should not be."""
    for tag, what in extras.items():
        if is_on(holder.find(name(tag))):
            yield _switched_on(template, what)


def _columns(template: WordTemplate, found: Element) -> Iterator[Diagnostic]:
    """Columns of text, and paper that lies on its side."""
    if any(value(columns, "num") not in ("", "1") for columns in found.iter(name("cols"))):
        yield _switched_on(template, Bilingual("分栏", "columns of text"))
    if value(found.find(name("pgSz")), "orient") == "landscape":
        across, upright = Bilingual("横向", "landscape"), Bilingual("纵向", "portrait")
        what = Bilingual("纸张方向", "orientation of the paper")
        yield template.find("word-template-page", what=what, found=across, expected=upright)


def _switched_on(template: WordTemplate, what: Bilingual) -> Diagnostic:
    on, off = Bilingual("开着", "on"), Bilingual("关闭", "off")
    return template.find("word-template-page", what=what, found=on, expected=off)


def _furniture(template: WordTemplate, found: Element) -> Iterator[Diagnostic]:
    """Headers and footers of odd and even pages, the page number in each footer (7.5).

    The letter alone has a first page apart, which bears no number (10.1).
    """
    apart, letter = is_on(found.find(name("titlePg"))), _ends_letter(template, found)
    if apart != letter:
        states = (Bilingual("不选", "off"), Bilingual("选中", "on"))
        yield template.find(
            "word-template-page",
            what=Bilingual("首页不同", "a different first page"),
            found=Bilingual("已选", "on") if apart else Bilingual("没有选", "off"),
            expected=states[letter],
        )
    for place, zh, en in (("header", "页眉", "header"), ("footer", "页脚", "footer")):
        pages = {value(each, "type") for each in found.iter(name(f"{place}Reference"))}
        for page, odd, side in (("default", "单页", "odd"), ("even", "双页", "even")):
            if page not in pages:
                what = Bilingual(f"{odd}的{zh}", f"{en} of {side} pages")
                there = Bilingual("有", "there")
                yield template.find("word-template-page", what=what, found=_missing(), expected=there)


def _ends_letter(template: WordTemplate, found: Element) -> bool:
    """Whether a section is that of the letter, by the style of the paragraph it ends with."""
    style, properties = template.sheet.paragraphs.get(LETTER_END), found.getparent()
    if style is None or properties is None:
        return False
    return value(properties.find(name("pStyle"))) == style.id


def _settings(template: WordTemplate) -> Iterator[Diagnostic]:
    """What breaks lines and tells odd pages from even ones."""
    try:
        found = parse(template.package.parts[SETTINGS])
    except (KeyError, etree.XMLSyntaxError):
        yield template.find(
            "word-template-page", what=_section(), found=_missing(), expected=Bilingual("有", "there")
        )
        return
    yield from _extras(template, found, SETTING_EXTRAS)
    wanted = parse(draw_settings(template.kind.layout))
    if not is_on(found.find(name("evenAndOddHeaders"))):
        yield template.find(
            "word-template-page",
            what=Bilingual("奇偶页不同", "different odd and even pages"),
            found=Bilingual("没有选", "off"),
            expected=Bilingual("选中", "on"),
        )
    for tag, zh, en in WORDS:
        here, there = (value(tree.find(name(tag))) for tree in (found, wanted))
        if set(here) != set(there) if tag.startswith("noLine") else here != there:
            yield template.find(
                "word-template-page", what=Bilingual(zh, en), found=_cut(here), expected=_cut(there)
            )
    here, there = (_mode(tree) for tree in (found, wanted))
    if here != there:
        mode = Bilingual("兼容模式", "compatibility mode")
        yield template.find("word-template-page", what=mode, found=here or _missing(), expected=there)


def _mode(tree: Element) -> str:
    settings = tree.iter(name("compatSetting"))
    return next((value(each) for each in settings if value(each, "name") == "compatibilityMode"), "")


def _cut(text: str) -> str | Bilingual:
    if not text:
        return _missing()
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def check_page_numbers(template: WordTemplate) -> Iterator[Diagnostic]:
    """A footer without the field of the page number."""
    for path, tree in template.trees.items():
        if "footer" not in path:
            continue
        codes = [each.text or "" for each in tree.iter(name("instrText"))]
        codes += [value(each, "instr") for each in tree.iter(name("fldSimple"))]
        if not any((code.split() or [""])[0].upper() == "PAGE" for code in codes):
            first = next(iter(template.parts[path]), None)
            yield template.find("word-template-page-number", first.spot if first else None, file=path)
