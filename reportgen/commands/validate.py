"""`validate`: report files in, every finding out, in file order."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.console import Console
from reportgen.diagnostics import Diagnostic, Severity, is_fatal

if TYPE_CHECKING:
    from reportgen.model.review.references import Against

STANDARD_INPUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one file; `texts` shows lines of what stands in no file."""

    name: str
    found: tuple[Diagnostic, ...]
    code: int
    texts: Mapping[str, str] | None = None


def run(options: Namespace, console: Console) -> int:
    """Check every file, even when one before it cannot be read; the gravest exit code counts."""
    results: list[Checked] = []
    for name in options.reports:
        results.append(check(name, options.kinds, against(options), strict=options.strict))
        if options.format == "text":
            show(results[-1], console)
    if options.format == "json":
        console.complain(tuple(finding for result in results for finding in result.found), json=True)
    return max(result.code for result in results)


def against(options: Namespace) -> Against:
    """What the options hold a report against."""
    from reportgen.model.review.references import Against

    last, profile = (Path(name) if name else None for name in (options.last, options.profile))
    return Against(last, tuple(Path(name) for name in options.compare or ()), profile)


def check(name: str, kinds: Sequence[Path], held: Against, *, strict: bool = False) -> Checked:
    """The findings about one file, or about what comes in; `strict` lets warnings count as errors do."""
    from reportgen.errors import ReportError, ReportgenError
    from reportgen.model.encoding import readable
    from reportgen.model.limits import FILE_BYTES
    from reportgen.model.report import load_report, read_report, reviewed

    texts = None
    try:
        if name == STANDARD_INPUT:
            data = sys.stdin.buffer.read(FILE_BYTES + 1) if sys.stdin else b""
            texts = {name: readable(data)}
            found = reviewed(read_report(data, Path(name), kinds=kinds), held, kinds).diagnostics
        else:
            found = load_report(Path(name), kinds=kinds, against=held).diagnostics
    except ReportgenError as error:
        return Checked(name, error.diagnostics, error.exit_code, texts)
    is_bad = is_fatal(found) or (strict and any(finding.level is Severity.WARNING for finding in found))
    return Checked(name, found, ReportError.exit_code if is_bad else 0, texts)


def show(result: Checked, console: Console) -> None:
    """Print the findings about one file."""
    if result.found:
        console.complain(result.found, to_out=True, sources=result.texts)
    else:
        console.say("sound", name=result.name)
