"""Arguments in, one command run, its exit code out: whatever goes wrong is said in the user's language."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

from reportgen.argparse_words import spoken
from reportgen.arguments import Parser, make_parser, verb_in
from reportgen.console import STDOUT, Console, open_streams, write
from reportgen.diagnostics import Language
from reportgen.errors import MissingError, ReportgenError, UsageError
from reportgen.language import asked, choose_language

INTERRUPTED: Final = 130
BUG: Final = 70


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code."""
    open_streams()
    console = Console(sys.stdout, sys.stderr, choose_language(arguments, os.environ))
    try:
        return run_parsed(arguments, console)
    except ReportgenError as error:
        return stop(error, arguments, console)
    except KeyboardInterrupt:
        console.say("interrupted")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 (whatever a user does, no traceback)
        return stop_for(error, arguments, console)


def run_parsed(arguments: Sequence[str], console: Console) -> int:
    """Parse the arguments and run the command they name."""
    parser = parser_in(console.language, verb_in(arguments))
    with spoken(console.language):
        if not arguments:
            write(console.err, parser.format_help())
            return UsageError.exit_code
        try:
            options = parser.parse_args(arguments)
        except SystemExit:  # help or the version was asked for and shown
            return 0
    if hasattr(options, "fonts"):
        options.fonts = next(iter(folders(options.fonts, "REPORTGEN_FONTS")), None)
    options.kinds = folders(options.kinds, "REPORTGEN_KINDS")
    console = Console(console.out, console.err, console.language, options.quiet, options.verbose)
    code: int = import_module(f"reportgen.commands.{options.verb}").run(options, console)
    return code


@cache
def parser_in(language: Language, called: str | None) -> Parser:
    """The parser of a call that speaks a language, made once."""
    with spoken(language):
        return make_parser(language, called)


def folders(option: str | None, variable: str) -> tuple[Path, ...]:
    """The folder given by an option, else by the environment; raises FileError when it is none."""
    given = option or os.environ.get(variable)
    if not given:
        return ()
    if not Path(given).is_dir():
        from reportgen.files.failures import stopped

        raise stopped("not-a-folder" if Path(given).exists() else "file-missing", given)
    return (Path(given),)


def stop(error: ReportgenError, arguments: Sequence[str], console: Console) -> int:
    """Show the findings that stopped a command; in text when standard output cannot be written."""
    stuck = any(found.location.file == STDOUT for found in error.diagnostics)
    try:
        console.complain(error.diagnostics, json=not stuck and asked(arguments, "--format") == "json")
    except ReportgenError:  # not even that can be written
        return 5
    return error.exit_code


def stop_for(error: Exception, arguments: Sequence[str], console: Console) -> int:
    """Tell a failure nobody foresaw: the operating system's, or a bug of ours, never with a traceback."""
    from reportgen.catalogue import find
    from reportgen.diagnostics import Location
    from reportgen.files.failures import file_error

    if isinstance(error, OSError) and error.errno:
        return stop(file_error(error, str(error.filename or "?")), arguments, console)
    missing = missing_library(error)
    if missing:
        return stop(
            MissingError(find("library-missing", Location(missing), name=missing)), arguments, console
        )
    if "-v" in arguments or "--verbose" in arguments:
        write(console.err, describe(error))
    name = write_details(error, arguments)
    finding = find("internal-error", Location("reportgen"), kind=type(error).__name__, name=name)
    stop(ReportgenError(finding), arguments, console)
    return BUG


def missing_library(error: Exception) -> str:
    """The library of others whose lack an error tells of; nothing for every other error."""
    if isinstance(error, ImportError):
        return "" if (error.name or "").startswith("reportgen") else error.name or ""
    quoted = re.search(r"'([\w.+-]+)'", str(error)) if isinstance(error, OSError) else None
    return quoted[1] if quoted else ""


def describe(error: Exception) -> str:
    """The traceback of an error."""
    import traceback

    return "".join(traceback.format_exception(error))


def write_details(error: Exception, arguments: Sequence[str]) -> str:
    """Write what the maintainers need to a new temporary file, and give its name; `-` when that fails too."""
    import tempfile

    from reportgen import __version__

    text = f"reportgen {__version__}\nPython {sys.version}\n{list(arguments)!r}\n\n{describe(error)}"
    try:
        descriptor, name = tempfile.mkstemp(prefix="reportgen-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError:
        return "-"
    return name
