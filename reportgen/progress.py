"""Steps of a long work in, a line on the terminal out; nothing at all where no terminal is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

WIDTH = 20


@dataclass(slots=True)
class Progress:
    """A bar that shows how many of the steps are done and what is being done now."""

    stream: TextIO
    total: int
    shown: bool
    done: int = 0

    def step(self, text: str) -> None:
        """Say that the next step begins."""
        self.draw(self.done, self.total, f"{self.done + 1}/{self.total} {text}")
        self.done += 1

    def draw(self, done: int, total: int, text: str) -> None:
        """Show the bar as full as that, with words behind it."""
        if self.shown:
            filled = WIDTH * done // total
            self.stream.write(f"\r\x1b[K{'█' * filled}{'░' * (WIDTH - filled)} {text}")
            self.stream.flush()

    def end(self) -> None:
        """Take the bar away."""
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody watches."""
    return not stream.closed and stream.isatty()
