from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from reportgen.render.font.workers import workers

ALONE = """
import os
from concurrent.futures import as_completed
from reportgen.render.font.workers import workers
with workers({spread}) as pool:
    done = [future.result() for future in as_completed([pool.submit(pow, 2, number) for number in range(9)])]
    failed = pool.submit(divmod, 1, 0)
    print(sorted(done), type(failed.exception()).__name__, pool.submit(os.getpid).result() != os.getpid())
"""
"""A program of its own: a process with threads, such as the tests', never forks."""


@pytest.mark.parametrize("spread", [False, True])
def test_work_is_done_and_its_failures_are_told(spread: bool) -> None:
    program = [sys.executable, "-c", ALONE.format(spread=spread)]
    said = subprocess.run(program, capture_output=True, text=True, check=True).stdout.strip()
    assert said == f"{[2**number for number in range(9)]} ZeroDivisionError {spread}"


def test_a_process_with_threads_works_alone() -> None:
    idle = threading.Event()
    thread = threading.Thread(target=idle.wait)
    thread.start()
    try:
        with workers(spread=True) as pool:
            assert pool.submit(os.getpid).result() == os.getpid()
    finally:
        idle.set()
        thread.join()
