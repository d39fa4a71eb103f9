"""A report in; every text of it as it is printed, with where each of its characters is written, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Location
from reportgen.model.values import (
    Attachment,
    Chart,
    FreeTable,
    Heading,
    ListItem,
    Note,
    NumberedList,
    Origin,
    Paragraph,
    Picture,
    Prose,
)

if TYPE_CHECKING:
    from reportgen.model.report import Report

TEXTS: Final = ("lines", "blocks", "prose", "attachments")
"""The forms of fields that hold running text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of the report: `text` is what is printed.

    `field` is the official key it stands under, `role` what it is there (`paragraph`, `heading`, `item`,
    `note`, `title`, `cell`, `line`), `headings` the sub-headings above it, the outermost first.
    """

    prose: Prose
    text: str
    field: str
    role: str
    headings: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The place in the report."""
        return self.prose.path

    def place(self, start: int = 0, end: int | None = None) -> Location:
        """Where a stretch of the printed text is written: the file, from its first to its last character."""
        end = len(self.text) if end is None else end
        first, last = self._at(start), self._at(max(start, end - 1))
        if first is None or last is None:
            return self.prose.location
        head = first.place(start, min(end, first.end))
        tail = head if first is last else last.place(max(start, last.start), end)
        return Location(head.file, head.line, head.column, tail.end_line, tail.end_column)

    def names(self, start: int, end: int) -> tuple[str, ...] | None:
        """The names of the expressions that made any part of a stretch; None when all of it was typed."""
        made = [
            o.names for o in self.prose.origins if o.names is not None and o.start < end and start < o.end
        ]
        return tuple(name for names in made for name in names) if made else None

    def _at(self, offset: int) -> Origin | None:
        return next((o for o in self.prose.origins if o.start <= offset < o.end), None)


def read_passages(report: Report) -> tuple[Passage, ...]:
    """Every text of a report, field by field in the schema's order, then the notes of its tables."""
    found: list[Passage] = []
    for key in report.kind.fields_of_type(*TEXTS):
        found.extend(passages_in(report.values.get(key), key, "line", ()))
    for table, notes in report.notes.items():
        for prose in (*notes.inside, *notes.below):
            found.append(Passage(prose, str(prose), table, "note"))
    return tuple(found)


def passages_in(value: Any, field: str, role: str, headings: tuple[str, ...]) -> Iterator[Passage]:
    """The texts inside a value, in reading order."""
    match value:
        case Prose():
            if value:
                yield Passage(value, str(value), field, role, headings)
        case tuple():
            for item in value:
                yield from passages_in(item, field, role, headings)
        case Paragraph(text=text):
            yield from passages_in(text, field, "paragraph", headings)
        case Note(text=text):
            yield from passages_in(text, field, "note", headings)
        case Heading(title=title, body=body):
            yield from passages_in(title, field, "heading", headings)
            yield from passages_in(body, field, "paragraph", (*headings, str(title)))
        case NumberedList(items=items):
            yield from passages_in(items, field, "item", headings)
        case ListItem(text=text, items=items):
            yield from passages_in((text, *items), field, "item", headings)
        case Attachment(title=title, body=body):
            yield from passages_in(title, field, "title", headings)
            yield from passages_in(body, field, "paragraph", (*headings, str(title)))
        case FreeTable(title=title, header=header, rows=rows, notes=notes):
            yield from passages_in(title, field, "title", headings)
            yield from passages_in((header, *rows), field, "cell", headings)
            yield from passages_in(notes, field, "note", headings)
        case Chart(title=title, alt=alt) | Picture(title=title, alt=alt):
            yield from passages_in((title, alt), field, "title", headings)
