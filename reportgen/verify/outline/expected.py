"""A report in; what its documents have to say, place by place, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reportgen.model.linked import exhibits
from reportgen.model.values import Chart, Picture, Prose, Segment
from reportgen.render.context import AttachmentView, build_context
from reportgen.render.grids import CellView, TableView
from reportgen.render.items import Image, Item
from reportgen.render.outer_form import LETTER, Colophon, Masthead
from reportgen.render.printing import BLANKS, printed
from reportgen.render.signer_lines import SignerLine
from reportgen.verify.outline.elements import (
    TITLE,
    UNKNOWN,
    Cell,
    Element,
    Figure,
    Outline,
    Table,
    Text,
    squeezed,
    style_names,
)

if TYPE_CHECKING:
    from reportgen.model.report import Report

Group = tuple[Element, ...]
"""Elements that follow each other in every document, whatever stands between groups."""
NOTHING: Final = Decimal(0)


def expect(report: Report) -> tuple[Group, ...]:
    """The title, every field of running text, every table, signature and date, each as a group."""
    context: Mapping[str, Any] = build_context(report, described(report), lambda _: NOTHING)
    roles = style_names(report.kind.layout, "class")
    recipient = context["recipient"]
    head = list(masthead(context["masthead"]))
    head.append(Text(said("".join(map(str, context["title"]))), TITLE, path=context["title"][0].path))
    head += [plain(recipient)] if recipient else []
    groups = [tuple(head), *fields(context, roles)]
    groups += [
        (statutory(table, report), *map(plain, table.notes_below)) for table in context["tables"].values()
    ]
    groups.append(tuple(plain(line) for line in context["attachment_list"]))
    if context["signatures"]:
        groups.append(tuple(map(plain, (*signers(context, report), context["date"]))))
    enclosure = context["enclosure"]
    if enclosure:
        title = Text(said("".join(map(str, enclosure.title))), UNKNOWN, path=enclosure.title[0].path)
        groups.append((plain(enclosure.mark), title))
    groups += [attached(view, roles) for view in context["attachments"]]
    groups.append(tuple(colophon(context["colophon"])))
    return tuple(group for group in groups if group)


def fields(context: Mapping[str, Any], roles: Mapping[str, str]) -> Iterator[Group]:
    """The items of every field of running text."""
    for value in context.values():
        if isinstance(value, tuple) and value and all(isinstance(item, Item) for item in value):
            yield tuple(items(value, roles))


def items(found: Sequence[Item], roles: Mapping[str, str]) -> Iterator[Element]:
    """What items say."""
    for item in found:
        if item.picture:
            yield Figure(str(item.picture.alt), item.path)
        elif item.table:
            rows = (item.table.header, *item.table.rows)
            cells = tuple(tuple(Cell((plain(text),) if str(text) else ()) for text in row) for row in rows)
            yield Table(str(item.table.title), 1, cells)
        else:
            parts = (item.number, item.title or "", item.stop, item.text or "")
            role = roles.get(f"level-{item.level}", "") if item.form == "heading" else ""
            text = said("".join(map(str, parts)))
            path = item.text.path if item.text else item.title.path if item.title else item.path
            yield from [Text(text, UNKNOWN, role, path)] if text else []


def statutory(table: TableView, report: Report) -> Table:
    """A statutory table with the report's figures, cell by cell, and the notes inside it."""
    rows = [tuple(cell_of(cell, report) for cell in row.cells) for row in table.rows]
    if table.notes_inside:
        rows.append((Cell(tuple(map(plain, table.notes_inside)), table.width),))
    return Table(table.caption, table.header_rows, tuple(rows))


def cell_of(cell: CellView, report: Report) -> Cell:
    """A label or a figure."""
    text = "".join(segment.text for segment in printed(cell.content, report.kind.texts))
    path = "" if cell.is_label else cell.content.path
    texts = (Text(text, UNKNOWN, path=path),) if text else ()
    return Cell(texts, cell.colspan, cell.rowspan)


def attached(view: AttachmentView, roles: Mapping[str, str]) -> Group:
    """What an attachment says."""
    title = Text(said("".join(map(str, view.title))), UNKNOWN, path=view.path)
    return (plain(view.mark), title, *items(view.items, roles))


def masthead(head: Masthead | None) -> Iterator[Element]:
    """What stands above the title, from the top."""
    if head is None:
        return
    above = [plain(marking.text) for marking in head.markings if marking.text]
    number: Iterable[Element] = halves(head.number, f"{head.number or ''}", "")
    if head.signers:
        number = (text for line in head.signers for text in signer_line(line))
    if head.form == LETTER:
        number = halves(head.number, f"{head.marking or ''}", f"{head.number or ''}")
        yield from (plain(head.issuer), *number, *above)
    else:
        joint = (*(name.text for name in head.joint.names), head.joint.word) if head.joint else (head.issuer,)
        yield from (*above, *map(plain, joint), *number)


