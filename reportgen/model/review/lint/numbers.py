"""Numerals, dates and ranges that surely are not written as GB/T 15835-2011 and GB/T 9704-2012 ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from reportgen.model.review.lint.slips import HAN, Rule, Slip, Terms, always

NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
TIMES: Final = "年月日时"
DASH: Final = "－–﹣-"
NUMBER: Final = r"(?<![0-9A-Za-z.,/~～—_－–﹣-])[0-9]++(?:[.,][0-9]+)?"


def narrowed(match: re.Match[str]) -> str:
    """The half-width form of full-width letters and digits."""
    return match[0].translate(NARROW)


NUMBERS: Final = (
    Rule(
        "document-number-brackets",
        rf"(?<=[{HAN}])[\[〔（(【［]\s?(?:19|20)[0-9]{{2}}\s?[\]〕）)】］](?=\s?(?:第\s?)?[0-9]{{1,5}}\s?号)",
        lambda match: f"〔{match[0][1:-1].strip()}〕",
        lambda match: bool(re.fullmatch(r"〔[0-9]{4}〕", match[0])),
        ("号",),
    ),
    Rule("full-width-letter", "[０-９Ａ-Ｚａ-ｚ]++(?:[．％](?![^０-９])[０-９]*)?+", narrowed),
    Rule("full-width-letter", "(?<=[0-9０-９])％", always("%"), needs=("％",)),
    Rule(
        "date-zero",
        r"(?<=[年月])0(?=[1-9][月日])|(?<![0-9年])0(?=[1-9]月[0-3]?[0-9]日)",
        always(""),
        needs=("0",),
    ),
    Rule("short-year", r"(?<![0-9.第近续])[012][0-9]年(?=[0-9]{1,2}月|度)", always(None), needs=("年",)),
    Rule(
        "range-percent",
        r"(?<![0-9A-Za-z.,/~～—_－–﹣-])(?P<slip>[0-9]++(?:\.[0-9]+)?)[—～~-](?=[0-9]++(?:\.[0-9]+)?[%％])",
        lambda match: f"{match['slip']}%",
        lambda match: len(match["slip"]) > 3 and "." not in match["slip"],
        ("%", "％"),
    ),
)


@cache
def range_rules(units: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules for a range between two numbers, which is known by the unit after it."""
    unit = "|".join(map(re.escape, (*TIMES, "%", "％", *units)))
    return (
        Rule("range-mark", rf"{NUMBER}(?:{unit})? ?(?P<slip>~) ?(?=[0-9])", always("～"), needs=("~",)),
        Rule(
            "range-mark",
            rf"{NUMBER}(?:{unit})? ?(?P<slip>[{DASH}]) ?"
            rf"(?=[0-9]++(?:[.,][0-9]+)?(?P<unit>{unit})(?![{DASH}]))",
            lambda match: "—" if match["unit"] in TIMES else "～",
            needs=tuple(DASH),
        ),
    )


def find_doubled(text: str, terms: Terms) -> Iterator[Slip]:
    """Words that stand twice in a row and are never meant to."""
    for word, not_after, not_before in terms.doubled:
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            after, before = text[end : end + 1], text[max(0, start - 1) : start]
            if not (before and before in not_after) and not (after and after in not_before):
                yield Slip("doubled-word", start, end, word[: len(word) // 2])
            start = text.find(word, end)
