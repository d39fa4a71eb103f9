"""A paragraph as the report prints it in; which stretch is written where, what the program makes, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby

from reportgen.absorbing.draft import Draft
from reportgen.edited.stretches import Stretch
from reportgen.model.values import Mark, Origin, Prose
from reportgen.render.bookmarks import Bookmark


class Make(Enum):
    """How a stretch of a paragraph comes about."""

    WRITTEN = "written"
    EXPRESSION = "expression"
    GAP = "gap"
    FIXED = "fixed"
    """Words of the kind: headings, labels, numbers."""
    COMPUTED = "computed"
    """A value that is no text of the author's."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a paragraph of one make; `span` is where it stands in the value of its scalar."""

    start: int
    end: int
    make: Make
    text: str
    path: str = ""
    prose: Prose | None = None
    span: tuple[int, int] = (0, 0)
    names: tuple[str, ...] = ()

    def moved(self, by: int) -> Zone:
        """The same further on."""
        return replace(self, start=self.start + by, end=self.end + by)

    def is_open(self, *, literal: bool) -> bool:
        """Whether it may be changed: what is written, blanks inside it, expressions where asked for."""
        inside = self.make is Make.FIXED and self.prose is not None
        return self.make is Make.WRITTEN or inside or (literal and self.make is Make.EXPRESSION)

    def raw(self, place: int) -> int:
        """Where a place of the paragraph is in the scalar's value."""
        return self.span[0] + place - self.start


@dataclass(frozen=True, slots=True)
class Written:
    """A change of a text as it is written: what takes the place of a stretch of a scalar's value."""

    prose: Prose
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """A change that cannot be written, and the zone that stands in its way."""

    stretch: Stretch
    zone: Zone | None


def zones_of(bookmark: Bookmark, draft: Draft) -> list[Zone]:
    """The zones of a paragraph, in order, without gaps between them."""
    zones: list[Zone] = []
    for path, pieces in groupby(bookmark.pieces, key=lambda piece: piece.path):
        start, text = zones[-1].end if zones else 0, "".join(piece.text for piece in pieces)
        prose = draft.prose.get(path)
        place = text.find(str(prose)) if prose is not None else -1
        if not path:
            zones.append(Zone(start, start + len(text), Make.FIXED, text))
        elif prose is None or place < 0:
            zones.append(Zone(start, start + len(text), Make.COMPUTED, text, path))
        else:
            zones += [zone.moved(start) for zone in around(prose, text, place)]
    return zones


def around(prose: Prose, text: str, place: int) -> Iterator[Zone]:
    """The zones of a text of the author's, with the words of the kind before and after it."""
    end = place + len(str(prose))
    if place:
        yield Zone(0, place, Make.FIXED, text[:place])
    yield from (zone.moved(place) for zone in inside(prose))
    if end < len(text):
        yield Zone(end, len(text), Make.FIXED, text[end:])


def inside(prose: Prose) -> Iterator[Zone]:
    """The zones of a text: what is written, what expressions make, and blanks that only lay the file out."""
    text, done = str(prose), 0
    if not prose.origins:
        make = Make.GAP if any(s.mark is Mark.GAP for s in prose.segments) else Make.WRITTEN
        yield Zone(0, len(text), make, text, prose.path, prose)
        return
    for origin in prose.origins:
        if origin.start > done:  # what joins two lines of the file
            yield Zone(done, origin.start, Make.FIXED, text[done : origin.start], prose.path, prose)
        yield zone_of(origin, prose)
        done = origin.end


def zone_of(origin: Origin, prose: Prose) -> Zone:
    """The zone of one stretch."""
    make = Make.WRITTEN if origin.names is None else Make.EXPRESSION
    printed = str(prose)[origin.start : origin.end]
    return Zone(origin.start, origin.end, make, printed, prose.path, prose, origin.span, origin.names or ())


def write(stretch: Stretch, zones: Sequence[Zone], text: str, *, literal: bool) -> Written | Blocked:
    """A change as it is to be written in the file; `literal` lets it replace expressions by plain text."""
    touched = touched_by(stretch, zones)
    if not touched:
        return Blocked(stretch, None)
    at_edge = stretch.start == stretch.end and stretch.start in (touched[0].start, touched[0].end)
    if at_edge and touched[0].make is Make.EXPRESSION:
        return beside(stretch, touched[0])
    if literal:
        stretch = widened(stretch, touched, text)
    blocking = next((zone for zone in touched if not zone.is_open(literal=literal)), None)
    first, last = touched[0], touched[-1]
    if blocking or first.prose is None or Make.FIXED in (first.make, last.make) or first.path != last.path:
        return Blocked(stretch, blocking or first)
    start = first.span[0] if first.make is Make.EXPRESSION else first.raw(stretch.start)
    end = last.span[1] if last.make is Make.EXPRESSION else last.raw(stretch.end)
    return Written(first.prose, start, end, escaped(stretch.text))


def widened(stretch: Stretch, touched: Sequence[Zone], text: str) -> Stretch:
    """A change that takes in the whole of the expressions it begins or ends in."""
    first, last = touched[0], touched[-1]
    start = first.start if first.make is Make.EXPRESSION else stretch.start
    end = last.end if last.make is Make.EXPRESSION else stretch.end
    return Stretch(start, end, text[start : stretch.start] + stretch.text + text[stretch.end : end])


def beside(stretch: Stretch, zone: Zone) -> Written | Blocked:
    """An insertion at the edge of what an expression makes, where nothing is written beside it."""
    if zone.prose is None:
        return Blocked(stretch, zone)
    place = zone.span[1] if stretch.start == zone.end else zone.span[0]
    return Written(zone.prose, place, place, escaped(stretch.text))


def touched_by(stretch: Stretch, zones: Sequence[Zone]) -> list[Zone]:
    """The zones a change lies in; an insertion between two belongs to the one that is written."""
    if stretch.start < stretch.end:
        return [zone for zone in zones if zone.start < stretch.end and stretch.start < zone.end]
    near = [zone for zone in zones if zone.start <= stretch.start <= zone.end]
    ours = [zone for zone in near if zone.make is Make.WRITTEN]
    return ours[-1:] or [zone for zone in near if zone.make is Make.EXPRESSION][:1] or near[:1]


def escaped(text: str) -> str:
    """A text as it is written in prose, where `{{` begins an expression."""
    return text.replace("{{", "{{ '{{' }}")
