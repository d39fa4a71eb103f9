"""A finished document in, its outline out: the text of every paragraph and table cell, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from xml.etree import ElementTree
from zipfile import ZipFile

Outline = tuple[str, ...]

WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XHTML: Final = "{http://www.w3.org/1999/xhtml}"
LINE: Final = "line"
"""The class of what is a line of its own in a heading."""
BLANKS: Final = re.compile(r"[ \t\r\n]+")
INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "br", "code", "em", "i", "mark", "small", "span", "strong", "sub"}
)
UNPRINTED: Final = frozenset({"caption", "head", "header", "nav", "script", "style", "svg"})
"""Elements that are not on paper: what a page says for screens and for readers who hear it."""


def word_outline(docx: bytes) -> Outline:
    """The outline of a Word file's body."""
    with ZipFile(BytesIO(docx)) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))  # noqa: S314 (we wrote it)
    return gathered(
        "".join(node.text or "" for node in paragraph.iter(f"{WORD}t")) for paragraph in body.iter(f"{WORD}p")
    )


def html_outline(html: str) -> Outline:
    """The outline of a well-formed page; what is only there on the screen (`nav`) is left out."""
    page = ElementTree.fromstring(html)  # noqa: S314 (we wrote it)
    return gathered("".join(html_pieces(page)).split("\0"))


def html_pieces(element: ElementTree.Element) -> Iterator[str]:
    """The text of an element in order, with a mark wherever a block begins or ends."""
    name = str(element.tag).removeprefix(XHTML)
    if name not in UNPRINTED:
        edge = "" if name in INLINE and element.get("class") != LINE else "\0"
        yield edge + (element.text or "")
        for child in element:
            yield from html_pieces(child)
            yield child.tail or ""
        yield edge


def gathered(texts: Iterator[str] | list[str]) -> Outline:
    """The texts that are not empty, blanks as a browser prints them."""
    return tuple(text for text in (BLANKS.sub(" ", text).strip(" ") for text in texts) if text)
