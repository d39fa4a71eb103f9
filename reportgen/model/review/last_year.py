"""A report and last year's in; a finding for every rule across the two years that does not hold out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic
from reportgen.model.names import Names
from reportgen.model.review.texts import pattern, sentences
from reportgen.model.rules import Subject, hold_against, is_broken
from reportgen.model.values import Cell, State

if TYPE_CHECKING:
    from reportgen.model.kind import Kind
    from reportgen.model.review.review import Review


def compare_years(subject: Review) -> Iterator[Diagnostic]:
    """The findings of the kind's rules that speak of last year; none without last year's report."""
    report, last = subject.report, subject.last
    if last is None:
        return
    word = report.kind.vocabulary["last"]
    names = replace(report.names, values={**report.names.values, word: last.names.values})
    checks = [check for check in report.kind.checks if check.across_years]
    wanted = {name for check in checks for name in (check.at, *check.rule.names)}
    cells = {cell.path: cell for cell in _cells(names, wanted, report.kind)}
    both = Subject(names, names, cells, subject.texts, subject.locate)
    asked = [check for check in checks if not (is_broken(check.rule, both) and is_told(check.told, subject))]
    yield from hold_against(asked, both)


def is_told(told: str, subject: Review) -> bool:
    """Whether a sentence of the report explains what a rule asks about."""
    return bool(told) and any(
        pattern(told).search(sentence.text) for passage in subject.passages for sentence in sentences(passage)
    )


def _cells(names: Names, paths: Collection[str], kind: Kind) -> Iterator[Cell]:
    """The figures of both years under these names; totals count as computed: they repeat their parts."""
    totals = {formula.total for formula in kind.formulas}
    for path in paths:
        cell = names.look_up(path.split("."))
        if isinstance(cell, Cell):
            is_total = path.removeprefix(f"{kind.vocabulary['last']}.") in totals
            yield replace(cell, path=path, state=State.COMPUTED if is_total else cell.state)
