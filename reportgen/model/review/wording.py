"""Headings, words and sentences a report has to have, or must not have, in; a finding for each out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic, Listed
from reportgen.model.review.numbering import typed_number
from reportgen.model.review.texts import (
    alternatives,
    passages_of,
    pattern,
    sentences,
    stretches,
    whole_text,
)
from reportgen.model.values import Cell

if TYPE_CHECKING:
    from reportgen.model.review.guide import Task


def find_missing_headings(task: Task) -> Iterator[Diagnostic]:
    """The aspects (`items`: name -> words for it) of which a field (`field`) has no sub-heading."""
    field = task.data["field"]
    passages = passages_of(task.subject, (field,))
    titles = [
        p.text for p in passages if p.role == "heading" or (p.role == "paragraph" and typed_number(p.text))
    ]
    missing = missing_words(task.data["items"], "\n".join(title[:40] for title in titles))
    if missing:
        yield task.find(field, names=Listed(missing))


def find_missing_words(task: Task) -> Iterator[Diagnostic]:
    """The matters (`words`: name -> words for it) that some fields do not mention at all."""
    missing = missing_words(task.data["words"], whole_text(task.subject, task.fields))
    if missing:
        yield task.find(task.fields[0], names=Listed(missing))


def missing_words(wanted: Mapping[str, Sequence[str]], text: str) -> list[str]:
    """The names none of whose words stand in a text."""
    return [name for name, words in wanted.items() if not alternatives(tuple(words)).search(text)]


def find_missing_sentences(task: Task) -> Iterator[Diagnostic]:
    """Fields without a sentence `about` something; with `holds`, such sentences that do not hold it.

    `elsewhere` asks for the sentence only when other fields match its pattern, `unless` when they do not.
    """
    about = pattern(task.data["about"])
    found = [s for p in passages_of(task.subject, task.fields) for s in sentences(p) if about.search(s.text)]
    if "holds" in task.data:
        yield from (
            task.find(s, text=s.text) for s in found if not pattern(task.data["holds"]).search(s.text)
        )
    elif not found and _matches(task, "elsewhere", True) and not _matches(task, "unless", False):
        yield task.find(task.fields[0], text="")


def _matches(task: Task, word: str, default: bool) -> bool:
    """Whether the fields of a condition of a task match its pattern; the default without one."""
    other = task.data.get(word)
    return (
        default if other is None else any(stretches(task.subject, pattern(other["pattern"]), other["fields"]))
    )


def find_patterns(task: Task) -> Iterator[Diagnostic]:
    """Every stretch of some fields that one of the `patterns` matches, typed or made.

    Of a short text, which is no passage, the first one is told at the field.
    """
    short = task.subject.texts.keys() - {passage.field for passage in task.subject.passages}
    for text in task.data["patterns"]:
        for key in sorted(short.intersection(task.fields) if task.fields else short):
            if match := pattern(text).search(task.subject.texts[key]):
                yield task.find(key, text=match[0])
        for stretch in stretches(task.subject, pattern(text), task.fields):
            yield task.find(stretch, text=stretch.text)


def find_equal_amounts(task: Task) -> Iterator[Diagnostic]:
    """Amounts in the text that equal a figure (`figure`) times a `factor`, such as 元 and 万元."""
    cell = cell_at(task.subject.report.names.values, task.data["figure"])
    if cell is None or not isinstance(cell.figure, int | Decimal) or not cell.figure:
        return
    for stretch in stretches(task.subject, pattern(task.data["pattern"]), task.fields):
        if Decimal(stretch.text.replace(",", "")) == Decimal(cell.figure) * task.data["factor"]:
            yield task.find(stretch, given=stretch.text, place=cell.path)


def cell_at(tree: object, path: str) -> Cell | None:
    """The figure of a path among the names of a report."""
    for step in path.split("."):
        tree = tree.get(step) if isinstance(tree, Mapping) else None
    return tree if isinstance(tree, Cell) else None
