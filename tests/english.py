"""A text meant to be English in; the Chinese in it that is ours, not a quotation or an official term, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from reportgen.diagnostics import Diagnostic, spoken
from reportgen.model.filters import FILTERS
from reportgen.model.kind import list_kinds, load_kind
from reportgen.verify.verification import Check

CHINESE: Final = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uff60]")
QUOTED: Final = re.compile("“[^“”]*”|《[^《》]*》|`[^`]*`")
UNITS: Final = re.compile(r"[\d.,万一二两三四五六七八九十]+ ?(?:件|条|万条|宗|份|项|个|元|万元)")
DATES: Final = re.compile(r"\d+年(?:\d+月(?:\d+日)?)?")
INSTRUMENTS: Final = re.compile(
    "国(?:办[公开办函]*|[发函])〔\\d{4}〕\\d+号(?:（[一二三四五六七]）)?|政府信息公开条例第[一二三四五六七八九十]+条(?:第[一二三四]+[款项])*"
)
TERMS: Final = (
    *("小标宋", "仿宋_GB2312", "仿宋", "楷体", "黑体", "宋体"),
    *("年度报告", "年度", "年月日", "年", "万元", "万", "等", "其余", "首先", "第一", "总数", "位数", "无"),
    *("更正批准", "错字", "文字", "数字", "结构"),
    *("一、", "（一）", "（1）", "〔〕", "、"),
)
"""Faces, words a message speaks of, marks that number the levels of a document."""


def chinese_in(text: str) -> str:
    """What is left of the Chinese of a text without quotations, official terms, figures and dates."""
    if text.count("“") != text.count("”"):  # a quotation cut short holds a mark without its partner
        text = re.sub("“.*”", "", text)
    before = None
    while before != text:
        before, text = text, QUOTED.sub("", text)
    for pattern in (INSTRUMENTS, DATES, UNITS):
        text = pattern.sub("", text)
    for term in official():
        text = text.replace(term, "")
    return "".join(CHINESE.findall(text))


@cache
def official() -> tuple[str, ...]:
    """Every term of the reports' own language, the longest first."""
    terms = {*TERMS, *FILTERS}
    for entry in list_kinds(()):
        kind = load_kind(entry.name)
        terms |= {kind.title, *kind.vocabulary.values(), *strings(kind.schema)}
        for table in kind.tables.values():
            terms |= {step for path in table.figures for step in path.split(".")}
    return tuple(sorted((term for term in terms if CHINESE.search(term)), key=len, reverse=True))


def strings(tree: Any) -> Iterator[str]:
    """The keys of a schema, and the values it allows."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key in ("properties", "patternProperties"):
                yield from value
            if key == "enum":
                yield from map(str, value)
            yield from strings(value)
    elif isinstance(tree, list):
        for item in tree:
            yield from strings(item)


def unspoken(check: Check) -> list[str]:
    """What a check of a document says in Chinese of its own though asked for English."""
    stated = [each for each in check.measurements if each.clause]  # others hold the report's own texts
    numbers = (spoken(text, "en") for each in stated for text in (each.expected, each.tolerance))
    items = (each.item.en for each in check.measurements)
    return [*of_findings(check.diagnostics), *filter(chinese_in, (check.summary.en, *items, *numbers))]


def of_findings(found: Iterable[Diagnostic]) -> list[str]:
    """What findings say in Chinese of their own though asked for English."""
    return [text for each in found for text in (each.message("en"), each.hint("en")) if chinese_in(text)]
