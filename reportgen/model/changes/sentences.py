"""Two versions of a text in; how they differ, by sentence and then by character, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain
from typing import Final

from reportgen.model.changes.change import Piece, in_reading_order

SENTENCE: Final = re.compile(r"[^。！？；\n]*[。！？；\n]+[”’」』）]*|[^。！？；\n]+")
TOKEN: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?|[A-Za-z]+|.", re.DOTALL)
"""What stays whole: a number, a Latin word; every other character stands for itself."""
ALIKE: Final = 0.4
"""From which likeness on two sentences are shown as one that changed."""
AHEAD: Final = 50
"""Sentences that are looked through for the partner of one."""
MOST: Final = 4_000_000
"""Pairs that are held against each other; longer texts are told apart more coarsely, not for ever."""
Opcode = tuple[str, int, int, int, int]
LEAST_SAME: Final = 2
"""Fewer characters in common between two changes only break a change up."""


def sentences(text: str) -> list[str]:
    """The sentences of a text; joined they are the text."""
    return SENTENCE.findall(text)


def likeness(one: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1."""
    if one == other:
        return 1.0
    first, second = pairs(one), pairs(other)
    shared = sum(min(count, second[pair]) for pair, count in first.items())
    whole = max(sum(first.values()) + sum(second.values()), 1)
    return 2 * shared / whole


@lru_cache(maxsize=4096)
def pairs(text: str) -> Counter[str]:
    """The pairs of characters that stand side by side."""
    return Counter(text[at : at + 2] for at in range(max(len(text) - 1, 1)))


def opcodes(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Opcode]:
    """What became of one row in another, as difflib tells it; of long ones only where they differ."""
    if len(old) * len(new) <= MOST:
        yield from SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        return
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    room = shorter - head
    tail = next((at for at in range(room) if old[-1 - at] != new[-1 - at]), room)
    stretches = (
        ("equal", 0, head, 0, head),
        ("replace", head, len(old) - tail, head, len(new) - tail),
        ("equal", len(old) - tail, len(old), len(new) - tail, len(new)),
    )
    yield from (code for code in stretches if code[1] < code[2] or code[3] < code[4])


def differ(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of two versions: those of the old joined are `before`, those of the new `after`."""
    old, new = sentences(before), sentences(after)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in opcodes(old, new):
        if tag == "equal":
            found.append(Piece(" ", "".join(old[i1:i2])))
        else:
            found.extend(between(old[i1:i2], new[j1:j2]))
    return joined(found)


def between(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """The pieces of sentences that are not the same: alike ones in order character by character."""
    at = 0
    for sentence in old:
        scores = [likeness(sentence, other) for other in new[at : at + AHEAD]]
        best = max(scores, default=0.0)
        if best < ALIKE:
            yield Piece("-", sentence)
            continue
        partner = at + scores.index(best)
        yield from (Piece("+", other) for other in new[at:partner])
        yield from letters(sentence, new[partner])
        at = partner + 1
    yield from (Piece("+", other) for other in new[at:])


def letters(before: str, after: str) -> Iterator[Piece]:
    """The pieces of one sentence."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    codes = list(opcodes(old, new))
    for number, (tag, i1, i2, j1, j2) in enumerate(codes):
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        inside = 0 < number < len(codes) - 1
        if tag == "equal" and not (inside and len(gone) < LEAST_SAME):
            yield Piece(" ", gone)
        else:
            yield from (Piece(mark, text) for mark, text in (("-", gone), ("+", come)) if text)


def joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces in reading order, neighbours of one mark as one."""
    merged: list[Piece] = []
    for piece in in_reading_order(pieces):
        if merged and merged[-1].mark == piece.mark:
            merged[-1] = Piece(piece.mark, merged[-1].text + piece.text)
        else:
            merged.append(piece)
    return tuple(merged)


def changed_sentences(before: str, after: str) -> tuple[str, str]:
    """The sentences of two versions that are not the same in both."""
    old, new = sentences(before), sentences(after)
    codes = opcodes(old, new)
    other = [(old[i1:i2], new[j1:j2]) for tag, i1, i2, j1, j2 in codes if tag != "equal"]
    gone, come = ("".join(chain.from_iterable(each[number] for each in other)) for number in (0, 1))
    return gone, come


def side(pieces: Sequence[Piece], mark: str) -> str:
    """One version, put together again: that of `-` or of `+`."""
    return "".join(chain.from_iterable(piece.text for piece in pieces if piece.mark in (" ", mark)))
