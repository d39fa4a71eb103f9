"""Names and values in; elements of WordprocessingML out."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
NAMESPACES: Final = {"w": W, "r": R, "wp": WP}
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def name(tag: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{tag}"


def w(tag: str, *children: Element | None, **attributes: object) -> Element:
    """An element with its children; a child that is None and an attribute that is None are left out."""
    element = etree.Element(name(tag), nsmap=NAMESPACES)
    for key, value in attributes.items():
        if value is not None:
            element.set(name(key), str(value))
    element.extend([child for child in children if child is not None])
    return element


def flag(tag: str, on: bool | None) -> Element | None:
    """A switch: on, off (`w:val="0"`), or left to the style above when None."""
    return None if on is None else w(tag, val=None if on else "0")


def run(text: str, style: str = "") -> Element:
    """A run of text, in a character style when one is named."""
    letters = w("t")
    letters.text = text
    letters.set(SPACE, "preserve")
    return w("r", w("rPr", w("rStyle", val=style)) if style else None, letters)


def paragraph(style: str, *content: Element | str) -> Element:
    """A paragraph of a named style; a string becomes a run."""
    runs = [run(part) if isinstance(part, str) else part for part in content]
    return w("p", w("pPr", w("pStyle", val=style)), *runs)


def paragraphs_of(body: Element, *styles: str) -> list[Element]:
    """The paragraphs of these styles, in order."""

    def style_of(paragraph: Element) -> str | None:
        named = paragraph.find(f"{name('pPr')}/{name('pStyle')}")
        return None if named is None else named.get(name("val"))

    return [paragraph for paragraph in body.iter(name("p")) if style_of(paragraph) in styles]


def ensure(parent: Element, *tags: str) -> Element:
    """The element below another along these tags; what is not there is made."""
    for tag in tags:
        child = parent.find(name(tag))
        if child is None:
            child = etree.SubElement(parent, name(tag))
        parent = child
    return parent


def remove(element: Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def part(root: Element) -> bytes:
    """The bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def twips(length: object, unit: str = "mm") -> int:
    """A length in mm or pt as twentieths of a point, to the nearest."""
    points = Decimal(str(length)) * (Decimal(72) / Decimal("25.4") if unit == "mm" else 1)
    return int((points * 20).quantize(Decimal(1), ROUND_HALF_UP))
