"""Texts on problems and measures in; how many of each their numbers and words surely name out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from reportgen.model.review.texts import alternatives, bare, pattern

CLAUSE: Final = re.compile(r"[^，。；：！？、,;:!?\n]+")
PART: Final = re.compile(r"[^，。；：！？,;:!?\n]+")
SENTENCE: Final = re.compile(r"[^。！？\n]+")
SEMICOLON: Final = re.compile(r"[；;]")
ITEM: Final = re.compile(
    r"(?:^ ?|[题施面足点举法])(?:[一二三四五六七八九十]{1,2}是|[第其][一二三四五六七八九十]$)"
    r"|^ ?(?:第[一二三四五六七八九十]|（?[一二三四五六七八九十0-9]{1,2}[）.．]|[①-⑩])"
)
LONG: Final = 6
"""Characters from which on a clause on measures that lacks nothing says what is done, in whatever words."""

LEAST: Final = 2
"""Letters a clause must have besides its word: what it is that is lacking or done."""
LEAST_ITEM: Final = 4
"""Letters of a numbered item."""

NOTHING: Final = r"(?!)"
"""A pattern of no text."""


@dataclass(slots=True)
class Words:
    """The words a kind counts by; `trace` is of whatever may tell of want, `neutral` only looks like it."""

    measure: re.Pattern[str]
    problem: re.Pattern[str]
    denied: re.Pattern[str]
    lacking: re.Pattern[str]
    action: re.Pattern[str]
    empty: re.Pattern[str]
    trace: re.Pattern[str]
    neutral: re.Pattern[str]

    def says(self, text: str) -> bool:
        """Whether something is left of a text without marks and words that say nothing."""
        return len(self.empty.sub("", bare(text))) >= LEAST

    def lacks(self, text: str) -> bool:
        """Whether it says of what something is wanting."""
        return self.says(self.lacking.sub("", text))

    def acts(self, text: str) -> bool:
        """Whether it says what an action is about."""
        return self.says(self.action.sub("", text, count=1))


def words_of(data: Mapping[str, Any]) -> Words:
    """The words of a check's data."""
    lacking = "|".join(data["lacking"])
    return Words(
        pattern(data["measure"]),
        pattern(data["problem"]),
        pattern(data["denied"]),
        pattern(lacking),
        alternatives(tuple(data["action"])),
        alternatives(tuple(data["empty"])),
        pattern(f"{data['trace']}|{lacking}" if "trace" in data else lacking),
        pattern(data.get("neutral", NOTHING)),
    )


@dataclass(slots=True)
class Tally:
    """What one side names: its numbered items, and its clauses with a word of its kind, each once."""

    items: list[str] = field(default_factory=list)
    clauses: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        """How many things are named; an item of a few letters names nothing."""
        return max(len({item for item in self.items if len(item) >= LEAST_ITEM}), len(self.clauses))


def count_named(words: Words, texts: Sequence[str]) -> tuple[int, int]:
    """How many problems and how many measures the texts name: each once, and only what says of what.

    Clauses are of the problems until one speaks of `measure`, and again from the next of `problem` on.
    Problems are counted by their numbers or by patterns of `lacking`, measures by words of `action`; a clause
    with both counts for the side it stands on, a longer one with neither among measures as one. One that says
    nothing besides them and words of `empty`, was there before, or matches `denied` counts for none. A text
    that lacks nothing is on measures; what a sentence on problems lists between semicolons are problems.
    """
    measure, problem, denied = words.measure, words.problem, words.denied
    lacking, action, empty = words.lacking, words.action, words.empty
    tallies, side, is_open = (Tally(), Tally()), 0, False
    listed: set[str] = set()
    for text in texts:
        wanting = [part for part in SENTENCE.findall(text) if problem.search(part) or lacking.search(part)]
        if not wanting and not measure.search(text):
            side, is_open = 1, is_open and side == 1
        found = {piece for part in wanting if not measure.search(part) for piece in pieces(part)}
        listed |= {
            piece for piece in found if not denied.search(piece) and len(empty.sub("", bare(piece))) > LEAST
        }
        for clause, is_denied in clauses(text, denied):
            before, side = side, 1 if measure.search(clause) else 0 if problem.search(clause) else side
            item = ITEM.match(clause)
            is_open = bool(item) or (is_open and before == side)
            if is_denied:
                continue
            if item:
                tallies[side].items.append("")
            said = clause[item.end() if item else 0 :].strip()
            if is_open:
                tallies[side].items[-1] += said
            lacks, acts = lacking.search(clause), action.search(clause)
            if word := lacks or acts:
                is_telling = len(empty.sub("", word.re.sub("", said, count=1))) >= LEAST
            else:
                is_telling = bool(side) and len(clause) >= LONG and not measure.fullmatch(clause)
            if is_telling:
                tallies[side if lacks and acts else int(not lacks)].clauses.add(said)
    return max(tallies[0].count, len(listed)), tallies[1].count


def pieces(sentence: str) -> list[str]:
    """What stands between the semicolons of a sentence, without numbers in front."""
    return [ITEM.sub("", piece, count=1).strip() for piece in SEMICOLON.split(sentence)]


def clauses(text: str, denied: re.Pattern[str]) -> Iterator[tuple[str, bool]]:
    """The clauses of a text; what is listed with one that is denied is denied as well."""
    for part in PART.findall(text):
        is_denied = bool(denied.search(part))
        yield from ((clause, is_denied) for clause in CLAUSE.findall(part))
