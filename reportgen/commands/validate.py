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
    from reportgen.model.report import Loaded
    from reportgen.model.review.figures.listing import Row
    from reportgen.model.review.references import Against

STANDARD_INPUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one file; `texts` shows lines of what stands in no file, `rows` are its numbers."""

    name: str
    found: tuple[Diagnostic, ...]
    code: int
    texts: Mapping[str, str] | None = None
    rows: tuple[Row, ...] = ()


def run(options: Namespace, console: Console) -> int:
    """Check every file, even when one before it cannot be read; the gravest exit code counts."""
    results: list[Checked] = []
    for name in options.reports:
        results.append(handle(name, options, console))
        if options.format == "text":
            show(results[-1], console)
    if options.format == "json" and options.figures:
        show_rows(results, console)
    elif options.format == "json":
        console.complain(tuple(finding for result in results for finding in result.found), json=True)
    return max(result.code for result in results)


def handle(name: str, options: Namespace, console: Console) -> Checked:
    """Mend a file when that is asked for, then check it; what came in can only be shown mended."""
    from reportgen.errors import ReportgenError

    held, data = against(options), None
    try:
        if options.fix or options.dry_run:
            data = mend_file(name, held, options, console)
        return check(name, options.kinds, held, data, strict=options.strict, figures=options.figures)
    except ReportgenError as error:
        return Checked(name, error.diagnostics, error.exit_code)


def mend_file(name: str, held: Against, options: Namespace, console: Console) -> bytes:
    """The content of a file with all certain remedies, shown as a diff, and written when asked for."""
    from reportgen.files.writing import rewrite_file
    from reportgen.model.edits.mending import mend, show_changes

    before = read_input(name)
    mended = mend(before, lambda data: find_all(name, data, options.kinds, held))
    if mended.data == before:
        console.say("nothing to fix", name=name)
        return before
    changes = show_changes(name, before, mended.data)
    if options.format == "text":
        console.show(changes)
    if options.dry_run or name == STANDARD_INPUT:
        console.say("would fix", name=name, count=mended.count)
    else:
        rewrite_file(Path(name), before, mended.data)
        console.say("fixed", name=name, count=mended.count)
    return mended.data


def read_input(name: str) -> bytes:
    """The content of a file, or of standard input."""
    from reportgen.files.reading import read_file
    from reportgen.model.limits import FILE_BYTES

    if name != STANDARD_INPUT:
        return read_file(Path(name), FILE_BYTES)
    return read_standard_input(FILE_BYTES + 1)


def read_standard_input(most: int) -> bytes:
    """What comes in, so many bytes at most; raises FileError when it was closed or cannot be read."""
    from reportgen.files.failures import explained, stopped

    if not sys.stdin.readable():
        raise stopped("input-closed", STANDARD_INPUT)
    with explained(STANDARD_INPUT):
        return sys.stdin.buffer.read(most)


def find_all(name: str, data: bytes, kinds: Sequence[Path], held: Against) -> tuple[Diagnostic, ...]:
    """Every finding about a content, however many."""
    return load(name, data, kinds, held, everything=True).diagnostics


def load(name: str, data: bytes, kinds: Sequence[Path], held: Against, *, everything: bool = False) -> Loaded:
    """The report of a content and the findings about it, as far as anyone would read them or everything."""
    from reportgen.model.report import read_report, reviewed
    from reportgen.model.shape import MOST

    most = None if everything else MOST
    return reviewed(read_report(data, Path(name), kinds=kinds, most=most), held, kinds, most)


def list_rows(loaded: Loaded, kinds: Sequence[Path], held: Against) -> tuple[Row, ...]:
    """The numbers of a report's texts; none when its shape is wrong."""
    from reportgen.model.review.figures.listing import list_figures
    from reportgen.model.review.references import read_last
    from reportgen.model.review.review import Review

    report = loaded.report
    return () if report is None else list_figures(Review(report, read_last(report, held, kinds)[0]))


def against(options: Namespace) -> Against:
    """What the options hold a report against."""
    from reportgen.model.review.references import Against

    last, profile = (Path(name) if name else None for name in (options.last, options.profile))
    return Against(last, tuple(Path(name) for name in options.compare or ()), profile)


def check(
    name: str,
    kinds: Sequence[Path],
    held: Against,
    data: bytes | None = None,
    *,
    strict: bool = False,
    figures: bool = False,
) -> Checked:
    """The findings about one file, or about `data` in its place; `strict` lets warnings count as errors.

    With `figures` the numbers of its texts are listed too.
    """
    from reportgen.errors import ReportError, ReportgenError
    from reportgen.model.encoding import readable

    is_shown = data is not None or name == STANDARD_INPUT
    texts = None
    try:
        content = read_input(name) if data is None else data
        texts = {name: readable(content)} if is_shown else None
        loaded = load(name, content, kinds, held)
        rows = list_rows(loaded, kinds, held) if figures else ()
    except ReportgenError as error:
        return Checked(name, error.diagnostics, error.exit_code, texts)
    found = loaded.diagnostics
    is_bad = is_fatal(found) or (strict and any(map(counts, found)))
    return Checked(name, found, ReportError.exit_code if is_bad else 0, texts, rows)


def counts(finding: Diagnostic) -> bool:
    """Whether a finding stands in the way of a strict reader: a warning for which no reason was given."""
    return finding.level is Severity.WARNING and not finding.reason


def show(result: Checked, console: Console) -> None:
    """Print the findings about one file, or its numbers when they were listed."""
    if result.rows:
        from reportgen.console import put
        from reportgen.reporters.figures import figures_text

        put(console.out, figures_text(result.name, result.rows, console.language))
    elif result.found:
        console.complain(result.found, to_out=True, sources=result.texts)
    else:
        console.say("sound", name=result.name)


def show_rows(results: Sequence[Checked], console: Console) -> None:
    """Print the numbers of all files as JSON."""
    from reportgen.console import put
    from reportgen.reporters.figures import figures_json

    put(console.out, figures_json([row for result in results for row in result.rows]))