def signer_line(line: SignerLine) -> Iterator[Element]:
    """A line of 签发人, the number beside the last."""
    return halves(line.number or line.names, f"{line.number or ''}", f"{line.label}{line.names}")


def colophon(end: Colophon | None) -> Iterator[Element]:
    """What stands at the foot of the last page."""
    if end and end.copied:
        yield plain(end.copied)
    if end and end.ruled:
        yield from halves(end.printed, f"{end.printer or ''}", f"{end.printed or ''}")


def halves(prose: Prose | None, left: str, right: str) -> Iterator[Element]:
    """A line of two halves as one text; the place it comes from is that of a value in it."""
    text = f"{left} {right}".strip()
    if text:
        yield Text(said(text), UNKNOWN, path=prose.path if prose else "")


def signers(context: Mapping[str, Any], report: Report) -> Iterator[Prose]:
    """The names under the text."""
    path = report.kind.fields["organ"]
    for name in context["signatures"]:
        yield (
            name if isinstance(name, Prose) else Prose(path, (Segment(str(name)),), context["date"].location)
        )


def said(prose: Prose | str) -> str:
    """What is printed of a text."""
    return BLANKS.sub(" ", str(prose))


def plain(prose: Prose) -> Text:
    """A text that may stand in any style."""
    return Text(said(prose), UNKNOWN, path=prose.path)


def described(report: Report) -> Mapping[str, Image]:
    """What stands for every picture and chart that can be drawn: the words for it."""
    found = {}
    for block in exhibits(report.values):
        alt = block.alt if isinstance(block, Picture) else said_of(block, report)
        found[block.path] = Image(block.path, alt, NOTHING, NOTHING, b"")
    return found


def said_of(chart: Chart, report: Report) -> Prose:
    """What is said of a chart to those who do not see it."""
    from reportgen.render.chart.data import read_data, sentence

    if str(chart.alt):
        return chart.alt
    names = {form: name for name, form in report.kind.blocks["chart"]["forms"].items()}
    data = read_data(chart, str(report.kind.texts["gap"]))
    said = Segment(sentence(data, names[chart.form], str(chart.title)))
    return Prose(chart.path, (said,), chart.alt.location)


def in_order_of(groups: Sequence[Group], outline: Outline) -> Outline:
    """The groups as one outline, in the order in which their words stand in another one.

    Words that stand there several times (待填) tell the place only of a group that has no others: such groups
    take, in their own order, what the others leave. A table with a changed figure is known by its other rows.
    """
    spots: dict[str, list[int]] = {}
    for at, element in enumerate(outline.elements):
        spots.setdefault(squeezed(element.text), []).append(at)
    single = {text: found[0] for text, found in spots.items() if len(found) == 1}
    anchors = [anchor(group, single) for group in groups]
    places: dict[int, int] = {}
    for number in sorted(range(len(groups)), key=lambda number: anchors[number] is None):
        taken = take(groups[number], anchors[number], spots)
        found = anchors[number]
        if found is None:
            found = min(taken, default=None)
        places[number] = place_of_table(groups[number], outline) if found is None else found
    order = sorted(places, key=lambda number: (places[number], number))
    return Outline(outline.form, tuple(element for number in order for element in groups[number]))


def anchor(group: Group, single: Mapping[str, int]) -> int | None:
    """Where a group stands by its words that stand nowhere else, the middle one of them."""
    known = sorted(single[text] for item in group if (text := squeezed(item.text)) in single)
    return known[len(known) // 2] if known else None


def place_of_table(group: Group, outline: Outline) -> int:
    """Where the table is that has most rows of a group's own; behind everything when there is none."""
    rows = {text_of(row) for item in group if isinstance(item, Table) for row in item.rows}
    shared = {
        at: len(rows & {text_of(row) for row in element.rows})
        for at, element in enumerate(outline.elements)
        if isinstance(element, Table)
    }
    best = max(shared, key=lambda at: shared[at], default=None)
    return best if best is not None and shared[best] else len(outline.elements)


def text_of(row: Sequence[Cell]) -> str:
    """What a row says, without blanks."""
    return squeezed("|".join(cell.text for cell in row))


def take(group: Group, near: int | None, spots: dict[str, list[int]]) -> list[int]:
    """The places of a group's words, which no other group may have: the nearest, or the first there are."""
    taken = []
    for item in group:
        free = spots.get(squeezed(item.text), [])
        if free:
            place = min(free, key=lambda at: abs(at - near)) if near is not None else free[0]
            free.remove(place)
            taken.append(place)
    return taken
