"""A report under review in; the passages, sentences and whole texts that checks of wording look at out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Location

if TYPE_CHECKING:
    from reportgen.model.review.passages import Passage
    from reportgen.model.review.review import Review

SENTENCE: Final = re.compile(r"[^。；！？;!?\n]+[。；！？;!?\n]?")
ENDS: Final = "。；！？;!?\n"
REACH: Final = 300
"""Characters of a sentence that are looked at before and after a place in it."""
MARKS: Final = re.compile(r"[\s、，。；：,.;:“”‘’\"'（）()《》〈〉—…·\-]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a passage: a sentence, a match."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """What is printed there."""
        return self.passage.text[self.start : self.end]

    @property
    def location(self) -> Location:
        """Where it is written."""
        return self.passage.place(self.start, self.end)

    @property
    def path(self) -> str:
        """The place in the report."""
        return self.passage.path

    def sentence(self) -> Stretch:
        """The sentence it begins in."""
        text, least = self.passage.text, max(0, self.start - REACH)
        start = max(text.rfind(end, least, self.start) for end in ENDS) + 1 or least
        match = SENTENCE.match(text, start, self.end + REACH)
        return Stretch(self.passage, start, match.end() if match else self.end)

    def around(self, before: int, after: int) -> tuple[str, str]:
        """So many characters before it and after it."""
        text = self.passage.text
        return text[max(0, self.start - before) : self.start], text[self.end : self.end + after]


@cache
def pattern(text: str) -> re.Pattern[str]:
    """A pattern of the kind's data, compiled when it is first used."""
    return re.compile(text)


@cache
def alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern of any of these words."""
    return re.compile("|".join(map(re.escape, words)))


def passages_of(subject: Review, fields: Collection[str] = ()) -> Iterator[Passage]:
    """The passages of some fields, of all when none are named."""
    return (passage for passage in subject.passages if not fields or passage.field in fields)


def whole_text(subject: Review, fields: Collection[str]) -> str:
    """All that is printed of some fields, a passage a line."""
    return "\n".join(passage.text for passage in passages_of(subject, fields))


def sentences(passage: Passage) -> Iterator[Stretch]:
    """The sentences of a passage, and the parts of one between semicolons."""
    return (Stretch(passage, match.start(), match.end()) for match in SENTENCE.finditer(passage.text))


def stretches(subject: Review, wanted: re.Pattern[str], fields: Collection[str] = ()) -> Iterator[Stretch]:
    """Every match of a pattern in the passages of some fields; its first group when it has one."""
    group = 1 if wanted.groups else 0
    for passage in passages_of(subject, fields):
        for match in wanted.finditer(passage.text):
            yield Stretch(passage, *match.span(group))


def bare(text: str) -> str:
    """A text without marks and blanks."""
    return MARKS.sub("", text)
