"""A subject in; which of its pages and sections bear no number (GB/T 9704-2012 7.5, 10.1) out."""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from reportgen.render.geometry import POINTS_PER_MM
from reportgen.render.outer_form import DOCUMENT, LETTER, REPORT, form_of

if TYPE_CHECKING:
    from reportgen.verify.glyphs import GlyphPage
    from reportgen.verify.subject import Subject


def outer_form(subject: Subject) -> str:
    """The outer form of the report behind a subject; that of a plain report where nobody knows."""
    return form_of(subject.report) if subject.report else REPORT


def numberless_pages(subject: Subject) -> frozenset[int]:
    """The first page of a letter; in a document the page of 版记 and the empty one before it."""
    form = outer_form(subject) if subject.report else looks_like(subject)
    if form == LETTER:
        return frozenset({1})
    if form != DOCUMENT:
        return frozenset()
    for page, following in pairwise(subject.glyphs):
        if is_empty(page, subject) and following is subject.glyphs[-1]:
            return frozenset({page.number, following.number})
    return frozenset()


def looks_like(subject: Subject) -> str:
    """The outer form of a document of unknown origin: a red mark begins a letter above the type area."""
    first = min(
        (glyph for page in subject.glyphs[:1] for glyph in page.glyphs), key=attrgetter("base"), default=None
    )
    top = float(subject.layout["margins"]["top"]) * float(POINTS_PER_MM)
    red = first is not None and first.color[:2] >= "80" and first.color[2:] == "0000"
    if first is not None and red and first.base - first.size < top:
        return LETTER
    return DOCUMENT


def is_empty(page: GlyphPage, subject: Subject) -> bool:
    """Whether nothing stands in the type area of a page."""
    margins = subject.layout["margins"]
    top, bottom = (float(margins[side]) * float(POINTS_PER_MM) for side in ("top", "bottom"))
    return not any(top < glyph.base < page.height - bottom for glyph in page.glyphs)


def has_bare_end(subject: Subject, sections: int) -> bool:
    """Whether the last of so many sections of a Word file may be the empty page and 版记."""
    return outer_form(subject) == DOCUMENT and sections > 1


def has_letter(subject: Subject) -> bool:
    """Whether the first section of a Word file is a letter, whose first page bears no number."""
    return outer_form(subject) == LETTER
