"""A rendered part with marks in; the texts in their place, and a hidden bookmark on every paragraph, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from lxml import etree

from reportgen.model.values import Mark
from reportgen.render.environment import place_id
from reportgen.render.imprints import TARGET, Imprint
from reportgen.render.items import Image
from reportgen.render.package import DOCUMENT, Package, parse
from reportgen.render.word.markup import SPACE, Element, name, w

PREFIX: Final = "_rg_"
"""Word hides bookmarks whose names begin with an underscore."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph that came from one place of the report, or fixed text (no path)."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One paragraph of the Word file: its bookmark's name and the pieces that make up its text."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The paragraph's text as it was put in."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def path(self) -> str:
        """The place in the report the paragraph stands for; empty for fixed text."""
        return next((piece.path for piece in self.pieces[::-1] if piece.path), "")


@dataclass(slots=True)
class Printer:
    """Puts texts in the place of their marks and names every paragraph; keeps count over all parts of a file.

    `marked` gives the id of the character style for a stretch that is not final, inside a run of another
    style or of none; `draw` makes the drawing of a picture; bookmarks are numbered from `first` on.
    """

    imprints: Sequence[Imprint]
    marked: Callable[[str, Mark], str]
    draw: Callable[[Image], Element]
    first: int = 1
    bookmarks: list[Bookmark] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def print_part(self, root: Element) -> None:
        """Finish every paragraph of a part."""
        for paragraph in list(root.iter(name("p"))):
            pieces = tuple(self._print_paragraph(paragraph))
            self.bookmarks.append(self._bookmark(paragraph, pieces))

    def _print_paragraph(self, paragraph: Element) -> Iterator[Piece]:
        for letters in list(paragraph.iter(name("t"))):
            yield from (piece for piece in self._pieces(letters) if piece.text or piece.path)
            if marks_in(letters):
                self._fill(letters)

    def _pieces(self, letters: Element) -> Iterator[Piece]:
        yield Piece("", letters.text or "")
        for child in letters:
            for number in marks_of(child):
                yield Piece(self.imprints[number].path, self.imprints[number].text)
            yield Piece("", child.tail or "")

    def _fill(self, letters: Element) -> None:
        """Replace the run of a text with marks by runs of finished text, one for each way it is set."""
        run = letters.getparent()
        if run is None or run.tag != name("r"):
            return
        contents = list(_joined(self._stretches(run, letters)))
        for mark, group in groupby(contents, key=lambda content: content[0]):
            run.addprevious(self._run(run, mark, [element for _, element in group]))
        holder = run.getparent()
        if holder is not None:
            holder.remove(run)

    def _stretches(self, run: Element, letters: Element) -> Iterator[tuple[Mark, str | Element]]:
        for element in run:
            if element is letters:
                yield from self._printed(letters)
            elif element.tag != name("rPr"):
                yield Mark.PLAIN, deepcopy(element)

    def _printed(self, letters: Element) -> Iterator[tuple[Mark, str | Element]]:
        yield Mark.PLAIN, letters.text or ""
        for child in letters:
            for number in marks_of(child):
                imprint = self.imprints[number]
                if isinstance(imprint.thing, Image):
                    yield Mark.PLAIN, self.draw(imprint.thing)
                yield from ((segment.mark, segment.text) for segment in imprint.segments)
            yield Mark.PLAIN, child.tail or ""

    def _run(self, model: Element, mark: Mark, contents: Sequence[Element]) -> Element:
        """A run set like the model, in the character style of the mark."""
        properties = deepcopy(model.find(name("rPr")))
        style = None if properties is None else properties.find(name("rStyle"))
        current = "" if style is None else str(style.get(name("val")))
        wanted = current if mark is Mark.PLAIN else self.marked(current, mark)
        if wanted != current:
            properties = w("rPr") if properties is None else properties
            if style is not None:
                properties.remove(style)
            properties.insert(0, w("rStyle", val=wanted))
        return w("r", properties, *contents)

    def _bookmark(self, paragraph: Element, pieces: tuple[Piece, ...]) -> Bookmark:
        """A bookmark around a paragraph, named after the places it prints, or after its fixed text."""
        paths = [piece.path for piece in pieces if piece.path]
        key = "\n".join(paths) if paths else "text:" + "".join(piece.text for piece in pieces)
        self.seen[key] += 1
        label = PREFIX + place_id(f"{key}\n#{self.seen[key]}")
        number = self.first + len(self.bookmarks)
        first = 1 if paragraph.find(name("pPr")) is not None else 0
        paragraph.insert(first, w("bookmarkStart", id=number, name=label))
        paragraph.append(w("bookmarkEnd", id=number))
        return Bookmark(label, pieces)


def marks_of(node: Element) -> Iterator[int]:
    """The number of the value a processing instruction stands for, if it stands for one."""
    if (
        isinstance(node, etree._ProcessingInstruction)
        and node.target == TARGET
        and (node.text or "").isdigit()
    ):
        yield int(node.text or "")


def marks_in(root: Element) -> list[int]:
    """The numbers of all values printed inside an element, in order."""
    return [number for node in root.iter(etree.ProcessingInstruction) for number in marks_of(node)]


def printed_parts(package: Package) -> dict[str, Element]:
    """The trees of the document, its headers and its footers, the document first."""
    names = [path for path in sorted(package.parts) if path.startswith(("word/header", "word/footer"))]
    return {path: parse(package.parts[path]) for path in (DOCUMENT, *names)}


def read_texts(trees: Iterable[Element]) -> dict[str, str]:
    """The text of every paragraph of these parts that bears one of our bookmarks, by its bookmark."""
    return {
        str(start.get(name("name"))): paragraph_text(paragraph)
        for tree in trees
        for paragraph in tree.iter(name("p"))
        for start in paragraph.iterchildren(name("bookmarkStart"))
        if str(start.get(name("name"))).startswith(PREFIX)
    }


def paragraph_text(paragraph: Element) -> str:
    """The letters of a paragraph as they stand in the file."""
    return "".join(letters.text or "" for letters in paragraph.iter(name("t")))


def _joined(stretches: Iterable[tuple[Mark, str | Element]]) -> Iterator[tuple[Mark, Element]]:
    """Neighbouring texts of one mark as one element of text; where nothing is printed, one empty text."""
    count = 0
    for (mark, is_text), group in groupby(
        stretches, key=lambda stretch: (stretch[0], isinstance(stretch[1], str))
    ):
        contents = [content for _, content in group]
        if is_text:
            text = "".join(content for content in contents if isinstance(content, str))
            contents = [text_element(text)] if text else []
        for content in contents:
            if not isinstance(content, str):
                count += 1
                yield mark, content
    if not count:
        yield Mark.PLAIN, text_element("")


def text_element(text: str) -> Element:
    """A text with its spaces kept."""
    letters = w("t")
    letters.text = text
    letters.set(SPACE, "preserve")
    return letters
