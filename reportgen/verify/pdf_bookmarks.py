"""A PDF in; whether its bookmarks are its headings, and lead to them, out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic
from reportgen.verify.outline.elements import Text

if TYPE_CHECKING:
    from pikepdf import Pdf

    from reportgen.verify.twins import Readings

MOST: Final = 5
MOST_ENTRIES: Final = 10_000
TITLE_RANK: Final = 1
"""The title of the report has no bookmark: it stands where the document opens."""


def bookmark_findings(readings: Readings) -> Iterator[Diagnostic]:
    """A finding for each of the first bookmarks that is not the heading at its place, in a PDF of ours."""
    subject, structure = readings.subject, readings.sound.get("pdf")
    if subject.report is None or structure is None:
        return
    texts = (item for item in structure.elements if isinstance(item, Text))
    headings = [(text.text, text.page) for text in texts if text.rank > TITLE_RANK]
    pairs = zip_longest(bookmarks(readings.pdf), headings, fillvalue=("—", 0))
    for (title, page), (wanted, place) in islice((pair for pair in pairs if pair[0] != pair[1]), MOST):
        yield subject.find(
            "pdf-bookmark-differs", "pdf", title=title, page=page or "—", wanted=wanted, place=place or "—"
        )


def bookmarks(document: Pdf) -> Iterator[tuple[str, int]]:
    """The titles of the bookmarks in order, and the pages they lead to; 0 where they lead to none."""
    numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
    top: Any = document.Root.get("/Outlines")
    waiting = [top.get("/First")] if top is not None else []
    for _ in range(MOST_ENTRIES):
        if not waiting:
            return
        entry = waiting.pop()
        if entry is None:
            continue
        place = entry.get("/Dest")
        is_page = place is not None and len(place) > 0 and hasattr(place[0], "objgen")
        yield str(entry.get("/Title", "")), numbers.get(place[0].objgen, 0) if is_page else 0
        waiting += [entry.get("/Next"), entry.get("/First")]
