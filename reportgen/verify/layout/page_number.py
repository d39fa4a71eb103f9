"""The page numbers of a PDF in; form, size, face and place of each (GB/T 9704-2012 7.5) measured out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reportgen.diagnostics import Bilingual
from reportgen.render.font.roles import OWN
from reportgen.render.geometry import has_own_latin
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
    faces = [sample(number_face(line, style, standard), line) for _, line in lines]
    protocol.agree("number-face", font, faces)
    if "digit" in number:  # kinds in older packages say nothing of it
        widths = [sample(digit_width(line), line) for _, line in lines]
        protocol.compare("number-width", float(number["digit"]), widths)
    distances = [sample(distance_of(line, standard) / MM, line) for _, line in lines]
    protocol.compare("number-distance", float(number["distance"]), distances)
    sides = [sample(side_of(line, page, pages) / line.size, line) for page, line in lines]
    protocol.compare("number-side", float(number["indent"]), sides)


def form_of(line: Line, form: str, page: int) -> Bilingual:
    """How a page number is written; the standard's own form with 1 in it when it is the right one."""
    expected = "".join(form.format(page).split())
    text = form.format("1") if line.text == expected else line.text.replace(str(page), "1")
    return Bilingual(text, text)


def number_face(line: Line, style: Mapping[str, Any], standard: Standard) -> Bilingual:
    """The face of a page number: the wanted one when dashes or digits are set in it.

    In documents of other origin the digits of a line are often taken from a Latin font that stands beside the
    Chinese one; in ours they are those of the Chinese font itself.
    """
    wanted, names = str(style["font"]), dict.fromkeys(glyph.face for glyph in line.glyphs)
    if standard.own and has_own_latin(style):
        foreign = (name for name in names if not name.endswith(OWN) or standard.face_of(name) != wanted)
        face = next(foreign, wanted)
    else:
        faces = [standard.face_of(name) for name in names]
        face = wanted if wanted in faces else faces[0]
    return Bilingual(face, face)


def digit_width(line: Line) -> float:
    """The advance of the widest digit of a page number, as a share of its size: half of it (半角)."""
    digits = (glyph for glyph in line.glyphs if glyph.text.isdigit())
    return max(((glyph.right - glyph.left) / glyph.size for glyph in digits), default=0.0)


def distance_of(line: Line, standard: Standard) -> float:
    """How far the upper edge of the dash lies below the type area, in pt."""
    dash = float(standard.layout["page-number"]["dash"])
    return line.base - ASCENT * line.size + dash * line.size - standard.top - standard.height


def side_of(line: Line, page: int, pages: Pages) -> float:
    """How far a page number stands in from the outer edge of the type area, in pt."""
    left, right = pages.edges
    return right - line.right if page % 2 else line.left - left
