"""Two reports in; every difference between what they say, figures first, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reportgen.model.changes.alignment import align
from reportgen.model.changes.change import Change, Level, Place, Sort, in_order, inverse
from reportgen.model.changes.content import Content, read_content
from reportgen.model.changes.effects import explain
from reportgen.model.changes.levels import level_of
from reportgen.model.changes.running import DEPTH
from reportgen.model.changes.sentences import differ
from reportgen.model.changes.units import FIGURE, SHAPE, TEXT, Unit

if TYPE_CHECKING:
    from reportgen.model.report import Report


@dataclass(frozen=True, slots=True)
class Side:
    """One of two reports, with the SHA-256 of its pictures by the name it gives them."""

    report: Report
    pictures: Mapping[str, str] = field(default_factory=dict)

    @property
    def order(self) -> tuple[bytes, tuple[tuple[str, str], ...]]:
        """What two sides are put in order by, so that looking from either gives the same differences."""
        return self.report.source, tuple(sorted(self.pictures.items()))


def compare(old: Side, new: Side) -> tuple[Change, ...]:
    """Every difference between two reports; comments, layout and 核对说明 are none.

    From the new to the old report it gives the same changes turned round.
    """
    if old.order > new.order:
        return in_order(inverse(change) for change in compared(new, old))
    return in_order(compared(old, new))


def compared(old: Side, new: Side) -> tuple[Change, ...]:
    """The changes from the side that is first in order."""
    before, after = (read_content(side.report, side.pictures) for side in (old, new))
    counters = tuple(str(new.report.kind.figures.get("counters", "")).split())
    found = Finder(counters, ranks(before), ranks(after))
    changes = (*found.fixed(before, after), *found.running(before.running, after.running))
    return explain(changes, before, after, (old.report, new.report))


def ranks(content: Content) -> Mapping[int, int]:
    """The places of all units in the order of reading, by identity."""
    units: list[Unit] = []
    for unit in content.units:
        units.extend(whole(unit))
    return {id(unit): rank for rank, unit in enumerate(units)}


def whole(unit: Unit) -> Iterator[Unit]:
    """A unit with its parts and rows."""
    yield unit
    for part in (*(part for _, part in unit.parts), *unit.rows):
        yield from whole(part)


@dataclass(frozen=True, slots=True)
class Finder:
    """Holds units against each other; `old` and `new` are their places in the order of reading."""

    counters: Sequence[str]
    old: Mapping[int, int]
    new: Mapping[int, int]
    pieced: frozenset[str] = field(default=frozenset({TEXT}))

    def fixed(self, before: Content, after: Content) -> Iterator[Change]:
        """The changes of fields and figures."""
        yield from self.keyed(before.fixed, after.fixed)

    def keyed(self, before: Mapping[str, Unit], after: Mapping[str, Unit]) -> Iterator[Change]:
        """The changes of units that are known by their names."""
        for key in dict.fromkeys((*before, *after)):
            one, other = before.get(key), after.get(key)
            if one and other:
                yield from self.pair(one, other)
            else:
                yield from self.single(one, other)

    def running(self, before: Sequence[Unit], after: Sequence[Unit]) -> Iterator[Change]:
        """The changes of units that are known by what they say."""
        aligned = align(before, after)
        for one, other in aligned.kept:
            yield from self.pair(one, other)
        for one, other in aligned.moved:
            yield from self.moved(one, other)
        for unit in aligned.gone:
            yield from self.single(unit, None)
        for unit in aligned.come:
            yield from self.single(None, unit)

    def pair(self, one: Unit, other: Unit) -> Iterator[Change]:
        """The changes from one version of a unit to another."""
        if one.text != other.text:
            pieces = differ(one.text, other.text) if other.form in self.pieced else ()
            level = {FIGURE: Level.FIGURE, SHAPE: Level.STRUCTURE}.get(other.form)
            if level is None:
                level = level_of(one.text, other.text, pieces, self.counters)
            yield Change(level, Sort.CHANGED, self.place(one, self.old), self.place(other, self.new), pieces)
        yield from self.keyed(dict(one.parts), dict(other.parts))
        yield from self.running(one.rows, other.rows)

    def moved(self, one: Unit, other: Unit) -> Iterator[Change]:
        """A unit that changed places, and what of it changed on the way."""
        places = self.place(one, self.old), self.place(other, self.new)
        pieces = differ(one.text, other.text) if one.text != other.text else ()
        yield Change(Level.STRUCTURE, Sort.MOVED, *places, pieces)
        old, new = ({name: part for name, part in unit.parts if name != DEPTH} for unit in (one, other))
        yield from self.keyed(old, new)
        yield from self.running(one.rows, other.rows)

    def single(self, one: Unit | None, other: Unit | None) -> Iterator[Change]:
        """A unit that came or went; a figure named for the first time is still a figure."""
        unit = other or one
        if unit is None or (unit.form == SHAPE and unit.sort == SHAPE and not unit.text):
            return
        level = Level.FIGURE if unit.sort == FIGURE else Level.STRUCTURE
        sort = Sort.ADDED if other else Sort.REMOVED
        old = self.place(one, self.old, gist=True) if one else None
        new = self.place(other, self.new, gist=True) if other else None
        yield Change(level, sort, old, new)

    def place(self, unit: Unit, ranked: Mapping[int, int], *, gist: bool = False) -> Place:
        """Where a unit stands and what it says; of a whole block with its parts."""
        text = unit.text
        if gist and not text:
            text = "，".join(filter(None, (part.text for part in list(whole(unit))[1:])))
        return replace(Place(unit.path, unit.term, text, line=unit.line), rank=ranked[id(unit)])
