"""The paragraphs of a Word template in; findings about the tags in them out."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from jinja2 import TemplateSyntaxError, nodes

from reportgen.diagnostics import Diagnostic
from reportgen.model.sandbox import environment
from reportgen.render.bookmarks import paragraph_text
from reportgen.render.word.markup import Element, name
from reportgen.verify.template.faults import Fault
from reportgen.verify.template.places import Stretch, short
from reportgen.verify.template.reading import Reading
from reportgen.verify.template.shapes import Shape
from reportgen.verify.template.syntax import Page
from reportgen.verify.template.tags import BRACE, PAIRS, TAG, Pair, Tag, dotted_path, pair_tags, read_tag
from reportgen.verify.template.word import WordTemplate, local

HOLES: Final = frozenset(
    [
        "tab",
        "br",
        "cr",
        "noBreakHyphen",
        "sym",
        "fldChar",
        "instrText",
        "drawing",
        "pict",
        "object",
        "ptab",
        "footnoteReference",
        "annotationRef",
    ]
)
"""What must not stand inside a tag: the template engine would throw it away."""

CODES: Final[Mapping[str, str]] = {
    "syntax": "word-template-syntax",
    "undefined": "word-template-undefined",
    "filter": "word-template-filter",
    "forbidden": "word-template-forbidden",
    "unprintable": "word-template-forbidden",
    "misplaced": "word-template-structure",
    "missing": "word-template-forbidden",
}
MOST_REPAIRS: Final = 20


@dataclass(frozen=True, slots=True)
class Placed:
    """A tag with the paragraph it stands in."""

    tag: Tag
    stretch: Stretch


@dataclass
class TagCheck:
    """Checks the tags of one part. Not slotted: it caches.

    `used` are the names they read, with the number of the tag that was the first to do so.
    """

    template: WordTemplate
    stretches: Sequence[Stretch]
    known: Mapping[str, Shape]
    used: dict[str, int] = field(default_factory=dict)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Every tag, numbered from 1."""
        found = [(text, each) for each in self.stretches for text in TAG.findall(each.text)]
        return tuple(Placed(read_tag(text, number), each) for number, (text, each) in enumerate(found, 1))

    def run(self) -> Iterator[Diagnostic]:
        """Everything that is wrong with the tags."""
        yield from self._torn()
        for placed in self.placed:
            yield from self._single(placed)
        pairs = pair_tags([placed.tag for placed in self.placed])
        for pair in pairs:
            yield from self._pair(pair)
        tree = yield from self._parsed(self._lines(pairs))
        if tree:
            reading = Reading(self.known, on_print=self._printable)
            yield from map(self._tell, reading.read(Page("", tree)))
            self.used |= reading.used

    def _torn(self) -> Iterator[Diagnostic]:
        """Braces that are half of a tag, and tags with something else inside."""
        for each in self.stretches:
            if BRACE.search(TAG.sub("", each.text)):
                yield self.template.find("word-template-syntax", each.spot, text=short(each.text))
            elif "{" in each.text and any(_is_broken(each.element)):
                yield self.template.find("word-template-split", each.spot, text=short(each.text))

    def _single(self, placed: Placed) -> Iterator[Diagnostic]:
        tag, spot = placed.tag, placed.stretch.spot
        if tag.has_prose_quotes:
            yield self.template.find("word-template-quotes", spot, text=short(tag.text))
        if _loses(placed):
            yield self.template.find("word-template-syntax", spot, text=short(placed.stretch.text))

    def _pair(self, pair: Pair) -> Iterator[Diagnostic]:
        """A tag without its other half, or with the other half in another frame."""
        if pair.first and pair.last:
            frames = {_frame(self.placed[tag.at - 1]) for tag in (pair.first, *pair.middle, pair.last)}
            if len(frames) > 1:
                yield self._find("word-template-structure", pair.last)
            return
        lonely = pair.first or pair.last
        if lonely:
            other = PAIRS.get(lonely.word) or next(
                (first for first, last in PAIRS.items() if last == lonely.word), "if"
            )
            yield self._find("word-template-unbalanced", lonely, other)

    def _lines(self, pairs: Sequence[Pair]) -> list[str]:
        """The tags one a line, halves without their other half left out, as Jinja can read them."""
        figures = {path for table in self.template.kind.tables.values() for path in table.figures}
        broken = (tag for pair in pairs if not pair.is_whole for tag in (pair.first, pair.last, *pair.middle))
        lonely = {tag.at for tag in broken if tag}
        lines = []
        for tag in (placed.tag for placed in self.placed):
            path = "" if tag.level else dotted_path(tag)
            if path in figures:  # most tags by far, and nothing can be wrong with them
                self.used.setdefault(path, tag.at)
            lines.append("" if path in figures or tag.at in lonely else tag.plain)
        return lines

    def _parsed(self, lines: list[str]) -> Generator[Diagnostic, None, nodes.Template | None]:
        """The tree of the tags; each that Jinja cannot read is told and replaced by one that it can."""
        for _ in range(MOST_REPAIRS):
            try:
                return environment().parse("\n".join(lines))
            except (TemplateSyntaxError, RecursionError) as error:
                longest = max(range(len(lines)), key=lambda number: len(lines[number]))
                at = getattr(error, "lineno", longest + 1)
                tag = self.placed[min(max(at, 1), len(lines)) - 1].tag
                yield self._find("word-template-syntax", tag)
                lines[tag.at - 1] = "{% if 0 %}" if tag.opens else ""
                if tag.opens and tag.word != "if":
                    _neutralise(lines, tag, pair_tags([placed.tag for placed in self.placed]))
        return None

    def _printable(self, at: int, shape: Shape) -> str:
        """Whether a tag may print this where it stands: a table in the place of a paragraph, text in text."""
        placed = self.placed[at - 1]
        if placed.tag.level in ("p", "tr", "tc"):
            return "" if shape.is_block else "misplaced"
        if shape.is_block and not shape.prints:
            return "misplaced"
        return "" if shape.prints else "unprintable"

    def _tell(self, fault: Fault) -> Diagnostic:
        return self._find(CODES[fault.rule], self.placed[fault.at - 1].tag, fault.name)

    def _find(self, code: str, tag: Tag, about: str = "") -> Diagnostic:
        spot = self.placed[tag.at - 1].stretch.spot
        return self.template.find(code, spot, text=short(tag.text), name=about)


