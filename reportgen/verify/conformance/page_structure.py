"""A web page in; where headings, tables and pictures do not say what they are out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from reportgen.model.report import Report

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
HEADED: Final = ("col", "row", "colgroup", "rowgroup")


def without_main_heading(page: etree._Element) -> bool:
    """Whether the page has not exactly one heading of the first rank."""
    return sum(1 for _ in page.iter("h1")) != 1


def skipped_headings(page: etree._Element) -> Iterator[tuple[str, int, int]]:
    """The headings more than one rank below the one before: their text, their rank, the rank before."""
    before = 0
    for element in page.iter(*HEADINGS):
        level = int(str(element.tag)[1])
        if level > before + 1:
            yield "".join(map(str, element.itertext())).strip(), level, before
        before = level


def unnamed_tables(page: etree._Element, report: Report | None) -> list[int]:
    """The numbers of the tables without a caption; an author may leave tables of his own without a title."""
    tables = [table for table in page.iter("table") if table.get("role") != "presentation"]
    found = [
        number
        for number, table in enumerate(tables, 1)
        if not named(table) and not (table.get("aria-label") or table.get("aria-labelledby"))
    ]
    return found if len(found) > untitled(report) else []


def named(table: etree._Element) -> bool:
    """Whether a table has a caption with a text."""
    caption = table.find("caption")
    return caption is not None and bool("".join(map(str, caption.itertext())).strip())


def untitled(report: Report | None) -> int:
    """How many tables the author has left without a title."""
    if report is None:
        return 0
    from reportgen.model.linked import exhibits
    from reportgen.model.values import FreeTable

    return sum(1 for item in exhibits(report.values) if isinstance(item, FreeTable) and not str(item.title))


def unheaded_tables(page: etree._Element) -> Iterator[tuple[int, str]]:
    """Tables with a header cell that heads nothing, or without header cells: number, and the cell's text."""
    tables = [table for table in page.iter("table") if table.get("role") != "presentation"]
    for number, table in enumerate(tables, 1):
        heads = list(table.iter("th"))
        bare = [cell for cell in heads if cell.get("scope") not in HEADED]
        if bare or not heads:
            yield number, "".join(map(str, bare[0].itertext())).strip() if bare else "—"


def untold_pictures(page: etree._Element) -> Iterator[int]:
    """The numbers of the pictures without an alternative text; an empty one says that it is an ornament."""
    for number, element in enumerate(page.iter("img", "svg"), 1):
        if element.tag == "img" and element.get("alt") is None:
            yield number
        if element.tag == "svg" and not (element.get("aria-label") or element.get("aria-hidden") == "true"):
            yield number


def repeated_ids(page: etree._Element) -> Iterator[str]:
    """The ids that more than one element bears."""
    counts = Counter(str(element.get("id")) for element in page.iter(etree.Element) if element.get("id"))
    yield from (name for name, count in counts.items() if count > 1)
