"""The pieces of both twins that found no partner in; lines that end elsewhere only because one is full out.

LibreOffice rounds the widths of Latin letters: a line that fills the type area to half a point may take one
character or word more or less there. The words of the paragraph are the same, and so is its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportgen.verify.lines import Piece
from reportgen.verify.matching import Match, is_near, place

EDGE: Final = (-0.5, 0.9)
"""How far, in pt, the last letter of a full line may reach beyond the edge of the type area."""
LONGEST: Final = 12
"""Lines of a paragraph that may end elsewhere after a full one."""

Line = tuple[int, Piece]
"""A piece of running text and the index of its page."""


def match_full_lines(matches: Sequence[Match], body: float, edge: float) -> Iterator[Piece]:
    """Take out the lines that end elsewhere after a full one; gives each full line, as the PDF has it.

    `edge` is the right edge of the type area in pt.
    """
    word = left_over([match.word for match in matches], body)
    pdf = left_over([match.pdf for match in matches], body)
    start = 0
    while start < len(word):
        count = 0
        for other in range(len(pdf)):
            count = run_length(word[start:], pdf[other:], body, edge)
            if count:
                yield pdf[other][1]
                take_out(matches, word[start : start + count], pdf[other : other + count])
                del pdf[other : other + count]
                break
        start += count or 1


def left_over(pages: Sequence[Sequence[Piece]], body: float) -> list[Line]:
    """The lines of running text without a partner, in reading order."""
    return [
        (index, piece)
        for index, pieces in enumerate(pages)
        for piece in sorted(pieces, key=place)
        if piece.size >= body
    ]


def run_length(word: Sequence[Line], pdf: Sequence[Line], body: float, edge: float) -> int:
    """How many lines from the first ones on have the same words in all, where the first is full; else 0."""
    if not is_full(word[0][1], pdf[0][1], edge):
        return 0
    for count, (one, other) in enumerate(zip(word[:LONGEST], pdf[:LONGEST], strict=False), 1):
        if one[0] != other[0] or not stands_beside(one[1], other[1], body):
            return 0
        if count > 1 and joined(word[:count]) == joined(pdf[:count]):
            return count
    return 0


def is_full(one: Piece, other: Piece, edge: float) -> bool:
    """Whether one of two lines goes on where the other ends, and reaches the edge."""
    longer, shorter = (one, other) if len(one.text) > len(other.text) else (other, one)
    goes_on = longer.text.startswith(shorter.text) and longer.text != shorter.text
    return goes_on and EDGE[0] < longer.right - edge < EDGE[1]


def stands_beside(one: Piece, other: Piece, body: float) -> bool:
    """Whether two lines stand at one place and are of one type, however far they go."""
    return (one.faces, one.size) == (other.faces, other.size) and is_near(
        Piece(one.text, one.left, one.left, one.base, one.size, one.faces),
        Piece(other.text, other.left, other.left, other.base, other.size, other.faces),
        body,
        body,
    )


def joined(lines: Sequence[Line]) -> str:
    """The words of lines."""
    return "".join(piece.text for _, piece in lines)


def take_out(matches: Sequence[Match], word: Sequence[Line], pdf: Sequence[Line]) -> None:
    """Take lines out of what is left over; they are compared no further."""
    for (index, one), (_, other) in zip(word, pdf, strict=True):
        matches[index].word.remove(one)
        matches[index].pdf.remove(other)
        matches[index].parted += [one, other]
