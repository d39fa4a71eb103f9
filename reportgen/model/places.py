"""Offsets in a text in; lines, columns and places as an editor counts them out."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from reportgen.diagnostics import Location


@dataclass(frozen=True)
class Places:
    """A file's text (without its byte order mark) and where its lines begin.

    Lines end at LF, CR LF or CR and at nothing else. Not slotted: the table of lines is made on first use.
    """

    file: str
    text: str

    @cached_property
    def _starts(self) -> array[int]:
        # Same length, one kind of line break: splitting is then done in C, also for five million empty lines.
        uniform = self.text.replace("\r\n", " \n").replace("\r", "\n")
        return array("I", accumulate((len(line) + 1 for line in uniform.split("\n")), initial=0))[:-1]

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column, both from 1, of a character."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Which character stands at a line and column, both from 1: the reverse of `position`."""
        return self._starts[line - 1] + column - 1

    def span(self, start: int, end: int) -> Location:
        """The place of `text[start:end]`."""
        return Location(self.file, *self.position(start), *self.position(end))

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self._starts)

    def line_start(self, offset: int) -> int:
        """Where the line of a character begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Where the text of a character's line ends, before its line break."""
        number = bisect_right(self._starts, offset)
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.line_start(offset) + len(self.text[self.line_start(offset) : end].rstrip("\r\n"))

    def line(self, number: int) -> str:
        """The text of a line, from 1, without its line break; empty when there is no such line."""
        if not 0 < number <= self.lines:
            return ""
        start = self._starts[number - 1]
        return self.text[start : self.line_end(start)]

    def patched(self, start: int, replacement: str) -> Places:
        """The same file with as many characters replaced as are given, so that every place stays."""
        return Places(self.file, self.text[:start] + replacement + self.text[start + len(replacement) :])
