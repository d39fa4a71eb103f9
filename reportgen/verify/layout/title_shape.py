"""The lines of a title in; whether they are shaped and broken as GB/T 9704-2012 7.3.1 asks out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual
from reportgen.model.titles import shape_of, words_broken
from reportgen.render.title import titles_as_set
from reportgen.verify.layout.pages import sample
from reportgen.verify.layout.protocol import Sample
from reportgen.verify.layout.roles import TITLES

if TYPE_CHECKING:
    from reportgen.verify.layout.lines import Line
    from reportgen.verify.layout.pages import Pages
    from reportgen.verify.layout.protocol import Protocol

GOOD: Final = Bilingual("梯形或菱形", "trapezium or rhombus")
SHAPES: Final = {
    "good": GOOD,
    "hourglass": Bilingual("沙漏形", "hourglass"),
    "rectangle": Bilingual("长方形", "rectangle"),
}
WHOLE: Final = Bilingual("词不断开", "no word broken")


def measure_titles(pages: Pages, protocol: Protocol) -> None:
    """Hold the shape of every title and the ends of its lines against the standard."""
    shapes, ends = list[Sample](), list[Sample]()
    words = tuple(protocol.standard.texts.get("title-words", ()))
    for lines in titles_of(pages):
        if len(lines) > 1:
            texts = [line.text for line in lines]
            widths = [(line.right - line.left) / lines[0].size for line in lines]
            shapes.append(sample(told_shape(texts, widths, protocol), lines[0]))
            if not is_as_given(texts, protocol):
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


def is_as_given(lines: Sequence[str], protocol: Protocol) -> bool:
    """Whether a title is set as its report says: what is wrong with that the report's own check has told."""
    report = protocol.subject.report
    return report is not None and tuple("".join(line.split()) for line in lines) in titles_as_set(report)


def told_shape(lines: Sequence[str], widths: Sequence[float], protocol: Protocol) -> Bilingual:
    """The shape of a title by the lengths of its lines in characters."""
    return GOOD if is_as_given(lines, protocol) else SHAPES[shape_of(widths)]


def broken_words(lines: Sequence[Line], words: Sequence[str], width: float) -> Iterator[Sample]:
    """A sample for every line that ends inside a word, unless it had no room for one character more."""
    for at, word in words_broken([line.text for line in lines], words):
        if lines[at].right - lines[at].left < width - lines[at].size:
            yield sample(Bilingual(f"“{word}”断成两行", f"“{word}” is broken"), lines[at])
