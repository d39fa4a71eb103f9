"""Arguments in, one command run, its exit code out: whatever goes wrong is said in the user's language."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from reportgen import __version__
from reportgen.arguments import Parser, spoken
from reportgen.console import Console, open_streams, silence
from reportgen.diagnostics import Language
from reportgen.language import choose_language, word

INTERRUPTED: Final = 130
BUG: Final = 70
VERBS: Final = ("validate", "build", "schema", "kinds", "explain", "doctor")


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code."""
    out, err = open_streams()
    console = Console(out, err, choose_language(arguments, os.environ))
    try:
        return guarded(arguments, console)
    except BrokenPipeError:
        return 0
    except OSError as error:  # the results themselves could not be written
        return complain_of_output(error, console)
    finally:
        close(out, err)


def guarded(arguments: Sequence[str], console: Console) -> int:
    """Run one command; findings that stop it are shown, a bug of ours is told without a traceback."""
    from reportgen.errors import ReportgenError

    try:
        with spoken(console.language):
            options = parse(arguments, console.language)
        console = Console(console.out, console.err, console.language, options.quiet, options.verbose)
        code = perform(options, console)
        console.out.flush()
        return code
    except ReportgenError as error:
        console.complain(error.diagnostics, json=wants_json(arguments))
        return error.exit_code
    except KeyboardInterrupt:
        console.say("interrupted")
        return INTERRUPTED
    except SystemExit as error:  # argparse has shown help or the version
        return error.code if isinstance(error.code, int) else 0
    except OSError:
        raise
    except Exception as error:
        return tell_bug(error, console)


def parse(arguments: Sequence[str], language: Language) -> Namespace:
    """The arguments with the folders named by the environment filled in; raises UsageError."""
    parser = make_parser(language)
    if not arguments:
        parser.print_help(sys.stderr)
        raise SystemExit(2)
    options: Namespace = parser.parse_args(arguments)
    for name, variable in (("fonts", "REPORTGEN_FONTS"), ("kinds", "REPORTGEN_KINDS")):
        given = getattr(options, name, None) or os.environ.get(variable)
        setattr(options, name, Path(given) if given else None)
    return options


def perform(options: Namespace, console: Console) -> int:
    """Run the command that was asked for."""
    code: int = import_module(f"reportgen.commands.{options.verb}").run(options, console)
    return code
