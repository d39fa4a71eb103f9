"""One file's bytes in, the file out, whole or as it was; what somebody else wrote stays under a new name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reportgen.errors import FileError
from reportgen.files.disk import Disk
from reportgen.files.failures import MAKING, explained, stopped
from reportgen.files.folders import free_name, remove_tree
from reportgen.files.reading import read_file


def nobodys(_: bytes) -> bool:
    """Take what stands in the way for somebody's work."""
    return False


@contextmanager
def made_aside(aside: Path, disk: Disk) -> Iterator[None]:
    """Begin without a file that an interrupted run left aside, and leave none when it cannot be made."""
    remove_tree(disk, aside)
    try:
        yield
    except (OSError, FileError):
        with suppress(OSError):
            remove_tree(disk, aside)
        raise


def write_file(
    path: Path,
    content: bytes,
    *,
    force: bool = False,
    disk: Disk | None = None,
    ours: Callable[[bytes], bool] = nobodys,
) -> Path | None:
    """Write a file in one step; another's stops it, or with `force` is kept under the name returned.

    `ours` tells of the old content whether it is an earlier one of the same kind, which makes way.
    """
    if not path.name:
        raise stopped("not-a-file", path)
    disk = disk or Disk()
    aside = path.with_name(f".{path.name}{MAKING}")
    kept = None
    with explained(path):
        if os.path.lexists(path):
            old = read_file(path)
            if old == content:
                return None
            if not (force or ours(old)):
                raise stopped("name-taken", path)
            kept = None if ours(old) else free_name(path)
        with made_aside(aside, disk):
            disk.write(aside, content)
            if kept:
                disk.carry(path, kept)
            disk.rename(aside, path)
        disk.sync(path.parent)
    return kept


def rewrite_file(path: Path, before: bytes, after: bytes, *, disk: Disk | None = None) -> None:
    """Put another content in the place of a file in one step, unless it no longer holds `before`.

    A link stays a link to the file, and the file keeps its mode.
    """
    disk = disk or Disk()
    with explained(path):
        target = path.resolve()
        aside = target.with_name(f".{target.name}{MAKING}")
        with made_aside(aside, disk):
            disk.write(aside, after)
            disk.copy_mode(target, aside)
            if read_file(target) != before:
                raise stopped("file-changed", path)
            disk.rename(aside, target)
        disk.sync(target.parent)
