from __future__ import annotations

import os
import threading
from concurrent.futures import as_completed

import pytest

from reportgen.render.font import workers as module
from reportgen.render.font.workers import has_threads, workers


@pytest.fixture
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have threads, which hold none of our locks."""
    monkeypatch.setattr(module, "has_threads", lambda: False)


@pytest.mark.usefixtures("_alone")
@pytest.mark.parametrize("spread", [False, True])
def test_work_is_done_and_its_failures_are_told(spread: bool) -> None:
    with workers(spread) as pool:
        done = {
            future.result() for future in as_completed([pool.submit(pow, 2, number) for number in range(9)])
        }
        failed = pool.submit(divmod, 1, 0)
        with pytest.raises(ZeroDivisionError):
            failed.result()
    assert done == {2**number for number in range(9)}


@pytest.mark.usefixtures("_alone")
ALONE = """
import os
from reportgen.render.font.workers import workers
with workers({spread}) as pool:
    print(pool.submit(os.getpid).result() != os.getpid())
"""


@pytest.mark.parametrize("spread", [False, True])
def test_small_work_stays_in_this_process(spread: bool) -> None:
    program = ALONE.format(spread=spread)  # a process of its own: one with threads never forks
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(spread)


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
