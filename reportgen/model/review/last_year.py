"""A report and last year's in; a finding for every rule across the two years that does not hold out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic
from reportgen.model.names import Tree
from reportgen.model.review.texts import pattern, sentences
from reportgen.model.rules import Subject, hold_against
from reportgen.model.values import Cell, State

if TYPE_CHECKING:
    from reportgen.model.review.review import Review


def compare_years(subject: Review) -> Iterator[Diagnostic]:
    """The findings of the kind's rules that speak of last year; none without last year's report."""
    report, last = subject.report, subject.last
    if last is None:
        return
    word = report.kind.vocabulary["last"]
    names = replace(report.names, values={**report.names.values, word: last.names.values})
    totals = {formula.total for formula in report.kind.formulas}
    cells = dict(_cells(report.names.values, totals)) | {
        f"{word}.{path}": replace(cell, path=f"{word}.{path}")
        for path, cell in _cells(last.names.values, totals)
    }
    checks = [
        check for check in report.kind.checks if check.across_years and not is_told(check.told, subject)
    ]
    yield from hold_against(checks, Subject(names, names, cells, subject.texts, subject.locate))


def is_told(told: str, subject: Review) -> bool:
    """Whether a sentence of the report explains what a rule asks about."""
    return bool(told) and any(
        pattern(told).search(sentence.text) for passage in subject.passages for sentence in sentences(passage)
    )


def _cells(tree: Tree, totals: set[str], prefix: str = "") -> Iterator[tuple[str, Cell]]:
    """Every figure of a report by path; totals count as computed, they repeat what is said of their parts."""
    for name, value in tree.items():
        path = f"{prefix}{name}"
        if isinstance(value, Cell):
            yield path, replace(value, state=State.COMPUTED) if path in totals else value
        elif isinstance(value, Mapping):
            yield from _cells(value, totals, f"{path}.")
