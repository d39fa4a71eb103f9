"""What is wrong with a file in, as it is noticed; the findings out, never more than a reader can use."""

from __future__ import annotations

from typing import Any

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location, Related
from reportgen.model.limits import FINDINGS


class Notes:
    """The findings of one file in the order they were noticed, at most one more than are listed."""

    def __init__(self) -> None:
        """Begin with none."""
        self.findings: list[Diagnostic] = []

    @property
    def full(self) -> bool:
        """Whether no more are taken."""
        return len(self.findings) > FINDINGS

    def add(
        self,
        code: str,
        location: Location,
        path: str = "",
        related: tuple[Related, ...] = (),
        **arguments: Any,
    ) -> None:
        """Note a finding."""
        if not self.full:
            self.findings.append(find(code, location, path, related=related, **arguments))


def limited(findings: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The findings; of too many the first, and that there are more."""
    if len(findings) <= FINDINGS:
        return findings
    return *findings[:FINDINGS], find("too-many-findings", findings[FINDINGS].location, limit=FINDINGS)
