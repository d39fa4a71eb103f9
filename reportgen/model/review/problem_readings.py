"""Texts on problems and measures in; how many of each their most generous reader may find out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from reportgen.model.review.problem_counts import ITEM, LONG, Words

SENTENCE: Final = re.compile(r"[^。；！？;!?\n]+")
PART: Final = re.compile(r"([^，：,:]+)([，：,:]?)")
CLAUSE: Final = re.compile(r"([^，：、,:]+)([，：、,:]?)")
JOINED: Final = re.compile(r"和|与|并|且|又|或|以及|同时")
NUMBERED: Final = re.compile(r"[两二三四五六七八九2-9](?:个|处|点|项|条|大|方面)")
"""What tells how many things an introduction leads to."""
ACTED: Final = re.compile(r"已|拟|正在|(?<![体表出发实呈展])现(?!象|场|有|代|行|实)")
"""What tells of something done or to be done, in whatever words."""
ACTOR: Final = re.compile(r"^(?:我们|[我本](?:单位|机关|部门|街道|[局办委厅院校市县区镇乡街处所社]))")
"""Who does it; one who also wants something is a problem's."""


@dataclass(slots=True)
class Reading:
    """What may be read out of one side: how many things each clause may name, and what holds one each.

    `apart` are sentences, and the clauses of one that lists them with 、 or tells how many there are.
    """

    clauses: dict[str, int] = field(default_factory=dict)
    apart: set[str] = field(default_factory=set)

    @property
    def most(self) -> int:
        """More things than these are surely not named."""
        return sum(self.clauses.values())

    def take(self, clause: str, holder: str) -> None:
        """Count what a clause may name; what was said before is nothing new."""
        self.clauses[clause] = 1 + len(JOINED.findall(clause))
        self.apart.add(holder)


@dataclass(slots=True)
class Reader:
    """Goes through the texts, taking whatever may be a problem or a measure for one.

    While `is_listing`, what 、 joins to a problem is one too, also when it has a word of action (规范性).
    """

    words: Words
    problems: Reading = field(default_factory=Reading)
    measures: Reading = field(default_factory=Reading)
    is_named: bool = False
    is_measure: bool = False
    is_acting: bool = False
    is_listing: bool = False

    def read(self, text: str) -> None:
        """Count what the sentences of a text may say."""
        for sentence in SENTENCE.findall(text):
            self.is_acting = self.is_listing = is_numbered = False
            holder, last = ITEM.sub("", sentence, count=1), ""
            for clause, mark in self._clauses(sentence):
                self.is_listing &= last == "、"
                is_listed = is_numbered or "、" in (mark, last)
                self._judge(clause, mark, clause if is_listed else holder)
                is_numbered |= mark in (":", "：") and bool(NUMBERED.search(clause))
                last = mark

    def _clauses(self, sentence: str) -> Iterator[tuple[str, str]]:
        """The clauses of a sentence with the mark behind each, without what is denied."""
        for part, mark in PART.findall(sentence):
            if not self.words.denied.search(part):
                yield from CLAUSE.findall(part + mark)

    def _judge(self, clause: str, mark: str, holder: str) -> None:
        """Take a clause for a problem, a measure, both or neither; what introduces others is neither."""
        words, was_named = self.words, self.is_named
        names, turns = words.problem.search(clause), words.measure.search(clause)
        if turns and not words.says(words.measure.sub("", clause)):
            names = None  # 针对上述问题 says of what was named before that something follows
        self.is_measure = bool(turns) or (self.is_measure and not names)
        is_item, said = ITEM.match(clause), ITEM.sub("", clause, count=1).strip()
        wants = words.trace.search(words.neutral.sub("", said))
        self.is_named = was_named or bool(wants or names)
        if (mark in (":", "：") and (names or turns)) or not words.says(said):
            return
        acts = words.action.search(said) and not self.is_listing
        self.is_acting |= bool(ACTED.search(said) or ((acts or ACTOR.search(said)) and not wants))
        on_measures = self.is_measure or self.is_acting
        if (wants or names or (was_named and not on_measures)) and (is_item or words.lacks(said)):
            self.problems.take(said, holder)
            self.is_listing = True
        plain = was_named and not wants and not names and len(said) >= LONG
        if (on_measures or plain) and not words.measure.fullmatch(said) and words.acts(said):
            self.measures.take(said, holder)


def read_widely(words: Words, texts: Sequence[str]) -> tuple[Reading, Reading]:
    """What may be a problem and what may be a measure, in the most generous reading of the texts.

    A clause may be a problem when it names one, has any `trace` of want, or follows a word of `problem`; a
    measure when it acts, follows one that does or a word of `measure`, or wants nothing. What is joined by
    和 and the like may be two. One that says nothing but words of want, of `action` or `empty` is neither.
    """
    reader = Reader(words)
    for text in texts:
        reader.read(text)
    return reader.problems, reader.measures
