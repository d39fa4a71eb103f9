"""What an office says about findings it leaves as they are in; the findings with their reasons out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reportgen.catalogue import engine_catalogue, find
from reportgen.diagnostics import Diagnostic, FindingType, Listed, Location, Severity
from reportgen.model.strays import nearest
from reportgen.model.values import Mark, Prose

if TYPE_CHECKING:
    from reportgen.model.report import Report

LEAST: Final = 6
"""Characters of a reason that can explain anything."""
DIFFERENT: Final = 4
"""Different characters among them."""
INSIDE: Final = (".", "[")
"""What follows the path of a thing in the paths of what is inside it."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One entry: the code, the place or places it holds for (all when empty), the reason, and where it is."""

    code: str
    place: str
    reason: str
    location: Location
    path: str

    @property
    def is_reasoned(self) -> bool:
        """Whether the reason is long enough to be one."""
        return len(self.reason) >= LEAST and len(set(self.reason)) >= DIFFERENT

    def covers(self, finding: Diagnostic) -> bool:
        """Whether a finding is one it speaks of: of its code, at its place or inside."""
        path, place = finding.path, self.place
        return finding.code == self.code and (
            not place or path == place or path.startswith(tuple(place + mark for mark in INSIDE))
        )


def read_waivers(report: Report) -> tuple[Waiver, ...]:
    """The waivers of a report in their order."""
    words = report.kind.waiver
    entries = report.values.get(report.kind.fields.get("waivers", ""))
    if not words or not isinstance(entries, Mapping):
        return ()
    return tuple(_read(entry, words) for entry in entries.values() if isinstance(entry, Mapping))


def _read(entry: Mapping[str, object], words: Mapping[str, str]) -> Waiver:
    values = {role: entry.get(key) for role, key in words.items()}
    texts = {role: str(v) if isinstance(v, Prose) and _is_given(v) else "" for role, v in values.items()}
    first = next(value for value in values.values() if isinstance(value, Prose))
    return Waiver(
        texts["code"], texts["place"], texts["reason"].strip(), first.location, first.path.rpartition(".")[0]
    )


def _is_given(prose: Prose) -> bool:
    return bool(prose.segments) and prose.segments[0].mark is Mark.PLAIN


def apply_waivers(
    waivers: Sequence[Waiver], found: Sequence[Diagnostic], catalogue: Mapping[str, FindingType]
) -> tuple[Diagnostic, ...]:
    """The findings, those that are waived with their reasons, and what is wrong with the waivers.

    A waived warning becomes a hint, an error that may be waived a warning; `catalogue` holds the codes that
    could have been found: a waiver of one of them that covers nothing is stale.
    """
    return (
        *waive(found, waivers),
        *(finding for waiver in waivers for finding in _judge(waiver, found, catalogue)),
    )


def waive(found: Sequence[Diagnostic], waivers: Sequence[Waiver]) -> tuple[Diagnostic, ...]:
    """The findings, those that a reasoned waiver covers with their reasons."""
    sound = [waiver for waiver in waivers if waiver.is_reasoned]
    return tuple(_waive(finding, sound) for finding in found)


def _waive(finding: Diagnostic, waivers: Sequence[Waiver]) -> Diagnostic:
    waiver = next((waiver for waiver in waivers if waiver.covers(finding)), None)
    if waiver is None or _must_be_mended(finding):
        return finding
    level = Severity.WARNING if finding.level is Severity.ERROR else Severity.HINT
    return replace(finding, severity=level, reason=waiver.reason)


def _judge(
    waiver: Waiver, found: Sequence[Diagnostic], catalogue: Mapping[str, FindingType]
) -> Iterator[Diagnostic]:
    """What is wrong with a waiver."""
    entry = catalogue.get(waiver.code) or engine_catalogue().get(waiver.code)
    covered = [finding for finding in found if waiver.covers(finding)]
    if not waiver.code:
        return  # a gap, found as such
    if entry is None:
        names = Listed(nearest(waiver.code, list(catalogue)))
        case = "" if names else "far"
        yield find("waiver-unknown", waiver.location, waiver.path, name=waiver.code, nearest=names, case=case)
    elif _is_refused(entry, covered):
        yield find("waiver-refused", waiver.location, waiver.path, name=waiver.code)
    elif not waiver.is_reasoned:
        yield find("waiver-reason", waiver.location, waiver.path, reason=waiver.reason, least=LEAST)
    elif not covered and waiver.code in catalogue:
        yield find("waiver-stale", waiver.location, waiver.path, name=waiver.code)


def _is_refused(entry: FindingType, covered: Sequence[Diagnostic]) -> bool:
    """Whether one of the findings covered has to be mended; without any, whether the code's own would."""
    return any(map(_must_be_mended, covered)) if covered else _never(entry)


def _must_be_mended(finding: Diagnostic) -> bool:
    """Whether no reason helps: an error that may not be waived, here or in the final report."""
    is_error = finding.level is Severity.ERROR and not finding.type.waivable
    return is_error or _never(finding.type)


def _never(entry: FindingType) -> bool:
    """Whether a code is one of errors that have to be mended, also where they only warn in a draft."""
    return entry.severity is Severity.ERROR and not entry.waivable
