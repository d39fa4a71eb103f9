"""The paragraph before the first section in; where it lists other sections than the report prints out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic, Listed
from reportgen.model.review.numbering import spelt_like, value
from reportgen.model.review.texts import alternatives, bare, pattern, stretches, whole_text

if TYPE_CHECKING:
    from reportgen.model.review.guide import Task

NUMBER: Final = re.compile(r"^[一二三四五六七八九十]+、")
JOINTS: Final = re.compile(r"[和及与]")
LISTING: Final = 2
"""Titles that make a list."""


def check_lead(task: Task) -> Iterator[Diagnostic]:
    """Sections that a list in the lead leaves out, a number of parts that is not theirs, chapters of old.

    `count` matches the number of parts, `ending` is what a listed title may lack, `old` the former chapters.
    """
    titles = [NUMBER.sub("", title) for title in task.subject.report.kind.texts.get("headings", {}).values()]
    old = list(stretches(task.subject, alternatives(tuple(task.data["old"])), task.fields))
    if len(old) >= LISTING:
        yield task.find(old[0], "lead-old-section", names=Listed(f"“{place.text}”" for place in old))
        return
    text = flat(whole_text(task.subject, task.fields))
    missing = [title for title in titles if flat(title).removesuffix(task.data["ending"]) not in text]
    if LISTING <= len(titles) - len(missing) < len(titles):
        yield task.find(task.fields[0], names=Listed(f"“{title}”" for title in missing))
    for stretch in stretches(task.subject, pattern(task.data["count"]), task.fields):
        if value(stretch.text) != len(titles):
            yield task.find(
                stretch, "lead-count", given=stretch.text, wanted=spelt_like(stretch.text, len(titles))
            )


def flat(text: str) -> str:
    """A text without marks, and without the words that join titles."""
    return JOINTS.sub("", bare(text))
