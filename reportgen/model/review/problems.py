"""The section on problems and improvements in; whether it names some of each out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic
from reportgen.model.review.problem_counts import count_named, words_of
from reportgen.model.review.texts import bare, passages_of, pattern

if TYPE_CHECKING:
    from reportgen.model.review.guide import Task


def check_problems(task: Task) -> Iterator[Diagnostic]:
    """A text that says there are none (`none`), fewer than `least` problems, fewer measures than problems.

    Two readings are made: one of what is surely named, one of whatever may be meant. An error is only what
    even the second does not find; what rests on reading loose sentences is a warning, and nothing is said
    when enough sentences, or parts of a list, may well tell of one each.
    """
    field, least = task.data["field"], task.data["least"]
    texts = [passage.text for passage in passages_of(task.subject, (field,))]
    if pattern(task.data["none"]).fullmatch(bare("".join(texts))):
        yield task.find(field, "problems-none", given=texts[0] if texts else "", wanted=least)
        return
    words = words_of(task.data)
    problems, measures = count_named(words, texts)
    wanted = max(1, min(problems, least))
    if problems >= least and measures >= wanted:
        return
    from reportgen.model.review.problem_readings import read_widely  # few texts need the second reading

    want, action = read_widely(words, texts)
    if want.most < least and problems < least:
        yield task.find(field, "problems-few", given=want.most, wanted=least)
    elif problems < least and len(want.apart) < least:
        yield task.find(field, "problems-unsure", given=problems, wanted=least)
    if not action.most and measures < wanted:
        yield task.find(field, "measures-few", wanted=wanted)
    elif measures < wanted and action.most < wanted:
        yield task.find(field, "measures-unsure", given=measures, wanted=wanted)
