"""A path in, its bytes out, or an error that says what stands in the way."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import Final

from reportgen.files.failures import explained, stopped

LARGEST: Final = 512 * 1024 * 1024
"""Bytes: no file that the program reads is larger."""


def read_file(path: Path, limit: int = LARGEST) -> bytes:
    """The whole of a regular file of at most `limit` bytes; raises FileError."""
    with explained(path):
        # Not blocking: a named pipe in the place of a report must not hang the program.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise stopped("not-a-file", path)
            # No more room than the file needs, unless it grows: making room for the limit takes longest.
            content = file.read(min(status.st_size, limit) + 1)
            if len(content) > status.st_size:
                content += file.read(limit + 1 - len(content))
    if len(content) > limit:
        raise stopped("file-too-large", path, limit=limit)
    return content


def digest(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_file(path: Path, limit: int = LARGEST) -> str:
    """The SHA-256 of a file; raises FileError."""
    return digest(read_file(path, limit))
