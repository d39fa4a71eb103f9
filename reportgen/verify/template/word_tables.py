"""A Word template in; findings out about tables that are not those of tables.yaml, and rows set wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.model.tables import StatutoryTable
from reportgen.render.bookmarks import paragraph_text
from reportgen.render.grids import firm_rows, read_box
from reportgen.render.word.markup import Element, name, twips
from reportgen.render.word.tables import PlannedCell, plan_rows, whole_twips
from reportgen.verify.template.places import CELL, ROW, children, short, style_id
from reportgen.verify.template.tags import PRINTS
from reportgen.verify.template.word import WordTemplate, is_on, value

ROW_TAG: Final = re.compile(r"\{%tr\s")
HEADER_LOOP: Final = re.compile(r"\{%tc\s+for\s+\w+\s+in\s+[\w.]+\.header\s*%\}")
"""The row of a free table that repeats on every page."""

TWIPS_PER_MM: Final = Decimal(1440) / Decimal("25.4")
SLACK: Final = 6
STARTS: Final = ("restart",)
CONTINUES: Final = ("", "continue")


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell as it stands in the template; `merge` is `start`, `on` or nothing."""

    element: Element
    column: int
    span: int
    merge: str
    text: str
    style: str


def check_tables(template: WordTemplate) -> Iterator[Diagnostic]:
    """Every declared table beside the drawn one, then the rows of all tables."""
    drawn = _by_name(template)
    for key, table in template.kind.tables.items():
        if key in drawn:
            yield from _table(template, table, drawn[key])
        else:
            yield template.find("word-template-table-missing", name=table.caption)
    for element in template.document.iter(name("tbl")):
        yield from _rows(template, element)


def _by_name(template: WordTemplate) -> Mapping[str, Element]:
    """The drawn table of each declared one: the first that prints a figure of it."""
    found: dict[str, Element] = {}
    for element in template.document.iter(name("tbl")):
        text = "".join(letters.text or "" for letters in element.iter(name("t")))
        keys = (match[1].partition(".")[0] for match in PRINTS.finditer(text))
        key = next((key for key in keys if key in template.kind.tables), None)
        if key:
            found.setdefault(key, element)
    return found


def _table(template: WordTemplate, table: StatutoryTable, element: Element) -> Iterator[Diagnostic]:
    rows = _figure_rows(element)
    planned, firm = list(plan_rows(template.sheet, table)), firm_rows(table, read_box(template.kind.layout))
    if len(rows) != len(planned):
        yield template.find(
            "word-template-rows",
            template.spot(element),
            name=table.caption,
            found=len(rows),
            expected=len(planned),
        )
        return
    for number, (row, plan) in enumerate(zip(rows, planned, strict=True)):
        cells = _cells(row)
        if any(not _is_like(cell, other) for cell, other in zip_longest(cells, plan)):
            yield _merged(template, table, cells, plan)
        else:
            for cell, other in zip(cells, plan, strict=True):
                yield from _cell(template, table, cell, other)
        yield from _row(template, table, number, row)
        yield from _height(template, table, number, row, is_firm=number in firm)
    yield from _columns(template, table, element)


def _figure_rows(table: Element) -> list[Element]:
    """The rows of a table up to the first that only a note needs."""
    found = []
    for row in children(table, ROW):
        if ROW_TAG.search("".join(map(paragraph_text, row.iter(name("p"))))):
            break
        found.append(row)
    return found


def _cells(row: Element) -> list[DrawnCell]:
    column, found = 0, []
    for cell in children(row, CELL):
        span = cell.find(f"{name('tcPr')}/{name('gridSpan')}")
        width = int(value(span)) if value(span).isdecimal() else 1
        merge = cell.find(f"{name('tcPr')}/{name('vMerge')}")
        going = "" if merge is None else "on" if value(merge) in CONTINUES else "start"
        texts = list(cell.iter(name("p")))
        text = "".join(map(paragraph_text, texts)).strip()
        found.append(DrawnCell(cell, column, width, going, text, style_id(texts[0]) if texts else ""))
        column += width
    return found


def _is_like(cell: DrawnCell | None, plan: PlannedCell | None) -> bool:
    """Whether a cell covers the squares it should."""
    if cell is None or plan is None:
        return False
    going = "" if plan.cell.rowspan == 1 else "on" if plan.continued else "start"
    return (cell.column, cell.span, cell.merge) == (plan.cell.column, plan.cell.colspan, going)


def _merged(
    template: WordTemplate, table: StatutoryTable, cells: Sequence[DrawnCell], plan: Sequence[PlannedCell]
) -> Diagnostic:
    """The first cell of a row that is merged otherwise than declared."""
    pairs = list(zip_longest(cells, plan))
    cell, other = next(pair for pair in pairs if not _is_like(*pair))
    here = cell or cells[-1] if cells else None
    return template.find(
        "word-template-merge",
        template.spot(here.element) if here else None,
        name=table.caption,
        text=short((other.cell.label or other.cell.path) if other else here.text if here else ""),
        found=_extent(cell.span, cell.merge) if cell else Bilingual("没有", "nothing"),
        expected=_extent(
            other.cell.colspan, "" if other.cell.rowspan == 1 else "on" if other.continued else "start"
        )
        if other
        else Bilingual("没有这一格", "no such cell"),
    )


