"""A Word template in; findings out about formatting that was set by hand and not by a style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from reportgen.diagnostics import Bilingual, Diagnostic, Severity
from reportgen.render.word.markup import Element, name
from reportgen.verify.template.places import short
from reportgen.verify.template.word import WordTemplate, is_on, local, value

ALLOWED: Final[Mapping[str, frozenset[str]]] = {
    "pPr": frozenset({"pStyle", "rPr", "sectPr", "pPrChange"}),
    "rPr": frozenset(
        [
            "rStyle",
            "lang",
            "noProof",
            "webHidden",
            "rPrChange",
            "ins",
            "del",
            "moveFrom",
            "moveTo",
            "bidi",
            "cs",
            "rtl",
            "bCs",
            "iCs",
            "szCs",
        ]
    ),
    "tblPr": frozenset(
        ["tblStyle", "tblW", "tblLook", "tblCaption", "tblDescription", "tblPrChange", "tblStyleRowBandSize"]
    )
    | {"tblStyleColBandSize"},
    "trPr": frozenset({"cantSplit", "trHeight", "tblHeader", "cnfStyle", "trPrChange", "ins", "del"}),
    "tcPr": frozenset(
        ["tcW", "gridSpan", "hMerge", "vMerge", "vAlign", "hideMark", "cnfStyle", "tcPrChange"]
    ),
}
"""What may stand beside the style; of rFonts only the hint that “ ” — are Chinese."""

LOOKS: Final = frozenset(
    [
        "color",
        "highlight",
        "u",
        "shd",
        "effect",
        "em",
        "bdr",
        "shadow",
        "outline",
        "emboss",
        "imprint",
        "tcBorders",
    ]
)
"""Formatting that moves nothing: told, but no reason to stop."""

WORDS: Final[Mapping[str, Bilingual]] = {
    "b": Bilingual("加粗", "bold"),
    "i": Bilingual("倾斜", "italics"),
    "u": Bilingual("下划线", "underline"),
    "sz": Bilingual("字号", "size"),
    "rFonts": Bilingual("字体", "font"),
    "color": Bilingual("颜色", "colour"),
    "highlight": Bilingual("突出显示", "highlight"),
    "shd": Bilingual("底纹", "shading"),
    "spacing": Bilingual("间距", "spacing"),
    "ind": Bilingual("缩进", "indent"),
    "jc": Bilingual("对齐", "alignment"),
    "tblCellMar": Bilingual("单元格边距", "cell margins"),
    "tcMar": Bilingual("单元格边距", "cell margins"),
    "tblBorders": Bilingual("边框", "borders"),
    "tcBorders": Bilingual("边框", "borders"),
    "numPr": Bilingual("自动编号", "automatic numbering"),
    "strike": Bilingual("删除线", "strikethrough"),
    "vanish": Bilingual("隐藏", "hidden text"),
    "vertAlign": Bilingual("上下标", "super- or subscript"),
    "kern": Bilingual("字距调整", "kerning"),
    "w": Bilingual("字符缩放", "character scaling"),
    "position": Bilingual("字符升降", "raised or lowered letters"),
    "pageBreakBefore": Bilingual("段前分页", "page break before"),
    "widowControl": Bilingual("孤行控制", "widow control"),
    "tblLayout": Bilingual("自动调整列宽", "automatic column widths"),
    "tblInd": Bilingual("表格缩进", "table indent"),
    "tblpPr": Bilingual("文字环绕", "text wrapping"),
    "vAlign": Bilingual("垂直对齐", "vertical alignment"),
}
BREAKS: Final = frozenset({"br", "cr"})


def check_formatting(template: WordTemplate) -> Iterator[Diagnostic]:
    """One finding for each paragraph, and each frame of a table, that was formatted by hand."""
    for tree in template.trees.values():
        for holder in tree.iter(*map(name, ("p", "tbl", "tr", "tc"))):
            found = dict.fromkeys(local(rule) for rule in _rules(holder))
            for severity in (Severity.ERROR, Severity.WARNING):
                tags = [tag for tag in found if (tag in LOOKS) == (severity is Severity.WARNING)]
                if tags:
                    yield template.find(
                        "word-template-direct",
                        template.spot(holder),
                        severity,
                        what=listed(tags),
                        text=short(_text(holder)),
                    )


def _rules(holder: Element) -> Iterator[Element]:
    """What an element says of itself beside its style."""
    properties = [child for child in holder if local(child) in ALLOWED]
    if holder.tag == name("p"):
        properties += list(holder.iter(name("rPr")))
    for each in properties:
        allowed = ALLOWED[local(each)]
        yield from (rule for rule in each if local(rule) not in allowed and not _is_neutral(rule))


def _is_neutral(rule: Element) -> bool:
    """Whether a rule says only what holds anyway."""
    tag = local(rule)
    if tag == "rFonts":
        return set(rule.attrib) <= {name("hint")}
    if tag == "tblLayout":
        return value(rule, "type") == "fixed"
    if tag == "tblInd":
        return value(rule, "w") in ("", "0")
    if tag == "vAlign":
        return value(rule) == "center"
    if tag in ("b", "i", "strike", "vanish"):
        return not is_on(rule)
    return not tag or (len(rule) == 0 and not rule.attrib and tag == "tcBorders")


def _text(holder: Element) -> str:
    return "".join(letters.text or "" for letters in holder.iter(name("t")))


def listed(tags: list[str]) -> Bilingual:
    """The names of some formatting."""
    words = [WORDS.get(tag, Bilingual(tag, tag)) for tag in tags]
    return Bilingual(
        "、".join(dict.fromkeys(word.zh for word in words)),
        ", ".join(dict.fromkeys(word.en for word in words)),
    )
