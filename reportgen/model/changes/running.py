"""Running text of a report in; its units, block by block in the order of reading, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reportgen.model import formats
from reportgen.model.changes.units import FIGURE, SHAPE, TEXT, Term, Unit, named, shape, text_unit
from reportgen.model.values import (
    Attachment,
    Block,
    Chart,
    FreeTable,
    Heading,
    ListItem,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
    Picture,
    Prose,
    Unknown,
)

if TYPE_CHECKING:
    from reportgen.model.kind import Kind

PARAGRAPH: Final = "第{}段"
ITEM: Final = "第{}项"
ROW: Final = "第{}行"
COLUMN: Final = "第{}栏"
DEPTH: Final = "层次"
"""How many sub-headings and lists a text stands below."""


@dataclass(frozen=True, slots=True)
class RunningReader:
    """Reads running text by a kind; `pictures` are the digests of the report's picture files."""

    kind: Kind
    pictures: Mapping[str, str]

    def units(self, key: str, value: Any, term: Term) -> Iterator[Unit]:
        """The units of a field of running text."""
        if isinstance(value, Prose):
            yield text_unit("paragraph", value, term)
        elif value and isinstance(value[0], Attachment):
            for number, item in enumerate(value, 1):
                name = key if len(value) == 1 else f"{key}{number}"
                yield text_unit("attachment", item.title, (name,))
                yield from self.blocks(item.body, (name,), 0)
        else:
            yield from self.blocks(value, term, 0)

    def blocks(self, blocks: tuple[Block, ...], term: Term, depth: int) -> Iterator[Unit]:
        """The units of blocks, each with its place among its like."""
        paragraphs = sum(isinstance(block, Paragraph) for block in blocks)
        paragraph = heading = 0
        for block in blocks:
            match block:
                case Paragraph(text=text):
                    paragraph += 1
                    place = (PARAGRAPH.format(paragraph),) if paragraphs > 1 else ()
                    yield text_unit("paragraph", text, (*term, *place), self.depth(text, term, depth))
                case Heading():
                    heading += 1
                    yield from self.section(block, term, heading, depth)
                case NumberedList(items=items):
                    yield from self.items(items, term, depth)
                case _:
                    yield self.exhibit(block, term)

    def depth(self, text: Prose, term: Term, depth: int) -> tuple[tuple[str, Unit], ...]:
        """How deep a text stands."""
        return ((DEPTH, shape(str(depth) if depth else "", text, (*term, DEPTH))),)

    def section(self, block: Heading, term: Term, number: int, depth: int) -> Iterator[Unit]:
        """The units of a sub-heading and of what stands below it."""
        words, yes_no = self.kind.blocks["heading"], self.kind.vocabulary
        forms, level = self.kind.texts["ordinals"], min(depth + 2, 4)
        form = str(forms.get(level) or forms[str(level)])
        mark = form.replace("{中文}", formats.chinese_numeral(number)).replace("{}", str(number))
        inner = (*term, f"{mark}{block.title}")
        name = str(words["own-line"])
        own_line = shape(yes_no["no" if block.run_in else "yes"], block.title, (*inner, name), name)
        parts = ((name, own_line), *self.depth(block.title, inner, depth))
        yield text_unit("heading", block.title, (*inner, str(words["key"])), parts)
        yield from self.blocks(block.body, inner, depth + 1)

    def items(self, items: tuple[ListItem, ...], term: Term, depth: int) -> Iterator[Unit]:
        """The units of a list."""
        for number, item in enumerate(items, 1):
            inner = (*term, ITEM.format(number))
            yield text_unit("item", item.text, inner, self.depth(item.text, inner, depth))
            yield from self.items(item.items, inner, depth + 1)

    def exhibit(self, block: Block, term: Term) -> Unit:
        """The unit of a block that is no running text."""
        words = self.kind.blocks
        match block:
            case Note(text=text):
                return text_unit("note", text, (*term, str(words["note"]["key"])))
            case Chart():
                return self.chart(block, (*term, named(words["chart"]["key"], block.title)))
            case Picture():
                return self.picture(block, (*term, named(words["picture"]["key"], block.title)))
            case FreeTable():
                return self.table(block, (*term, named(words["table"]["key"], block.title)))
            case PageBreak(path=path):
                return Unit("page-break", SHAPE, path, (*term, str(words["page-break"]["key"])), "")
        raise TypeError(type(block).__name__)

    def chart(self, block: Chart, term: Term) -> Unit:
        """The unit of a chart."""
        words = self.kind.blocks["chart"]
        forms = {form: name for name, form in words["forms"].items()}
        parts = [
            self.part(words["title"], block.title, term),
            self.part(words["alt"], block.alt, term),
            (
                words["form"],
                shape(str(forms[block.form]), block.title, (*term, words["form"]), words["form"]),
            ),
            self.unit(block, term),
        ]
        for series in block.series:
            for label, figure in series.points:
                name = tuple(filter(None, (series.name, label)))
                text = self.kind.vocabulary["unknown"] if isinstance(figure, Unknown) else str(figure)
                path = ".".join((block.path, str(words["key"]), str(words["data"]), *name))
                point = Unit(FIGURE, FIGURE, path, (*term, *name), text, block.title.location.line)
                parts.append((path.removeprefix(block.path), point))
        return Unit("chart", SHAPE, block.path, term, "", block.title.location.line, parts=tuple(parts))

    def unit(self, block: Chart, term: Term) -> tuple[str, Unit]:
        """What a chart counts in."""
        name = str(self.kind.blocks["chart"]["unit"])
        line = block.title.location.line
        return name, Unit("part", TEXT, f"{block.path}.{name}", (*term, name), block.unit, line)

    def part(self, name: str, prose: Prose, term: Term) -> tuple[str, Unit]:
        """A text that is part of something."""
        return name, text_unit("part", prose, (*term, name))

    def picture(self, block: Picture, term: Term) -> Unit:
        """The unit of a picture."""
        words = self.kind.blocks["picture"]
        file = block.file
        shown = f"{file}（SHA-256 {self.pictures[file][:16]}…）" if file in self.pictures else file
        width = "" if block.width is None else str(block.width)
        parts = (
            self.part(words["title"], block.title, term),
            self.part(words["alt"], block.alt, term),
            (words["file"], shape(shown, block.title, (*term, words["file"]), words["file"])),
            (words["width"], shape(width, block.title, (*term, words["width"]), words["width"])),
        )
        return Unit("picture", SHAPE, block.path, term, "", block.location.line, parts=parts)

    def table(self, block: FreeTable, term: Term) -> Unit:
        """The unit of an author's table, its rows units of their own."""
        words = self.kind.blocks["table"]
        widths = "、".join(map(str, block.widths))
        parts = [
            self.part(words["title"], block.title, term),
            (words["widths"], shape(widths, block.title, (*term, words["widths"]), words["widths"])),
        ]
        for number, prose in enumerate(block.header, 1):
            name = COLUMN.format(number)
            parts.append((name, text_unit("part", prose, (*term, words["header"], name))))
        heads = [str(prose) for prose in block.header]
        rows = tuple(self.row(row, heads, (*term, ROW.format(at))) for at, row in enumerate(block.rows, 1))
        notes = tuple(text_unit("note", note, (*term, words["note"])) for note in block.notes)
        line = block.title.location.line
        return Unit("table", SHAPE, block.path, term, "", line, parts=tuple(parts), rows=(*rows, *notes))

    def row(self, cells: tuple[Prose, ...], heads: list[str], term: Term) -> Unit:
        """The unit of a row."""
        parts = tuple(
            (COLUMN.format(number), text_unit("part", prose, (*term, head)))
            for number, (prose, head) in enumerate(zip(cells, heads, strict=True), 1)
        )
        path = cells[0].path.rpartition("[")[0]
        return Unit("row", SHAPE, path, term, "", cells[0].location.line, parts=parts)
