"""A web page in; its paragraphs, its tables cell by cell and its pictures out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from tests.transcripts import HOLDERS, PLAIN, Cell, Layout, Part, Picture, Run, Table, Text, joined, named

Element = ElementTree.Element

CELLS = ("td", "th")
BLOCKS = ("h1", "h2", "h3", "h4", "p", "figure", "table")
DOCTYPE = "<!DOCTYPE html>"


def page_of(html: bytes) -> Element:
    """The tree of a page."""
    return ElementTree.fromstring(html.decode().removeprefix(DOCTYPE))


def page_parts(html: bytes, layout: Layout) -> tuple[Part, ...]:
    """The parts of a page's `main`: what the twins share."""
    main = page_of(html).find(".//main")
    assert main is not None
    return tuple(PageReader(named(layout, "class")).parts(main))


class PageReader:
    """Reads elements of the page; a class the layout does not name fails."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` are those of the styles by their classes."""
        self.names = names

    def parts(self, element: Element) -> Iterator[Part]:
        """The parts inside an element, however deep."""
        for child in element:
            if child.tag == "div" and not len(child):
                yield from self.empty(str(child.get("class")).split()[0])
            elif child.tag in BLOCKS:
                yield from self.block(child)
            else:
                yield from self.parts(child)

    def empty(self, name: str) -> Iterator[Part]:
        """What has no words: a page break, a rule, an empty line; what only holds a place is left out."""
        if self.names[name] not in HOLDERS:
            yield Text(self.names[name], ())

    def block(self, element: Element) -> Iterator[Part]:
        """The parts a block stands for: a title is a paragraph for each of its lines."""
        lines = [child for child in element if child.get("class") == "line"]
        if element.tag == "table":
            yield self.table(element)
        elif element.tag == "figure":
            yield Picture(str(element[0].get("alt")))
        else:
            style = self.names[str(element.get("class"))]
            yield from (Text(style, self.runs(line)) for line in lines or [element])

    def runs(self, element: Element, style: str = PLAIN) -> tuple[Run, ...]:
        """The runs of a paragraph."""
        runs = [Run(element.text or "", style)]
        for child in element:
            own = str(child.get("class"))
            runs += self.runs(child, style if own == "right" else self.names[own])
            runs.append(Run(child.tail or "", style))
        return joined(runs)

    def table(self, table: Element) -> Table:
        """A table."""
        rows = tuple(tuple(self.cell(cell) for cell in row if cell.tag in CELLS) for row in table.iter("tr"))
        head = table.find("thead")
        return Table(table.findtext("caption", ""), 0 if head is None else len(head), rows)

    def cell(self, cell: Element) -> Cell:
        """A cell: a paragraph itself, or paragraphs in it."""
        inner = tuple(self.parts(cell))
        own = Text(self.names[str(cell.get("class"))], self.runs(cell)) if not inner else None
        texts = (own,) if own else tuple(part for part in inner if isinstance(part, Text))
        return Cell(texts, int(cell.get("colspan", 1)), int(cell.get("rowspan", 1)))
