"""A folder in; what bagit-python, the tool that many archives use, says of it as a bag, out."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def silent() -> Iterator[None]:
    """Let the library say nothing: it writes a line for every file, and what it finds it raises too."""
    logger = logging.getLogger("bagit")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before


def load() -> Any:
    """The library, which asks for a module that setuptools calls old."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import bagit
    return bagit


def objections(folder: Path) -> str:
    """Why a folder is no valid bag, in the tool's words; nothing when it is."""
    bagit = load()
    with silent():
        try:
            bagit.Bag(str(folder)).validate()
        except Exception as error:  # noqa: BLE001 (whatever a stranger's bag makes it raise, the bag is not valid)
            return f"{type(error).__name__}: {error}"
    return ""


def version() -> str:
    """The tool and its version."""
    return f"bagit {load().VERSION}"
