"""A report as it stands in; the paragraphs of its Word file, each with the places it prints, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from reportgen.edited.copy import EditedCopy, EditedParagraph
from reportgen.edited.reading import read_copy
from reportgen.model.edits.sheet import Sheet, Spot, read_sheet
from reportgen.model.forms import Steps
from reportgen.model.nodes import Scalar
from reportgen.model.report import Report
from reportgen.model.values import (
    Attachment,
    Cell,
    Chart,
    FreeTable,
    Heading,
    ListItem,
    Note,
    NumberedList,
    Paragraph,
    Picture,
    Prose,
)
from reportgen.render.bookmarks import Bookmark
from reportgen.render.context import build_context
from reportgen.render.docx import render_docx
from reportgen.render.items import Image
from reportgen.render.signature import Line, SignaturePlacement

EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
SPECK: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
"""A picture of one dot: what is compared is text."""
STEP: Final = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
HERE: Final = Line(Decimal(0), 0)


@dataclass(frozen=True)
class Draft:
    """A report with its Word file as it would be drawn now. Not slotted: its tables are made on first use."""

    report: Report
    sheet: Sheet
    copy: EditedCopy

    @cached_property
    def prose(self) -> Mapping[str, Prose]:
        """Every text by its path."""
        notes = [n for table in self.report.notes.values() for n in (*table.inside, *table.below)]
        return {prose.path: prose for prose in (*texts_of(self.report.values), *notes)}

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """Every figure by its path."""
        return {cell.path: cell for cell in cells_of(self.report.values)}

    @cached_property
    def classes(self) -> Mapping[str, str]:
        """The classes of the paragraph styles by their names."""
        layout = self.report.kind.layout
        kept = str(layout["word"]["kept"]["name"])
        styles = layout["styles"].items()
        named = {str(style.get("base", name)): str(style["class"]) for name, style in styles}
        named |= {name: str(style["class"]) for name, style in styles}
        return named | {f"{name}{kept}": css for name, css in named.items()}

    def field(self, role: str) -> str:
        """The key of the field that plays a part."""
        return str(self.report.kind.fields[role])

    def word(self, name: str) -> str:
        """A word of the report file."""
        return str(self.report.kind.vocabulary[name])

    def block(self, name: str, part: str = "key") -> str:
        """A key of a block."""
        return str(self.report.kind.blocks[name][part])

    def spot(self, prose: Prose) -> Spot | None:
        """Where in the file the text stands."""
        return self.sheet.scalar_at(prose.location)

    def written(self, prose: Prose) -> str:
        """The whole value of the scalar that a text stands in."""
        spot = self.spot(prose)
        return spot.node.text if spot and isinstance(spot.node, Scalar) else prose.source

    def flat(self, prose: Prose) -> str:
        """A text as it is written, without what only lays the file out."""
        text, whole, done, parts = str(prose), self.written(prose), 0, []
        for origin in prose.origins:
            parts += [text[done : origin.start], whole[slice(*origin.span)]]
            done = origin.end
        return "".join((*parts, text[done:]))


def draw(report: Report) -> Draft:
    """The Word file of a report, drawn for its text alone; raises KindError and VerificationError."""
    sheet = read_sheet(report.source)
    if sheet is None:
        raise ValueError(report.path)
    images = {
        block.path: Image(block.path, block.alt, Decimal(10), Decimal(10), SPECK)
        for block in blocks_of(report.values)
        if isinstance(block, Chart | Picture)
    }
    context: Mapping[str, Any] = build_context(report, images, lambda _: Decimal(0))
    signature = SignaturePlacement((HERE,) * len(context["signatures"]), HERE)
    return Draft(report, sheet, read_copy(render_docx(context, report.kind, signature, "", EPOCH)))


def blocks_of(value: object) -> Iterator[object]:
    """Every block of a report's values, also those inside others."""
    match value:
        case Mapping():
            for inner in value.values():
                yield from blocks_of(inner)
        case tuple():
            for inner in value:
                yield from blocks_of(inner)
        case Heading(body=body) | Attachment(body=body):
            yield value
            yield from blocks_of(body)
        case NumberedList(items=items) | ListItem(items=items):
            yield value
            yield from blocks_of(items)
        case Paragraph() | Chart() | Picture() | FreeTable() | Note() | Prose() | Cell():
            yield value


def texts_of(values: object) -> Iterator[Prose]:
    """Every text of a report's values."""
    for block in blocks_of(values):
        match block:
            case Prose():
                yield block
            case Paragraph(text=text) | Note(text=text) | ListItem(text=text):
                yield text
            case Heading(title=title) | Attachment(title=title) | Chart(title=title) | Picture(title=title):
                yield title
            case FreeTable():
                yield from (block.title, *block.header, *block.notes)
                yield from (cell for row in block.rows for cell in row)


def cells_of(values: object) -> Iterator[Cell]:
    """Every figure of a report's values."""
    return (block for block in blocks_of(values) if isinstance(block, Cell))


def steps_of(path: str) -> Steps:
    """The steps of a path as it is shown: `总体情况[3].正文` is 总体情况, 3, 正文."""
    plain = path.partition("#")[0]
    return tuple(int(index) if index else key for index, key in STEP.findall(plain))


def body_of(copy: EditedCopy) -> tuple[EditedParagraph, ...]:
    """The paragraphs of the document without those of headers and footers."""
    return tuple(p for p in copy.paragraphs if p.part == copy.paragraphs[0].part)


def names_of(bookmark: Bookmark) -> tuple[str, ...]:
    """The paths of the places a paragraph prints."""
    return tuple(piece.path for piece in bookmark.pieces if piece.path)
