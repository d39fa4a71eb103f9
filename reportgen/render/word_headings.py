"""A kind's Word template in; its fixed headings as they stand there, for both twins, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from reportgen.render.bookmarks import paragraph_text
from reportgen.render.package import DOCUMENT, TEMPLATE, PackageError, parse, read_package
from reportgen.render.style_ids import with_declared_ids
from reportgen.render.word.markup import Element, name

if TYPE_CHECKING:
    from reportgen.model.kind import Kind


def read_headings(kind: Kind) -> Mapping[str, str]:
    """The fixed headings by the field they stand over: who rewords one in Word rewords the document.

    They are told by their order. Where their number is not that of the kind's text.yaml, or the template
    cannot be read, the kind's own stand, and what differs is found when the twins are compared.
    """
    own = own_headings(kind)
    found = word_headings(kind)
    return dict(zip(own, found, strict=True)) if len(found) == len(own) else own


def own_headings(kind: Kind) -> Mapping[str, str]:
    """The fixed headings of text.yaml by the field they stand over."""
    return {str(key): str(text) for key, text in kind.texts.get("headings", {}).items()}


def word_headings(kind: Kind) -> Sequence[str]:
    """The fixed headings of the Word template in order; none when it cannot be read."""
    try:
        document = parse(
            read_package(with_declared_ids(kind.find_file(TEMPLATE).read_bytes(), kind)).parts[DOCUMENT]
        )
    except (KeyError, OSError, PackageError, etree.XMLSyntaxError):
        return ()
    return headings_in(document, kind)


def headings_in(document: Element, kind: Kind) -> Sequence[str]:
    """The fixed headings that stand in a template's document, in order."""
    style = next((entry["id"] for entry in kind.layout["styles"].values() if entry.get("outline") == 1), "")
    return [text for text in map(paragraph_text, _styled(document, style)) if "{" not in text]


def _styled(document: Element, style: str) -> list[Element]:
    """The paragraphs of a style, in order."""
    marks = document.iter(name("pStyle"))
    named = [mark.getparent() for mark in marks if mark.get(name("val")) == style]
    return [
        paragraph for frame in named if frame is not None and (paragraph := frame.getparent()) is not None
    ]
