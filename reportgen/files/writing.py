"""One file's bytes in, the file out, whole or as it was; what somebody else wrote stays under a new name."""

from __future__ import annotations

import os
from pathlib import Path

from reportgen.files.disk import Disk
from reportgen.files.failures import explained, stopped
from reportgen.files.folders import free_name, remove_tree
from reportgen.files.reading import read_file


def write_file(path: Path, content: bytes, *, force: bool = False, disk: Disk | None = None) -> Path | None:
    """Write a file in one step; another's stops it, or with `force` is kept under the name returned."""
    disk = disk or Disk()
    aside = path.with_name(f".{path.name}.making")
    kept = None
    with explained(path):
        if os.path.lexists(path):
            if read_file(path) == content:
                return None
            if not force:
                raise stopped("name-taken", path)
            kept = free_name(path)
        remove_tree(disk, aside)
        disk.write(aside, content)
        if kept:
            disk.carry(path, kept)
        disk.rename(aside, path)
        disk.sync(path.parent)
    return kept
