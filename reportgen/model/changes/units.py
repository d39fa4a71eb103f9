"""A report in; everything it says as units that can be held against those of another report, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reportgen.model import formats
from reportgen.model.values import (
    Attachment,
    Block,
    Cell,
    Chart,
    Date,
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
    from reportgen.model.report import Report

Term = tuple[str, ...]

PARAGRAPH: Final = "第{}段"
ITEM: Final = "第{}项"
ROW: Final = "第{}行"
COLUMN: Final = "第{}栏"
FIGURE: Final = "figure"
TEXT: Final = "text"
SHAPE: Final = "shape"
"""What a unit or a part is: a figure, words, or how something is put together."""
DATED: Final = ("year", "date", "count", "amount", "figure")
"""The forms of fields whose value is a number or a date."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing a report says: a figure, a field, a paragraph, a chart.

    `sort` is what it is (`paragraph`, `chart`), `form` what its text is; `source` the text as written and
    `names` those its expressions speak of; `parts` what it is made of, by name; `rows` its rows, in order.
    """

    sort: str
    form: str
    path: str
    term: Term
    text: str
    line: int = 0
    source: str = ""
    names: tuple[str, ...] = ()
    parts: tuple[tuple[str, Unit], ...] = ()
    rows: tuple[Unit, ...] = ()

    @property
    def gist(self) -> str:
        """All it says, to tell how alike two units are."""
        parts = (part.text for _, part in self.parts)
        return "\n".join((self.text, *parts, *(row.gist for row in self.rows)))


@dataclass(frozen=True, slots=True)
class Content:
    """What a report says: units by path, and those of running text in the order of reading."""

    fixed: Mapping[str, Unit]
    running: tuple[Unit, ...]


def read_content(report: Report, pictures: Mapping[str, str]) -> Content:
    """The units of a report, without remarks for reviewers; `pictures` are the digests of its files."""
    labels = {path: term for table in report.kind.tables.values() for path, term in table.labels().items()}
    reader = Reader(report, pictures, labels)
    fixed: dict[str, Unit] = {}
    running: list[Unit] = []
    for key, value in report.values.items():
        form = report.kind.schema["properties"][key].get("x-type", "")
        if key == report.kind.fields.get("waivers"):
            continue
        if form in ("blocks", "attachments", "prose"):
            running.extend(reader.running(key, value))
        else:
            fixed.update((unit.path, unit) for unit in reader.fixed(key, value, (reader.heading(key),)))
    for table, notes in report.notes.items():
        for number, prose in enumerate((*notes.inside, *notes.below), 1):
            place = "" if number <= len(notes.inside) else report.kind.vocabulary["below"]
            term = (reader.heading(table), report.kind.vocabulary["note"])
            running.append(text_unit("note", prose, term, ((place, shape(place, prose, term)),)))
    return Content(fixed, tuple(running))


def text_unit(sort: str, prose: Prose, term: Term, parts: tuple[tuple[str, Unit], ...] = ()) -> Unit:
    """The unit of a text."""
    names = tuple(name for origin in prose.origins for name in origin.names or ())
    line = prose.location.line
    return Unit(sort, TEXT, prose.path, term, str(prose), line, prose.source, names, parts)


def shape(text: str, place: Prose, term: Term, name: str = "") -> Unit:
    """A part that says how something is put together."""
    path = f"{place.path}.{name}" if name else place.path
    return Unit(SHAPE, SHAPE, path, term, text, place.location.line)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the units of one report."""

    report: Report
    pictures: Mapping[str, str]
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
                yield Unit("field", FIGURE, path, term, formats.date(value, str(kind.texts["date"])))
            case bool():
                yield Unit("field", TEXT, path, term, kind.vocabulary["yes" if value else "no"])
            case Prose():
                dated = kind.schema["properties"].get(path, {}).get("x-type") in DATED
                form = FIGURE if dated else TEXT
                yield Unit("field", form, path, term, str(value), value.location.line, value.source)
            case tuple():
                text = "\n".join(map(str, value))
                yield Unit("field", TEXT, path, term, text, value[0].location.line if value else 0)
            case Mapping():
                for key, inner in value.items():
                    yield from self.fixed(f"{path}.{key}", inner, (*term, key))

    def term(self, path: str, given: Term) -> Term:
        """The official term of a figure: the heading of its table, the labels of its row and column."""
        table = self.report.kind.tables.get(path.partition(".")[0])
        if table is None or path not in table.figures:
            return given
        return (self.heading(table.name), *self.labels[path])

    def running(self, key: str, value: Any) -> Iterator[Unit]:
        """The units of running text."""
        term = (self.heading(key),)
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
        return (("", shape(str(depth) if depth else "", text, term)),)

    def section(self, block: Heading, term: Term, number: int, depth: int) -> Iterator[Unit]:
        """The units of a sub-heading and of what stands below it."""
        words, yes_no = self.report.kind.blocks["heading"], self.report.kind.vocabulary
        forms, level = self.report.kind.texts["ordinals"], min(depth + 2, 4)
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
        words = self.report.kind.blocks
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
        words = self.report.kind.blocks["chart"]
        forms = {form: name for name, form in words["forms"].items()}
        parts = [
            self.part(words["title"], block.title, term),
            self.part(words["alt"], block.alt, term),
            (
                words["form"],
                shape(str(forms[block.form]), block.title, (*term, words["form"]), words["form"]),
            ),
            (words["unit"], shape(block.unit, block.title, (*term, words["unit"]), words["unit"])),
        ]
        for series in block.series:
            for label, figure in series.points:
                name = tuple(filter(None, (series.name, label)))
                text = self.report.kind.vocabulary["unknown"] if isinstance(figure, Unknown) else str(figure)
                path = ".".join((block.path, str(words["key"]), str(words["data"]), *name))
                point = Unit(FIGURE, FIGURE, path, (*term, *name), text, block.title.location.line)
                parts.append((path.removeprefix(block.path), point))
        return Unit("chart", SHAPE, block.path, term, "", block.title.location.line, parts=tuple(parts))

    def part(self, name: str, prose: Prose, term: Term) -> tuple[str, Unit]:
        """A text that is part of something."""
        return name, text_unit("part", prose, (*term, name))

    def picture(self, block: Picture, term: Term) -> Unit:
        """The unit of a picture."""
        words = self.report.kind.blocks["picture"]
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
        words = self.report.kind.blocks["table"]
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


def named(sort: object, title: Prose) -> str:
    """What a block is called: its sort, and its title when it has one."""
    return f"{sort}“{title}”" if title else str(sort)
