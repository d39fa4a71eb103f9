"""A report in; everything it says as units, known by path or by what they say, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reportgen.model import formats
from reportgen.model.changes.running import RunningReader
from reportgen.model.changes.units import FIELD, FIGURE, FIXED, TEXT, Term, Unit, shape, text_unit
from reportgen.model.values import Cell, Date, Prose, Unknown

if TYPE_CHECKING:
    from reportgen.model.report import Report

DATED: Final = ("year", "date", "count", "amount", "figure")
"""The forms of fields whose value is a number or a date."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a report says, in the order of reading: units known by path, and those of running text."""

    units: tuple[Unit, ...]

    @property
    def fixed(self) -> Mapping[str, Unit]:
        """Fields and figures by path."""
        return {unit.path: unit for unit in self.units if unit.sort in FIXED}

    @property
    def running(self) -> tuple[Unit, ...]:
        """What is known by what it says."""
        return tuple(unit for unit in self.units if unit.sort not in FIXED)


def read_content(report: Report, pictures: Mapping[str, str]) -> Content:
    """The units of a report, without remarks for reviewers; `pictures` are the digests of its files."""
    labels = {path: term for table in report.kind.tables.values() for path, term in table.labels().items()}
    reader, running = Reader(report, labels), RunningReader(report.kind, pictures)
    units: list[Unit] = []
    for key, value in report.values.items():
        form, term = report.kind.schema["properties"][key].get("x-type", ""), (reader.heading(key),)
        if key == report.kind.fields.get("waivers"):
            continue
        runs = form in ("blocks", "attachments", "prose")
        units.extend(running.units(key, value, term) if runs else reader.fixed(key, value, term))
        units.extend(notes_of(report, key, term))
    return Content(tuple(units))


def notes_of(report: Report, table: str, term: Term) -> Iterator[Unit]:
    """The notes of a table, those inside it first."""
    notes, words = report.notes.get(table), report.kind.vocabulary
    inside = notes.inside if notes else ()
    for number, prose in enumerate((*inside, *(notes.below if notes else ())), 1):
        place, inner = "" if number <= len(inside) else words["below"], (*term, words["note"])
        yield text_unit("note", prose, inner, ((place, shape(place, prose, inner)),))


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads fields and figures of one report; `labels` are those of its tables' figures by path."""

    report: Report
    labels: Mapping[str, Term]

    def heading(self, key: str) -> str:
        """What the document calls a field: its printed heading, else its official key."""
        return str(self.report.kind.texts.get("headings", {}).get(key, key))

    def fixed(self, path: str, value: Any, term: Term) -> Iterator[Unit]:
        """The units of fields, tables and groups of figures."""
        kind = self.report.kind
        match value:
            case Cell():
                text = kind.vocabulary["unknown"] if isinstance(value.figure, Unknown) else value.written
                yield Unit(FIGURE, FIGURE, path, self.term(path, term), text, value.location.line)
            case Date():
                text = formats.date(value, str(kind.texts["date"]))
                yield Unit(FIELD, FIGURE, path, term, text, self.line(path))
            case bool():
                text = kind.vocabulary["yes" if value else "no"]
                yield Unit(FIELD, TEXT, path, term, text, self.line(path))
            case Prose():
                dated = kind.schema["properties"].get(path, {}).get("x-type") in DATED
                form = FIGURE if dated else TEXT
                yield Unit(FIELD, form, path, term, str(value), value.location.line, value.source)
            case tuple():
                text = "\n".join(map(str, value))
                yield Unit(FIELD, TEXT, path, term, text, value[0].location.line if value else 0)
            case Mapping():
                for key, inner in value.items():
                    yield from self.fixed(f"{path}.{key}", inner, (*term, key))

    def line(self, key: str) -> int:
        """The line of a field's value, 0 where the file does not give it."""
        node = self.report.root.get(key)
        return node.location.line if node else 0

    def term(self, path: str, given: Term) -> Term:
        """The official term of a figure: the heading of its table, the labels of its row and column."""
        table = self.report.kind.tables.get(path.partition(".")[0])
        if table is None or path not in table.figures:
            return given
        return (self.heading(table.name), *self.labels[path])
