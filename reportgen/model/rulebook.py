"""A kind's rules.yaml in; its formulas, checks and finding codes, or what is wrong with them, out."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportgen.catalogue import engine_catalogue, read_entry
from reportgen.diagnostics import FindingType, Listed, Location, Severity
from reportgen.model.expressions import Names, Rule, compile_rule
from reportgen.model.formulas import Formula, expand_formula, find_cycle, in_order
from reportgen.model.misfits import Misfit, misfit
from reportgen.model.names import Leaf, Tree
from reportgen.model.patterns import MOST, AxisError, bindings, fill
from reportgen.model.rules import Check
from reportgen.model.strays import nearest
from reportgen.model.tables import StatutoryTable
from reportgen.model.terms import Fault
from reportgen.model.values import Date, Unknown

ARGUMENTS: Final = ("axis", "computed", "given", "left", "place", "right")
"""What the messages of a kind's findings may fill in."""

ARITHMETIC: Final = "arithmetic"
ROOM: Final = 50 * MOST
"""Addends of all formulas together."""
UNDECIDED: Final = ("name-not-given", "division-by-zero")
"""Faults of a rule that depend on the report and say nothing about the kind."""

Data = Mapping[str, Any]
Tables = Mapping[str, StatutoryTable]
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of a kind; `formulas` come in order of computing, `catalogue` holds its own codes."""

    formulas: tuple[Formula, ...]
    checks: tuple[Check, ...]
    catalogue: Mapping[str, FindingType]


def read_rulebook(
    data: Data, tables: Tables, *, checked: bool = False
) -> tuple[Rulebook, tuple[Misfit, ...]]:
    """The rules of a kind's data, as far as they can be read, and what is wrong with them, unless checked."""
    last = data["kind"]["vocabulary"]["last"]
    reader = RuleReader(data.get("rules", {}), data["schema"]["properties"], tables, last, checked=checked)
    if not checked:
        reader.check_findings()
    formulas, checks = reader.formulas(), reader.checks()
    return Rulebook(formulas, checks, reader.catalogue), tuple(reader.misfits)


