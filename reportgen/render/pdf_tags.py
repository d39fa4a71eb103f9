"""The tagged tree of a PDF in; the same with tables whole across pages and what is repeated set apart, out.

The library tags page by page: a table that runs over a page becomes two, whose rows no longer fit their
merged cells, and repeated headers are read out with the text (ISO 14289-1 7.1, 7.5). It tells where figures
stand in the measure and from the corner that CSS has, not those of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pydyf
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import TableBox, TableCellBox

POINTS_PER_PIXEL = 0.75
Element = Any
"""A structure element: a `pydyf.Dictionary`."""


Cells = list[TableCellBox]
SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}


def mend_tags(document: Document, pdf: pydyf.PDF) -> None:
    """Join tables, name the headers of their cells, and make artifacts of what stands in no element."""
    tables: dict[int, Cells] = {}
    for table, cells in tables_of(document):
        known = tables.setdefault(table, [])
        if known:
            join(pdf, known, cells)
        known += cells
    for cells in tables.values():
        name_headers(cells)
    elements = tuple(walk(pdf, pdf.objects[number_of(pdf.catalog["StructTreeRoot"])]))
    list_ids(pdf, elements)
    place_figures(document, pdf, elements)
    set_apart(pdf, elements)


def tables_of(document: Document) -> Iterator[tuple[int, Cells]]:
    """The cells of every table of every page, in order, with the identity of the table's element."""
    for page in document.pages:
        for table in page._page_box.descendants():
            if isinstance(table, TableBox):
                cells = [box for box in table.descendants() if isinstance(box, TableCellBox)]
                yield id(table.element), [cell for cell in cells if getattr(cell, "mark", None)]


def number_of(reference: bytes) -> int:
    """The number of the object that a reference stands for."""
    return int(reference.split()[0])


def around(pdf: pydyf.PDF, element: Element) -> Element:
    """The element that an element stands in."""
    return pdf.objects[number_of(element["P"])]


def join(pdf: pydyf.PDF, known: Cells, cells: Cells) -> None:
    """Move the body of a table's continuation into the table; the rest of it is in no element any more."""
    body = around(pdf, around(pdf, known[-1].mark))
    rows = {id(row): row for row in (around(pdf, cell.mark) for cell in cells)}.values()
    table = None
    for row in rows:
        group = around(pdf, row)
        table = around(pdf, group)
        if group["S"] == body["S"]:
            row["P"] = body.reference
            body["K"].append(row.reference)
    if table is not None:
        around(pdf, table)["K"].remove(table.reference)


def name_headers(cells: Cells) -> None:
    """Tell readers of tables what a header heads and which headers a cell has, as the attributes say.

    The library guesses them from the grid, which is wrong for headers over several rows or columns.
    """
    known: dict[str, Any] = {}
    for cell in cells:
        name = cell.element.attrib.get("id")
        if name and "ID" in cell.mark:
            known.setdefault(name, cell.mark["ID"])
        if cell.element.attrib.get("scope") in SCOPES:
            cell.mark["A"]["Scope"] = SCOPES[cell.element.attrib["scope"]]
    for cell in cells:
        wanted = cell.element.attrib.get("headers", "").split()
        if "Headers" in cell.mark["A"]:
            guessed = cell.mark["A"]["Headers"]
            named = [known[name] for name in wanted if name in known]
            cell.mark["A"]["Headers"] = pydyf.Array(named if known else guessed)


def walk(pdf: pydyf.PDF, root: Element) -> Iterator[Element]:
    """Every structure element that can be reached, in reading order."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        kids = [kid for kid in element.get("K", ()) if isinstance(kid, bytes)]
        waiting += [pdf.objects[number_of(kid)] for kid in reversed(kids)]


def list_ids(pdf: pydyf.PDF, elements: Iterable[Element]) -> None:
    """The tree of the elements' names (ISO 32000-1 14.7.2), which the library leaves out."""
    named = sorted((element["ID"].data, element) for element in elements if "ID" in element)
    if named:
        names = pydyf.Array([part for name, element in named for part in (name, element.reference)])
        limits = pydyf.Array([named[0][0], named[-1][0]])
        leaf = pydyf.Dictionary({"Names": names, "Limits": limits})
        pdf.add_object(leaf)
        root = pdf.objects[number_of(pdf.catalog["StructTreeRoot"])]
        root["IDTree"] = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})


def place_figures(document: Document, pdf: pydyf.PDF, elements: Iterable[Element]) -> None:
    """Tell where figures stand in points from the foot of their page (ISO 32000-1 14.8.5.4.3)."""
    heights = {
        reference: page.height for reference, page in zip(pdf.page_references, document.pages, strict=True)
    }
    for element in elements:
        box = element.get("A", {}).get("BBox")
        if box:
            left, top, right, bottom = box
            height = heights[element["Pg"]]
            sides = (left, height - bottom, right, height - top)
            element["A"]["BBox"] = pydyf.Array(side * POINTS_PER_PIXEL for side in sides)


def set_apart(pdf: pydyf.PDF, elements: Iterable[Element]) -> None:
    """Make artifacts of all marked content that no element holds: page numbers, repeated headers."""
    held = {
        (element["Pg"], kid) for element in elements for kid in element.get("K", ()) if isinstance(kid, int)
    }
    root = pdf.objects[number_of(pdf.catalog["StructTreeRoot"])]
    numbers = pdf.objects[number_of(root["ParentTree"])]["Nums"]
    kept = {id(element) for element in elements}
    for page, reference in enumerate(pdf.page_references):
        stream = pdf.objects[number_of(pdf.objects[number_of(reference)]["Contents"])]
        loose = {mcid for mcid in range(len(numbers[2 * page + 1])) if (reference, mcid) not in held}
        stream.stream = list(without_marks(stream.stream, loose))
        numbers[2 * page + 1] = pydyf.Array(
            "null" if mcid in loose else parent for mcid, parent in enumerate(numbers[2 * page + 1])
        )
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem" and id(item) not in kept:
            item.free = "f"


def without_marks(stream: Iterable[Any], loose: set[int]) -> Iterator[Any]:
    """The operators of a page with the marks of these contents turned into those of artifacts."""
    items = list(stream)
    place = 0
    while place < len(items):
        mark = items[place + 1] if place + 1 < len(items) else None
        if isinstance(mark, dict) and mark.get("MCID") in loose:
            yield from ("/Artifact", b"BMC")
            place += 3
        else:
            yield items[place]
            place += 1
