"""The lines of a title in; whether they are shaped and broken as GB/T 9704-2012 7.3.1 asks out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual
from reportgen.model.widths import text_width
from reportgen.render.title import break_title
from reportgen.verify.layout.pages import sample
from reportgen.verify.layout.protocol import Sample
from reportgen.verify.layout.roles import TITLES

if TYPE_CHECKING:
    from reportgen.verify.layout.lines import Line
    from reportgen.verify.layout.pages import Pages
    from reportgen.verify.layout.protocol import Protocol

GOOD: Final = Bilingual("梯形或菱形", "trapezium or rhombus")
HOURGLASS: Final = Bilingual("沙漏形", "hourglass")
RECTANGLE: Final = Bilingual("长方形", "rectangle")
SAME: Final = 0.25
"""Characters by which lines of equal length may differ."""
WHOLE: Final = Bilingual("词不断开", "no word broken")


def measure_titles(pages: Pages, protocol: Protocol) -> None:
    """Hold the shape of every title and the ends of its lines against the standard."""
    shapes, ends = list[Sample](), list[Sample]()
    words = tuple(protocol.standard.texts.get("title-words", ()))
    for lines in titles_of(pages):
        if len(lines) > 1:
            widths = [(line.right - line.left) / lines[0].size for line in lines]
            shapes.append(sample(shape_of([line.text for line in lines], widths, protocol), lines[0]))
            ends.extend(broken_words(lines, words, protocol.standard.width))
            ends.append(sample(WHOLE, lines[0]))
    protocol.agree("title-shape", GOOD, shapes, "title")
    protocol.agree("title-words", WHOLE, ends, "title")


def titles_of(pages: Pages) -> Iterator[list[Line]]:
    """The lines of each title."""
    group: list[Line] = []
    for setting in pages.settings:
        if setting.role in TITLES and (not group or setting.line.page == group[0].page):
            group.append(setting.line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def shape_of(texts: Sequence[str], widths: Sequence[float], protocol: Protocol) -> Bilingual:
    """The shape of a title by the lengths of its lines in characters.

    One of equal lines is let pass when it could not be broken otherwise.
    """
    falls = False
    if max(widths) - min(widths) < SAME:
        return RECTANGLE if can_be_broken(texts, protocol) else GOOD
    for above, below in pairwise(widths):
        if below > above + SAME and falls:
            return HOURGLASS
        falls = falls or below < above - SAME
    return GOOD


def can_be_broken(texts: Sequence[str], protocol: Protocol) -> bool:
    """Whether a title of ours would take another shape; nobody knows the words of another's."""
    standard = protocol.standard
    words, wholes = (tuple(standard.texts.get(key, ())) for key in ("title-words", "title-wholes"))
    room = Decimal(standard.line_capacity("title"))
    return not standard.own or len(set(map(text_width, break_title(texts, words, wholes, room)))) > 1


def broken_words(lines: Sequence[Line], words: Sequence[str], width: float) -> Iterator[Sample]:
    """A sample for every line that ends inside a word, unless it had no room for one character more."""
    text = "".join(line.text for line in lines)
    form = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
    stretches = [match.span() for match in re.finditer(form, text)] if form else []
    for line, end in zip(lines, accumulate(len(line.text) for line in lines), strict=True):
        for start, stop in stretches:
            if start < end < stop and line.right - line.left < width - line.size:
                word = text[start:stop]
                yield sample(Bilingual(f"“{word}”断成两行", f"“{word}” is broken"), line)
