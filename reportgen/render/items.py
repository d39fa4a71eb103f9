"""Blocks of a report in; flat, numbered items in reading order out, the same for both twins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reportgen.model.formats import chinese_numeral
from reportgen.model.values import (
    Block,
    Chart,
    FreeTable,
    Heading,
    ListItem,
    Mark,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
    Picture,
    Prose,
    Segment,
)
from reportgen.render.printing import single_blanks
from reportgen.render.widths import CellText, scale_to, share_by_text

HEADING_LEVEL = 2
LIST_LEVEL = 3
LAST_LEVEL = 4
STOPS = "。；：，、！？…"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture ready to be placed: `width` and `height` in mm, `data` a PNG or JPEG, `svg` of a drawing."""

    path: str
    alt: Prose
    width: Decimal
    height: Decimal
    data: bytes
    media: str = "image/png"
    svg: str = ""


@dataclass(frozen=True, slots=True)
class FreeTableView:
    """An author's table: `widths` in mm make up the width of the type area, `height` is the least of rows.

    `title` is what it is called to those who cannot see it, also when none is printed.
    """

    path: str
    widths: tuple[Decimal, ...]
    header: tuple[Prose, ...]
    rows: tuple[tuple[Prose, ...], ...]
    title: Prose
    height: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph, picture or table of the running text.

    `form` is one of `paragraph`, `run-in`, `heading`, `item`, `sub-item`, `chart`, `picture`,
    `picture-title`, `table-title`, `table`, `page-break`, `note`. `number` is made by the engine, `stop`
    ends a run-in heading; `level` is that of GB/T 9704-2012 7.3.3 (2 to 4), 0 when the item has none.
    """

    form: str
    path: str
    number: str = ""
    title: Prose | None = None
    stop: str = ""
    text: Prose | None = None
    picture: Image | None = None
    table: FreeTableView | None = None
    level: int = 0


@dataclass(slots=True)
class Counters:
    """The running numbers of pictures and tables of one document."""

    picture: int = 0
    table: int = 0


@dataclass(frozen=True, slots=True)
class Flattener:
    """Turns blocks into items with the words of `texts`; pictures and tables are numbered from call to call.

    `images` holds the image of every chart and picture by its path; one that is missing leaves
    a gap. `width` is that of the type area in mm, `cell` how text is set in an author's table.
    """

    texts: Mapping[str, object]
    images: Mapping[str, Image]
    width: Decimal
    cell: CellText
    counters: Counters = field(default_factory=Counters)

    def flatten(self, blocks: tuple[Block, ...]) -> tuple[Item, ...]:
        """The items of a field's blocks; its headings are numbered from one."""
        return tuple(self._flatten(blocks, HEADING_LEVEL))

    def _flatten(self, blocks: tuple[Block, ...], level: int) -> Iterator[Item]:
        number = 0
        for block in blocks:
            match block:
                case Heading():
                    number += 1
                    yield from self._heading(block, number, level)
                case NumberedList():
                    yield from self._list(block.items, max(level, LIST_LEVEL))
                case _:
                    yield from self._simple(block)

    def _simple(self, block: Block) -> Iterator[Item]:
        match block:
            case Paragraph(text, path):
                yield Item("paragraph", path, text=text)
            case PageBreak(path):
                yield Item("page-break", path)
            case Note(text, path):
                yield Item("note", path, self._words("note")[0], text=text)
            case Chart() | Picture():
                yield from self._picture(block)
            case FreeTable():
                yield from self._table(block)

    def _heading(self, block: Heading, number: int, level: int) -> Iterator[Item]:
        mark = ordinal(self.texts, level, number)
        first = block.body[0] if block.body else None
        if block.run_in and isinstance(first, Paragraph):
            stop = "" if str(block.title)[-1:] in STOPS else str(self.texts["full-stop"])
            yield Item("run-in", block.path, mark, block.title, stop, first.text, level=level)
            yield from self._flatten(block.body[1:], min(level + 1, LAST_LEVEL))
        else:
            yield Item("heading", block.path, mark, block.title, level=level)
            yield from self._flatten(block.body, min(level + 1, LAST_LEVEL))

    def _list(self, items: tuple[ListItem, ...], level: int) -> Iterator[Item]:
        form = "item" if level == LIST_LEVEL else "sub-item"
        for number, item in enumerate(items, 1):
            yield Item(form, item.path, ordinal(self.texts, level, number), text=item.text, level=level)
            yield from self._list(item.items, min(level + 1, LAST_LEVEL))

    def _picture(self, block: Chart | Picture) -> Iterator[Item]:
        image = self.images.get(block.path)
        if image:
            yield Item("chart" if isinstance(block, Chart) else "picture", block.path, picture=image)
        else:
            gap = Segment(str(self.texts["gap"]), Mark.GAP)
            yield Item("paragraph", block.path, text=Prose(block.path, (gap,), block.title.location))
        if block.title:
            self.counters.picture += 1
            number = self._numbered("picture-title", self.counters.picture)
            yield Item("picture-title", block.path, number, block.title)

    def _table(self, block: FreeTable) -> Iterator[Item]:
        if block.title:
            self.counters.table += 1
            number = self._numbered("table-title", self.counters.table)
            yield Item("table-title", block.path, number, block.title)
        if block.widths:
            shared = scale_to(block.widths, self.width)
        else:
            shared = share_by_text((block.header, *block.rows), self.width, self.cell)
        called = block.title.segments if block.title else (Segment(str(self.texts["untitled-table"])),)
        name = replace(block.title, segments=tuple(single_blanks(called)))
        view = FreeTableView(block.path, shared, block.header, block.rows, name, block.height)
        yield Item("table", block.path, table=view)
        for prefix, note in zip(note_prefixes(self.texts, len(block.notes)), block.notes, strict=True):
            yield Item("note", note.path, prefix, text=note)

    def _words(self, name: str) -> tuple[str, str]:
        before, _, after = str(self.texts[name]).partition("{}")
        return before, after

    def _numbered(self, name: str, number: int) -> str:
        before, after = self._words(name)
        return f"{before}{number}{after.partition('{}')[0]}"


def ordinal(texts: Mapping[str, object], level: int, number: int) -> str:
    """The mark of a heading or list item: `（一）`, `1.`, `（1）` (GB/T 9704-2012 7.3.3)."""
    forms = texts["ordinals"]
    if not isinstance(forms, Mapping):
        raise TypeError("ordinals")
    form = str(forms.get(level) or forms[str(level)])
    return form.replace("{中文}", chinese_numeral(number)).replace("{}", str(number))


def note_prefixes(texts: Mapping[str, object], count: int) -> tuple[str, ...]:
    """What stands before each of several notes: `注：`, or `注：1.` and, in line with it, `2.`."""
    if count < 2:
        return (str(texts["note"]).partition("{}")[0],) * count
    return numbered_prefixes(str(texts["notes"]), count)


def numbered_prefixes(form: str, count: int, *, room: bool = True) -> tuple[str, ...]:
    """The beginnings of numbered lines (`注：{}.{}`); the words of the first one leave room in the others."""
    word, _, rest = form.partition("{}")
    point = rest.partition("{}")[0]
    blank = "\u3000" * len(word) if room else ""
    return tuple(f"{word if number == 1 else blank}{number}{point}" for number in range(1, count + 1))


def with_prefix(prose: Prose, prefix: str, suffix: str = "") -> Prose:
    """The same prose with fixed words before and after it."""
    before = (Segment(prefix),) if prefix else ()
    after = (Segment(suffix),) if suffix else ()
    return replace(prose, segments=(*before, *prose.segments, *after))
