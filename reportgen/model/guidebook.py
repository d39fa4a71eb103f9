"""A kind's review.yaml in; its checks of texts and their finding codes, or what is wrong with them, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from reportgen.catalogue import engine_catalogue
from reportgen.diagnostics import FindingType
from reportgen.model.misfits import Misfit
from reportgen.model.review.guide import FORMS
from reportgen.model.review.texts import pattern
from reportgen.model.rulebook import Data, Place, RuleReader, Tables

PATTERNS: Final = (
    "about",
    "holds",
    "pattern",
    "before",
    "own",
    "after",
    "work",
    "count",
    "none",
    "measure",
    "problem",
    "denied",
    "trace",
    "neutral",
    "lead",
    "ends",
)
"""Keys that hold a pattern; `words` and `names` do in checks of personal data."""
FIELDS: Final = ("field", "contact", "fields", "public", "next")
"""Keys that name fields of a report."""
LISTS: Final = ("patterns", "lacking")
"""Keys that hold patterns in a list."""
CONDITIONS: Final = ("elsewhere", "unless")
"""Keys that hold a pattern with fields of its own."""


def read_guide(
    data: Data, tables: Tables, *, checked: bool = False
) -> tuple[Data, Mapping[str, FindingType], tuple[Misfit, ...]]:
    """The checks by their form, the codes of their own, and what is wrong with them, unless checked."""
    last = data["kind"]["vocabulary"]["last"]
    reader = GuideReader(data.get("review", {}), data["schema"]["properties"], tables, last, checked=checked)
    if not checked:
        reader.check_findings()
        reader.check_tasks()
    checks = {form: entries for form, entries in reader.declared.items() if form in FORMS}
    return checks, reader.catalogue, tuple(reader.misfits)


class GuideReader(RuleReader):
    """Reads the checks of texts of one kind; `misfits` grow as it goes."""

    stem = "review"

    def tasks(self) -> Iterator[tuple[str, str, Data]]:
        """The form, the name and the data of every check."""
        for form in FORMS:
            yield from ((form, name, entry) for name, entry in self.declared.get(form, {}).items())

    def used_codes(self) -> set[str]:
        """The codes that some check emits."""
        return {code for form, name, entry in self.tasks() for code in codes_of(form, name, entry)}

    def arguments_of(self, code: str) -> Sequence[str]:
        """What every check that emits the code can fill in."""
        forms = [form for form, name, entry in self.tasks() if code in codes_of(form, name, entry)]
        common = [set(FORMS[form].arguments) for form in forms]
        return sorted(set.intersection(*common)) if common else ()

    def check_tasks(self) -> None:
        """Report codes, fields, patterns, figures and conditions that are not what they should be."""
        codes = dict.fromkeys((*self.catalogue, *engine_catalogue()))
        for form, name, entry in self.tasks():
            for code in codes_of(form, name, entry):
                self.is_known(code, codes, (form, name), "finding-undeclared")
            self._check_fields(entry, (form, name))
            self._check_patterns(form, entry, (form, name))
            if "provided" in entry:
                self.condition(entry["provided"], (form, name, "provided"))
            if "figure" in entry:
                self.is_known(entry["figure"], self.figures, (form, name, "figure"))

    def _check_fields(self, entry: Data, at: Place) -> None:
        for key in FIELDS:
            named = entry.get(key, ())
            for field in (named,) if isinstance(named, str) else named:
                self.is_known(field, self.properties, (*at, key))
        for condition in ("when", "like"):
            for key in entry.get(condition, {}):
                self.is_known(key, self.properties, (*at, condition, key))
        for key in CONDITIONS:
            if key in entry:
                self._check_fields(entry[key], (*at, key))

    def _check_patterns(self, form: str, entry: Data, at: Place) -> None:
        keys = (*PATTERNS, "words", "names") if form == "privacy" else PATTERNS
        texts: list[tuple[Place, Any]] = [((*at, key), entry[key]) for key in keys if key in entry]
        texts += [((*at, "like", key), text) for key, text in entry.get("like", {}).items()]
        for key in LISTS:
            texts += [((*at, key, number), text) for number, text in enumerate(entry.get(key, ()))]
        texts += [((*at, key, "pattern"), entry[key]["pattern"]) for key in CONDITIONS if key in entry]
        for place, text in texts:
            try:
                pattern(text)
            except re.error as error:
                self.report("pattern-unreadable", place, reason=error)


def codes_of(form: str, name: str, entry: Data) -> tuple[str, ...]:
    """The codes that a check of a form can emit."""
    return (*FORMS[form].codes,) if FORMS[form].codes else (entry.get("code", name),)
