"""The body of a Word file that marks no pages in; the page every paragraph probably stands on out.

What is reckoned with are lines of so many characters and rows of their least height. Lengths are in twips.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from reportgen.edited.runs import ERASED, SKIPPED
from reportgen.render.word.markup import WP, Element, name

HALF_POINT: Final = 10
EMU: Final = 635
"""A twip in the units that pictures are measured in."""
SINGLE: Final = 240
"""A single line in the units of a line spacing that is not exact."""
AIR: Final = 1.3
"""How much higher than its letters a single line is."""
PARAGRAPH, TABLE, ROW, CELL = (name(tag) for tag in ("p", "tbl", "tr", "tc"))
PROPERTIES: Final = {
    "line": ("spacing", "line"),
    "before": ("spacing", "before"),
    "after": ("spacing", "after"),
    "left": ("ind", "left"),
    "right": ("ind", "right"),
    "first": ("ind", "firstLine"),
    "size": ("sz", "val"),
}
PLAIN: Final[Mapping[str, int]] = dict.fromkeys(PROPERTIES, 0) | {"line": 579, "size": 32, "exact": 1}

Shape = Mapping[str, int]


class Sheet(NamedTuple):
    """The width and the height of the type area."""

    width: int
    height: int


def guess_pages(body: Element, styles: Element | None) -> Mapping[Element, int]:
    """The page of every paragraph of a document's body, counted from 1."""
    press = Press(read_sheet(body), read_shapes(styles))
    for child in body.iter(PARAGRAPH, ROW):
        if next(child.iterancestors(ROW), None) is None:
            press.set_row(child) if child.tag == ROW else press.set_paragraph(child)
    return press.pages


def read_sheet(body: Element) -> Sheet:
    """The type area of a document's last section."""
    section = body.find(name("sectPr"))
    size = None if section is None else section.find(name("pgSz"))
    margins = None if section is None else section.find(name("pgMar"))
    if size is None or margins is None:
        return Sheet(8845, 12756)
    width = number(size, "w") - number(margins, "left") - number(margins, "right")
    height = number(size, "h") - number(margins, "top") - number(margins, "bottom")
    return Sheet(max(width, 1000), max(height, 1000))


def number(node: Element | None, key: str) -> int:
    """A length that an element gives, 0 when it gives none."""
    text = "" if node is None else str(node.get(name(key)) or "")
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 7 else 0


def read_shapes(styles: Element | None) -> Mapping[str, Shape]:
    """The measures of the paragraph styles by their ids, with those they rest on."""
    found = {str(s.get(name("styleId"))): s for s in (() if styles is None else styles.iter(name("style")))}
    shapes: dict[str, Shape] = {}
    for key in found:
        chain, at = [key], key
        while (parent := found[at].find(name("basedOn"))) is not None:
            at = str(parent.get(name("val")))
            if at not in found or at in chain:
                break
            chain.append(at)
        shape: Shape = PLAIN
        for step in reversed(chain):
            shape = shaped(found[step], shape)
        shapes[key] = shape
    return shapes


def shaped(holder: Element | None, shape: Shape) -> Shape:
    """Measures with those that a style or the properties of a paragraph set."""
    if holder is None:
        return shape
    nodes = {tag: next(holder.iter(name(tag)), None) for tag in ("spacing", "ind", "sz")}
    lines = holder.find(f".//{name('spacing')}[@{name('line')}]")
    nodes["spacing"] = lines if lines is not None else nodes["spacing"]
    given = {
        role: number(nodes[tag], key)
        for role, (tag, key) in PROPERTIES.items()
        if nodes[tag] is not None and nodes[tag].get(name(key)) is not None  # type: ignore[union-attr]
    }
    if lines is not None:
        given["exact"] = int(lines.get(name("lineRule")) in ("exact", "atLeast"))
    return {**shape, **given}


@dataclass(slots=True)
class Press:
    """Sets one thing below the other; `used` is what the page holds so far."""

    sheet: Sheet
    shapes: Mapping[str, Shape]
    pages: dict[Element, int] = field(default_factory=dict)
    page: int = 1
    used: int = 0

    def set_paragraph(self, node: Element) -> None:
        """Set a paragraph, which may go on overleaf."""
        if node.find(f"{name('pPr')}/{name('framePr')}") is not None:
            self.pages[node] = self.page
            return
        if node.find(f"{name('pPr')}/{name('pageBreakBefore')}") is not None and self.used:
            self.turn()
        height, line = self.measure(node, self.sheet.width)
        picture = picture_height(node)
        least = picture + line if picture else line  # a picture stays with its title
        if self.used + least > self.sheet.height and self.used:
            self.turn()
        self.pages[node] = self.page
        self.used += height
        while self.used > self.sheet.height + line // 2:
            self.page, self.used = self.page + 1, self.used - self.sheet.height
        section = node.find(f"{name('pPr')}/{name('sectPr')}")
        breaks = [b for b in node.iter(name("br")) if b.get(name("type")) == "page"]
        for _ in [*breaks, *(() if section is None else (section,))]:
            self.turn()

    def set_row(self, row: Element) -> None:
        """Set a row of a table, which stays whole."""
        least = number(row.find(f"{name('trPr')}/{name('trHeight')}"), "val")
        height = max([least, *(self.measure_cell(cell) for cell in row.iter(CELL))])
        if self.used + height > self.sheet.height and self.used:
            self.turn()
        self.pages |= dict.fromkeys(row.iter(PARAGRAPH), self.page)
        self.used += height

    def turn(self) -> None:
        """Begin the next page."""
        self.page, self.used = self.page + 1, 0

    def measure_cell(self, cell: Element) -> int:
        """How high the paragraphs of a cell are."""
        width = number(cell.find(f"{name('tcPr')}/{name('tcW')}"), "w") or self.sheet.width
        return sum(self.measure(paragraph, width)[0] for paragraph in cell.iter(PARAGRAPH))

    def measure(self, node: Element, width: int) -> tuple[int, int]:
        """How high a paragraph is, and one line of it."""
        properties = node.find(name("pPr"))
        style = None if properties is None else properties.find(name("pStyle"))
        known = self.shapes.get("" if style is None else str(style.get(name("val"))), PLAIN)
        shape = shaped(properties, known)
        letter = shape["size"] * HALF_POINT
        line = shape["line"] if shape["exact"] else round(shape["line"] / SINGLE * letter * AIR)
        line = line or round(letter * AIR)
        length = shape["first"] + sum(letter if is_wide(c) else letter // 2 for c in letters(node))
        room = max(width - shape["left"] - shape["right"], letter)
        lines = max(1, -(-length // room))
        return max(lines * line, picture_height(node)) + shape["before"] + shape["after"], line


def picture_height(node: Element) -> int:
    """How high the highest picture of a paragraph is."""
    heights = (str(extent.get("cy") or "") for extent in node.iter(f"{{{WP}}}extent"))
    return max((int(text) // EMU for text in heights if text.isdecimal()), default=0)


def letters(node: Element) -> Iterator[str]:
    """The letters of a paragraph that were not deleted."""
    for child in node:
        if child.tag == name("t"):
            yield from child.text or ""
        elif child.tag not in ERASED and child.tag not in SKIPPED:
            yield from letters(child)


def is_wide(letter: str) -> bool:
    """Whether a letter is as wide as a Chinese one."""
    return unicodedata.east_asian_width(letter) in ("W", "F", "A")
