"""A path in; whether it is to be taken for an archive package out: nothing of it is read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

DECLARATION: Final = "bagit.txt"
SIGNED: Final = "tagmanifest-sha256.txt"
"""What a detached signature is made of: it names every tag file, and these name every other."""
MARKS: Final = (DECLARATION, SIGNED, "manifest-sha256.txt")
"""By any of these files a folder is known for a package, even for one that lost the others."""


def is_package(path: Path) -> bool:
    """Whether a path is to be taken for a package: a zip file, or a folder with the marks of a bag."""
    if path.is_dir():
        return any(os.path.lexists(path / mark) for mark in MARKS)
    return path.suffix.lower() == ".zip" and path.is_file()
