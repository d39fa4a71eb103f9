"""The changes of a correction and who approved it in; whose approval is still lacking out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic, Location
from reportgen.model.review.profiles import read_profile

if TYPE_CHECKING:
    from reportgen.model.changes.change import Change
    from reportgen.model.report import Report
    from reportgen.model.review.references import Against


def needed_approvals(
    changes: Sequence[Change], report: Report, against: Against, given: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """The approvals given, and a finding for each level whose approval a superior's demands ask for in vain.

    An approval is the office of who gave it with the name behind it (`分管负责人 李四`).
    """
    profile, _ = read_profile(report, against)
    wanted = profile.approvals if profile else {}
    levels = sorted({change.level for change in changes}, reverse=True)
    lacking = [
        (level.name.lower(), wanted[level.name.lower()])
        for level in levels
        if level.name.lower() in wanted and not is_given(wanted[level.name.lower()], given)
    ]
    words = report.kind.profile
    return tuple(given), tuple(
        find(
            "approval-missing",
            Location("--approved"),
            level=Bilingual(words[level], level),
            who=who,
            profile=profile.name if profile else "",
        )
        for level, who in lacking
    )


def is_given(wanted: str, given: Sequence[str]) -> bool:
    """Whether one of the approvals is by that office, with a name behind it."""
    return any(text.startswith(wanted) and text.removeprefix(wanted).strip(" ：:　") for text in given)
