"""What is wrong with a file in, as it is noticed; the findings out, never more than a reader can use."""

from __future__ import annotations

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location, Related
from reportgen.model.limits import FINDINGS


class Notes:
    """The findings of one file in the order they were noticed; `full` when no more are taken."""

    def __init__(self) -> None:
        """Begin with none."""
        self.findings: list[Diagnostic] = []
        self.full = False

    def add(
        self, code: str, location: Location, path: str = "", related: tuple[Related, ...] = (), **arguments: object
    ) -> None:
        """Note a finding; in place of the first one too many, that there are too many."""
        if self.full:
            return
        if len(self.findings) < FINDINGS:
            self.findings.append(find(code, location, path, related=related, **arguments))
        else:
            self.full = True
            self.findings.append(find("too-many-findings", location, limit=FINDINGS))