def _neutralise(lines: list[str], tag: Tag, pairs: Sequence[Pair]) -> None:
    """Let the end of a tag that was replaced by an `if` be an `endif`, and nothing stand between."""
    for pair in pairs:
        if pair.first and pair.last and pair.first.at == tag.at:
            lines[pair.last.at - 1] = "{% endif %}"
            for each in pair.middle:
                lines[each.at - 1] = ""


def _frame(placed: Placed) -> tuple[str, Element | None]:
    """What a tag must share with its other half: the level, and the element around what it takes away."""
    level = placed.tag.level
    element: Element | None = placed.stretch.element
    if level in ("", "r"):
        level = "p"
    while element is not None and element.tag != name(level):
        element = element.getparent()
    return level, None if element is None else element.getparent()


def _loses(placed: Placed) -> bool:
    """Whether a tag takes away more than itself."""
    tag = placed.tag
    if tag.level not in ("p", "tr", "tc"):
        return False
    holder: Element | None = placed.stretch.element
    while holder is not None and holder.tag != name(tag.level):
        holder = holder.getparent()
    if holder is None:
        return True
    return "".join(map(paragraph_text, holder.iter(name("p")))).strip() != tag.text.strip()


def _is_broken(paragraph: Element) -> Iterator[bool]:
    """For each thing that is no text: whether it stands inside a tag."""
    before = ""
    for node in paragraph.iter():
        if node.tag == name("t"):
            before += node.text or ""
        elif local(node) in HOLES:
            rest = TAG.sub("", before)
            yield any(mark in rest for mark in ("{{", "{%", "{#")) or rest.endswith("{")
