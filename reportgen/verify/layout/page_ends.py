"""The pages of a PDF in; what stands outside the type area, alone or at the wrong end of a page out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual
from reportgen.verify.layout.page_geometry import ASCENT
from reportgen.verify.layout.pages import on_page, sample
from reportgen.verify.layout.protocol import Sample
from reportgen.verify.layout.roles import HEADINGS, PLAIN
from reportgen.verify.layout.standard import MM

if TYPE_CHECKING:
    from reportgen.verify.layout.lines import Line, Sheet
    from reportgen.verify.layout.pages import Pages
    from reportgen.verify.layout.protocol import Protocol
    from reportgen.verify.layout.standard import Standard

NOTICES: Final = ("此页无正文", "本页无正文")
ANNOUNCING: Final = frozenset({*HEADINGS, "table-title"})
"""Roles that belong to what follows."""
SIGNING: Final = frozenset({"signature", "date"})
DESCENT: Final = 1 - ASCENT
ORPHAN: Final = Bilingual("标题在页末，正文在下页", "a heading, its text overleaf")
DRAWING: Final = Bilingual("图形或表线", "drawing or rule")


def measure_ends(pages: Pages, protocol: Protocol) -> None:
    """Tell what is in the wrong place on its page."""
    protocol.refuse("inside", list(outside(pages, protocol.standard)))
    protocol.refuse("orphan", list(orphans(pages)))
    protocol.refuse("signature-alone", list(alone(pages)))
    lines = [line for sheet in pages.sheets for line in sheet.lines if any(n in line.text for n in NOTICES)]
    protocol.refuse("notice", [sample(Bilingual(line.text, line.text), line) for line in lines])
    there = Bilingual("有", "there is")
    if pages.sheets:
        has_text = any(setting.role in PLAIN for setting in pages.on_page(1))
        found = there if has_text else Bilingual("无", "none")
        protocol.agree("first-page", there, [Sample(found, on_page(1))])


def outside(pages: Pages, standard: Standard) -> Iterator[Sample]:
    """Everything that is not in the type area; of a document of other origin, not on the paper."""
    margin = standard.tolerance("inside") * MM
    texts = {id(setting.line) for setting in pages.settings if not standard.is_placed_on_paper(setting.role)}
    for sheet in pages.sheets:
        paper = area = (0.0, 0.0, sheet.width, sheet.height)
        if standard.own:
            area = (
                standard.left,
                standard.top,
                standard.left + standard.width,
                standard.top + standard.height,
            )
        held = [(line, area if id(line) in texts else paper) for line in sheet.lines]
        for line, inner in (*held, *((cell, area) for cell in sheet.cells)):
            edges = (line.left, line.base - ASCENT * line.size, line.right, line.base + DESCENT * line.size)
            if over := beyond(edges, inner, margin):
                yield sample(told(over), line)
        for shape in sheet.shapes:
            edges = (shape.left, shape.top, shape.right, shape.bottom)
            if (shape.stroked or shape.picture) and (over := beyond(edges, area, margin)):
                yield Sample(told(over), on_page(sheet.number), DRAWING.zh)


def beyond(
    edges: tuple[float, float, float, float], inner: tuple[float, float, float, float], margin: float
) -> float:
    """How far a box reaches beyond another, in pt; 0 within the margin."""
    over = max(inner[0] - edges[0], inner[1] - edges[1], edges[2] - inner[2], edges[3] - inner[3])
    return over if over > margin else 0.0


def told(over: float) -> Bilingual:
    """How far something reaches out."""
    return Bilingual(f"伸出 {over / MM:.1f} mm", f"{over / MM:.1f} mm out")


def orphans(pages: Pages) -> Iterator[Sample]:
    """Headings, and titles of tables, that stand last on a page while what they announce is overleaf."""
    for sheet, following in pairwise(pages.sheets):
        here, goes_on = pages.on_page(sheet.number), pages.on_page(following.number) or following.tables
        if (
            goes_on
            and here
            and here[-1].role in ANNOUNCING
            and here[-1].last
            and is_last(here[-1].line, sheet)
        ):
            yield sample(ORPHAN, here[-1].line)


def is_last(line: Line, sheet: Sheet) -> bool:
    """Whether nothing is painted below a line but the page number."""
    lowest = line.base + DESCENT * line.size
    return not any(table.bottom > lowest for table in sheet.tables) and not any(
        shape.top > lowest and shape.bottom < sheet.height * 0.95 for shape in sheet.shapes
    )


def alone(pages: Pages) -> Iterator[Sample]:
    """A signature that begins its page though it is not the first one."""
    for sheet in pages.sheets[1:]:
        here = pages.on_page(sheet.number)
        if here and here[0].role in SIGNING and not any(t.top < here[0].line.base for t in sheet.tables):
            pictures = any(shape.picture and shape.top < here[0].line.base for shape in sheet.shapes)
            if not pictures:
                yield sample(Bilingual("署名之上没有正文", "no text above the signature"), here[0].line)
