"""What a kind asks of a report's texts (review.yaml) in; a finding for whatever is not as asked for out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic, Location, Severity
from reportgen.model.expressions import Rule, compile_rule
from reportgen.model.rules import holds

if TYPE_CHECKING:
    from reportgen.model.review.review import Review
    from reportgen.model.review.texts import Stretch

ROOM: Final = "reportgen.model.review"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of checks: its function, what its messages may fill in, and its codes when they are its own."""

    function: str
    arguments: tuple[str, ...]
    codes: tuple[str, ...] = ()


FORMS: Final[Mapping[str, Form]] = {
    "aspects": Form("wording:find_missing_headings", ("names",)),
    "mentions": Form("wording:find_missing_words", ("names",)),
    "sentences": Form("wording:find_missing_sentences", ("text",)),
    "patterns": Form("wording:find_patterns", ("text",)),
    "amounts": Form("wording:find_equal_amounts", ("given", "place")),
    "years": Form("years:check_years", ("given", "text", "year")),
    "periods": Form("years:check_periods", ("given", "wanted")),
    "deadlines": Form("deadlines:check_deadlines", ("given", "place", "wanted")),
    "copies": Form("similarity:find_copies", ("file", "share")),
    "leads": Form("lead:check_lead", (), ("lead-sections", "lead-count", "lead-old-section")),
    "organs": Form("organs:check_organs", ("given", "wanted")),
    "problems": Form(
        "problems:check_problems",
        (),
        ("problems-none", "problems-few", "problems-unsure", "measures-few", "measures-unsure"),
    ),
    "privacy": Form(
        "privacy:find_personal_data",
        (),
        ("personal-identity", "personal-mobile", "personal-card", "personal-name"),
    ),
    "numbering": Form("numbering:check_numbering", (), ("numbering-broken", "numbering-mixed")),
}
"""The forms of checks that review.yaml may ask for; codes of a form's own are the engine's."""


@dataclass(frozen=True, slots=True)
class Task:
    """One check the kind asks for, with its data."""

    subject: Review
    code: str
    data: Mapping[str, Any]
    severity: Severity | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it looks at; none means all."""
        return tuple(self.data.get("fields", ()))

    def find(self, where: Stretch | str, code: str = "", **arguments: Any) -> Diagnostic:
        """A finding at a stretch of text or at a field; the code is the task's unless another is given."""
        if isinstance(where, str):
            at, path = self.subject.locate(where), where
        else:
            at, path = where.location, where.path
        return self.subject.find(code or self.code, at, path, severity=self.severity, **arguments)


Checker = Callable[[Task], Iterable[Diagnostic]]


def follow_guide(subject: Review) -> Iterator[Diagnostic]:
    """The findings of every check of review.yaml that is meant for the report."""
    for form, entries in subject.report.kind.review.items():
        module, _, name = FORMS[form].function.partition(":")
        check: Checker = getattr(import_module(f"{ROOM}.{module}"), name)
        for code, data in entries.items():
            if applies(subject, data):
                severity = Severity(data["severity"]) if "severity" in data else None
                own = FORMS[form].codes
                yield from check(Task(subject, own[0] if own else data.get("code", code), data, severity))


def applies(subject: Review, data: Mapping[str, Any]) -> bool:
    """Whether a check is meant for a report: its fields and its figures are as the data says.

    `when` holds the values a field may have, `like` a pattern found in it.
    """
    if any(subject.texts.get(key) not in allowed for key, allowed in data.get("when", {}).items()):
        return False
    like: Mapping[str, str] = data.get("like", {})
    if any(not re.search(wanted, subject.texts.get(key) or "") for key, wanted in like.items()):
        return False
    if "provided" not in data:
        return True
    rule = condition(data["provided"])
    return rule is not None and holds(rule, names_of(subject))


@lru_cache(maxsize=128)
def condition(text: str) -> Rule | None:
    """The rule of a condition, compiled once for all reports."""
    return compile_rule(text, Location(""))[0]


def names_of(subject: Review) -> Any:
    """What conditions may speak of: the report's names, last year's under their word."""
    report, last = subject.report, subject.last
    if last is None:
        return report.names
    word = report.kind.vocabulary["last"]
    return replace(report.names, values={**report.names.values, word: last.names.values})
