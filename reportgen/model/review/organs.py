"""The title and the lead in; names of reports in them that are another office's out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.review.passages import Passage
from reportgen.model.review.texts import Stretch, passages_of, pattern

if TYPE_CHECKING:
    from reportgen.model.review.guide import Task

LINE: Final = "line"


def check_organs(task: Task) -> Iterator[Diagnostic]:
    """Names of the report (`own`, its first group the office) that are not its own office's.

    `lead` matches what may stand before the office; only what ends like an office (`ends`) is taken for one.
    An abbreviation of the office's name, or a longer form of it, is its name.
    """
    fields = task.subject.report.kind.fields
    names = [task.subject.texts.get(fields["organ"], "")]
    names += [str(passage.text) for passage in passages_of(task.subject, (fields["signature"],))]
    for field in task.fields:
        passages = list(passages_of(task.subject, (field,)))
        lines = [passage for passage in passages if passage.role == LINE]
        for group in ([lines], [[each] for each in passages if each not in lines])[not lines]:
            yield from _strangers(task, group, [name for name in names if name])


def _strangers(task: Task, passages: Sequence[Passage], names: Sequence[str]) -> Iterator[Diagnostic]:
    text = "".join(passage.text for passage in passages)
    for match in pattern(task.data["own"]).finditer(text):
        name = pattern(task.data["lead"]).sub("", match[1])
        is_office = pattern(task.data["ends"]).search(name)
        if not is_office or any(is_short_for(name, own) or is_short_for(own, name) for own in names):
            continue
        end = match.end(1)
        yield task.find(stretch_at(passages, end - len(name), end), given=name, wanted=names[0])


def stretch_at(passages: Sequence[Passage], start: int, end: int) -> Stretch:
    """A stretch of texts put together, in the one it begins in."""
    for passage in passages:
        if start < len(passage.text):
            return Stretch(passage, start, min(end, len(passage.text)))
        start, end = start - len(passage.text), end - len(passage.text)
    return Stretch(passages[-1], 0, len(passages[-1].text))


def is_short_for(short: str, name: str) -> bool:
    """Whether the characters of one name stand in another in their order."""
    rest = iter(name)
    return all(letter in rest for letter in short)
