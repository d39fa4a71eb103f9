"""Two texts of a spot in; what is otherwise about their words and their levels out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from unicodedata import combining

from reportgen.verify.outline.difference import Difference
from reportgen.verify.outline.elements import BLANKS, READ_BACK, UNKNOWN, Spot, Text, squeezed


def compare_texts(one: Text, other: Text, spot: Spot, path: str) -> Iterator[Difference]:
    """Other words or another level."""
    if not same_words(one, other):
        yield Difference("text", one.text, other.text, spot, path)
    levels = differing_levels(one, other)
    if levels:
        yield Difference("level", *levels, spot, path)


def differing_levels(one: Text, other: Text) -> tuple[str, str] | None:
    """The styles or ranks of two texts where these tell them apart.

    The standard's third and fourth levels are paragraphs in Word and may be headings elsewhere, so a text
    that is no heading by its style, which is known, may have a rank.
    """
    if UNKNOWN in (one.rank, other.rank) and not (one.role and other.role):
        return None
    if one.role and other.role:
        return (one.role, other.role) if one.role != other.role else None
    styled = (one.role and not one.rank) or (other.role and not other.rank)
    return None if styled or one.rank == other.rank else (str(one.rank), str(other.rank))


def same_words(one: Text, other: Text) -> bool:
    """Whether two texts say the same, to the character; a line's end may stand for a blank."""
    if one.text == other.text:
        return True
    if one.ends and other.ends:
        return squeezed(one.text) == squeezed(other.text)
    broken, whole = (one, other) if one.ends or one.marks else (other, one)
    text = whole.text.translate(READ_BACK) if broken.marks else whole.text
    return fits(broken, text) or (bool(broken.marks) and apart(broken.text) == (apart(text) or ()))


def apart(text: str) -> tuple[str, list[str]] | None:
    """The letters and the accents set over them, which pages are not read in order; None without accents."""
    accents = sorted(filter(combining, text))
    return (
        (squeezed("".join(letter for letter in text if not combining(letter))), accents) if accents else None
    )


def fits(broken: Text, text: str) -> bool:
    """Whether a text in lines is the other text, with or without a blank where a line ended."""
    at = 0
    for start, end in pairwise((0, *broken.ends, len(broken.text))):
        piece = broken.text[start:end]
        blank = BLANKS.match(text, at)
        if not text.startswith(piece, at) and blank and start:
            at, piece = blank.end(), piece.lstrip(" ")
        if not text.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(text)
