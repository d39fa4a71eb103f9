"""Punctuation marks that surely are not those of Chinese text (GB/T 15834-2011)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from reportgen.model.review.lint.slips import CLOSING, HAN, NUMERALS, OPENING, Rule, always

WIDE: Final = str.maketrans(",;:?!.", "，；：？！。")
UNKNOWN: Final = always(None)
COMMAS: Final = "，、；："
TWO: Final = f"(?:[{COMMAS}][{COMMAS}。]|。[{COMMAS}])"
STOPS: Final = "，、；：。？！"
BEFORE: Final = HAN + CLOSING
INNER: Final = HAN + "0-9"
AFTER: Final = HAN + OPENING


def widened(match: re.Match[str]) -> str:
    """The full-width form of a half-width mark."""
    return match[0].strip().translate(WIDE)


def is_name(match: re.Match[str]) -> bool:
    """Whether a blank follows a single character, as in a name of two that is made as long as others."""
    before = match.string[max(0, match.start() - 2) : match.start()]
    return bool(re.fullmatch(f"[^{HAN}]?[{HAN}]", before))


def without_repetition(match: re.Match[str]) -> str:
    """One mark where the same stands several times."""
    return match[0][0]


def is_same(match: re.Match[str]) -> bool:
    """Whether two marks are the same, which is another rule's."""
    return match[0][0] == match[0][1]


RULES: Final = (
    Rule("ellipsis-form", rf"(?<=[{HAN}{CLOSING}，、])\.{{3,}}+|。{{3,}}+|(?<!…)…(?!…)", always("……")),
    Rule("half-width-mark", rf"(?<=[{BEFORE}]) *[,;:?!](?![,;:?!/])(?: +(?=[{AFTER}]))?", widened),
    Rule("half-width-mark", rf"(?<=[0-9A-Za-z%‰℃])[,;:?!] *(?=[{AFTER}])", widened),
    Rule("half-width-mark", rf"(?<=[{BEFORE}])(?<![{NUMERALS}])\.(?=[{AFTER}]|\Z)", widened),
    Rule("doubled-mark", rf"(?<![{STOPS}])(?P<mark>[{STOPS}])(?P=mark)++(?![{STOPS}])", without_repetition),
    Rule("doubled-mark", rf"(?<![{STOPS}]){TWO}(?![{STOPS}])", UNKNOWN, is_same),
    Rule("dash-form", rf"(?<=[{BEFORE}])[-－]{{2,}}+(?=[{AFTER}])", always("——")),
    Rule("title-brackets", rf"<<(?=[^<>]{{0,80}}[{HAN}])[^<>]{{1,80}}>>", lambda m: f"《{m[0][2:-2]}》"),
    Rule("blank-in-text", rf"(?<=[{BEFORE}{STOPS}]) ++(?=[{AFTER}{STOPS}])", always(""), is_name),
    Rule("blank-in-text", rf"(?<=[{OPENING}]) ++(?=[{INNER}])|(?<=[{INNER}]) ++(?=[{CLOSING}])", always("")),
    Rule("blank-before-unit", r"(?<=[0-9]) ++(?=[%‰℃])", always("")),
    Rule("comma-between-quotes", r"(?<=[”》])、(?=[“《])", always("")),
    Rule("comma-before-etc", r"、(?=等(?![级待于同次候量值额位价效式号身比边温压]))", always("")),
)  # fmt: skip
NEEDS: Final = (
    ("...", "。。。", "…"),
    (",", ";", ":", "?", "!"),
    (",", ";", ":", "?", "!"),
    (".",),
    tuple(mark * 2 for mark in STOPS),
    tuple(one + other for one in f"{COMMAS}。" for other in f"{COMMAS}。"),
    ("--", "－－", "-－", "－-"),
    ("<<",),
    (" ",),
    (" ",),
    (" %", " ‰", " ℃"),
    ("”、", "》、"),
    ("、等",),
)
"""For each of the rules what must stand in a text for it."""

MARKS: Final = tuple(replace(rule, needs=needs) for rule, needs in zip(RULES, NEEDS, strict=True))
"""Rules for a text anywhere in a report."""

OPENINGS: Final = (
    Rule("ordinal-mark", rf"\A[{NUMERALS}]{{1,3}}(?P<slip> *[.．,，] *)(?=[{HAN}])", always("、")),
    Rule("ordinal-mark", rf"\A[（(][{NUMERALS}]{{1,3}}[)）](?P<slip> *[、.．，,] *)", always("")),
    Rule("ordinal-mark", rf"\A[0-9]{{1,2}}(?P<slip> *[、．] *)(?=[{HAN}])", always(".")),
    Rule("ordinal-mark", r"\A[（(][0-9]{1,2}[)）](?P<slip> *[、.．，,] *)", always("")),
)
"""Rules for the number that a paragraph begins with."""

ORDINALS: Final = (
    Rule(
        "ordinal-comma",
        rf"(?:\A|(?<=[。；：]))(?:第[{NUMERALS}]|首先|其次|再次|最后)(?P<slip>、)(?![第{NUMERALS}其再最])",
        always("，"),
        needs=("、",),
    ),
)
"""Rules for words that count sentences."""
