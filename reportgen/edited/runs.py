"""A paragraph's runs in; its text with every tracked change accepted, and who made them, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from reportgen.edited.copy import Hand, Strange
from reportgen.render.word.markup import WP, Element, name

FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
LETTERS: Final = MappingProxyType(
    {
        **{name(tag): text for tag, text in (("tab", "\t"), ("br", "\n"), ("cr", "\n"))},
        **{name(tag): text for tag, text in (("noBreakHyphen", "\u2011"), ("softHyphen", "\u00ad"))},
    }
)
ERASED: Final = (name("del"), name("moveFrom"))
COME: Final = (name("ins"), name("moveTo"))
SKIPPED: Final = frozenset(
    {FALLBACK, name("pPr"), name("rPr"), name("sdtPr"), name("sdtEndPr"), name("delText"), name("rt")}
)
ODD: Final[Mapping[str, str]] = MappingProxyType(
    {
        name("footnoteReference"): "footnote",
        name("endnoteReference"): "footnote",
        name("object"): "object",
        name("sym"): "symbol",
        f"{MATH}oMath": "formula",
        f"{MATH}oMathPara": "formula",
    }
)
PAGE_FIELD: Final = re.compile(r"\s*(?:NUMPAGES|PAGE)\b", re.IGNORECASE)
PAGE_NUMBER: Final = "1"
"""What the number of a page reads as, whatever the word processor last made of it."""
DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class FieldCode:
    """A field being read: its instruction, and whether its result has begun."""

    instruction: str = ""
    result: bool = False

    @property
    def is_page(self) -> bool:
        """Whether it prints a page number."""
        return bool(PAGE_FIELD.match(self.instruction))


@dataclass(slots=True)
class Runs:
    """What has been read of a paragraph: text, bookmarks, hands, and what is no text.

    `was` is the text with every tracked change rejected.
    """

    text: str = ""
    was: str = ""
    inserted: bool = False
    marks: list[str] = field(default_factory=list)
    hands: dict[Hand, None] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    strange: list[Strange] = field(default_factory=list)
    comments: dict[str, None] = field(default_factory=dict)
    breaks: int = 0
    fields: list[FieldCode] = field(default_factory=list)

    def read(self, node: Element) -> Runs:
        """Read on what is inside an element."""
        for child in node:
            self.read_child(child)
        return self

    def read_child(self, node: Element) -> None:
        """Read one element of a paragraph."""
        tag = node.tag
        if not isinstance(tag, str) or tag in SKIPPED:
            return
        if tag in ERASED:
            self.note_erased(node)
        elif tag == name("r") and is_hidden(node):
            self.strange.append(Strange("hidden", "".join(t.text or "" for t in node.iter(name("t")))))
        elif tag == name("t"):
            self.add(node.text or "")
        elif tag in LETTERS:
            self.letter(node)
        elif tag == f"{{{WP}}}docPr":
            self.pictures.append(str(node.get("descr") or ""))
        elif tag in ODD:
            self.strange.append(Strange(ODD[tag], "".join(t.text or "" for t in node.iter(f"{MATH}t"))))
        elif tag in READERS:
            READERS[tag](self, node)
        else:
            self.read_inside(node)

    def read_inside(self, node: Element) -> None:
        """Read what an element holds, as put in where it says so."""
        before = self.inserted
        if node.tag in COME:
            self.hands[hand_of(node)] = None
            self.inserted = True
        self.read(node)
        self.inserted = before

    def add(self, text: str) -> None:
        """Read on letters, which may be the result of a field."""
        if not any(code.is_page and code.result for code in self.fields):
            self.text += text
            self.was += "" if self.inserted else text

    def letter(self, node: Element) -> None:
        """Read on what stands for a letter; a break of the page is none."""
        if node.tag == name("br") and node.get(name("type")) in ("page", "column"):
            self.breaks += node.get(name("type")) == "page"
        else:
            self.add(LETTERS[str(node.tag)])

    def note_erased(self, node: Element) -> None:
        """Note who deleted something; comments and bookmarks inside stay."""
        self.hands[hand_of(node)] = None
        self.was += "".join(t.text or "" for t in node.iter(name("delText"), name("t")))
        for start in node.iter(name("bookmarkStart")):
            self.mark(start)
        for start in node.iter(name("commentReference"), name("commentRangeStart")):
            self.comment(start)

    def mark(self, node: Element) -> None:
        """Note a bookmark that begins here."""
        self.marks.append(str(node.get(name("name"))))

    def comment(self, node: Element) -> None:
        """Note a comment that is made here."""
        self.comments[str(node.get(name("id")))] = None

    def seen_page(self, _: Element) -> None:
        """Count a page that ended here when the file was last seen."""
        self.breaks += 1

    def box(self, node: Element) -> None:
        """Note a box of text, which stands beside the text."""
        said = "".join(letters.text or "" for letters in node.iter(name("t")))
        self.strange.append(Strange("text box", said))

    def field_mark(self, node: Element) -> None:
        """Begin a field, its result, or end it."""
        kind = node.get(name("fldCharType"))
        if kind == "begin":
            self.fields.append(FieldCode())
        elif kind == "separate" and self.fields:
            self.fields[-1].result = True
            if self.fields[-1].is_page:
                self.text += PAGE_NUMBER
        elif kind == "end" and self.fields:
            self.fields.pop()

    def instruction(self, node: Element) -> None:
        """Read on the instruction of a field."""
        if self.fields:
            self.fields[-1].instruction += node.text or ""

    def simple_field(self, node: Element) -> None:
        """Read a field that is one element."""
        if PAGE_FIELD.match(str(node.get(name("instr")))):
            self.text += PAGE_NUMBER
        else:
            self.read(node)


READERS: Final[Mapping[str, Callable[[Runs, Element], None]]] = MappingProxyType(
    {
        name("bookmarkStart"): Runs.mark,
        name("commentRangeStart"): Runs.comment,
        name("commentReference"): Runs.comment,
        name("lastRenderedPageBreak"): Runs.seen_page,
        name("txbxContent"): Runs.box,
        name("fldChar"): Runs.field_mark,
        name("instrText"): Runs.instruction,
        name("fldSimple"): Runs.simple_field,
    }
)


def is_hidden(run: Element) -> bool:
    """Whether a run is not printed."""
    flag = run.find(f"{name('rPr')}/{name('vanish')}")
    said = any(True for _ in run.iter(name("t")))
    return flag is not None and said and flag.get(name("val")) not in ("0", "false", "off")


def hand_of(node: Element) -> Hand:
    """Who made a change, and when."""
    moment = DATE.match(str(node.get(name("date")) or ""))
    return Hand(str(node.get(name("author")) or "").strip(), moment[0] if moment else "")
