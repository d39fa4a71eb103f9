"""What both templates of a kind print in; findings out where their documents could not be twins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Listed, Location
from reportgen.render.package import DOCUMENT
from reportgen.render.word_headings import headings_in, own_headings
from reportgen.verify.template.places import short
from reportgen.verify.template.tags import BRACE, TAG

if TYPE_CHECKING:
    from reportgen.model.kind import Kind
    from reportgen.verify.template.word import WordTemplate

SHOWN: Final = ("blocks", "table")
"""The types of fields that are parts of the document of their own."""


def check_sections(
    kind: Kind, word: tuple[str, Sequence[str]], page: tuple[str, Sequence[str]]
) -> Iterator[Diagnostic]:
    """Every part of the report is printed in both, in one order; a twin is a file and the names it reads."""
    parts = kind.fields_of_type(*SHOWN)
    orders = []
    for file, used in (word, page):
        order = list(dict.fromkeys(part for name in used if (part := _part(name, parts))))
        for part in parts:
            if part not in order:
                yield find("template-part-missing", Location(file), name=part)
        orders.append(order)
    if sorted(orders[0]) == sorted(orders[1]) and orders[0] != orders[1]:
        first = next(one for one, other in zip(*orders, strict=True) if one != other)
        yield find("template-order", Location(page[0]), name=first, expected=Listed(orders[0]))


def _part(name: str, parts: Sequence[str]) -> str:
    """The part of the report that a name reads."""
    steps = name.split(".")
    first = steps[1] if steps[0] == "tables" and len(steps) > 1 else steps[0]
    return first if first in parts else ""


def check_words(template: WordTemplate, fixed: str) -> Iterator[Diagnostic]:
    """Fixed words of the Word template that the page has not; `fixed` is the page's own text.

    Headings and the labels of tables are held against the data by themselves.
    """
    known = {*headings_in(template.document, template.kind), *map(str, template.kind.texts.values())}
    for stretch in template.parts[DOCUMENT]:
        words = TAG.sub("", stretch.text).strip()
        if (
            words
            and not BRACE.search(words)
            and not stretch.spot.table
            and words not in known
            and words not in fixed
        ):
            yield template.find("template-words", stretch.spot, text=short(words))


def check_headings(
    template: WordTemplate, page: tuple[str, Sequence[str]], fixed: str
) -> Iterator[Diagnostic]:
    """The fixed headings of the Word template, and that the page prints the same; `fixed` is its own text."""
    own, drawn = own_headings(template.kind), headings_in(template.document, template.kind)
    if len(drawn) != len(own):
        yield find(
            "template-headings",
            Location(template.file),
            found=len(drawn),
            expected=len(own),
            missing=Listed(text for text in own.values() if text not in drawn),
        )
    used = set(page[1])
    if "text.headings" in used and not any(name.startswith("text.headings.") for name in used):
        return
    shown = dict(zip(own, drawn, strict=True)) if len(drawn) == len(own) else own
    for key, text in shown.items():
        if f"text.headings.{key}" not in used and text not in fixed:
            yield find("template-heading-missing", Location(page[0]), name=text)
