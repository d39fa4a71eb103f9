"""A report prepared so that its PDF can be rendered again and again in one process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def prepare(report: Path) -> Callable[[], bytes]:
    """A function that renders the PDF of the report from its model; placeholder until build.py offers the step."""
    raise NotImplementedError(report)
