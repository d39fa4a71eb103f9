"""Every change made to the file system, one method each, so that a test can stop or fail any of them."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

AT_FDCWD: Final = -100
NOREPLACE: Final = 1
EXCHANGE: Final = 2
UNSUPPORTED: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP})
NO_LINKS: Final = UNSUPPORTED | {errno.EPERM, errno.EACCES, errno.EXDEV, errno.EMLINK}

Step = Callable[[str, Path], None]


def unwatched(_step: str, _path: Path) -> None:
    """Let every step pass."""


@cache
def renameat2() -> Any:
    """Linux's renameat2, or None where the C library has none."""
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)


def rename_with(flag: int, old: Path, new: Path) -> None:
    """Rename as the kernel's flag says; raises OSError, one of UNSUPPORTED where this cannot be done."""
    function = renameat2()
    if function is None:
        raise OSError(errno.ENOSYS, "", str(old))
    if function(AT_FDCWD, os.fsencode(old), AT_FDCWD, os.fsencode(new), flag) != 0:
        raise OSError(ctypes.get_errno(), "", str(new))


@dataclass(frozen=True, slots=True)
class Disk:
    """The file system. `before` hears of every step first; `exchanges`: whether to try exchanging names."""

    before: Step = unwatched
    exchanges: bool = True

    def make_folder(self, path: Path) -> None:
        """Make one folder."""
        self.before("make folder", path)
        path.mkdir()

    def write(self, path: Path, content: bytes) -> None:
        """Write a new file down to the disk."""
        self.before("create", path)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        with os.fdopen(descriptor, "wb") as file:
            self.before("write", path)
            file.write(content)
            file.flush()
            self.before("sync", path)
            os.fsync(file.fileno())

    def copy_mode(self, old: Path, new: Path) -> None:
        """Let a file be read and written by whom another can be."""
        self.before("mode", new)
        shutil.copymode(old, new)

    def carry(self, old: Path, new: Path) -> None:
        """Let a file, a link or a whole folder stand in a second place too, as one file where possible."""
        if stat.S_ISDIR(old.lstat().st_mode):
            self.make_folder(new)
            for inner in sorted(old.iterdir()):
                self.carry(inner, new / inner.name)
            self.sync(new)
            return
        self.before("carry", old)
        try:
            os.link(old, new, follow_symlinks=False)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            shutil.copy2(old, new, follow_symlinks=False)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file or folder another name."""
        self.before("rename", old)
        old.rename(new)

    def place(self, old: Path, new: Path) -> None:
        """Rename to a name that must be free; raises FileExistsError."""
        self.before("place", old)
        try:
            rename_with(NOREPLACE, old, new)
        except OSError as error:
            if error.errno not in UNSUPPORTED:
                raise
            if os.path.lexists(new):
                raise FileExistsError(errno.EEXIST, "", str(new)) from error
            old.rename(new)

    def exchange(self, one: Path, other: Path) -> bool:
        """Exchange the names of two folders in one step; False where the file system cannot do that."""
        if not self.exchanges:
            return False
        self.before("exchange", one)
        try:
            rename_with(EXCHANGE, one, other)
        except OSError as error:
            if error.errno in UNSUPPORTED:
                return False
            raise
        return True

    def remove(self, path: Path) -> None:
        """Remove a file or an empty folder."""
        self.before("remove", path)
        if stat.S_ISDIR(path.lstat().st_mode):
            path.rmdir()
        else:
            path.unlink()

    def sync(self, folder: Path) -> None:
        """Bring a folder's names down to the disk."""
        self.before("sync", folder)
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
