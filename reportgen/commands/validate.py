"""`validate`: report files in, every finding out, in file order."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from reportgen.console import Console
from reportgen.diagnostics import Diagnostic, is_fatal


def run(options: Namespace, console: Console) -> int:
    """Check every file, even when one before it cannot be read; the gravest exit code counts."""
    from reportgen.errors import ReportgenError

    codes, findings = [0], []
    for name in options.reports:
        try:
            found = check(Path(name), options.kinds)
            codes.append(1 if is_fatal(found) else 0)
        except ReportgenError as error:
            found = error.diagnostics
            codes.append(error.exit_code)
        findings += found
        if not found and options.format == "text":
            console.say("sound", name=name)
    console.complain(tuple(findings), to_out=True, json=options.format == "json")
    return max(codes)


def check(path: Path, kinds: tuple[Path, ...]) -> tuple[Diagnostic, ...]:
    """The findings about one file."""
    from reportgen.model.report import load_report, validate

    return ()
