"""The page numbers of a PDF in; form, size, face and place of each (GB/T 9704-2012 7.5) measured out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.diagnostics import Bilingual
from reportgen.verify.layout.page_geometry import ASCENT
from reportgen.verify.layout.pages import on_page, sample
from reportgen.verify.layout.protocol import Sample
from reportgen.verify.layout.standard import MM
from reportgen.verify.numberless import numberless_pages

if TYPE_CHECKING:
    from reportgen.verify.layout.lines import Line
    from reportgen.verify.layout.pages import Pages
    from reportgen.verify.layout.protocol import Protocol
    from reportgen.verify.layout.standard import Standard

THERE = Bilingual("每页都有", "on every page")
RIGHT = Bilingual("正确", "as it should be")


def measure_numbers(pages: Pages, protocol: Protocol) -> None:
    """Hold every page number against the standard."""
    bare = numberless_pages(protocol.subject)
    wanted = [sheet.number for sheet in pages.sheets if sheet.number not in bare]
    without = [number for number in wanted if number not in pages.numbers]
    missing = [Sample(Bilingual("没有页码", "no page number"), on_page(number)) for number in without]
    protocol.agree("number-there", THERE, missing or [Sample(THERE)])
    if not pages.numbers:
        return
    standard = protocol.standard
    number = standard.layout["page-number"]
    style = standard.roles[number["style"]]
    lines = pages.numbers.items()
    form = str(standard.texts["page-number"])
    forms = [sample(form_of(line, form, page), line) for page, line in lines]
    protocol.agree("number-form", Bilingual(form.format("1"), form.format("1")), forms)
    protocol.compare("number-size", float(style["size"]), [sample(line.size, line) for _, line in lines])
    font = Bilingual(style["font"], style["font"])
    faces = [sample(number_face(line, style["font"], standard), line) for _, line in lines]
    protocol.agree("number-face", font, faces)
    distances = [sample(distance_of(line, standard) / MM, line) for _, line in lines]
    protocol.compare("number-distance", float(number["distance"]), distances)
    sides = [sample(side_of(line, page, pages) / line.size, line) for page, line in lines]
    protocol.compare("number-side", float(number["indent"]), sides)


def form_of(line: Line, form: str, page: int) -> Bilingual:
    """How a page number is written; the standard's own form with 1 in it when it is the right one."""
    expected = "".join(form.format(page).split())
    text = form.format("1") if line.text == expected else line.text.replace(str(page), "1")
    return Bilingual(text, text)


def number_face(line: Line, wanted: str, standard: Standard) -> Bilingual:
    """The face of a page number: the wanted one when dashes or digits are set in it.

    Digits of one line are often taken from a Latin font that stands beside the Chinese one.
    """
    faces = [standard.face_of(name) for name in dict.fromkeys(glyph.face for glyph in line.glyphs)]
    face = wanted if wanted in faces else faces[0]
    return Bilingual(face, face)


def distance_of(line: Line, standard: Standard) -> float:
    """How far the upper edge of the dash lies below the type area, in pt."""
    dash = float(standard.layout["page-number"]["dash"])
    return line.base - ASCENT * line.size + dash * line.size - standard.top - standard.height


def side_of(line: Line, page: int, pages: Pages) -> float:
    """How far a page number stands in from the outer edge of the type area, in pt."""
    left, right = pages.edges
    return right - line.right if page % 2 else line.left - left
