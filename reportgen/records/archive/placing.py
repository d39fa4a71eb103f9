"""A bag in; a folder or a zip file that holds it out, whole or not there at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import ReportgenError
from reportgen.files.disk import Disk
from reportgen.files.failures import stopped
from reportgen.records.archive.opening import open_package
from reportgen.records.archive.zipped import write_zip


@dataclass(frozen=True, slots=True)
class Target:
    """Where a package is to stand: a zip file when its name ends so, else a folder."""

    path: Path

    @property
    def aside(self) -> Path:
        """Where it is written; worth nothing until it is moved to its place."""
        return self.path.with_name(f".{self.path.name}.making")

    @property
    def is_zip(self) -> bool:
        """Whether it is to be one file."""
        return self.path.suffix.lower() == ".zip"

    def holds(self, bag: Mapping[str, bytes]) -> bool:
        """Whether the very bag stands there; raises FileError when something else does."""
        if not os.path.lexists(self.path):
            return False
        try:
            there = open_package(self.path)
        except ReportgenError:
            raise stopped("name-taken", self.path) from None
        if there.contents != bag or (self.is_zip and there.packed != write_zip(bag)):
            raise stopped("name-taken", self.path)
        return True


def lay_aside(bag: Mapping[str, bytes], target: Target, disk: Disk) -> None:
    """Write a package whole where it does not count yet; raises OSError."""
    if target.is_zip:
        disk.write(target.aside, write_zip(bag))
        return
    folders = {parent for name in bag for parent in Path(name).parents}
    for folder in sorted(folders, key=lambda item: (len(item.parts), item)):
        disk.make_folder(target.aside / folder)
    for name in sorted(bag):
        disk.write(target.aside / name, bag[name])
    for folder in sorted(folders, key=lambda item: (-len(item.parts), item)):
        disk.sync(target.aside / folder)


def place_package(target: Target, disk: Disk) -> None:
    """Give what was laid aside its name, which must be free; raises OSError."""
    disk.place(target.aside, target.path)
    disk.sync(target.path.parent)
