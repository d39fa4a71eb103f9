"""A web page made of a report in; what its markup says otherwise than a page of ours does, out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from reportgen.model.report import Report

MISLEADING: Final = frozenset({"aria-hidden", "aria-label", "aria-labelledby", "dir", "lang"})
"""What lets a reader see or hear other words than are written."""
NAMED: Final = frozenset({"article", "figure", "nav", "section", "table"})
"""Elements that may well have a name besides their text."""


def strange_attributes(page: etree._Element) -> Iterator[tuple[str, str]]:
    """What texts say of themselves that no page of ours does, such as `dir=rtl`, and their words."""
    for main in page.iter("main"):
        for element in main.iterdescendants(etree.Element):
            names = {"aria-label", "aria-labelledby"} if element.tag in NAMED else set[str]()
            for key in sorted(MISLEADING.intersection(map(str, element.keys())) - names):
                yield f"{key}={element.get(key)}", text_of(element)


def text_of(element: etree._Element | None) -> str:
    """The words in an element."""
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def other_scopes(page: etree._Element, report: Report) -> Iterator[tuple[int, str, str, str]]:
    """The labels that head other cells than the kind declares: table, label, scope found, scope declared."""
    for number, table in enumerate(page.iter("table"), 1):
        caption = text_of(table.find("caption"))
        declared = next((item for item in report.kind.tables.values() if item.caption == caption), None)
        if declared is None:
            continue
        wanted = [cell for row in declared.rows for cell in row if cell.scope]
        for cell, label in zip_longest(table.iter("th"), wanted):
            found, said = ("" if cell is None else cell.get("scope") or ""), label.scope if label else ""
            if found != said:
                yield number, label.label if label else "", found, said
                break
