"""A part of a Word template in; its paragraphs out, each with the place where a person finds it in Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from reportgen.diagnostics import Bilingual
from reportgen.render.bookmarks import paragraph_text
from reportgen.render.word.markup import Element, name
from reportgen.verify.template.tags import TAG

LONGEST: Final = 40
P: Final = name("p")
TABLE: Final = name("tbl")
ROW: Final = name("tr")
CELL: Final = name("tc")
HOLDERS: Final = frozenset(
    map(name, ("sdt", "sdtContent", "ins", "del", "moveFrom", "moveTo", "smartTag", "customXml"))
)
"""What may stand around paragraphs, rows and cells without being one itself."""

PARTS: Final = {
    "header": Bilingual("页眉", "header, "),
    "footer": Bilingual("页脚", "footer, "),
    "footnotes": Bilingual("脚注", "footnotes, "),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a Word file; numbers count from 1 and are 0 where there is no such thing.

    `heading` is the nearest heading above, `near` the nearest fixed words before it.
    """

    part: str = "document"
    paragraph: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0
    heading: str = ""
    near: str = ""

    def words(self) -> Bilingual:
        """The place in words."""
        part = next((words for key, words in PARTS.items() if key in self.part), Bilingual("", ""))
        zh, en = self._count("第{}", ("段", "个表格", "行", "格")), self._english()
        around = [text for text in dict.fromkeys((self.heading, self.near)) if text]
        if not around:
            return Bilingual(f"{part.zh}{zh}", f"{part.en}{en}")
        if len(around) == 1:
            return Bilingual(f"{part.zh}{zh}（“{around[0]}”之后）", f"{part.en}{en} (after “{around[0]}”)")
        heading, near = around
        return Bilingual(
            f"{part.zh}{zh}（“{heading}”之下，“{near}”之后）",
            f"{part.en}{en} (under “{heading}”, after “{near}”)",
        )

    def _count(self, form: str, words: tuple[str, str, str, str]) -> str:
        counts = (0 if self.table else self.paragraph, self.table, self.row, self.cell)
        return "".join(
            f"{form.format(number)}{word}" for number, word in zip(counts, words, strict=True) if number
        )

    def _english(self) -> str:
        names = ("paragraph", "table", "row", "cell")
        counts = (0 if self.table else self.paragraph, self.table, self.row, self.cell)
        return ", ".join(f"{word} {number}" for number, word in zip(counts, names, strict=True) if number)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph with its place and its text."""

    element: Element
    spot: Spot
    text: str


@dataclass(slots=True)
class Walk:
    """Goes through one part, counting as a reader does; `headings` are the ids of styles of headings."""

    part: str
    headings: frozenset[str]
    paragraphs: int = 0
    tables: int = 0
    heading: str = ""
    near: str = ""

    def paragraphs_in(self, holder: Element, spot: Spot) -> Iterator[Stretch]:
        """The paragraphs inside an element, in order."""
        for child in holder:
            if child.tag == P:
                yield self._paragraph(child, spot)
            elif child.tag == TABLE:
                self.tables += 1
                yield from self._rows(child, replace(spot, table=self.tables, row=0, cell=0))
            elif child.tag in HOLDERS:
                yield from self.paragraphs_in(child, spot)
            elif holder.getparent() is None and not isinstance(child.tag, str):
                continue
            elif child.tag in (name("body"), name("footnote")):
                yield from self.paragraphs_in(child, spot)

    def _rows(self, table: Element, spot: Spot) -> Iterator[Stretch]:
        for number, row in enumerate(children(table, ROW), 1):
            for place, cell in enumerate(children(row, CELL), 1):
                yield from self.paragraphs_in(cell, replace(spot, row=number, cell=place))

    def _paragraph(self, element: Element, spot: Spot) -> Stretch:
        if not spot.table:
            self.paragraphs += 1
        text = paragraph_text(element)
        here = replace(spot, paragraph=self.paragraphs, heading=self.heading, near=self.near)
        fixed = TAG.sub("", text).strip()
        if fixed:
            self.near = short(fixed)
            if style_id(element) in self.headings:
                self.heading = short(fixed)
        return Stretch(element, here, text)


def children(holder: Element, tag: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, also those within marks of changes."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in HOLDERS:
            yield from children(child, tag)


def walk_part(tree: Element, part: str, headings: frozenset[str]) -> tuple[Stretch, ...]:
    """Every paragraph of a part, in order."""
    return tuple(Walk(part, headings).paragraphs_in(tree, Spot(part)))


def style_id(paragraph: Element) -> str:
    """The id of a paragraph's style; empty when it names none."""
    found = paragraph.find(f"{name('pPr')}/{name('pStyle')}")
    return "" if found is None else str(found.get(name("val")))


def short(text: str) -> str:
    """A text as messages show it."""
    clean = " ".join(text.split())
    return clean if len(clean) <= LONGEST else f"{clean[:LONGEST]}…"
