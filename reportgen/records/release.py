"""A whole set of documents in, the folder that holds it out; nobody's work is overwritten."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from reportgen.errors import FileError
from reportgen.files.disk import Disk
from reportgen.files.failures import explained, stopped
from reportgen.files.folders import Places, is_folder, recover, replace_folder, withdraw_folder
from reportgen.files.locks import Lock, locked
from reportgen.records.manifest import ours
from reportgen.records.standing import Parcel, Standing, judge, write_note

REJECTED: Final = ".未通过"
UNUSABLE: Final = ("Cc", "Cs")
"""Unicode categories: controls, and what stands for bytes that are not UTF-8."""


def at_once() -> None:
    """Say nothing about waiting."""


@dataclass(frozen=True, slots=True)
class Desk:
    """How a set is put in place: whether altered files may make way, on which disk, who hears of waiting."""

    force: bool = False
    disk: Disk = field(default_factory=Disk)
    on_wait: Callable[[], None] = at_once


@dataclass(frozen=True, slots=True)
class Released:
    """Where a set stands now, and the new names under which altered files were kept."""

    folder: Path
    kept: Mapping[str, str]


def release(parcel: Parcel, parent: Path, desk: Desk | None = None) -> Released:
    """Put a set into `parent/stem/`, whole or not at all; raises FileError."""
    desk = desk or Desk()
    with opened(parcel, parent, desk, parcel.stem) as (places, lock):
        released = put(parcel, places, lock, desk)
        with suppress(OSError, FileError):  # an old rejected set beside the new one does no harm
            withdraw(replace(places, name=parcel.stem + REJECTED), desk.disk)
    return released


def reject(parcel: Parcel, parent: Path, desk: Desk | None = None) -> Released:
    """Keep a set that failed verification in `parent/stem.未通过/`; raises FileError."""
    desk = replace(desk or Desk(), force=True)
    with opened(parcel, parent, desk, parcel.stem + REJECTED) as (places, lock):
        return put(parcel, places, lock, desk)


@contextmanager
def opened(parcel: Parcel, parent: Path, desk: Desk, name: str) -> Iterator[tuple[Places, Lock]]:
    """Hold the lock on a place fit to be written, with what an earlier run left put right."""
    check_stem(parcel.source)
    places = Places(parent, parcel.stem, name)
    with explained(places.final):
        make_parent(desk.disk, parent)
        desk.disk.before("lock", places.lock)
        with locked(places.lock, desk.on_wait) as lock:
            check_folder(places.final)
            recover(desk.disk, places, ours)
            yield places, lock


def check_stem(source: Path) -> None:
    """See that outputs may bear the name of a report: not hidden, no control characters, encodable."""
    if source.stem.startswith(".") or any(unicodedata.category(char) in UNUSABLE for char in source.stem):
        raise stopped("unusable-name", ascii(source.name)[1:-1])


def make_parent(disk: Disk, parent: Path) -> None:
    """Make the output folder itself; the folder above it must exist."""
    if parent.is_dir():
        return
    if os.path.lexists(parent):
        raise stopped("not-a-folder", parent)
    if not parent.parent.is_dir():
        raise stopped("not-a-folder" if parent.parent.is_file() else "file-missing", parent.parent)
    with suppress(FileExistsError):  # another build was quicker
        disk.make_folder(parent)


def check_folder(final: Path) -> None:
    """See that the final name is free or a folder that may be changed."""
    if not os.path.lexists(final):
        return
    if not is_folder(final):
        raise stopped("not-a-folder", final)
    if not os.access(final, os.W_OK | os.X_OK):
        raise stopped("permission-denied", final)


def put(parcel: Parcel, places: Places, lock: Lock, desk: Desk) -> Released:
    """Replace the set under the final name; what is not ours stays, if in the way under a new name."""
    standing = judge(parcel, places, lock.read_note())
    if standing.objections and not desk.force:
        raise FileError(*standing.objections)
    desk.disk.before("note", places.lock)
    lock.leave_note(write_note(parcel.source, places.parent, parcel.state))
    replace_folder(desk.disk, places, lambda folder: fill(folder, parcel, places, standing, desk.disk), ours)
    return Released(places.final, standing.kept)


def fill(folder: Path, parcel: Parcel, places: Places, standing: Standing, disk: Disk) -> None:
    """Write the new files into a folder and carry over what is not ours."""
    for name, content in sorted(parcel.files.items()):
        disk.write(folder / name, content)
    for path in sorted(places.final.iterdir()) if is_folder(places.final) else ():
        if path.name not in standing.unchanged:
            disk.carry(path, folder / standing.kept.get(path.name, path.name))


def withdraw(places: Places, disk: Disk) -> None:
    """Remove an earlier rejected set if all of it is ours and unaltered."""
    if is_folder(places.final) and {path.name for path in places.final.iterdir()} == set(ours(places.final)):
        withdraw_folder(disk, places, ours)
