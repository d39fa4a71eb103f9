"""The files of a set in, a folder that holds all of them or is as it was before out.

Beside the final folder `name` stand, hidden, while work is in hand:

    .name.making   a set being written; worth nothing until it is whole
    .name.ready    a whole set: the new one before the exchange, the old one after it
    .name.old      the old set, where two names cannot be exchanged in one step

These names are the journal: `recover` finishes or undoes from them what a kill left. Where names can be
exchanged, the final name holds the old set or the new one at every moment.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import FileError
from reportgen.files.disk import Disk
from reportgen.files.reading import digest_file

Fill = Callable[[Path], None]
"""Writes a set into an empty folder."""
Ours = Callable[[Path], tuple[str, ...]]
"""The names in a folder that the program made and nobody altered, in the order in which to remove them."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a set stands and where it lies aside; all folders of one `stem` share a lock."""

    parent: Path
    stem: str
    name: str

    @property
    def final(self) -> Path:
        """The folder the user sees."""
        return self.parent / self.name

    @property
    def making(self) -> Path:
        """A set being written."""
        return self.parent / f".{self.name}.making"

    @property
    def ready(self) -> Path:
        """A whole set on its way in or out."""
        return self.parent / f".{self.name}.ready"

    @property
    def old(self) -> Path:
        """The old set between two renames."""
        return self.parent / f".{self.name}.old"

    @property
    def lock(self) -> Path:
        """The lock file, which also notes the source of the set."""
        return self.parent / f".{self.stem}.lock"


def replace_folder(disk: Disk, places: Places, fill: Fill, ours: Ours) -> None:
    """Put a new set under the final name and remove the old one; raises OSError with the old set in place."""
    with undone(places.making):
        disk.make_folder(places.making)
        fill(places.making)
        if is_folder(places.final):
            places.making.chmod(stat.S_IMODE(places.final.stat().st_mode))
        disk.sync(places.making)
        disk.rename(places.making, places.ready)
    with undone(places.ready):
        install(disk, places)
    disk.sync(places.parent)
    with suppress(OSError, FileError):  # the set is there; the next run tries again
        clear_aside(disk, places, ours)


@contextmanager
def undone(path: Path) -> Iterator[None]:
    """Remove a folder again when the block that works on it fails; what is left the next run removes."""
    try:
        yield
    except Exception:
        with suppress(OSError):
            remove_tree(Disk(), path)
        raise


def install(disk: Disk, places: Places) -> None:
    """Bring the ready set under the final name."""
    if not os.path.lexists(places.final):
        disk.place(places.ready, places.final)
    elif not disk.exchange(places.ready, places.final):
        disk.rename(places.final, places.old)
        try:
            disk.sync(places.parent)
            disk.rename(places.ready, places.final)
        except OSError:
            places.old.rename(places.final)
            raise


def withdraw_folder(disk: Disk, places: Places, ours: Ours) -> None:
    """Remove a set under the final name of which every file is ours."""
    disk.rename(places.final, places.old)
    disk.sync(places.parent)
    dissolve(disk, places.old, places.final, ours(places.old))


def recover(disk: Disk, places: Places, ours: Ours) -> None:
    """Finish or undo what an earlier run left half done."""
    remove_tree(disk, places.making)
    for aside in (places.ready, places.old):
        if os.path.lexists(aside) and not os.path.lexists(places.final):
            disk.place(aside, places.final)
            disk.sync(places.parent)
    clear_aside(disk, places, ours)


def clear_aside(disk: Disk, places: Places, ours: Ours) -> None:
    """Remove the sets that lie aside."""
    for aside in (places.ready, places.old):
        if os.path.lexists(aside):
            dissolve(disk, aside, places.final, ours(aside))


def dissolve(disk: Disk, aside: Path, final: Path, ours: tuple[str, ...]) -> None:
    """Remove a folder that lies aside; whatever is neither ours nor also in the final folder moves there."""
    for path in sorted(aside.iterdir()):
        if path.name not in ours:
            dissolve_one(disk, path, final / path.name)
    for name in ours:
        disk.remove(aside / name)
    disk.remove(aside)


def dissolve_one(disk: Disk, path: Path, twin: Path) -> None:
    """Remove what stands in its new place too; save what somebody wrote in the meantime."""
    others = sorted(twin.parent.iterdir()) if is_folder(twin.parent) else []
    if any(stands_twice(path, other) for other in (twin, *others)):
        disk.remove(path)
    elif is_folder(path) and is_folder(twin):
        for inner in sorted(path.iterdir()):
            dissolve_one(disk, inner, twin / inner.name)
        disk.remove(path)
    else:
        disk.place(path, twin if not os.path.lexists(twin) else free_name(twin))


def stands_twice(path: Path, twin: Path) -> bool:
    """Whether both are the same file, link or text."""
    if not os.path.lexists(twin):
        return False
    one, other = path.lstat(), twin.lstat()
    if os.path.samestat(one, other):
        return True
    if stat.S_ISLNK(one.st_mode) and stat.S_ISLNK(other.st_mode):
        return path.readlink() == twin.readlink()
    if not (stat.S_ISREG(one.st_mode) and stat.S_ISREG(other.st_mode)):
        return False
    return one.st_size == other.st_size and digest_file(path) == digest_file(twin)


def is_folder(path: Path) -> bool:
    """Whether it is a folder itself, not a link to one."""
    return path.is_dir() and not path.is_symlink()


def free_name(path: Path, taken: frozenset[str] = frozenset()) -> Path:
    """A name of its own for an altered file: `a.docx` becomes `a.改动-1.docx`, or the next free number."""
    number = 1
    while True:
        free = path.with_name(f"{path.stem}.改动-{number}{path.suffix}")
        if not os.path.lexists(free) and free.name not in taken:
            return free
        number += 1


def remove_tree(disk: Disk, path: Path) -> None:
    """Remove a folder with all in it; links are removed, never followed."""
    if is_folder(path):
        for inner in sorted(path.iterdir()):
            remove_tree(disk, inner)
    if os.path.lexists(path):
        disk.remove(path)
