"""A web page made of a report in; what its markup says otherwise than a page of ours does, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

if TYPE_CHECKING:
    from reportgen.model.report import Report

MISLEADING: Final = frozenset({"aria-hidden", "aria-label", "aria-labelledby", "dir", "lang"})
"""What lets a reader see or hear other words than are written."""
NAMED: Final = frozenset({"article", "figure", "nav", "section", "table"})
"""Elements that may well have a name besides their text."""

PLACE: Final = re.compile(r"\{\w+\}")


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
    """The labels that head other cells than the kind declares: table, label, scope found, scope declared.

    In a table of the author's those of its head are for their columns.
    """
    for number, table in enumerate(page.iter("table"), 1):
        for cell, label in zip_longest(table.iter("th"), heads_of(table, report)):
            text, said = label or ("", "")
            found = "" if cell is None else cell.get("scope") or ""
            if found != said:
                yield number, text, found, said
                break


def heads_of(table: etree._Element, report: Report) -> list[tuple[str, str]]:
    """The labels a table should have, each with what it heads."""
    caption = text_of(table.find("caption"))
    declared = next((item for item in report.kind.tables.values() if item.caption == caption), None)
    if declared is None:
        heads = ((cell, next(cell.iterancestors("thead"), None)) for cell in table.iter("th"))
        return [(text_of(cell), cell.get("scope") or "" if head is None else "col") for cell, head in heads]
    return [(cell.label, cell.scope) for row in declared.rows for cell in row if cell.scope]


def other_notes(page: etree._Element, report: Report) -> Iterator[str]:
    """The beginning of every text above the document that no page of the report says there."""
    headers = page.findall(".//body/header")
    texts = [" ".join(str(text).split()) for header in headers for text in header.itertext()]
    if not any(texts):
        return
    fixed, replaced, template = said_above(report)
    for text in filter(None, texts):
        if text not in fixed and text not in template and not (replaced and replaced.fullmatch(text)):
            yield text[:30]


def said_above(report: Report) -> tuple[frozenset[str], re.Pattern[str] | None, str]:
    """What a page may say above the document: words, the form of the line on what it replaces, a template."""
    from reportgen.model.values import Date, Prose
    from reportgen.render.html import TEMPLATE
    from reportgen.render.printing import printed

    kind = report.kind
    words: Mapping[str, Any] = kind.texts.get("replaces", {})
    fixed = {str(kind.texts.get("draft-mark", "")), str(words.get("notice", ""))}
    fixed |= {str(label) for label in kind.texts.get("downloads", {}).values()}
    for notes in report.values.values():
        for key, value in notes.items() if isinstance(notes, Mapping) else ():
            if isinstance(value, Prose | Date):
                said = "".join(segment.text for segment in printed(value, kind.texts))
                fixed |= {str(key), " ".join(said.split())}
    pieces = map(re.escape, PLACE.split(str(words.get("page", ""))))
    template = next(folder / TEMPLATE for folder in kind.folders if (folder / TEMPLATE).is_file())
    line = re.compile(".+".join(pieces)) if words else None
    return frozenset(fixed), line, template.read_text("utf-8")
