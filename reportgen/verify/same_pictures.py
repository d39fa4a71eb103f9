"""A Word file and a web page in; the pictures that are not the same in both, byte for byte, out."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from reportgen.diagnostics import Diagnostic
from reportgen.render.package import DOCUMENT

if TYPE_CHECKING:
    from reportgen.verify.twins import Readings

IMAGE: Final = re.compile(rb"<img\b[^>]*?\bsrc=[\"']data:image/[^,;\"']+(;base64)?,([^\"']*)", re.IGNORECASE)
EMBED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def picture_findings(readings: Readings) -> Iterator[Diagnostic]:
    """A finding for every picture that is another one in the page than in the Word file of our making."""
    if readings.subject.report is None or not {"docx", "html"} <= readings.sound.keys():
        return
    pairs = zip_longest(word_pictures(readings), page_pictures(readings.subject.contents["html"]))
    for number, (one, other) in enumerate(pairs, 1):
        if one != other and one is not None and other is not None:
            yield readings.subject.find("twin-picture-other", "html", number=number)


def page_pictures(page: bytes) -> Iterator[bytes]:
    """The pictures of a page, in order."""
    for found in IMAGE.finditer(page):
        try:
            yield b64decode(found[2]) if found[1] else unquote_to_bytes(found[2])
        except ValueError:
            yield b""


def word_pictures(readings: Readings) -> Iterator[bytes]:
    """The pictures of a Word file, in order: where one is drawn by commands and in dots, the former."""
    package = readings.package
    relations = package.relations.get(DOCUMENT, {})
    for drawing in readings.parts[DOCUMENT].iter("{*}drawing"):
        embedded = [str(node.get(EMBED)) for node in drawing.iter("{*}blip", "{*}svgBlip") if node.get(EMBED)]
        target = relations[embedded[-1]].target if embedded and embedded[-1] in relations else ""
        yield package.parts.get(target, b"")
