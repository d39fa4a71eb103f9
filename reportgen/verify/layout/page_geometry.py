"""The pages of a PDF in; paper, margins, type area, lines, characters and pitch measured out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual
from reportgen.verify.layout.lines import is_ideograph
from reportgen.verify.layout.pages import on_page, sample
from reportgen.verify.layout.protocol import Sample
from reportgen.verify.layout.roles import PLAIN
from reportgen.verify.layout.standard import MM

if TYPE_CHECKING:
    from reportgen.verify.layout.lines import Sheet
    from reportgen.verify.layout.pages import Pages
    from reportgen.verify.layout.protocol import Protocol
    from reportgen.verify.layout.standard import Standard

ASCENT: Final = 0.88
"""How far the square of a Chinese character rises above the baseline, in its size."""
FEW: Final = 1
"""Lines a page of other origin may hold less, as when lines of a paragraph are kept together."""


def measure_geometry(pages: Pages, protocol: Protocol) -> None:
    """Hold the pages' geometry against the standard."""
    standard, page = protocol.standard, protocol.standard.layout["page"]
    for name, side in (("paper-width", "width"), ("paper-height", "height")):
        found = [Sample(getattr(sheet, side) / MM, on_page(sheet.number)) for sheet in pages.sheets]
        protocol.compare(name, float(page[side]), found)
    pitch = measured_pitch(pages) or standard.pitch
    tops = [top for sheet in pages.sheets for top in tops_of(sheet, pages, pitch, standard)]
    if tops:
        protocol.compare("top", standard.top / MM, [Sample(min(tops) / MM)])
    if pages.settings:
        protocol.compare("left", standard.left / MM, [Sample(pages.frame.left / MM)])
    measure_width(pages, protocol)
    protocol.compare("pitch", standard.pitch, list(pitches(pages)))
    measure_lines(pages, protocol, pitch)
    measure_characters(pages, protocol)


def tops_of(sheet: Sheet, pages: Pages, pitch: float, standard: Standard) -> Iterator[float]:
    """The upper edge of what stands first on a page: a table's rule, or the room of a line."""
    yield from (table.top for table in sheet.tables[:1])
    for setting in pages.on_page(sheet.number)[:1]:
        line = setting.line
        if setting.role in standard.surrounding:
            return
        room = own_pitch(setting.role, standard) or pitch
        yield line.base - ASCENT * line.size - (room - line.size) / 2


def own_pitch(role: str, standard: Standard) -> float:
    """The pitch in pt of lines that stand closer than the text in documents of ours; 0 for all others."""
    pitch = standard.roles.get(role, {}).get("pitch") if standard.own else None
    return pitch if isinstance(pitch, float | int) else 0.0


def pitches(pages: Pages) -> Iterator[Sample]:
    """The pitch of each two lines of one paragraph of the body."""
    for above, below in pairwise(pages.settings):
        one, other = above.line, below.line
        if not below.first and one.page == other.page and below.role in PLAIN and one.size == other.size:
            yield sample(other.base - one.base, other)


def measured_pitch(pages: Pages) -> float:
    """The pitch of most lines; 0 when no paragraph has two."""
    found = [item.value for item in pitches(pages) if isinstance(item.value, float)]
    return median(found) if found else 0.0


def measure_width(pages: Pages, protocol: Protocol) -> None:
    """How far lines reach; when there are many, one of them fills the type area."""
    width = protocol.standard.width
    body = [setting.line for setting in pages.settings if setting.role in PLAIN]
    if not body:
        return
    widest = max(body, key=lambda line: line.right)
    found = widest.right - pages.frame.left
    if found > width or pages.frame.sure:
        protocol.compare("area-width", width / MM, [sample(found / MM, widest)])


def measure_lines(pages: Pages, protocol: Protocol, pitch: float) -> None:
    """How many lines a page holds: as the pitch allows, and on every page that text fills."""
    standard = protocol.standard
    room = int((standard.height + 0.02 * pitch) / pitch)
    expected = float(standard.layout["grid"]["lines"])
    rows = list(full_pages(pages, pitch, standard))
    if not standard.own and rows:
        most = max(value for value, _ in rows)
        rows = [row for row in rows if row[0] > expected or most < expected - FEW]
    protocol.compare("lines", expected, [Sample(float(room)), *(Sample(value, at) for value, at in rows)])
    if rows:
        heights = [Sample(value * pitch / MM, at) for value, at in rows]
        protocol.compare("area-height", standard.height / MM, heights)


def full_pages(pages: Pages, pitch: float, standard: Standard) -> Iterator[tuple[float, Bilingual]]:
    """The lines of every page that holds nothing but text and whose text goes on overleaf."""
    for sheet, following in pairwise(pages.sheets):
        here, there = pages.on_page(sheet.number), pages.on_page(following.number)
        pictures = any(shape.picture or shape.stroked for shape in sheet.shapes)
        if any(setting.role in standard.surrounding for setting in here):
            continue
        if here and there and not there[0].first and not sheet.tables and not pictures:
            rows = round((here[-1].line.base - here[0].line.base) / pitch) + 1
            yield float(rows), on_page(sheet.number)


def measure_characters(pages: Pages, protocol: Protocol) -> None:
    """How many characters a line holds, by the advance of most of them."""
    advances = [
        other.left - one.left
        for setting in pages.settings
        if setting.role in PLAIN and setting.line.size == pages.frame.size
        for one, other in pairwise(setting.line.glyphs)
        if is_ideograph(one.text) and is_ideograph(other.text)
    ]
    if advances:
        left, right = pages.edges
        held = int((right - left) / median(advances) + 0.05)
        protocol.compare(
            "characters", float(protocol.standard.layout["grid"]["characters"]), [Sample(float(held))]
        )
