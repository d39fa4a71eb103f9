"""Clocks for tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Moment = TypeVar("Moment")


def always(moment: Moment) -> Callable[[], Moment]:
    """A clock that stands still."""
    return lambda: moment