class RuleReader:
    """Reads the rules of one kind; `misfits` grow as it goes."""

    stem = "rules"

    def __init__(
        self, declared: Data, properties: Data, tables: Tables, last: str, *, checked: bool = False
    ) -> None:
        """Take what rules speak of; `last` is the word for last year's report; `checked` rules are sound."""
        self.declared, self.properties, self.tables = declared, properties, tables
        self.entries: Mapping[str, Data] = declared.get("findings", {})
        self.catalogue = {code: read_entry(code, entry) for code, entry in self.entries.items()}
        self.figures = dict.fromkeys(path for table in tables.values() for path in table.figures)
        self.last = last
        self.names = None if checked else sample_names(properties, self.figures, last)
        self.misfits: list[Misfit] = []
        self.room = ROOM

    def report(self, code: str, at: Place, **arguments: object) -> None:
        """Add a misfit of the file."""
        self.misfits.append(misfit(code, (self.stem, *at), **arguments))

    def check_findings(self) -> None:
        """Codes that clash or that nothing emits, and messages that ask for what is not there."""
        taken, used = engine_catalogue(), self.used_codes()
        for code, entry in self.entries.items():
            if code in taken:
                self.report("finding-taken", ("findings", code), name=code)
            if code not in used:
                self.report("finding-unused", ("findings", code), name=code)
            for word in ("message", "hint"):
                for language, text in entry[word].items():
                    self._check_arguments(text, ("findings", code, word, language))

    def _check_arguments(self, text: str, at: Place) -> None:
        try:
            names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        except ValueError:
            names = {"{"}
        allowed = self.arguments_of(str(at[1]))
        for name in sorted(names.difference(allowed)):
            self.report("finding-argument", at, name=name, allowed=Listed(allowed))

    def used_codes(self) -> set[str]:
        """The codes that something of the file emits."""
        return {entry["code"] for word in ("formulas", "rules") for entry in self.declared.get(word, ())}

    def arguments_of(self, _code: str) -> Sequence[str]:
        """What the messages of a code may fill in."""
        return ARGUMENTS

    def formulas(self) -> tuple[Formula, ...]:
        """The formulas in the order of computing; none when they go in a circle."""
        found = {number: tuple(self._expand(number, entry)) for number, entry in self._declared("formulas")}
        formulas = [formula for expanded in found.values() for formula in expanded]
        cycle = find_cycle(formulas)
        if cycle:
            number = next(n for n, expanded in found.items() if any(f.total in cycle for f in expanded))
            self.report("formula-circle", ("formulas", number, "addends"), names=" → ".join(cycle))
        return () if cycle else in_order(formulas)

    def checks(self) -> tuple[Check, ...]:
        """The rules, compiled, one for each name of their axes."""
        return tuple(
            check for number, entry in self._declared("rules") for check in self._compile(number, entry)
        )

    def _declared(self, word: str) -> Iterator[tuple[int, Data]]:
        for number, entry in enumerate(self.declared.get(word, ())):
            self.is_known(entry["code"], self.catalogue, (word, number, "code"), "finding-undeclared")
            yield number, entry

    def is_known(
        self, name: str, known: Mapping[str, object], at: Place, code: str = "kind-name-unknown"
    ) -> bool:
        """Whether a name is one of those known; one that is not is reported."""
        if name not in known:
            self.report(code, at, name=name, known=Listed(nearest(name, list(known))))
        return name in known

    def _expand(self, number: int, entry: Data) -> Iterator[Formula]:
        at = ("formulas", number)
        try:
            for formula in expand_formula(entry["code"], entry["total"], entry["addends"], self.tables):
                wrong = [path for path in formula.addends if path not in self.figures]
                if not self.is_known(formula.total, self.figures, (*at, "total")):
                    return
                if wrong and not self.is_known(wrong[0], self.figures, (*at, "addends")):
                    return
                self.room -= len(formula.addends)
                if self.room < 0:
                    raise AxisError("", entry["total"], "axes-too-many")
                yield formula
        except AxisError as error:
            self._report_axis(error, entry, at)

    def _report_axis(self, error: AxisError, entry: Data, at: Place) -> None:
        """An axis that is not there, or too many, at the part of the entry that speaks of it."""
        word = next((word for word, text in entry.items() if error.pattern in (text, *text)), "each")
        axes = [axis for table in self.tables.values() for axis in table.axes]
        known = Listed(nearest(error.axis, axes))
        self.report(error.code, (*at, word), name=error.axis, known=known, limit=MOST)

    def _compile(self, number: int, entry: Data) -> Iterator[Check]:
        at = ("rules", number)
        for key in entry.get("when", {}):
            self.is_known(key, self.properties, (*at, "when", key))
        try:
            for axis, bound in self._each(entry):
                check = self._check(entry, axis, bound, at)
                if check is None:
                    return
                yield check
        except AxisError as error:
            self._report_axis(error, entry, at)

    def _each(self, entry: Data) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The names a rule is made for, each with its axis bound; one empty name when it has no axis."""
        if "each" not in entry:
            yield "", {}
            return
        table, _, axis = entry["each"].rpartition(".")
        for bound in bindings(f"{table}.{{{axis}}}", self.tables, {}):
            yield bound[axis], bound

    def _check(self, entry: Data, axis: str, bound: Mapping[str, str], at: Place) -> Check | None:
        """One check; None when something is wrong with it, which is then reported."""
        rule = self.condition(fill(entry["check"], bound), (*at, "check"))
        given = entry.get("provided")
        provided = None if given is None else self.condition(fill(given, bound), (*at, "provided"))
        place = fill(entry["at"], bound)
        if rule is None or not self.is_known(place, {**self.figures, **self.properties}, (*at, "at")):
            return None
        if (provided is None) is not (given is None) or entry["code"] not in self.catalogue:
            return None
        told = fill(entry.get("told", ""), bound)
        if self.names is not None and not self._is_pattern(told, (*at, "told")):
            return None
        rules = (rule, provided) if provided else (rule,)
        across = any(name.partition(".")[0] == self.last for part in rules for name in part.names)
        when = {key: tuple(values) for key, values in entry.get("when", {}).items()}
        severity = Severity(entry["severity"]) if "severity" in entry else None
        is_arithmetic = self.entries[entry["code"]].get("concern") == ARITHMETIC
        type_ = self.catalogue[entry["code"]]
        return Check(type_, rule, place, axis, when, is_arithmetic, severity, provided, across, told)

    def _is_pattern(self, text: str, at: Place) -> bool:
        """Whether a pattern can be read."""
        try:
            re.compile(text)
        except re.error as error:
            self.report("pattern-unreadable", at, reason=error)
            return False
        return True

    def condition(self, text: str, at: Place) -> Rule | None:
        """The rule of a text when it is sound; None when something is wrong, which is then reported."""
        rule, findings = compile_rule(text, Location(""))
        self.misfits += (Misfit(found.code, (self.stem, *at), found.arguments) for found in findings)
        return rule if rule and self._is_sound(rule, at) else None

    def _is_sound(self, rule: Rule, at: Place) -> bool:
        """Whether a rule speaks of names there are and comes to yes or no, tried on a report full of ones."""
        if self.names is None:
            return True
        try:
            value = rule.evaluate(self.names)
        except Fault as fault:
            if fault.code not in UNDECIDED:
                self.report(fault.code, at, **fault.arguments)
            return fault.code in UNDECIDED
        if not isinstance(value, bool | Unknown):
            self.report("not-a-condition", at)
        return isinstance(value, bool | Unknown)


def sample_names(properties: Data, figures: Sequence[str] | Mapping[str, None], last: str) -> Names:
    """The names of a report in which every figure is 1, beside last year's of the same kind."""
    tree = _sample(properties, figures)
    return Names({**tree, last: tree}, "", "{year}{month}{day}")


def _sample(properties: Data, figures: Sequence[str] | Mapping[str, None]) -> Tree:
    """A report in which every figure is 1: what a rule is tried on."""
    root: dict[str, Any] = {key: _sample_of(form) for key, form in properties.items()}
    for path in figures:
        *groups, name = path.split(".")
        node = root
        for group in groups:
            node = node.setdefault(group, {})
        node[name] = 1
    return root


def _sample_of(form: Data) -> Tree | Leaf | None:
    match form.get("x-type", form.get("type")):
        case "year" | "count" | "amount" | "figure":
            return 1
        case "text":
            return "文"
        case "date":
            return Date(2024, 1, 1)
        case "object":
            return {key: _sample_of(inner) for key, inner in form["properties"].items()}
        case "table":
            return {}
    return None
