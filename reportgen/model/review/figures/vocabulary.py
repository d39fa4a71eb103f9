"""What a kind's figures.yaml says of words in; a text as a row of known words and numbers out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from reportgen.model.review.figures.numerals import FULL_WIDTH, Numeral, scan

MARKS: Final[Mapping[str, str]] = {
    **dict.fromkeys("。！？!?\n", "stop"),
    **dict.fromkeys("，,；;：:", "break"),
    **dict.fromkeys("（(", "open"),
    **dict.fromkeys("）)", "close"),
    **dict.fromkeys(("、", "和", "及", "与", "以及", "或", "并"), "join"),
    **dict.fromkeys("“”‘’「」《》\"' \u3000·", "filler"),
    **dict.fromkeys(("其中", "包括", "包含", "含"), "among"),
    **dict.fromkeys(("分别为", "分别是", "分别有", "分别", "分别达", "分别共", "各有", "各为"), "apiece"),
    **dict.fromkeys(("等", "等等", "主要"), "open-end"),
}
"""Marks and particles of the language itself."""

LISTS: Final = ("fillers", "foreign", "deeds", "sorting", "neutral", "parts", "periods", "whole", "earlier")
"""Words of one class, the later lists before the earlier."""


class Token(NamedTuple):
    """A stretch of a text: a known word of a class, an unknown character, or a number.

    `kind` is `topic`, `act`, `column`, one of the lists or marks, `number` or `unknown`; `name` is what the
    word stands for (the topic, the act), `word` how it is written.
    """

    kind: str
    name: str
    start: int
    end: int
    word: str = ""
    number: Numeral | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a kind for one year, by their first two characters, the longest first.

    Words of one character stand under it, and again behind those of two that begin with it.
    """

    words: Mapping[str, tuple[tuple[str, str, str], ...]]
    counters: tuple[str, ...]

    def read(self, text: str) -> tuple[Token, ...]:
        """The words and numbers of a text in order; unknown characters in a row are one token."""
        return tuple(self._read(text.translate(FULL_WIDTH), scan(text, self.counters)))

    def _read(self, text: str, numerals: Sequence[Numeral]) -> Iterator[Token]:
        numbers = {numeral.start: numeral for numeral in numerals}
        place = done = 0
        while place < len(text):
            token = self._token(text, place, numbers.get(place))
            if token is None:
                place += 1
                continue
            if done < place:
                yield _unknown(text, done, place)
            yield token
            place = done = token.end
        if done < place:
            yield _unknown(text, done, place)

    def _token(self, text: str, place: int, number: Numeral | None) -> Token | None:
        """The word or the number that begins at a place."""
        token = self._word(text, place)
        if number and (token is None or (token.end < number.end and not text[place].isdigit())):
            return Token("number", number.sense, place, number.end, text[place : number.end], number)
        return token

    def _word(self, text: str, place: int) -> Token | None:
        known = self.words.get(text[place : place + 2]) or self.words.get(text[place])
        for word, kind, name in known or ():
            if text.startswith(word, place):
                return Token(kind, name, place, place + len(word), word)
        return None


def _unknown(text: str, start: int, end: int) -> Token:
    """Unknown characters in a row as one word."""
    return Token("unknown", text[start:end], start, end, text[start:end])


class Words(dict[str, Any]):
    """A kind's figures.yaml, which is one and the same as long as its kind is."""

    def __hash__(self) -> int:  # type: ignore[override]
        """By identity."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        """By identity."""
        return self is other


@lru_cache(maxsize=64)
def listed(data: Words, name: str) -> frozenset[str]:
    """The words of one list of a kind's figures.yaml, none when it has no such list."""
    return frozenset(data.get(name, "").split())


@lru_cache(maxsize=16)
def vocabulary(data: Words, year: int) -> Vocabulary:
    """The words of a kind's figures.yaml for a report of a year."""
    known: dict[str, tuple[str, str]] = {}
    for kind in LISTS:
        known.update({word: (kind, word) for word in data.get(kind, "").split()})
    known.update({word: (mark, word) for word, mark in MARKS.items()})
    known.update(_named(data))
    years = {"{上年}": str(year - 1), "{本年}": str(year), "{下年}": str(year + 1)}
    by_first: dict[str, list[tuple[str, str, str]]] = {}
    for word, (kind, name) in known.items():
        for mark, digits in years.items():
            word = word.replace(mark, digits)
        by_first.setdefault(word[:2], []).append((word, kind, name))
    ordered = {
        first: tuple(sorted([*words, *(by_first.get(first[0], ()) if len(first) > 1 else ())], key=_length))
        for first, words in by_first.items()
    }
    return Vocabulary(ordered, tuple(data["counters"].split()))


def _length(entry: tuple[str, str, str]) -> int:
    """What puts the longest word first."""
    return -len(entry[0])


def _named(data: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    for name, column in data.get("columns", {}).items():
        yield from ((word, ("column", name)) for word in column["words"])
    for name, words in data["topics"].items():
        yield from ((word, ("topic", name)) for word in words.split())
    for name, act in data["acts"].items():
        yield from ((word, ("act", name)) for word in act["words"].split())
