"""Results in, standard output out; words in, standard error out: always UTF-8, never a broken terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from reportgen.diagnostics import Diagnostic, Language, Severity
from reportgen.language import word

if TYPE_CHECKING:
    from reportgen.progress import Progress

STDOUT: Final = "stdout"
"""What a finding calls standard output when it cannot be written."""
CODES: Final = (*range(9), *range(11, 32), *range(127, 160))
CONTROLS: Final = {code: f"\\x{code:02x}" for code in CODES}


@dataclass(frozen=True, slots=True)
class Console:
    """Where a command speaks: results on `out`, words on `err`, in one language."""

    out: TextIO
    err: TextIO
    language: Language = "zh"
    quiet: bool = False
    verbose: bool = False

    def show(self, text: str) -> None:
        """Print a result, a line or several."""
        write(self.out, text)

    def say(self, key: str, **arguments: object) -> None:
        """Print words beside the result, unless quiet."""
        if not self.quiet:
            write(self.err, word(key, self.language, **arguments))

    def word(self, key: str, **arguments: object) -> str:
        """Words of the interface in the language of this console."""
        return word(key, self.language, **arguments)

    def complain(
        self,
        found: tuple[Diagnostic, ...],
        *,
        to_out: bool = False,
        json: bool = False,
        sources: Mapping[str, str] | None = None,
    ) -> None:
        """Print findings: JSON always on standard output, text where asked; quiet leaves only errors.

        `sources` are texts to show lines of, by name, when they stand in no file.
        """
        if json:
            from reportgen.reporters import report_json

            put(self.out, report_json(found, self.language))
            return
        shown = tuple(d for d in found if to_out or not self.quiet or d.level is Severity.ERROR)
        stream = self.out if to_out else self.err
        if shown:
            from reportgen.reporters import report_text

            put(stream, report_text(shown, self.language, sources, color=is_colored(stream)))

    def progress(self, steps: int) -> Progress:
        """A bar for work of that many steps."""
        from reportgen.progress import Progress, is_terminal

        return Progress(self.err, steps, is_terminal(self.err) and not self.quiet)


def is_colored(stream: TextIO) -> bool:
    """Whether findings are painted there."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def write(stream: TextIO, text: str) -> None:
    """Print text with a newline; control characters of names and values are shown, not obeyed."""
    put(stream, text.removesuffix("\n").translate(CONTROLS) + "\n")


def put(stream: TextIO, text: str) -> None:
    """Print text as it is, quiet when the reader has gone; raises FileError when it cannot be written."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        silence(stream)
    except OSError as error:
        silence(stream)
        if stream is not sys.stderr:
            from reportgen.files.failures import file_error

            raise file_error(error, STDOUT) from error


def silence(stream: TextIO) -> None:
    """Let nothing more reach a stream that cannot be written, what it still holds included."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    stream.flush()


def open_streams() -> None:
    """Make standard output and error write UTF-8 whatever the locale; one that was closed goes nowhere.

    A standard input that was closed becomes one that is no terminal and cannot be read.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < 3:
        pass  # the number of a closed standard stream must not become that of somebody's file
    os.close(descriptor)
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open("w", encoding="utf-8")
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
