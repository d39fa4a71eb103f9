"""Everything found in one report in; the same without what only follows from another finding, out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from reportgen.diagnostics import Diagnostic, Location
from reportgen.model.shape import Misshape, meant_by

LETTERS: Final = frozenset({"control-character", "invisible-character", "damaged-character"})
"""Findings about single characters: whatever else is wrong with the value around one is its doing."""
NAMES: Final = frozenset({"name-not-given", "unknown-name", "name-of-group"})
"""Findings about names in expressions."""
LOST_KEY: Final = "no-colon-in-braces"
"""The finding of a key that is left out of its mapping."""
REPEATED_KEY: Final = "duplicate-key"
BRACES: Final = "unquoted-expression"
BLANK: Final = "wide-space"
STRAY: Final = "unknown-key"


def suspects(misshapes: Iterable[Misshape], found: Iterable[Diagnostic]) -> frozenset[str]:
    """The paths of mappings that hold a key that is not what it should be: what they lack may be under it."""
    strays = [misshape for misshape in misshapes if misshape.key]
    homes = {home for stray in strays for home in stray.arguments.get("owners", "").split("、")}
    around = {".".join(map(str, stray.at)) for stray in strays}
    lost = {finding.path.rpartition(".")[0] for finding in found if finding.code == LOST_KEY}
    twice = {finding.path for finding in found if finding.code == REPEATED_KEY}
    return frozenset(homes | around | lost | twice)


def without_consequences(
    found: Iterable[Diagnostic], misshapes: Iterable[Misshape]
) -> tuple[Diagnostic, ...]:
    """The findings that have a cause of their own."""
    left = _without_shadows(tuple(found))
    broken = {field for misshape in misshapes if (field := _hidden_field(misshape))}
    return tuple(finding for finding in left if not _follows(finding, broken))


def _follows(finding: Diagnostic, broken: Collection[str]) -> bool:
    """Whether a finding is about a name in, or a key of, a field that cannot be read."""
    name = _names(finding) if finding.code in NAMES else finding.arguments.get("owners", "")
    return name in broken


def _hidden_field(misshape: Misshape) -> str:
    """The field that cannot be read because of a misshape: it is no such thing, or its key is not right."""
    at, key = meant_by(misshape)
    if misshape.key:
        return "" if at else key
    return str(misshape.at[0]) if len(misshape.at) == 1 else ""


def _names(finding: Diagnostic) -> str:
    """The field that the name of an expression begins with."""
    return finding.arguments.get("full", "").partition(".")[0]


def _without_shadows(found: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """The findings without those whose very place has a better one."""
    letters = [finding.location for finding in found if finding.code in LETTERS]
    others = {finding.location for finding in found if finding.code != BRACES}
    shifted = {finding.location.line for finding in found if finding.code == BLANK}
    for finding in found:
        spoilt = finding.code not in LETTERS and any(_holds(finding.location, letter) for letter in letters)
        braces = finding.code == BRACES and finding.location in others
        stray = finding.code == STRAY and finding.location.line in shifted
        if not (spoilt or braces or stray):
            yield finding


def _holds(whole: Location, part: Location) -> bool:
    """Whether a place lies inside another."""
    begin, end = (whole.line, whole.column), (whole.end_line, whole.end_column)
    return begin <= (part.line, part.column) and (part.end_line, part.end_column) <= end
