"""Clocks for tests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Moment = TypeVar("Moment")


def always(moment: Moment) -> Callable[[], Moment]:
    """A clock that stands still."""
    return lambda: moment


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail when what is done inside takes more processor time; a busy machine makes no difference."""
    start = time.process_time()
    yield
    taken = time.process_time() - start
    assert taken < seconds, f"took {taken:.1f} s of processor time, {seconds} at most"
