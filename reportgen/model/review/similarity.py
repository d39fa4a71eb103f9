"""A section and the same section of another report in; how alike they are, from 0 to 1, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic, Location, Related
from reportgen.model.misshapes import locate
from reportgen.model.review.passages import Passage, read_passages
from reportgen.model.review.texts import bare

if TYPE_CHECKING:
    from reportgen.model.report import Report
    from reportgen.model.review.guide import Task

FIGURES: Final = re.compile(r"[0-9０-９.%％]+")


def find_copies(task: Task) -> Iterator[Diagnostic]:
    """A field nearly the same as that of last year's report or of another office's (`with`).

    `limit` is the share of pairs of letters from which on it counts, `least` the letters a text must have.
    """
    subject, field = task.subject, task.data["field"]
    others = {"last": [subject.last] if subject.last else [], "others": subject.others}
    mine = _letters(subject.passages, field)
    for other in (report for word in task.data["with"] for report in others[word]):
        theirs = _letters(read_passages(other), field)
        share = likeness(mine, theirs)
        if share > task.data["limit"] and len(mine) >= task.data["least"]:
            place = subject.locate(field)
            related = (Related(_place(other, field), field),)
            yield subject.find(
                task.code,
                place,
                field,
                related=related,
                severity=task.severity,
                share=f"{int(share * 100)}%",
                file=told_apart(other.path, subject.report.path),
            )


def told_apart(file: Path, own: Path) -> str:
    """The name of another report's file, with its folder where it is the name of the report itself."""
    return file.name if file.name != own.name else f"{file.absolute().parent.name}/{file.name}"


def likeness(one: str, other: str) -> float:
    """The share of pairs of neighbouring letters that two texts have in common; linear in their length."""
    pairs = [Counter(map(add, text, text[1:])) for text in (one, other)]
    total = sum(map(Counter.total, pairs))
    return 2 * (pairs[0] & pairs[1]).total() / total if total else 0.0


def _letters(passages: tuple[Passage, ...], field: str) -> str:
    """The text of a field without figures and marks, which change every year."""
    return bare(FIGURES.sub("", "".join(p.text for p in passages if p.field == field)))


def _place(report: Report, field: str) -> Location:
    return locate(report.root, (field,) if report.root.get(field) else ())
