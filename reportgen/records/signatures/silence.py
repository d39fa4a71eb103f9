"""Pages of a library's log lines in, none out, while a block runs."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

LIBRARIES: Final = ("pyhanko", "pyhanko_certvalidator", "pkcs11")


@contextmanager
def silenced() -> Iterator[None]:
    """Let the libraries of signatures log and warn of nothing: what they find is told as findings."""
    loggers = [logging.getLogger(name) for name in LIBRARIES]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
