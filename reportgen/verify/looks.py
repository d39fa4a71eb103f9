"""Both twins in; the check that their pages look the same, with those that do not side by side, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.verify.pictures import Spot, compare_pictures, render_pages, side_by_side
from reportgen.verify.typeset import MOST, Twins
from reportgen.verify.verification import Check, Exhibit, judged

if TYPE_CHECKING:
    from PIL.Image import Image

PAGES: Final = 200
"""Pages that are compared as pictures: some 20 in a second."""
SHOWN: Final = 4
"""Pages that are shown side by side."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A page of both twins as pictures, with the places where they differ; one may have fewer pages."""

    number: int
    word: Image | None
    pdf: Image | None
    spots: tuple[Spot, ...]


def compare_looks(twins: Twins) -> Check:
    """Whether the pages look the same, but for smoothed edges and the height of letters in their lines."""
    faults: list[Diagnostic] = []
    exhibits: list[Exhibit] = []
    count = 0
    for sight in sights(twins):
        count += 1
        spots = sight.spots
        if spots:
            left, top = spots[0].millimetres
            shown: dict[str, Any] = {"page": sight.number, "count": len(spots), "left": left, "top": top}
            faults.append(twins.subject.find("page-looks-different", "docx", **shown))
        if len(exhibits) < SHOWN and (spots or differs(twins, sight)):
            exhibits.append(Exhibit(title_of(sight), side_by_side(sight.word, sight.pdf, spots)))
    found = faults[:MOST]
    return judged("twin-pictures", found, summary(count, len(faults)), tool=twins.tool, exhibits=exhibits)


def sights(twins: Twins) -> Iterator[Sight]:
    """Every page of both, compared where both have it."""
    both = (render_pages(pdf, PAGES) for pdf in (twins.office, twins.subject.contents["pdf"]))
    for index, (word, pdf) in enumerate(zip_longest(*both)):
        result = twins.matches[index]
        spots = compare_pictures(word, pdf, result.pairs, result.parted) if word and pdf else ()
        yield Sight(index + 1, word, pdf, spots)


def differs(twins: Twins, sight: Sight) -> bool:
    """Whether a page's lines differ, or one of the twins has no such page."""
    result = twins.matches[sight.number - 1]
    return bool(result.word or result.pdf) or sight.word is None or sight.pdf is None


def title_of(sight: Sight) -> Bilingual:
    """What stands above a page shown twice."""
    number = sight.number
    return Bilingual(
        f"第{number}页：左为Word（LibreOffice排版），右为PDF",
        f"page {number}: Word file (by LibreOffice) left, PDF right",
    )


def summary(pages: int, different: int) -> Bilingual:
    """How many pages were compared, and how many look different."""
    if different:
        return Bilingual(
            f"{pages}页中有{different}页的图像不同", f"{different} of {pages} pages look different"
        )
    return Bilingual(f"{pages}页图像相同", f"{pages} pages look the same")
