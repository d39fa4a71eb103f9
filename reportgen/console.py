"""Results in, standard output out; words in, standard error out: always UTF-8, never a broken terminal."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TextIO

from reportgen.diagnostics import Diagnostic, Language, Severity
from reportgen.language import word

if TYPE_CHECKING:
    from reportgen.progress import Progress

CONTROLS: Final = {code: f"\\x{code:02x}" for code in (*range(32), 127, *range(128, 160)) if code not in (9, 10)}


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

    def complain(self, diagnostics: tuple[Diagnostic, ...], *, to_out: bool = False, json: bool = False) -> None:
        """Print findings: as JSON always on standard output, as text where asked; quiet leaves only errors."""
        from reportgen.reporters import report_json, report_text

        if json:
            self.show(report_json(diagnostics, self.language))
            return
        shown = tuple(d for d in diagnostics if to_out or not self.quiet or d.level is Severity.ERROR)
        if shown:
            write(self.out if to_out else self.err, report_text(shown, self.language))

    def progress(self, steps: int) -> Progress:
        """A bar for work of that many steps."""
        from reportgen.progress import Progress, is_terminal

        return Progress(self.err, steps, is_terminal(self.err) and not self.quiet)


def write(stream: TextIO, text: str) -> None:
    """Print text with a newline; control characters of names and values are shown, not obeyed."""
    stream.write(text.removesuffix("\n").translate(CONTROLS) + "\n")


def open_streams() -> tuple[TextIO, TextIO]:
    """Standard output and error, in UTF-8 whatever the locale; one that was closed goes nowhere."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < 3:
        pass  # a closed standard stream must not become somebody's output file
    os.close(descriptor)
    streams = [stream or open(os.devnull, "w", encoding="utf-8") for stream in (sys.stdout, sys.stderr)]  # noqa: SIM115
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    return streams[0], streams[1]


def silence(stream: TextIO) -> None:
    """Let nothing more reach a stream whose reader has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
