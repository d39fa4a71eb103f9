"""Errors of the operating system in, errors that tell the user what to do out."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import FileError

MAKING: Final = ".making"
"""How the name of a file ends that is written aside."""
LOCK: Final = ".lock"
CODES: Final = MappingProxyType(
    {
        errno.ENOENT: "file-missing",
        errno.EACCES: "permission-denied",
        errno.EPERM: "permission-denied",
        errno.EROFS: "read-only-disk",
        errno.ENOSPC: "disk-full",
        errno.EDQUOT: "disk-full",
        errno.EFBIG: "disk-full",
        errno.EIO: "disk-failure",
        errno.ENOTDIR: "not-a-folder",
        errno.EISDIR: "not-a-file",
        errno.ELOOP: "not-a-file",
        errno.EEXIST: "name-taken",
        errno.ENOTEMPTY: "name-taken",
        errno.ENAMETOOLONG: "name-too-long",
    }
)


def stopped(code: str, path: Path | str, *, reason: str = "", limit: int = 0) -> FileError:
    """The error of a finding code about one file."""
    return FileError(find(code, Location(str(path)), name=path, reason=reason, limit=limit))


def file_error(error: OSError, path: Path | str) -> FileError:
    """What the operating system reported about a path, in words of ours."""
    name = errno.errorcode.get(error.errno or 0, "?")
    return stopped(CODES.get(error.errno or 0, "file-failure"), path, reason=name)


@contextmanager
def explained(path: Path | str) -> Iterator[None]:
    """Turn an OSError of the block into a FileError that names its path.

    `path` is named instead where the error names none, or only what was being made aside or locks it.
    """
    try:
        yield
    except OSError as error:
        named = error.filename if isinstance(error.filename, str | Path) else path
        named = path if str(named).endswith((MAKING, LOCK)) else named
        raise file_error(error, named) from error
