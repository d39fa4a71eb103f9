"""Elements in; the same, marked as inserted, deleted or moved by somebody at some time, out."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.render.word.markup import Element, name, w

FIRST = 10_000
"""Marks are numbered from here on, clear of bookmarks and pictures."""
DELETED = {name("t"): name("delText"), name("instrText"): name("delInstrText")}
INSERTED, GONE, MOVED_HERE, MOVED_AWAY = "ins", "del", "moveTo", "moveFrom"


@dataclass(slots=True)
class Pen:
    """Marks changes by one author at one moment (`2024-01-15T08:00:00Z`), each with a number of its own."""

    author: str
    moment: str
    count: int = FIRST
    moves: int = 0

    def mark(self, tag: str, *children: Element) -> Element:
        """A mark around some elements."""
        self.count += 1
        return w(tag, *children, id=self.count, author=self.author, date=self.moment)

    def run(self, tag: str, run: Element) -> Element:
        """A run, marked; the letters of a deleted one are of another kind."""
        if tag == GONE:
            for letters in list(run.iter(*DELETED)):
                letters.tag = DELETED[str(letters.tag)]
        return self.mark(tag, run)

    def end(self, paragraph: Element, tag: str) -> None:
        """Mark the end of a paragraph."""
        properties = paragraph.find(name("pPr"))
        if properties is None:
            properties = w("pPr")
            paragraph.insert(0, properties)
        place(properties).insert(0, self.mark(tag))

    def row(self, row: Element, tag: str) -> None:
        """Mark a row; its mark comes behind all its properties."""
        properties = row.find(name("trPr"))
        if properties is None:
            properties = w("trPr")
            before = row.find(name("tblPrEx"))
            row.insert(0 if before is None else 1, properties)
        properties.append(self.mark(tag))

    def whole(self, paragraph: Element, tag: str) -> Element:
        """A paragraph all of which, its end too, is marked."""
        for run in list(paragraph.iterchildren(name("r"))):
            at = paragraph.index(run)
            paragraph.insert(at, self.run(tag, run))
        self.end(paragraph, tag)
        return paragraph

    def ranges(self, tag: str, title: str, block: Element) -> list[Element]:
        """A moved block between the marks that tell where it went or came from."""
        self.count += 1
        start = w(f"{tag}RangeStart", id=self.count, author=self.author, date=self.moment, name=title)
        return [start, block, w(f"{tag}RangeEnd", id=self.count)]

    def formerly(self, properties: Element, old: Element | None) -> None:
        """Note what the properties of a paragraph were."""
        kept = w("pPr")
        if old is not None:
            kept.extend([child for child in old if child.tag not in UNTRACKED])
        properties.append(self.mark("pPrChange", kept))


UNTRACKED = frozenset({name("rPr"), name("sectPr"), name("pPrChange")})


def place(properties: Element) -> Element:
    """The properties of a paragraph's end, where the schema wants them."""
    found = properties.find(name("rPr"))
    if found is None:
        found = w("rPr")
        after = [child for child in properties if child.tag in (name("sectPr"), name("pPrChange"))]
        if after:
            after[0].addprevious(found)
        else:
            properties.append(found)
    return found
