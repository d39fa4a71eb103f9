"""Tables of a filled template in; the same with the widths their contents ask for out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.model.tables import StatutoryTable
from reportgen.render.bookmarks import marks_in, marks_of
from reportgen.render.grids import TableView
from reportgen.render.imprints import Imprint
from reportgen.render.items import FreeTableView
from reportgen.render.word.markup import Element, ensure, name, remove, twips, w
from reportgen.render.word.tables import whole_twips


def fit_free_tables(body: Element, imprints: Sequence[Imprint]) -> None:
    """Give every author's table its widths and its name; the marks before them are used up."""
    for mark in [node for node in body.iter() if list(marks_of(node))]:
        view, table = imprints[next(marks_of(mark))].thing, mark.getnext()
        if isinstance(view, FreeTableView) and table is not None:
            set_widths(table, whole_twips(view.widths))
            if view.height:
                set_heights(table, twips(view.height))
            _name_table(table, str(view.title))
            remove(mark)


def fit_statutory_tables(
    body: Element,
    imprints: Sequence[Imprint],
    declared: Mapping[str, StatutoryTable],
    views: Mapping[str, TableView],
) -> None:
    """Share out columns anew where a figure asks for it; elsewhere the template's own widths hold."""
    for table in body.iter(name("tbl")):
        paths = [imprints[number].path for number in marks_in(table)]
        names = {path.partition(".")[0] for path in paths} & declared.keys()
        for known in sorted(names):
            if views[known].columns != declared[known].columns:
                set_widths(table, whole_twips(views[known].columns))


def set_widths(table: Element, widths: Sequence[int]) -> None:
    """The widths of a table's columns, in twips: in its grid and in every cell."""
    ensure(table, "tblPr", "tblW").set(name("w"), str(sum(widths)))
    ensure(table, "tblGrid")[:] = [w("gridCol", w=width) for width in widths]
    for row in table.iterchildren(name("tr")):
        column = 0
        for cell in row.iterchildren(name("tc")):
            span = cell.find(f"{name('tcPr')}/{name('gridSpan')}")
            end = column + (1 if span is None else int(span.get(name("val")) or 1))
            ensure(cell, "tcPr", "tcW").set(name("w"), str(sum(widths[column:end])))
            column = end


def set_heights(table: Element, height: int) -> None:
    """The least height of every row but those of the header, in twips."""
    for rules in table.iter(name("trPr")):
        if rules.find(name("tblHeader")) is None:
            ensure(rules, "trHeight").set(name("val"), str(height))


def _name_table(table: Element, title: str) -> None:
    caption = table.find(f"{name('tblPr')}/{name('tblCaption')}")
    if title and caption is not None:
        caption.set(name("val"), title)