def _extent(span: int, merge: str) -> Bilingual:
    """How far a cell reaches."""
    zh = {"": "", "start": "，向下合并", "on": "，与上一行合并"}[merge]
    en = {"": "", "start": ", merged downwards", "on": ", merged with the row above"}[merge]
    return Bilingual(f"占{span}列{zh}", f"{span} column(s){en}")


def _cell(
    template: WordTemplate, table: StatutoryTable, cell: DrawnCell, plan: PlannedCell
) -> Iterator[Diagnostic]:
    figure = PRINTS.fullmatch(cell.text)
    spot = template.spot(cell.element)
    if plan.cell.path and not plan.continued:
        if (figure and figure[1] != plan.cell.path and figure[1] in table.figures) or "{" not in cell.text:
            yield template.find(
                "word-template-figure", spot, name=table.caption, found=short(cell.text), expected=plan.text
            )
    elif cell.text != plan.text:
        yield template.find(
            "word-template-label", spot, name=table.caption, found=short(cell.text), expected=plan.text
        )
    if cell.style != plan.style:
        names = template.style_names
        yield template.find(
            "word-template-cell-style",
            spot,
            found=names.get(cell.style, cell.style) or "Normal",
            expected=names.get(plan.style, plan.style),
        )


def _row(template: WordTemplate, table: StatutoryTable, number: int, row: Element) -> Iterator[Diagnostic]:
    """Whether a row repeats on every page when it heads the table, and only then."""
    repeats = is_on(row.find(f"{name('trPr')}/{name('tblHeader')}"))
    if repeats != (number < table.header_rows):
        code = "word-template-header-row" if number < table.header_rows else "word-template-body-row"
        yield template.find(code, template.spot(row), name=table.caption)


def _height(
    template: WordTemplate, table: StatutoryTable, number: int, row: Element, *, is_firm: bool
) -> Iterator[Diagnostic]:
    """Whether a row is as high as declared: exactly so, or at least."""
    height = row.find(f"{name('trPr')}/{name('trHeight')}")
    expected = twips(table.heights[number])
    found = int(value(height)) if value(height).isdecimal() else 0
    if abs(found - expected) > SLACK or (value(height, "hRule") == "exact") != is_firm:
        yield template.find(
            "word-template-row-height",
            template.spot(row),
            name=table.caption,
            found=_high(found, is_exact=value(height, "hRule") == "exact"),
            expected=_high(expected, is_exact=is_firm),
        )


def _high(length: int, *, is_exact: bool) -> Bilingual:
    """A row's height in words."""
    zh, en = ("固定值", "exactly") if is_exact else ("最小值", "at least")
    return Bilingual(f"{zh}{_mm(length)}毫米", f"{en} {_mm(length)} mm")


def _columns(template: WordTemplate, table: StatutoryTable, element: Element) -> Iterator[Diagnostic]:
    """Columns may be made wider in Word, but then the PDF's are not the same."""
    grid = element.iterfind(f"{name('tblGrid')}/{name('gridCol')}")
    widths = [int(value(each, "w")) if value(each, "w").isdecimal() else 0 for each in grid]
    if value(element.find(f"{name('tblPr')}/{name('tblLayout')}"), "type") != "fixed":
        yield template.find("word-template-table-fit", template.spot(element), name=table.caption)
    for number, (found, expected) in enumerate(zip(widths, whole_twips(table.columns), strict=False), 1):
        if abs(found - expected) > SLACK:
            yield template.find(
                "word-template-column",
                template.spot(element),
                name=table.caption,
                number=number,
                found=_mm(found),
                expected=_mm(expected),
            )


def _mm(length: int) -> str:
    return f"{(length / TWIPS_PER_MM).quantize(Decimal('0.1')).normalize():f}"


def _rows(template: WordTemplate, table: Element) -> Iterator[Diagnostic]:
    """Rows that a page may break in two, and heads of free tables that do not repeat."""
    for row in children(table, ROW):
        text = "".join(map(paragraph_text, row.iter(name("p"))))
        if ROW_TAG.search(text):
            continue
        if not is_on(row.find(f"{name('trPr')}/{name('cantSplit')}")):
            yield template.find("word-template-row-splits", template.spot(row), text=short(text))
        repeats = is_on(row.find(f"{name('trPr')}/{name('tblHeader')}"))
        if HEADER_LOOP.search(text) and not repeats:
            yield template.find("word-template-header-row", template.spot(row), name=short(text))
