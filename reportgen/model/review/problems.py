"""The section on problems and improvements in; whether it names some of each out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.review.texts import alternatives, bare, passages_of, pattern

if TYPE_CHECKING:
    from reportgen.model.review.guide import Task

CLAUSE: Final = re.compile(r"[^，。；：！？、,;:!?\n]+")
ITEM: Final = re.compile(
    r"(?:^ ?|[题施面足点举法])(?:[一二三四五六七八九十]{1,2}是|[第其][一二三四五六七八九十]$)"
    r"|^ ?(?:第[一二三四五六七八九十]|（?[一二三四五六七八九十0-9]{1,2}[）.．]|[①-⑩])"
)
LONG: Final = 7
"""Characters from which on a clause on measures that lacks nothing says what is done, in whatever words."""


def check_problems(task: Task) -> Iterator[Diagnostic]:
    """A text that says there are none (`none`), fewer than `least` problems, fewer measures than that.

    Clauses are of the problems until one speaks of `measure`, and again from the next of `problem` on.
    Problems are counted by their numbers or by patterns of `lacking`, measures by words of `action`; a clause
    with both counts for the side it stands on, a longer one with neither counts among measures as one.
    """
    field, least = task.data["field"], task.data["least"]
    passages = list(passages_of(task.subject, (field,)))
    if pattern(task.data["none"]).fullmatch(bare("".join(passage.text for passage in passages))):
        yield task.find(field, "problems-none", given=passages[0].text if passages else "", wanted=least)
        return
    problems, measures = _count(task, [passage.text for passage in passages])
    if problems < least:
        yield task.find(field, "problems-few", given=problems, wanted=least)
    if measures < min(problems, least) or not measures:
        yield task.find(field, "measures-few", given=measures, wanted=max(1, min(problems, least)))


def _count(task: Task, texts: list[str]) -> tuple[int, int]:
    """How many problems and how many measures the texts name."""
    measure, problem = pattern(task.data["measure"]), pattern(task.data["problem"])
    lacking, action = pattern("|".join(task.data["lacking"])), alternatives(tuple(task.data["action"]))
    numbers, matches, side = [0, 0], [0, 0], 0
    for text in texts:
        for clause in CLAUSE.findall(text):
            side = 1 if measure.search(clause) else 0 if problem.search(clause) else side
            numbers[side] += bool(ITEM.match(clause))
            lacks, acts = bool(lacking.search(clause)), bool(action.search(clause))
            acts = acts or (
                bool(side) and not lacks and len(clause) >= LONG and not measure.fullmatch(clause)
            )
            matches[side if lacks and acts else int(acts)] += lacks or acts
    return max(numbers[0], matches[0]), max(numbers[1], matches[1])
