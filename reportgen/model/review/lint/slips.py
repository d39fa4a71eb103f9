"""A slip of the pen in a text, and the rules that find slips by pattern."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
OPENING: Final = "（《〈“‘〔【"
CLOSING: Final = "）》〉”’〕】"
NUMERALS: Final = "一二三四五六七八九十"

FOREIGN: Final = re.compile(
    rf"""(?:https?://|(?<![A-Za-z0-9.])www\.)[!-~]*+
    | (?<![\w.+-])[A-Za-z0-9._+-]++@[A-Za-z0-9.-]*+
    | (?<![A-Za-z])[A-Z]{{1,8}}(?:/[A-Z]{{1,4}})?[ ]?
      [0-9]{{1,6}}(?:\.[0-9]{{1,3}})?[-—][0-9]{{4}}(?![0-9{HAN}])""",
    re.VERBOSE,
)
"""Addresses and numbers of standards: no Chinese text."""


class Slip(NamedTuple):
    """What is wrong at a stretch of a text, and what should surely stand there, if that is sure."""

    code: str
    start: int
    end: int
    meant: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rules have to know of the language of reports: the kind's `lint.yaml`."""

    units: tuple[str, ...] = ()
    doubled: tuple[tuple[str, str, str], ...] = ()
    """Words never meant twice in a row: as they look, and the characters not before and not after them."""


def read_terms(data: Mapping[str, Any]) -> Terms:
    """The terms of a kind's data."""
    doubled = tuple(
        (entry["text"], "".join(entry.get("not-after", ())), "".join(entry.get("not-before", ())))
        for entry in data.get("doubled", ())
    )
    return Terms(tuple(sorted(data.get("units", ()), key=len, reverse=True)), doubled)


Remedy = Callable[[re.Match[str]], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A slip that a pattern finds; the stretch is its group `slip`, or all of it.

    `meant` gives what should stand there, or None; `excused` says of a match that it is no slip. Where
    none of the texts of `needs` stands, the pattern need not be tried.
    """

    code: str
    pattern: str
    meant: Remedy
    excused: Callable[[re.Match[str]], bool] = lambda _: False
    needs: tuple[str, ...] = ("",)

    def find(self, text: str) -> Iterator[Slip]:
        """The slips in a text."""
        if not any(needed in text for needed in self.needs):
            return
        for match in compiled(self.pattern).finditer(text):
            if not self.excused(match):
                name = "slip" if "slip" in match.re.groupindex else 0
                yield Slip(self.code, *match.span(name), self.meant(match))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled when first needed."""
    return re.compile(pattern)


def always(text: str | None) -> Remedy:
    """The remedy that is the same everywhere."""
    return lambda _: text
