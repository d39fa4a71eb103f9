"""A Word file and a web page in; the words that only one of them marks as unknown or unchecked, out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic
from reportgen.render.package import DOCUMENT
from reportgen.render.word.markup import name
from reportgen.verify.outline.html import first, local, tree_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.verify.twins import Readings

RUN_STYLE = f"{name('rPr')}/{name('rStyle')}"


def mark_findings(readings: Readings) -> Iterator[Diagnostic]:
    """A finding for the first words of a mark that are not marked so in both."""
    if not {"docx", "html"} <= readings.sound.keys():
        return
    runs = readings.subject.layout.get("runs", {})
    marks = {style["id"]: style["class"] for style in runs.values() if "background" in style}
    pairs = zip_longest(word_marks(readings, marks), page_marks(readings, marks), fillvalue=("", ""))
    for (kind, one), (other_kind, other) in pairs:
        if (kind, one) != (other_kind, other):
            yield readings.subject.find("twin-mark-differs", "docx", word=one or "—", page=other or "—")
            return


def word_marks(readings: Readings, marks: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The marked characters of a Word file, each with the class of its mark, in order."""
    for run in readings.parts[DOCUMENT].iter(name("r")):
        style = run.find(RUN_STYLE)
        given = "" if style is None else str(style.get(name("val")))
        kind = next((found for identifier, found in marks.items() if given.endswith(identifier)), "")
        if kind:
            yield from ((kind, letter) for letter in "".join(map(str, run.itertext(name("t")))))


def page_marks(readings: Readings, marks: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The same of a web page."""
    root = tree_of(readings.subject.contents["html"])
    main = first(root, "main")
    for node in (root if main is None else main).iter():
        kind = str(node.get("class") or "") if local(node) == "mark" else ""
        if kind in marks.values():
            yield from ((kind, letter) for letter in "".join(map(str, node.itertext())))
