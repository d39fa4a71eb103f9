"""The pieces of the same page of both twins in; which of them are the same, and what differs, out.

LibreOffice sets letters some 3 pt lower in their lines, a little less after a picture, and rounds the widths
of Latin letters; where a page ends inside a cell, each twin centres the cell's label in its own way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from typing import Final

from reportgen.verify.lines import Piece

ASIDE: Final = 4.0
"""How far apart, in pt, both ends of a piece may be."""
LOWER: Final = (-2.0, 5.0)
"""How much lower the Word file's baseline may be, of type as large as the text's."""
HALF_A_ROW: Final = 11.0
"""How far apart baselines may be in a table: LibreOffice shrinks the last row of a page."""
ACROSS_ROWS: Final = 250.0
"""The same of a label across rows where a page ends between these."""


class Likeness(Enum):
    """In what two pieces differ that stand for each other."""

    TEXT = "line-differs"
    FACE = "line-face-differs"
    PLACE = "line-place-differs"
    WORD_ONLY = "line-word-only"
    PDF_ONLY = "line-pdf-only"


@dataclass(frozen=True, slots=True)
class Difference:
    """Pieces of a page that should be the same, or one that only one of the twins has there."""

    page: int
    likeness: Likeness
    word: Piece | None
    pdf: Piece | None


@dataclass(slots=True)
class Match:
    """The pairs of a page, what is left over on either side, and how many labels are centred differently.

    `parted` are lines of labels that stand on a neighbouring page of the other twin.
    """

    pairs: list[tuple[Piece, Piece]] = field(default_factory=list)
    word: list[Piece] = field(default_factory=list)
    pdf: list[Piece] = field(default_factory=list)
    across: int = 0
    parted: list[Piece] = field(default_factory=list)


def match(word: Iterable[Piece], pdf: Iterable[Piece], body: float) -> Match:
    """The pieces of a page that are the same in both twins; `body` is the type size of running text in pt."""
    result, rest = Match(), defaultdict[tuple[object, ...], list[Piece]](list)
    for piece in pdf:
        rest[looks(piece)].append(piece)
    late = []
    for piece in word:
        if not pair(result, piece, rest[looks(piece)], body, HALF_A_ROW):
            late.append(piece)
    for piece in late:
        if is_label(piece, body) and pair(result, piece, rest[looks(piece)], body, ACROSS_ROWS):
            result.across += 1
        else:
            result.word.append(piece)
    result.pdf = [piece for pieces in rest.values() for piece in pieces]
    return result


def match_across(pages: Sequence[Match], body: float) -> None:
    """Take out the lines of labels that one twin sets before the end of a page and the other after it.

    A label of two lines across rows: LibreOffice parts it where the page ends.
    """
    for one, next_one in pairwise(pages):
        for before, after in ((one.word, next_one.pdf), (one.pdf, next_one.word)):
            for piece in [piece for piece in before if is_label(piece, body)]:
                same = [other for other in after if looks(other) == looks(piece) and is_aside(other, piece)]
                if same:
                    before.remove(piece)
                    after.remove(same[0])
                    one.across += 1
                    one.parted.append(piece)
                    next_one.parted.append(same[0])


def looks(piece: Piece) -> tuple[object, ...]:
    """What is the same of two pieces that are the same, but for their place."""
    return piece.text, piece.size, piece.faces


def is_label(piece: Piece, body: float) -> bool:
    """Whether a piece may be the label of a cell across rows: no figure stands in such a cell."""
    return piece.size < body and not piece.text.isdecimal()


def pair(result: Match, piece: Piece, others: list[Piece], body: float, apart: float) -> bool:
    """Pair a piece of the Word file with the nearest of the PDF's at its place, if there is one."""
    near = [other for other in others if is_near(piece, other, body, apart)]
    if not near:
        return False
    other = min(near, key=lambda other: abs(other.base - piece.base))
    others.remove(other)
    result.pairs.append((piece, other))
    return True


def is_near(word: Piece, pdf: Piece, body: float, apart: float) -> bool:
    """Whether two pieces stand at one place of the page."""
    lower = word.base - pdf.base
    level = LOWER[0] < lower < LOWER[1] if word.size >= body else abs(lower) < apart
    return level and is_aside(word, pdf)


def is_aside(one: Piece, other: Piece) -> bool:
    """Whether two pieces begin and end equally far from the page's edge."""
    return abs(one.left - other.left) < ASIDE and abs(one.right - other.right) < ASIDE


def differences(number: int, found: Match, body: float) -> Iterator[Difference]:
    """What is left over on a page, each piece beside what stands in its place, from the top."""
    rest = sorted(found.pdf, key=place)
    for piece in sorted(found.word, key=place):
        other = counterpart(piece, rest, body)
        if other is None:
            yield Difference(number, Likeness.WORD_ONLY, piece, None)
        else:
            rest.remove(other)
            yield Difference(number, likeness(piece, other), piece, other)
    for piece in rest:
        yield Difference(number, Likeness.PDF_ONLY, None, piece)


def place(piece: Piece) -> tuple[float, float]:
    """Where a piece stands, in the order in which a page is read."""
    return piece.base, piece.left


def counterpart(piece: Piece, others: Sequence[Piece], body: float) -> Piece | None:
    """What stands in the place of a piece: the same text if it is on the page, else what is on its line."""
    same = [other for other in others if other.text == piece.text]
    reach = body if piece.size >= body else HALF_A_ROW
    level = [other for other in others if abs(other.base - piece.base) < reach]
    near = same or [other for other in level if other.left < piece.right and piece.left < other.right]
    return min(near, key=lambda other: away(piece, other), default=None)


def away(one: Piece, other: Piece) -> float:
    """How far apart two pieces begin, in pt, first down the page."""
    return abs(one.base - other.base) * 10 + abs(one.left - other.left)


def likeness(word: Piece, pdf: Piece) -> Likeness:
    """In what two pieces differ first: in their words, in their type or in their place."""
    if word.text != pdf.text:
        return Likeness.TEXT
    return Likeness.PLACE if looks(word) == looks(pdf) else Likeness.FACE
