from __future__ import annotations

import os
from concurrent.futures import as_completed

import pytest

from reportgen.render.font.workers import workers


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


@pytest.mark.parametrize("spread", [False, True])
def test_small_work_stays_in_this_process(spread: bool) -> None:
    with workers(spread) as pool:
        assert (pool.submit(os.getpid).result() != os.getpid()) == spread
