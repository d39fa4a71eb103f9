"""A path in, the sole right to work behind it out; the right ends with the process, however that ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NOTE_LIMIT: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that is held, and the note kept in its file."""

    descriptor: int

    def read_note(self) -> bytes:
        """What the last holder left."""
        return os.pread(self.descriptor, NOTE_LIMIT, 0)

    def leave_note(self, note: bytes) -> None:
        """Leave a note for the next holder."""
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, note, 0)
        os.fsync(self.descriptor)


@contextmanager
def locked(path: Path, on_wait: Callable[[], None]) -> Iterator[Lock]:
    """Hold the lock at `path`; `on_wait` is called once when another process has it. Raises OSError."""
    descriptor = acquire(path, on_wait)
    try:
        yield Lock(descriptor)
    finally:
        os.close(descriptor)


def acquire(path: Path, on_wait: Callable[[], None]) -> int:
    """An open, locked descriptor of the file that bears the name now."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                on_wait()
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            if path.exists() and os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # the file was removed while we waited: its lock guards nothing
