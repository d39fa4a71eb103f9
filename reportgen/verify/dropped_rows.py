"""A Word file and the PDF that LibreOffice made of it in; what stands in its tables and on no page out.

Where a row ends a page exactly, LibreOffice may lose the rest of a table whose rows must stay whole. Set
again with rows that a page may part, it keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from lxml import etree
from pypdfium2 import PdfiumError

from reportgen.render.package import DOCUMENT, PackageError, parse, read_package
from reportgen.render.word.markup import name
from reportgen.verify.glyphs import read_glyphs

BEGINNING: Final = 4
"""Characters by which a cell is looked for: fewer may stand anywhere, more may be in two lines."""
TABLE: Final = re.compile(r"<table:table .*?</table:table>", re.DOTALL)
TAG: Final = re.compile(r"<[^>]*>|\s")
ROW: Final = re.compile(r'<table:table-row table:style-name="([^"]*)"')
ROW_STYLE: Final = re.compile(
    r'<style:style style:name="([^"]*)" style:family="table-row">.*?</style:style>', re.DOTALL
)
WHOLE, PARTED = 'fo:keep-together="always"', 'fo:keep-together="auto"'


def dropped_cells(docx: bytes, office: bytes) -> frozenset[str]:
    """How the cells begin that are painted less often than they stand in the file."""
    try:
        painted = "".join(glyph.text for page in read_glyphs(office) for glyph in page.glyphs)
        document = parse(read_package(docx).parts[DOCUMENT])
    except (PdfiumError, PackageError, KeyError, etree.XMLSyntaxError):
        return frozenset()
    cells = ("".join(map(str, cell.itertext(name("t")))) for cell in document.iter(name("tc")))
    texts = ["".join(cell.split()) for cell in cells]
    sought = [text[:BEGINNING] for text in texts if len(text) >= BEGINNING]
    return frozenset(text for text in sought if painted.count(text) < sought.count(text))


def part_rows(flat: bytes, cells: Collection[str]) -> bytes:
    """The flat ODF with rows that a page may part, in the tables that hold one of the cells."""
    if not cells:
        return flat
    text = flat.decode()
    styles: set[str] = set()
    for table in TABLE.findall(text):
        words = TAG.sub("", table)
        if any(cell in words for cell in cells):
            styles.update(ROW.findall(table))

    def part(style: re.Match[str]) -> str:
        return style[0].replace(WHOLE, PARTED) if style[1] in styles else style[0]

    return ROW_STYLE.sub(part, text).encode()
