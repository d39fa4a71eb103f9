"""A report's figures and the compiled rules of its kind in; a finding for every rule that does not hold out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.diagnostics import Diagnostic, FindingType, Severity
from reportgen.model.expressions import Names, Rule
from reportgen.model.formulas import relate
from reportgen.model.terms import Fault
from reportgen.model.values import Cell


@dataclass(frozen=True, slots=True)
class Check:
    """One rule at one place: `rule` must hold for the figures of a report, else `type` is found at the place `at`.

    `axis` is the name the rule was made for when it stands for each name of an axis. `when` limits the rule to reports
    whose fields hold one of the values given. What is not arithmetic only warns in a draft.
    """

    type: FindingType
    rule: Rule
    at: str
    axis: str
    when: Mapping[str, tuple[str, ...]]
    is_arithmetic: bool
    severity: Severity | None

    def applies_to(self, texts: Mapping[str, str]) -> bool:
        """Whether the rule is meant for a report with these fields."""
        return all(texts.get(key) in allowed for key, allowed in self.when.items())

    def level(self, *, is_final: bool) -> Severity:
        """How much a breach weighs in a report of this status."""
        level = self.severity or self.type.severity
        return Severity.WARNING if level is Severity.ERROR and not (is_final or self.is_arithmetic) else level


def hold_against(
    checks: Sequence[Check], names: Names, cells: Mapping[str, Cell], texts: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """The findings of rules that do not hold; a rule over unknown figures is undecided and says nothing."""
    for check in checks:
        if check.applies_to(texts) and _is_broken(check.rule, names):
            cell = cells[check.at]
            left, right = check.rule.sides(names) or ("", "")
            arguments = {"place": cell.path, "axis": check.axis, "given": cell.written, "left": left, "right": right}
            related = relate(cells, [name for name in check.rule.references() if name in cells])
            level = check.level(is_final=names.is_final)
            yield Diagnostic(check.type, cell.location, cell.path, arguments, related, level)


def _is_broken(rule: Rule, names: Names) -> bool:
    try:
        return rule.evaluate(names) is False
    except Fault:  # a figure the report does not give, a division by zero: undecided; types were tried with the kind
        return False
