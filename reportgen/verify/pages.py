"""Both twins in; the check that they have the same pages, each with the same first and last line, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.verify.lines import Page, text_of
from reportgen.verify.typeset import MOST, SHOWN, Twins
from reportgen.verify.verification import Check, judged

ROUNDING: Final = 1.0
"""How far apart, in pt, sizes of pages may be: A4 is rounded in many ways."""
POINTS: Final = 72 / 25.4
LOWEST: Final = 5.0
"""How far below the type area, in pt, LibreOffice may set the last baseline."""


def compare_pages(twins: Twins) -> Check:
    """Whether both have as many pages, of the same sizes, which begin and end with the same lines."""
    found = tuple(page_faults(twins))
    count, other = len(twins.word), len(twins.pdf)
    same = Bilingual(
        f"{other}页，每页的大小和首末行相同", f"{other} pages, same sizes, same first and last lines"
    )
    differ = Bilingual(
        f"Word{count}页，PDF{other}页，{len(found)}处不同",
        f"Word {count}, PDF {other} pages; {len(found)} faults",
    )
    return judged("twin-pages", found[:MOST], differ if found else same, tool=twins.tool)


def page_faults(twins: Twins) -> Iterator[Diagnostic]:
    """What differs, the number of pages first."""
    if len(twins.word) != len(twins.pdf):
        counts: dict[str, Any] = {"word": len(twins.word), "pdf": len(twins.pdf)}
        yield twins.subject.find("page-count-differs", "docx", **counts)
    for word, pdf in zip(twins.word, twins.pdf, strict=False):
        yield from size_fault(twins, word, pdf)
        yield from edge_faults(twins, word, pdf)


def size_fault(twins: Twins, word: Page, pdf: Page) -> Iterator[Diagnostic]:
    """The finding when a page is not as large in both."""
    if max(abs(word.width - pdf.width), abs(word.height - pdf.height)) > ROUNDING:
        sizes = {"word": size_of(word), "pdf": size_of(pdf)}
        yield twins.subject.find("page-size-differs", "docx", page=pdf.number, **sizes)


def size_of(page: Page) -> str:
    """The size of a page in mm."""
    return f"{page.width / POINTS:.0f}×{page.height / POINTS:.0f} mm"


def edge_faults(twins: Twins, word: Page, pdf: Page) -> Iterator[Diagnostic]:
    """A finding for the first line of a page, and one for its last, that is not the same in both.

    Where all pieces are the same there is none: only labels across rows can then be higher in one.
    """
    result = twins.matches[pdf.number - 1]
    if not result.word and not result.pdf:
        return
    area = type_area(twins)
    both = [
        [text_of(line) for line in page.lines if area[0] < line[0].base < area[1]] for page in (word, pdf)
    ]
    for code, end in (("page-begins-otherwise", 0), ("page-ends-otherwise", -1)):
        one, other = (lines[end] if lines else "" for lines in both)
        if one.split() != other.split():
            path, shown = twins.origins.path(other), {"word": one[:SHOWN], "pdf": other[:SHOWN]}
            yield twins.subject.find(code, "docx", path, page=pdf.number, **shown)


def type_area(twins: Twins) -> tuple[float, float]:
    """Where the type area begins and ends, in pt from the top: marks and page numbers stand outside."""
    layout = twins.subject.layout
    top, bottom = (float(layout["margins"][side]) * POINTS for side in ("top", "bottom"))
    return top, float(layout["page"]["height"]) * POINTS - bottom + LOWEST
