"""What is wrong with a file in, as it is noticed; the findings out, never more than a reader can use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location, Related, in_file_order
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


def settled(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings in file order, each once with its longest path; of too many, the first."""
    by_path = sorted(findings, key=lambda finding: len(finding.path))
    ordered = in_file_order(
        tuple({(finding.location, finding.code): finding for finding in by_path}.values())
    )
    if len(ordered) <= FINDINGS:
        return ordered
    return *ordered[:FINDINGS], find("too-many-findings", ordered[FINDINGS].location, limit=FINDINGS)
