"""A kind's rules.yaml in; its formulas, checks and finding codes, compiled, or what is wrong with them, out."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportgen.catalogue import engine_catalogue, read_entry
from reportgen.diagnostics import FindingType, Location, Severity
from reportgen.model.expressions import Names, Rule, compile_rule
from reportgen.model.formulas import Formula, expand_formula, find_cycle, in_order
from reportgen.model.misfits import Misfit, Steps, misfit
from reportgen.model.patterns import AXIS, UnknownAxis, bindings, fill
from reportgen.model.rules import Check
from reportgen.model.shape import nearest
from reportgen.model.tables import StatutoryTable
from reportgen.model.terms import Fault
from reportgen.model.values import Cell, Date, State

ARGUMENTS: Final = frozenset(("place", "given", "computed", "left", "right", "axis"))
"""What the messages of a kind's findings may fill in."""

ARITHMETIC: Final = "arithmetic"

Data = Mapping[str, Any]
Tables = Mapping[str, StatutoryTable]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of a kind; `formulas` come in the order of computing, `catalogue` holds the kind's own codes."""

    formulas: tuple[Formula, ...]
    checks: tuple[Check, ...]
    catalogue: Mapping[str, FindingType]


def read_rulebook(data: Data, tables: Tables) -> tuple[Rulebook, tuple[Misfit, ...]]:
    """The rules of a kind's data and what is wrong with them."""
    return Reading(data, tables).read()


class Reading:
    """The rules of one kind being read."""

    def __init__(self, data: Data, tables: Tables) -> None:
        """Take what rules speak of."""
        self.declared = data.get("rules", {})
        self.properties = data["schema"]["properties"]
        self.tables = tables
        self.misfits: list[Misfit] = []
        self.catalogue = {code: read_entry(code, entry) for code, entry in self._findings().items()}

    def read(self) -> tuple[Rulebook, tuple[Misfit, ...]]:
        """Everything, as far as it can be read."""
        self._check_findings()
        formulas = tuple(self._formulas())
        cycle = find_cycle(formulas)
        if cycle:
            self.misfits.append(misfit("formula-circle", ("rules", "formulas"), names=" → ".join(cycle)))
        checks = tuple(self._checks())
        return Rulebook(() if cycle else in_order(formulas), checks, self.catalogue), tuple(self.misfits)

    def _findings(self) -> Mapping[str, Data]:
        findings: Mapping[str, Data] = self.declared.get("findings", {})
        return findings

    def _check_findings(self) -> None:
        used = {entry["code"] for word in ("formulas", "rules") for entry in self.declared.get(word, ())}
        for code, entry in self._findings().items():
            at = ("rules", "findings", code)
            if code in engine_catalogue():
                self.misfits.append(misfit("finding-taken", at, name=code))
            if code not in used:
                self.misfits.append(misfit("finding-unused", at, name=code))
            for word in ("message", "hint"):
                self._check_arguments(entry[word], (*at, word))

    def _check_arguments(self, texts: Mapping[str, str], at: Steps) -> None:
        for language, text in texts.items():
            try:
                names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            except ValueError:
                names = {"{"}
            for name in sorted(names - ARGUMENTS):
                allowed = "、".join(sorted(ARGUMENTS))
                self.misfits.append(misfit("finding-argument", (*at, language), name=name, allowed=allowed))

    def _type(self, code: str, at: Steps) -> FindingType | None:
        if code not in self.catalogue:
            known = nearest(code, list(self.catalogue))
            self.misfits.append(misfit("finding-undeclared", (*at, "code"), name=code, known="、".join(known)))
        return self.catalogue.get(code)

    def _formulas(self) -> Iterator[Formula]:
        for number, entry in enumerate(self.declared.get("formulas", ())):
            at = ("rules", "formulas", number)
            self._type(entry["code"], at)
            try:
                for formula in expand_formula(entry["code"], entry["total"], entry["addends"], self.tables):
                    if self._are_figures((formula.total,), (*at, "total")) and self._are_figures(formula.addends, (*at, "addends")):
                        yield formula
            except UnknownAxis as wrong:
                self._report_axis(wrong, at)

    def _report_axis(self, wrong: UnknownAxis, at: Steps) -> None:
        known = nearest(wrong.axis, [axis for table in self.tables.values() for axis in table.axes])
        self.misfits.append(misfit("axis-unknown", at, name=wrong.axis, known="、".join(known)))

    def _are_figures(self, paths: Sequence[str], at: Steps) -> bool:
        figures = [path for table in self.tables.values() for path in table.figures]
        wrong = [path for path in paths if path not in figures]
        for path in wrong[:1]:
            self.misfits.append(misfit("kind-name-unknown", at, name=path, known="、".join(nearest(path, figures))))
        return not wrong

    def _checks(self) -> Iterator[Check]:
        for number, entry in enumerate(self.declared.get("rules", ())):
            at = ("rules", "rules", number)
            found = self._type(entry["code"], at)
            self._check_conditions(entry.get("when", {}), (*at, "when"))
            try:
                for axis, bound in self._each(entry):
                    check = self._check(entry, found, axis, bound, at)
                    if check:
                        yield check
            except UnknownAxis as wrong:
                self._report_axis(wrong, at)

    def _each(self, entry: Data) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The names a rule is made for, each with its axis bound; once, without a name, when it has no axis."""
        if "each" not in entry:
            yield "", {}
            return
        table, _, axis = entry["each"].rpartition(".")
        for bound in bindings(f"{table}.{{{axis}}}", self.tables, {}):
            yield bound[axis], bound

    def _check_conditions(self, when: Mapping[str, Sequence[str]], at: Steps) -> None:
        for key in when:
            if key not in self.properties:
                known = "、".join(nearest(key, list(self.properties)))
                self.misfits.append(misfit("kind-name-unknown", (*at, key), name=key, known=known))

    def _check(self, entry: Data, found: FindingType | None, axis: str, bound: Mapping[str, str], at: Steps) -> Check | None:
        text = fill(entry["check"], bound) if AXIS.search(entry["check"]) else entry["check"]
        rule, findings = compile_rule(text, Location(""))
        self.misfits.extend(Misfit(finding.code, (*at, "check"), finding.arguments) for finding in findings)
        place = fill(entry["at"], bound)
        if rule is None or found is None or not self._are_figures((place,), (*at, "at")):
            return None
        if not all([self._is_name(name, (*at, "check")) for name in rule.references()]):
            return None
        when = {key: tuple(values) for key, values in entry.get("when", {}).items()}
        severity = Severity(entry["severity"]) if "severity" in entry else None
        arithmetic = self._findings()[entry["code"]].get("concern") == ARITHMETIC
        return Check(found, rule, place, axis, when, arithmetic, severity)

    def _is_name(self, path: str, at: Steps) -> bool:
        """Whether an expression may speak of it: a figure of a table, figures of the author's own, a short text."""
        key = path.partition(".")[0]
        if self.properties.get(key, {}).get("x-type") == "table" or key not in self.properties:
            return self._are_figures((path,), at)
        return True
