"""Everything found in one report in; the same without what only follows from another finding, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from reportgen.diagnostics import Diagnostic, Location
from reportgen.model.shape import Misshape

LETTERS: Final = frozenset({"control-character", "invisible-character", "damaged-character"})
"""Findings about single characters: whatever else is wrong with the value around one is its doing."""
NAMES: Final = frozenset({"name-not-given", "unknown-name", "name-of-group"})
"""Findings about names in expressions."""
LOST_KEY: Final = "no-colon-in-braces"
"""The finding of a key that is left out of its mapping."""
BRACES: Final = "unquoted-expression"
BLANK: Final = "wide-space"
STRAY: Final = "unknown-key"


def suspects(misshapes: Iterable[Misshape], found: Iterable[Diagnostic]) -> frozenset[str]:
    """The paths of mappings that hold a key that is not what it should be: what they lack may be under it."""
    strays = [misshape for misshape in misshapes if misshape.key]
    homes = {home for stray in strays for home in stray.arguments.get("owners", "").split("、")}
    around = {".".join(map(str, stray.at)) for stray in strays}
    lost = {finding.path.rpartition(".")[0] for finding in found if finding.code == LOST_KEY}
    return frozenset(homes | around | lost)


def without_consequences(
    found: Iterable[Diagnostic], misshapes: Iterable[Misshape]
) -> tuple[Diagnostic, ...]:
    """The findings that have a cause of their own."""
    left = _without_shadows(tuple(found))
    broken = {misshape.key or str(misshape.at[0]) for misshape in misshapes if _hides_field(misshape)}
    return tuple(finding for finding in left if not (finding.code in NAMES and _names(finding) in broken))


def _hides_field(misshape: Misshape) -> bool:
    """Whether it is why a whole field cannot be read: it is no such thing, or stands in another."""
    if misshape.key:
        return misshape.arguments.get("case") == "first-level"
    return len(misshape.at) == 1


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
