"""Work shared out over the cores: an executor out, whose processes end with the one that started them."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any


class Inline(Executor):
    """Does each piece of work at once in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do the work; the future returned is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 (told to whoever asks for the result)
            future.set_exception(error)
        return future


@contextmanager
def workers(spread: bool) -> Iterator[Executor]:
    """An executor over all cores, or this process alone; work that is not begun at the end is dropped.

    A process with threads works alone: a forked copy of it may hang for ever.
    """
    if not spread or has_threads():
        yield Inline()
        return
    cores = len(os.sched_getaffinity(0))
    pool = ProcessPoolExecutor(cores, get_context("fork"), follow_parent, (os.getpid(),))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def has_threads() -> bool:
    """Whether this process has threads besides this one, be they Python's or a library's."""
    try:
        return sum(1 for _ in Path("/proc/self/task").iterdir()) > 1
    except OSError:
        return threading.active_count() > 1


def follow_parent(parent: int) -> None:
    """Leave interrupts to the parent and end when it is gone: a killed one's workers would wait for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for ending in (signal.SIGTERM, signal.SIGHUP):  # else they are told like interrupts
        signal.signal(ending, signal.SIG_DFL)
    threading.Thread(target=end_after, args=(parent,), daemon=True).start()


def end_after(parent: int) -> None:
    """End this process soon after its parent ended."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
