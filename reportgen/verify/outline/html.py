"""A web page in; its outline, read from its tree alone, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from reportgen.verify.outline.elements import (
    BLANKS,
    Cell,
    Element,
    Figure,
    Outline,
    Table,
    Text,
    style_names,
)

Node = etree._Element

HEADINGS: Final = {f"h{rank}": rank for rank in range(1, 7)}
INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark"}
    | {"q", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
UNPRINTED: Final = frozenset(
    {"audio", "button", "canvas", "caption", "colgroup", "dialog", "head", "header", "iframe", "input", "nav"}
    | {"noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title", "video"}
)
"""Elements that are not part of the document: what a page says for screens, or to readers who hear it."""
WIDEST: Final = 1000
ROWS: Final = 65534
DEEPEST: Final = 200


@dataclass(slots=True)
class PageReader:
    """Reads the elements of a page; `roles` are the names of the styles by their classes."""

    roles: Mapping[str, str]
    held: list[str] = field(default_factory=list)
    block: tuple[int, str] = (0, "")

    def elements(self, node: Node, depth: int = 0) -> Iterator[Element]:
        """The elements inside a node, in order; blanks are those a browser shows."""
        if depth > DEEPEST:
            raise RecursionError
        self.held.append(node.text or "")
        for child in node:
            tag = local(child)
            if tag == "br":
                self.held.append(" ")
            elif tag == "img":
                yield from self.flush()
                yield Figure(child.get("alt") or "")
            elif tag in INLINE:
                yield from self.elements(child, depth + 1)
            elif tag and tag not in UNPRINTED and child.get("hidden") is None:
                yield from self.inside(child, tag, depth)
            self.held.append(child.tail or "")

    def inside(self, node: Node, tag: str, depth: int) -> Iterator[Element]:
        """The elements of a block."""
        yield from self.flush()
        if tag == "table":
            yield self.table(node, depth)
            return
        outer = self.block
        self.block = HEADINGS.get(tag, 0), self.role(node)
        yield from self.elements(node, depth + 1)
        yield from self.flush()
        self.block = outer

    def flush(self) -> Iterator[Element]:
        """The text held, if there is any."""
        text = BLANKS.sub(" ", "".join(self.held)).strip(" ")
        self.held.clear()
        if text:
            yield Text(text, *self.block)

    def role(self, node: Node) -> str:
        """The name of the style a node's class stands for."""
        classes = (node.get("class") or "").split()
        return next((self.roles[name] for name in classes if name in self.roles), "")

    def table(self, table: Node, depth: int) -> Table:
        """A table; it has no head where its page has none."""
        caption, head = first(table, "caption"), first(table, "thead")
        rows = [row for row in table.iter() if local(row) == "tr"]
        said = "" if caption is None else BLANKS.sub(" ", "".join(map(str, caption.itertext()))).strip(" ")
        heads = 0 if head is None else sum(local(row) == "tr" for row in head.iter())
        return Table(said, heads, tuple(tuple(self.cells(row, depth)) for row in rows))

    def cells(self, row: Node, depth: int) -> Iterator[Cell]:
        """The cells of a row."""
        for cell in row:
            if local(cell) in ("td", "th"):
                reader = PageReader(self.roles, block=(0, self.role(cell)))
                found = (*reader.elements(cell, depth + 1), *reader.flush())
                texts = tuple(element for element in found if isinstance(element, Text))
                columns, rows = span(cell, "colspan", WIDEST), span(cell, "rowspan", ROWS)
                yield Cell(texts, columns, rows, local(cell) == "th")


def read_page(content: bytes, layout: Mapping[str, Any]) -> Outline:
    """The outline of a page; raises ValueError, RecursionError or an lxml error when it has none."""
    root = tree_of(content)
    main = first(root, "main")
    body = first(root, "body") if main is None else main
    reader = PageReader(style_names(layout, "class"))
    found = (*reader.elements(root if body is None else body), *reader.flush())
    return Outline("html", found)


def tree_of(content: bytes) -> Node:
    """The tree of a page that is well-formed, else what a browser would make of it."""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        lenient = etree.HTMLParser(no_network=True, remove_comments=True, encoding="utf-8")
        root = etree.fromstring(content, lenient)
        if root is None:
            raise ValueError("no page") from None
        return root


def first(root: Node, tag: str) -> Node | None:
    """The first element of a name."""
    return next((node for node in root.iter() if local(node) == tag), None)


def local(node: Node) -> str:
    """The name of an element without its namespace; empty for what is none."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def span(cell: Node, name: str, most: int) -> int:
    """How many columns or rows a cell is over."""
    written = (cell.get(name) or "1").strip()
    return min(max(int(written), 1), most) if written.isdecimal() and len(written) < 9 else 1
