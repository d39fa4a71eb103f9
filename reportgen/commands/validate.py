"""`validate`: report files in, every finding out, in file order."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reportgen.console import Console
from reportgen.diagnostics import Diagnostic, is_fatal

STANDARD_INPUT: Final = "-"


def run(options: Namespace, console: Console) -> int:
    """Check every file, even when one before it cannot be read; the gravest exit code counts."""
    from reportgen.errors import ReportError, ReportgenError

    codes: list[int] = []
    findings: list[Diagnostic] = []
    for name in options.reports:
        try:
            found = check(name, options.kinds)
            codes.append(ReportError.exit_code if is_fatal(found) else 0)
        except ReportgenError as error:
            found = error.diagnostics
            codes.append(error.exit_code)
        findings += found
        if not found:
            console.say("sound", name=name)
    if findings or options.format == "json":
        console.complain(tuple(findings), to_out=True, json=options.format == "json")
    return max(codes)


def check(name: str, kinds: Sequence[Path]) -> tuple[Diagnostic, ...]:
    """The findings about one file, or about what comes in; raises FileError and KindError."""
    from reportgen.model.limits import FILE_BYTES
    from reportgen.model.report import read_report, validate

    if name == STANDARD_INPUT:
        return read_report(sys.stdin.buffer.read(FILE_BYTES + 1), Path(name), kinds=kinds).diagnostics
    return validate(Path(name), kinds=kinds)
