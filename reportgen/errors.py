"""What stops a command: one exception per exit code, each carrying the findings to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic


class ReportgenError(Exception):
    """A command cannot go on; `diagnostics` says why, `exit_code` is the public exit code."""

    exit_code: ClassVar[int] = 70

    def __init__(self, *diagnostics: Diagnostic) -> None:
        """Carry the findings that explain the stop."""
        super().__init__(*(str(diagnostic) for diagnostic in diagnostics))
        self.diagnostics = diagnostics


class ReportError(ReportgenError):
    """The report has errors."""

    exit_code = 1


class UsageError(ReportgenError):
    """The command was called wrongly."""

    exit_code = 2


class KindError(ReportgenError):
    """A kind or one of its templates is broken."""

    exit_code = 3


class MissingError(ReportgenError):
    """Something needed is missing from the machine: a font, a library, a validator."""

    exit_code = 4


class FileError(ReportgenError):
    """A file cannot be read or written."""

    exit_code = 5


class VerificationError(ReportgenError):
    """The documents were made, but verification failed: nothing is released."""

    exit_code = 6


class SignatureError(ReportgenError):
    """A key, certificate, token, time stamp or seal cannot be used, or a signature cannot be made."""

    exit_code = 7


class LedgerError(ReportgenError):
    """The record of a report does not hold, or what is asked does not go with what it says."""

    exit_code = 8
