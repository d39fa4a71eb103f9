"""A text as it stands in the file in; its expressions, and the white space that only lays the file out, out.

A line break inside a paragraph joins its lines, without a blank between Chinese characters; an empty line,
or a line that begins with a full-width blank, starts the next paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportgen.model.grammar import read_embedded
from reportgen.model.names import Budget
from reportgen.model.nodes import Scalar
from reportgen.model.terms import Fault, Span, Term
from reportgen.model.tokens import OPENING

ODD_BLANKS: Final = "\u00a0\u1680\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))
"""Blanks of other widths, which a text copied from a web page brings along."""
BLANK: Final = " \t\n\u3000" + ODD_BLANKS
BREAK: Final = re.compile(rf"[ \t\u3000{ODD_BLANKS}]*\n[{BLANK}]*")
WIDE: Final = ("W", "F", "A")
FAULT_COST: Final = 50
"""What an expression that cannot be read takes of the budget, against one that can."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: plain when `term` is None, else an expression or what is wrong with it."""

    span: Span
    term: Term | Fault | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """White space that is layout of the file: it `separates` paragraphs, or prints as `joint`."""

    span: Span
    separates: bool
    joint: str


def core(text: str) -> Span:
    """Where a text begins and ends without the blanks around it."""
    start = len(text) - len(text.lstrip(BLANK))
    return start, max(start, len(text.rstrip(BLANK)))


def cut(text: str, budget: Budget) -> tuple[Piece, ...]:
    """The plain stretches and the expressions of a text, in order, without the blanks around it.

    When the budget is spent the rest of the text is one piece at fault.
    """
    pieces: list[Piece] = []
    done, end = core(text)
    place = done
    while (start := text.find(OPENING, place)) >= 0:
        if start > done:
            pieces.append(Piece((done, start)))
        if not budget.left:
            return (
                *pieces,
                Piece((start, end), Fault("too-many-expressions", (start, start + len(OPENING)))),
            )
        term, place = read_embedded(text, start + len(OPENING))
        budget.spend(FAULT_COST if isinstance(term, Fault) else 1)
        pieces.append(Piece((start, place), term))
        done = place
    return (*pieces, Piece((done, end))) if done < end else tuple(pieces)


def keeps_lines(scalar: Scalar) -> bool:
    """Whether the line breaks of a scalar are those of the file (YAML's `|`), judged by the first one."""
    text = scalar.text
    gap = BREAK.search(text, *core(text))
    if gap is None:
        return False
    apart = _line(scalar, gap.end()) - _line(scalar, gap.start() - 1)
    return apart == gap[0].count("\n")


def find_gaps(scalar: Scalar, piece: Piece, *, keeps: bool) -> Iterator[Gap]:
    """The layout in a plain piece of a text, in order; `keeps` is what `keeps_lines` said of the scalar."""
    breaks = BREAK.finditer(scalar.text, *piece.span)
    if keeps:
        for gap in breaks:
            separates = gap[0].count("\n") > 1 or gap[0].endswith("\u3000")
            yield Gap(gap.span(), separates, "" if separates else _joint(scalar.text, gap.span(), piece.span))
    else:
        found = [Gap(gap.span(), True, "") for gap in breaks]
        yield from sorted([*found, *_folds(scalar, piece)], key=lambda gap: gap.span)


def _line(scalar: Scalar, place: int) -> int:
    return scalar.locate(place, place + 1).line


def _folds(scalar: Scalar, piece: Piece) -> Iterator[Gap]:
    """The blanks that YAML made of line breaks beside Chinese characters: nothing is printed for them."""
    if scalar.location.line == scalar.location.end_line:
        return
    for blank in re.finditer(" ", scalar.text[slice(*piece.span)]):
        place = piece.span[0] + blank.start()
        span = (place, place + 1)
        if not _joint(scalar.text, span, piece.span):
            location = scalar.locate(*span)
            if location.line != location.end_line:
                yield Gap(span, False, "")


def _joint(text: str, gap: Span, inside: Span) -> str:
    """What joins two lines: a blank between Latin words, nothing beside Chinese letters and expressions."""
    if gap[0] == inside[0] or gap[1] == inside[1]:
        return ""
    beside = (text[gap[0] - 1], text[gap[1]])
    return "" if any(unicodedata.east_asian_width(letter) in WIDE for letter in beside) else " "
