"""Files to look at and what to do in; it done anew after every change out.

Files are looked at, not announced: an editor that puts a new file in the place of the old, a folder on
another machine and a picture put there later are all seen the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.errors import ReportgenError
from reportgen.files.reading import digest_file
from reportgen.model.values import Picture, Prose

if TYPE_CHECKING:
    from reportgen.model.report import Report

INTERVAL: Final = 0.3
"""Seconds between two looks."""
QUIET: Final = 2
"""So many looks in a row must find the files at rest before anything is done."""
PATIENCE: Final = 20
"""After so many looks it is done all the same, though something goes on changing."""
PREVIEW: Final = '<meta name="generator" content="reportgen watch"><meta http-equiv="refresh" content="3">'
"""By what a preview is known, and why it shows itself anew in the browser."""

Signatures = Mapping[Path, str]


@dataclass(slots=True)
class Looker:
    """Looks at files: a file is read again only when its time, size or number on the disk has changed."""

    known: dict[Path, tuple[tuple[int, ...], str]] = field(default_factory=dict)

    def look(self, paths: Sequence[Path]) -> Signatures:
        """The digest of every file; empty for one that is not there or cannot be read."""
        return {path: self._signature(path) for path in paths}

    def _signature(self, path: Path) -> str:
        try:
            stat = path.stat()
            mark = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
            if path not in self.known or self.known[path][0] != mark:
                self.known[path] = (mark, digest_file(path))
        except (OSError, ReportgenError):
            self.known.pop(path, None)
            return ""
        return self.known[path][1]


def watch(
    paths: Callable[[], Sequence[Path]],
    act: Callable[[], None],
    pause: Callable[[float], None],
    look: Callable[[Sequence[Path]], Signatures],
) -> None:
    """Act at once, and again after every change, until `pause` or `act` raises.

    `paths` names the files to look at, which may be others after each act.
    """
    seen = look(paths())
    while True:
        act()
        after = look(paths())
        seen = {path: seen.get(path, mark) for path, mark in after.items()}
        while (now := look(paths())) == seen:
            pause(INTERVAL)
        seen = settle(now, paths, pause, look)


def settle(
    now: Signatures,
    paths: Callable[[], Sequence[Path]],
    pause: Callable[[float], None],
    look: Callable[[Sequence[Path]], Signatures],
) -> Signatures:
    """The files once they are at rest: editors write in several steps."""
    rest = 0
    for _ in range(PATIENCE):
        pause(INTERVAL)
        before, now = now, look(paths())
        rest = rest + 1 if now == before else 0
        if rest >= QUIET:
            break
    return now


def sources(report: Report) -> Iterator[Path]:
    """Every file a report rests on: itself, the files it names, its pictures, the files of its kind."""
    from reportgen.model.linked import exhibits

    folder = report.path.parent
    yield report.path
    for key in report.kind.fields_of_type("file"):
        value = report.values.get(key)
        if isinstance(value, Prose):
            yield folder / str(value)
    for block in exhibits(report.values):
        if isinstance(block, Picture):
            yield folder / block.file
    for kind_folder in report.kind.folders:
        yield from (path for path in sorted(kind_folder.rglob("*")) if path.is_file())


def preview_of(page: bytes) -> bytes:
    """A page as a preview."""
    return page.replace(b"<head>", b"<head>" + PREVIEW.encode(), 1)


def is_preview(content: bytes) -> bool:
    """Whether a file is an earlier preview."""
    return PREVIEW.encode() in content[:2000]
