"""The end of a document in; where its names and its date stand (GB/T 9704-2012 7.3.5) measured out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.render.signature import BARE_SPACE, GAP, SEALED_SPACE, SignaturePlacement, place_signature
from reportgen.verify.layout.pages import sample
from reportgen.verify.layout.protocol import Sample

if TYPE_CHECKING:
    from reportgen.verify.layout.lines import Line
    from reportgen.verify.layout.pages import Pages
    from reportgen.verify.layout.protocol import Protocol
    from reportgen.verify.layout.standard import Standard
    from reportgen.verify.subject import Subject

WIDE: Final = 0.7
"""Of the type size: what parts two names of a row."""


def is_sealed(subject: Subject) -> bool | None:
    """Whether a report is to be sealed; None when nobody knows."""
    report = subject.report
    if report is None:
        return None
    return bool(report.values.get(report.kind.fields.get("sealed", ""), False))


def measure_signature(pages: Pages, protocol: Protocol) -> None:
    """Hold the places of names and date against the standard's, with a seal or without."""
    dates = pages.of_role("date")
    names = [setting.line for setting in pages.of_role("signature") if setting.first]
    lines = len(pages.of_role("signature"))
    if not dates:
        return
    date, standard = dates[-1].line, protocol.standard
    names = [name for name in names if name.page == date.page or lines > 1]
    if not names or lines != len(names):
        return  # a name of several lines has no right edge of its own
    found = [pages.edges[1] - line.right for line in (*names, date)]
    sealed, places = nearest(found, [*names, date], is_sealed(protocol.subject), standard)
    character = standard.character
    for line, value, place in zip(names, found, places.names, strict=False):
        protocol.compare("signature", float(place.right) / character, [sample(value / character, line)])
    protocol.compare("date", float(places.date.right) / character, [sample(found[-1] / character, date)])
    measure_space(pages, names[0], sealed, protocol)


def nearest(
    found: Sequence[float], lines: Sequence[Line], sealed: bool | None, standard: Standard
) -> tuple[bool, SignaturePlacement]:
    """The placement that is due, or, when nobody knows, the one the lines come nearest to."""
    due = {
        seal: placement(lines, seal, standard) for seal in ((True, False) if sealed is None else (sealed,))
    }

    def distance(seal: bool) -> float:
        places = [*due[seal].names, due[seal].date]
        return max(abs(float(place.right) - value) for place, value in zip(places, found, strict=False))

    best = min(due, key=distance)
    return best, due[best]


def placement(lines: Sequence[Line], sealed: bool, standard: Standard) -> SignaturePlacement:
    """Where the standard wants the names and the date, by their measured lengths."""
    widths: dict[str, Decimal] = {}
    texts = []
    for line in lines:
        names = names_in(line)
        texts.append(GAP.join(text for text, *_ in names))
        widths |= {text: Decimal(right - left) for text, left, right in names}
        widths[texts[-1]] = Decimal(line.right - line.left)
    *rows, date = texts
    return place_signature(rows, date, sealed, widths.__getitem__, standard.layout)


def names_in(line: Line) -> list[tuple[str, float, float]]:
    """The names of a line with their ends: between two stands at least most of a character."""
    names: list[tuple[str, float, float]] = []
    for glyph in line.glyphs:
        if names and glyph.left - names[-1][2] < WIDE * line.size:
            text, left, _ = names.pop()
            names.append((text + glyph.text, left, glyph.right))
        else:
            names.append((glyph.text, glyph.left, glyph.right))
    return names


def measure_space(pages: Pages, name: Line, sealed: bool, protocol: Protocol) -> None:
    """The empty lines above the first name, when text stands above it."""
    at = next(at for at, setting in enumerate(pages.settings) if setting.line is name)
    above = pages.settings[at - 1].line if at else name
    sheet = next(sheet for sheet in pages.sheets if sheet.number == name.page)
    between = any(
        above.base < edge < name.base for table in sheet.tables for edge in (table.top, table.bottom)
    )
    drawn = any(above.base < shape.bottom < name.base for shape in sheet.shapes)
    if above.page != name.page or above is name or between or drawn or above.size != name.size:
        return
    if sealed and not protocol.standard.own:
        return  # the standard places the seal, not the name
    space = (name.base - above.base) / protocol.standard.pitch - 1
    expected = SEALED_SPACE if sealed else BARE_SPACE
    protocol.compare("signature-space", float(expected), [Sample(space, sample(space, name).at, name.text)])
