"""Two texts in; the stretches of the first that read otherwise in the second out: numbers and words whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

TOKEN: Final = re.compile(
    r"(?:(?<![\dA-Za-z])[-−－])?\d+(?:[.,]\d+)*"
    r"|第?[〇零一二三四五六七八九十百千万亿两]+|[A-Za-z][A-Za-z0-9_.@-]*|\s+|.",
    re.DOTALL,
)
"""What is never changed in part: a number and its sign, a Chinese numeral, a Latin word, blanks, a letter."""
MAYBE: Final = re.compile(r"[\d.,A-Za-z_@−－-]{2}")
SENTENCE: Final = re.compile(r"[^。；！？\n]*(?:[。；！？\n]+[”’）]*|$)")
MOST: Final = 1_000_000
"""Pairs of tokens that are compared one by one; longer texts are first compared by sentences."""


class Stretch(NamedTuple):
    """What reads otherwise: `start` to `end` of the old text, and the new text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Rebased:
    """Stretches as they fall in another text; `conflicts` are those that something else changed too."""

    stretches: tuple[Stretch, ...]
    conflicts: tuple[Stretch, ...]


def compare(old: str, new: str, ends: Sequence[int] = ()) -> tuple[Stretch, ...]:
    """The stretches to replace in the old text for the new one, in order; words end at `ends` too."""
    head = common_start(old, new, ends)
    tail = common_start(old[head:][::-1], new[head:][::-1], [len(old) - end for end in ends])
    one, other = old[head : len(old) - tail], new[head : len(new) - tail]
    cuts = [end - head for end in ends if head < end < len(old) - tail]
    first, second = tokens(one, cuts), tokens(other, ())
    if len(first) * len(second) > MOST:
        first, second = sentences(one), sentences(other)
        return tuple(finer(head, first, second))
    return tuple(shifted(head, difference(first, second)))


def common_start(one: str, other: str, ends: Sequence[int]) -> int:
    """How far two texts are the same, up to where a word of both ends.

    A figure that an expression makes ends at `ends`, unless the second text lets it go on there.
    """
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        same += 1
    if same in (len(one), len(other)) and len(one) == len(other):
        return same
    while same and not (same in ends and joined(one, same)) and (joined(one, same) or joined(other, same)):
        same -= 1
    return same


def joined(text: str, place: int) -> bool:
    """Whether two characters beside a place may belong to one word."""
    if not 0 < place < len(text):
        return False
    pair = text[place - 1 : place + 1]
    word = TOKEN.match(pair)
    return (word is not None and word.end() == 2) or bool(MAYBE.match(pair))


def tokens(text: str, cuts: Sequence[int]) -> list[str]:
    """The words of a text; a word ends at every cut."""
    bounds = [0, *sorted(set(cuts)), len(text)]
    return [word for start, end in pairwise(bounds) for word in TOKEN.findall(text[start:end])]


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [sentence for sentence in SENTENCE.findall(text) if sentence]


def difference(first: Sequence[str], second: Sequence[str]) -> Iterator[Stretch]:
    """The stretches by which two lists of words differ, as offsets in the first text."""
    starts = [0, *accumulate(map(len, first))]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal" and first[a:b] != second[c:d] and "".join(first[a:b]) != "".join(second[c:d]):
            yield Stretch(starts[a], starts[b], "".join(second[c:d]))


def finer(head: int, first: Sequence[str], second: Sequence[str]) -> Iterator[Stretch]:
    """The differences of long texts: by sentence, then inside those that are not too long."""
    old = "".join(first)
    for stretch in difference(first, second):
        before = old[stretch.start : stretch.end]
        one, other = tokens(before, ()), tokens(stretch.text, ())
        if len(one) * len(other) > MOST:
            yield from shifted(head, [stretch])
        else:
            yield from shifted(head + stretch.start, difference(one, other))


def shifted(by: int, stretches: Iterator[Stretch] | Sequence[Stretch]) -> Iterator[Stretch]:
    """Stretches of a text that begins later."""
    return (Stretch(start + by, end + by, text) for start, end, text in stretches)


def rebase(base: str, edited: str, current: str, ends: Sequence[int] = ()) -> Rebased:
    """What one hand changed in a text, as it falls in what another made of the same text.

    What both changed alike is done already; `ends` are places where words end in the current text when that
    is the base.
    """
    if edited == current:
        return Rebased((), ())
    if base == current:
        return Rebased(compare(base, edited, ends), ())
    own, others = compare(base, edited), compare(base, current)
    moved, conflicts = [], []
    for stretch in own:
        if stretch in others:
            continue
        if any(stretch.start <= other.end and other.start <= stretch.end for other in others):
            conflicts.append(stretch)
            continue
        by = sum(
            len(other.text) - (other.end - other.start) for other in others if other.end <= stretch.start
        )
        moved.append(Stretch(stretch.start + by, stretch.end + by, stretch.text))
    return Rebased(tuple(moved), tuple(conflicts))


def applied(text: str, stretches: Sequence[Stretch]) -> str:
    """A text with its stretches replaced."""
    for start, end, new in reversed(stretches):
        text = text[:start] + new + text[end:]
    return text


@lru_cache(maxsize=4096)
def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1."""
    if one == other:
        return 1.0
    short, long = sorted((len(one), len(other)))
    if not short or 2 * short / (short + long) < 0.2:
        return 0.0
    matcher = SequenceMatcher(None, one[:2000], other[:2000], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > 0.4 else matcher.quick_ratio()
