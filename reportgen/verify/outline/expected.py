"""A report in; what its documents have to say, place by place, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reportgen.model.linked import exhibits
from reportgen.model.values import Chart, Picture, Prose, Segment, Unknown
from reportgen.render.context import AttachmentView, build_context
from reportgen.render.grids import CellView, TableView
from reportgen.render.items import Image, Item
from reportgen.render.printing import BLANKS, printed
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
    head = [Text(said("".join(map(str, context["title"]))), TITLE, path=context["title"][0].path)]
    head += [plain(recipient)] if recipient else []
    groups = [tuple(head), *fields(context, roles)]
    groups += [
        (statutory(table, report), *map(plain, table.notes_below)) for table in context["tables"].values()
    ]
    groups.append(tuple(plain(line) for line in context["attachment_list"]))
    groups.append(tuple(map(plain, (*signers(context, report), context["date"]))))
    groups += [attached(view, roles) for view in context["attachments"]]
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
        if alt is not None:
            found[block.path] = Image(block.path, alt, NOTHING, NOTHING, b"")
    return found


def said_of(chart: Chart, report: Report) -> Prose | None:
    """What is said of a chart to those who do not see it; None while all its figures are still to come."""
    from reportgen.render.chart.data import read_data, sentence

    if all(isinstance(figure, Unknown) for row in chart.series for _, figure in row.points):
        return None
    if str(chart.alt):
        return chart.alt
    names = {form: name for name, form in report.kind.blocks["chart"]["forms"].items()}
    data = read_data(chart, str(report.kind.texts["gap"]))
    said = Segment(sentence(data, names[chart.form], str(chart.title)))
    return Prose(chart.path, (said,), chart.alt.location)


def in_order_of(groups: Sequence[Group], outline: Outline) -> Outline:
    """The groups as one outline, in the order in which their first words stand in another one."""
    places: dict[str, int] = {}
    for at, element in enumerate(outline.elements):
        places.setdefault(squeezed(element.text), at)

    def place(numbered: tuple[int, Group]) -> tuple[int, int]:
        known = [places[squeezed(item.text)] for item in numbered[1] if squeezed(item.text) in places]
        return (sorted(known)[len(known) // 2] if known else len(places), numbered[0])

    ordered = sorted(enumerate(groups), key=place)
    return Outline(outline.form, tuple(element for _, group in ordered for element in group))
