"""A report's figures and the rules of its kind in; a finding for every rule that does not hold out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.diagnostics import Diagnostic, FindingType, Location, Severity
from reportgen.model.expressions import Names, Rule
from reportgen.model.formulas import relate
from reportgen.model.terms import Fault
from reportgen.model.values import Cell, State


@dataclass(frozen=True, slots=True)
class Check:
    """One rule at one place: `rule` must hold for a report, else `type` is found at the place `at`.

    `axis` is the name the rule was made for when it stands for each name of an axis. `when` limits the rule
    to reports whose fields hold one of the values given, `provided` to those it holds for. What is not
    arithmetic only warns in a draft. `across_years` says that it speaks of last year's report.
    """

    type: FindingType
    rule: Rule
    at: str
    axis: str
    when: Mapping[str, tuple[str, ...]]
    is_arithmetic: bool
    severity: Severity | None
    provided: Rule | None = None
    across_years: bool = False
    told: str = ""
    """A pattern: where a sentence of the report matches, it explains what the rule asks about."""

    def applies_to(self, texts: Mapping[str, str]) -> bool:
        """Whether the rule is meant for a report with these fields."""
        return all(texts.get(key) in allowed for key, allowed in self.when.items())

    def level(self, *, is_final: bool) -> Severity:
        """How much a breach weighs in a report of this status."""
        level = self.severity or self.type.severity
        return Severity.WARNING if level is Severity.ERROR and not (is_final or self.is_arithmetic) else level


@dataclass(frozen=True, slots=True)
class Subject:
    """What rules are held against: a report's names, figures and short texts, and where each thing stands.

    In `corrected` wrong totals are as they should be. They are findings already, so a rule is broken only
    when it fails with the totals as given and as they should be.
    """

    names: Names
    corrected: Names
    cells: Mapping[str, Cell]
    texts: Mapping[str, str]
    locate: Callable[[str], Location]


def hold_against(checks: Sequence[Check], subject: Subject) -> Iterator[Diagnostic]:
    """The findings of rules that do not hold; a rule over unknown figures is undecided and says nothing."""
    broken = [
        check
        for check in checks
        if check.applies_to(subject.texts)
        and is_broken(check.rule, subject)
        and (check.provided is None or holds(check.provided, subject.names))
    ]
    telling = {check.type.code for check in broken if not _is_computed(check, subject)}
    for check in broken:
        if check.type.code not in telling or not _is_computed(check, subject):
            yield _find(check, subject)


def _is_computed(check: Check, subject: Subject) -> bool:
    """Whether a rule speaks of nothing but computed totals: it then repeats what is said of their parts."""
    cells = [subject.cells[name] for name in check.rule.names if name in subject.cells]
    return bool(cells) and all(cell.state is State.COMPUTED for cell in cells)


def holds(rule: Rule, names: Names) -> bool:
    """Whether a condition surely holds; not when it is undecided."""
    try:
        return rule.evaluate(names) is True
    except Fault:
        return False


def is_broken(rule: Rule, subject: Subject) -> bool:
    """Whether a condition surely does not hold, with wrong totals mended neither."""
    try:
        return rule.evaluate(subject.names) is False and rule.evaluate(subject.corrected) is False
    except Fault:  # a figure the report does not give, a division by zero; types were tried with the kind
        return False


def _find(check: Check, subject: Subject) -> Diagnostic:
    left, right = check.rule.sides(subject.names) or ("", "")
    cell = subject.cells.get(check.at)
    given = cell.written if cell else subject.texts.get(check.at, "")
    arguments = {"place": check.at, "axis": check.axis, "given": given, "left": left, "right": right}
    related = relate(subject.cells, [name for name in check.rule.names if name in subject.cells])
    location = cell.location if cell else subject.locate(check.at)
    level = check.level(is_final=subject.names.is_final)
    return Diagnostic(check.type, location, check.at, arguments, related, level)
