"""The text of a template in; its tags, each with its other half where it has one, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
PARTS: Final = re.compile(r"\{[{%#](?P<level>(?:tr|tc|p|r)(?=\s))?(?P<body>.*)[}%#]\}", re.DOTALL)
BRACE: Final = re.compile(r"[{}｛｝]")
"""What fixed words never hold: half of a tag."""

PRINTS: Final = re.compile(r"\{\{\s*([^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*\}\}")
QUOTES: Final = str.maketrans("“”„‟‘’‚‛＂＇", "\"\"\"\"''''\"'")
"""Quotation marks of prose, which Word puts in the place of straight ones."""

PAIRS: Final[Mapping[str, str]] = MappingProxyType(
    {name: f"end{name}" for name in ("for", "if", "macro", "block", "call", "filter", "set", "with", "raw")}
)
ENDS: Final = frozenset(PAIRS.values())
MIDDLE: Final = MappingProxyType({"elif": ("if",), "else": ("if", "for")})


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag as it stands in the template; `at` is the number of its line, or of the tag in its part.

    `level` is what it takes away with it in Word: `p`, `tr`, `tc`, `r`, or nothing; `statement` what stands
    in it without the level and the dashes at its ends.
    """

    text: str
    at: int
    level: str = ""
    statement: str = ""

    @property
    def word(self) -> str:
        """The word an instruction begins with (`for`); empty for a tag that prints, or a remark."""
        return self.statement.partition(" ")[0] if self.text.startswith("{%") else ""

    @property
    def plain(self) -> str:
        """The tag in one line without its level, with straight quotation marks, as Jinja reads it."""
        if self.text.startswith("{#"):
            return ""
        return f"{self.text[:2]} {self.statement.translate(QUOTES)} {self.text[-2:]}"

    @property
    def has_prose_quotes(self) -> bool:
        """Whether a quotation mark of prose stands where a straight one belongs."""
        outside = re.sub(r"'[^']*'|\"[^\"]*\"", "", self.statement)
        return not self.text.startswith("{#") and outside.translate(QUOTES) != outside

    @property
    def opens(self) -> bool:
        """Whether another tag has to close it."""
        return self.word in PAIRS and not (self.word == "set" and "=" in self.statement)


def dotted_path(tag: Tag) -> str:
    """`a.b.c` of a tag that prints nothing else; empty for every other tag."""
    found = PRINTS.fullmatch(tag.text)
    return found[1] if found else ""


def find_tags(text: str, at: int = 0) -> Iterator[Tag]:
    """The tags of a text; `at` is the number of its first line."""
    line, end = at, 0
    for match in TAG.finditer(text):
        line += text.count("\n", end, match.start())
        end = match.start()
        yield read_tag(match[0], line)


def read_tag(text: str, at: int) -> Tag:
    """A tag taken apart."""
    found = PARTS.fullmatch(text)
    if not found:
        return Tag(text, at)
    statement = " ".join(found["body"].removeprefix("-").removesuffix("-").split())
    return Tag(text, at, found["level"] or "", statement)


@dataclass(frozen=True, slots=True)
class Pair:
    """A tag that opens and the one that closes it; one of them is missing where they do not match.

    `middle` are those between, such as `else`.
    """

    first: Tag | None
    last: Tag | None
    middle: tuple[Tag, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether both are there."""
        return self.first is not None and self.last is not None


def pair_tags(tags: Sequence[Tag]) -> tuple[Pair, ...]:
    """Every tag that opens or closes something, with its other half."""
    pairs: list[Pair] = []
    opened: list[tuple[Tag, list[Tag]]] = []
    for tag in tags:
        if tag.opens:
            opened.append((tag, []))
        elif tag.word in MIDDLE:
            if opened and opened[-1][0].word in MIDDLE[tag.word]:
                opened[-1][1].append(tag)
            else:
                pairs.append(Pair(None, tag))
        elif tag.word in ENDS:
            pairs += _close(opened, tag)
    return (*pairs, *(Pair(tag, None, tuple(middle)) for tag, middle in opened))


def _close(opened: list[tuple[Tag, list[Tag]]], last: Tag) -> Iterator[Pair]:
    """The pair that a closing tag makes; what was opened within it and not closed is left without an end."""
    matching = [number for number, (first, _) in enumerate(opened) if PAIRS[first.word] == last.word]
    if not matching:
        yield Pair(None, last)
        return
    for tag, middle in opened[matching[-1] + 1 :]:
        yield Pair(tag, None, tuple(middle))
    first, middle = opened[matching[-1]]
    del opened[matching[-1] :]
    yield Pair(first, last, tuple(middle))
