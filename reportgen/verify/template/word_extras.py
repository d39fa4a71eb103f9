"""A Word template in; findings out on what would print in the Word file alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from lxml import etree

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.render.word.markup import Element, name
from reportgen.verify.template.places import Stretch, short, style_id
from reportgen.verify.template.tags import TAG, find_tags
from reportgen.verify.template.word import WordTemplate, local

PICTURE: Final = Bilingual("图片或图形", "a picture or shape")
BREAK: Final = Bilingual("手动换行或分页", "a break of a line or page by hand")
EXTRAS: Final[Mapping[str, Bilingual]] = {
    **dict.fromkeys(("drawing", "pict"), PICTURE),
    **dict.fromkeys(("footnoteReference", "endnoteReference"), Bilingual("脚注或尾注", "a note")),
    **dict.fromkeys(("oMath", "oMathPara"), Bilingual("公式", "a formula")),
    **dict.fromkeys(("br", "cr"), BREAK),
    "sym": Bilingual("插入的符号", "an inserted symbol"),
    "ruby": Bilingual("拼音指南", "a phonetic guide"),
}
"""What the page template, and so the PDF, has nothing of."""
BOX: Final = "txbxContent"
EMPTY: Final = Bilingual("空段落", "an empty paragraph")
THINNEST: Final = 3
"""No line of text has so low a pitch, in pt: styles below it are those of rules and of ends of sections."""
MARK: Final = "draft_mark"
"""The one name that headers print."""


def check_extras(template: WordTemplate) -> Iterator[Diagnostic]:
    """Pictures, notes, formulas, breaks, empty paragraphs, and words in headers."""
    thin = frozenset(_thin(template))
    for path, tree in template.trees.items():
        for text, element in dict.fromkeys(_extras(tree)):
            yield template.find("word-template-extra", template.spot(element), text=text)
        for stretch in template.parts[path]:
            if "header" in path:
                yield from _words(template, stretch)
            elif "footer" not in path and _is_empty(stretch) and style_id(stretch.element) not in thin:
                yield template.find("word-template-extra", stretch.spot, text=EMPTY)


def _extras(tree: Element) -> Iterator[tuple[Bilingual, Element]]:
    """What each paragraph holds that is not text, and the paragraph; boxes are told as such elsewhere."""
    for element in tree.iter(etree.Element):
        text = EXTRAS.get(local(element))
        if text and not any(local(each) == BOX for each in element.iter(etree.Element)):
            yield text, next(element.iterancestors(name("p")), element)


def _thin(template: WordTemplate) -> Iterator[str]:
    """The ids of the styles of paragraphs that hold no text."""
    for style in template.sheet.paragraphs.values():
        pitch = style.entry.get("pitch")
        if isinstance(pitch, int | Decimal) and pitch < THINNEST:
            yield style.id


def _is_empty(stretch: Stretch) -> bool:
    """Whether a paragraph outside of tables holds nothing; one that ends a section holds its properties."""
    element = stretch.element
    ends_section = element.find(f"{name('pPr')}/{name('sectPr')}") is not None
    return not stretch.spot.table and not ends_section and next(element.iter(name("r")), None) is None


def _words(template: WordTemplate, stretch: Stretch) -> Iterator[Diagnostic]:
    """The words of a header, and the tags in it that print something else than the mark of a draft."""
    printed = [
        tag.text for tag in find_tags(stretch.text, 1) if tag.text.startswith("{{") and MARK not in tag.text
    ]
    words = TAG.sub("", stretch.text).strip()
    if words or printed:
        yield template.find("word-template-extra", stretch.spot, text=quoted(short(words or printed[0])))


def quoted(text: str) -> Bilingual:
    """Words of the template, marked as such in English."""
    return Bilingual(text, f"“{text}”")
