"""The checks made on finished documents: what each asks, what it measured, and its verdict, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from reportgen.diagnostics import Bilingual, Diagnostic, is_fatal

NOTHING: Final = Bilingual("", "")
NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Verdict(Enum):
    """The answers of a check: what cannot be told counts as failed, what was not asked for does not."""

    HOLDS = "holds"
    FAILS = "fails"
    UNTOLD = "cannot-be-told"
    LEFT_OUT = "not-made"
    NOT_APPLICABLE = "not-applicable"


UNASKED: Final = frozenset({Verdict.LEFT_OUT, Verdict.NOT_APPLICABLE})
"""The answers of checks that were not made and need not be."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One number of a standard beside what was found, each with its unit; the tolerance may be empty."""

    item: Bilingual
    clause: str
    expected: str | Bilingual
    found: str | Bilingual
    tolerance: str | Bilingual = ""
    verdict: Verdict = Verdict.HOLDS


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A picture (PNG) that a report of the verification shows."""

    title: Bilingual
    image: bytes


@dataclass(frozen=True, slots=True)
class Check:
    """One check made on the documents: `name` is its name in the catalogue, `tool` what made it.

    `summary` says in a line what was looked at and how much of it.
    """

    name: str
    verdict: Verdict
    summary: Bilingual = NOTHING
    tool: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckType:
    """A catalogue entry: what a check asks, why, and the clause or promise it rests on."""

    name: str
    title: Bilingual
    explanation: Bilingual
    source: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Every check made on a subject, in order.

    `texts` are those of files inside it, by the names shown; `about` says by its official keys which report
    it is, as far as that is known. `tolerated` names the checks that may be left without an answer. `quick`
    says that no other program was asked.
    """

    subject: str
    checks: tuple[Check, ...]
    texts: Mapping[str, str] = field(default_factory=lambda: NONE)
    about: Mapping[str, str] = field(default_factory=lambda: NONE)
    tolerated: frozenset[str] = frozenset()
    quick: bool = False

    @property
    def passed(self) -> bool:
        """Whether no check failed, none was left without an answer, and not all were left out."""
        verdicts = {check.verdict for check in self.checks if not self.is_tolerated(check)}
        made = not self.checks or bool(verdicts - UNASKED)
        return made and verdicts <= UNASKED | {Verdict.HOLDS}

    @property
    def is_told(self) -> bool:
        """Whether no check is without an answer, tolerated or not."""
        return all(check.verdict is not Verdict.UNTOLD for check in self.checks)

    def is_tolerated(self, check: Check) -> bool:
        """Whether a check is without an answer and that is only said; one that broke off never is."""
        is_untold = check.verdict is Verdict.UNTOLD and check.name in self.tolerated
        return is_untold and not is_fatal(check.diagnostics)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything found by all checks."""
        return tuple(found for check in self.checks for found in check.diagnostics)


def judged(
    name: str,
    found: Sequence[Diagnostic],
    summary: Bilingual = NOTHING,
    *,
    tool: str = "",
    measurements: Sequence[Measurement] = (),
    exhibits: Sequence[Exhibit] = (),
) -> Check:
    """A check that was made: it holds when nothing found is an error."""
    verdict = Verdict.FAILS if is_fatal(tuple(found)) else Verdict.HOLDS
    return Check(name, verdict, summary, tool, tuple(found), tuple(measurements), tuple(exhibits))


def left_out(name: str, reason: Bilingual, tool: str = "") -> Check:
    """A check that was not made because what it needs is not there, or was not asked for."""
    return Check(name, Verdict.LEFT_OUT, reason, tool)


@cache
def check_catalogue() -> Mapping[str, CheckType]:
    """Every check there is, by name."""
    from reportgen.catalogue import read_yaml

    entries: dict[str, CheckType] = {}
    for file in sorted((files("reportgen.findings") / "checks").iterdir(), key=lambda item: item.name):
        if file.name.endswith(".yaml"):
            for name, entry in (read_yaml(file.read_text("utf-8")) or {}).items():
                entries[name] = CheckType(
                    name, Bilingual(**entry["title"]), Bilingual(**entry["explanation"]), entry["source"]
                )
    return MappingProxyType(entries)


def entry_of(check: Check) -> CheckType:
    """The catalogue's entry of a check; its name alone where there is none."""
    both = Bilingual(check.name, check.name)
    return check_catalogue().get(check.name) or CheckType(check.name, both, NOTHING, "")


def title_of(check: Check) -> Bilingual:
    """The title of a check."""
    return entry_of(check).title
