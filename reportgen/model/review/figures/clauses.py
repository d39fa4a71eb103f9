"""The words of a text in; its sentences, and for each number the words that may say what it counts, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.model.review.figures.vocabulary import Token

LONGEST: Final = 300
"""Words of the longest sentence that is taken as one: what is longer was made to keep us busy."""
PARTING: Final = ("；", ";")
RELEVANT: Final = ("topic", "act", "column")
Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A number among the words of its sentence.

    `clause` are the words before it as far as the next mark or number, `before` those of the clause ahead of
    that one, `tail` those behind it; `head` is everything since the number before. What stands in closed
    brackets is left out.
    """

    token: Token
    sentence: Tokens
    head: Tokens
    before: Tokens
    clause: Tokens
    tail: Tokens


def sentences(tokens: Sequence[Token]) -> Iterator[Tokens]:
    """The words sentence by sentence."""
    held: list[Token] = []
    for token in tokens:
        held.append(token)
        if token.kind == "stop" or len(held) == LONGEST:
            yield tuple(held)
            held = []
    if held:
        yield tuple(held)


def counts(token: Token) -> bool:
    """Whether a word is a number that counts something."""
    return token.number is not None and token.number.sense in ("count", "range")


def places(sentence: Tokens) -> Iterator[Place]:
    """Each number of a sentence that counts something, with the words around it."""
    last = 0
    for at, token in enumerate(sentence):
        if not counts(token):
            continue
        head = without_brackets(sentence[last:at])
        parts = split(head)
        before = parts[-2] if len(parts) > 1 and not is_parted(head) else ()
        tail = tail_of(sentence[at + 1 :])
        clause = () if last and len(parts) == 1 and is_closed(head, tail) else parts[-1]
        yield Place(token, sentence, head, before, clause, tail)
        last = at + 1


def is_parted(head: Tokens) -> bool:
    """Whether a semicolon is the last mark."""
    last = next((token for token in reversed(head) if token.kind == "break"), None)
    return last is not None and last.word in PARTING


def is_closed(head: Tokens, tail: Tokens) -> bool:
    """Whether the words between two numbers all belong to the first: 2件规章、15件规范性文件."""
    if not head or head[-1].kind != "join":
        return False
    return head[-1].word == "、" or any(token.kind == "topic" for token in tail)


def without_brackets(tokens: Sequence[Token]) -> Tokens:
    """The words without those in closed brackets; of a bracket still open only what is in it."""
    kept: list[Token] = []
    opened: list[int] = []
    for token in tokens:
        if token.kind == "open":
            opened.append(len(kept))
        elif token.kind == "close":
            del kept[opened.pop() if opened else 0 :]
        else:
            kept.append(token)
    return tuple(kept[opened[-1] :] if opened else kept)


def split(tokens: Sequence[Token]) -> list[Tokens]:
    """The clauses of a stretch, the last one perhaps empty."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == "break":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tuple(part) for part in parts]


def tail_of(tokens: Sequence[Token]) -> Tokens:
    """The words up to the next mark or number."""
    kept: list[Token] = []
    for token in tokens:
        if token.kind in ("break", "stop", "open", "close", "join") or token.number:
            break
        kept.append(token)
    return tuple(kept)


def behind_of(place: Place) -> Tokens:
    """The words behind a number up to the next one's clause, or a semicolon or stop."""
    at = place.sentence.index(place.token) + 1
    kept: list[Token] = []
    for token in place.sentence[at:]:
        if token.kind == "stop" or token.word in PARTING:
            break
        if counts(token):
            return tuple(word for part in split(kept)[:-1] for word in part)
        kept.append(token)
    return tuple(kept)


def chain(tokens: Sequence[Token], last: Token) -> Tokens:
    """The words of one kind listed with the last of them: 甲、乙和丙."""
    found, joined = [last], False
    for token in reversed([token for token in tokens if token.end <= last.start]):
        if token.kind == "join":
            joined = True
        elif token.kind == last.kind and joined:
            found.insert(0, token)
            joined = False
        elif token.kind != "filler" and token.kind != "fillers":
            break
    return tuple(found)


def letters(tokens: Sequence[Token], kind: str = "unknown") -> int:
    """How many characters words of a kind have together."""
    return sum(token.end - token.start for token in tokens if token.kind == kind)
