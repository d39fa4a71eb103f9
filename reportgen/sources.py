"""The clause or promise that a finding rests on in; the same in the language of the interface out."""

from __future__ import annotations

import re
from typing import Final

from reportgen.diagnostics import Language

PROMISE: Final = re.compile("设计承诺(?:：[^；]*|（[^）]*）)?")
WORDS: Final = (
    ("命令的退出代码 ", "exit code "),
    ("退出代码 ", "exit code "),
    ("读取上限", "limits of what is read"),
    ("审核惯例", "what reviewers object to"),
    ("通行的审核要求", "what superiors commonly ask"),
    ("通行做法", "common practice"),
    ("排版通例", "common practice of setting type"),
    ("文字校对", "proof-reading"),
    ("已公布报告的差错", "faults of published reports"),
    ("上下年度衔接（推定）", "how two years follow from each other (inferred)"),
    ("上下年度衔接", "how two years follow from each other"),
    ("上级机关的审核要求", "the superior's own demands"),
    ("附件表样", ", its forms"),
    ("内容雷同", "copied content"),
    (" 表三注", ", table 3, note"),
    (" 表三", ", table 3"),
    (" 表四", ", table 4"),
    ("附录", "annex "),
    ("；", "; "),
    ("、", ", "),
)
"""What in a source is no name of an official instrument."""


def source_text(source: str, language: Language) -> str:
    """A source; official instruments keep their names, what this program promises is a promise in English."""
    if language != "en":
        return source
    text = PROMISE.sub("a promise of this program", source)
    text = re.sub(r" 第 ([\d.]+) 节", r", section \1", text)
    text = re.sub(r"（([ -~]+)）", r" (\1)", text)
    for chinese, english in WORDS:
        text = text.replace(chinese, english)
    return text
