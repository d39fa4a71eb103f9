"""What a killed process had started is ended, and what that left is taken away."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportgen.verify.guard import guarded

PARENT = """
import subprocess, sys, time
from pathlib import Path
from reportgen.verify.guard import guarded
process = subprocess.Popen(["sleep", "600"], start_new_session=True)
with guarded(process.pid, (Path(sys.argv[1]),)):
    print(process.pid, flush=True)
    time.sleep(600)
"""


def is_at_work(process: int) -> bool:
    """Whether a process is there and not only not yet waited for."""
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_killed_process_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    folder.mkdir()
    (folder / "file").touch()
    command = [sys.executable, "-c", PARENT, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        started = int(parent.stdout.readline())
        assert is_at_work(started)
        assert folder.exists()
        parent.kill()
    limit = time.monotonic() + 20
    while (is_at_work(started) or folder.exists()) and time.monotonic() < limit:
        time.sleep(0.05)
    assert (is_at_work(started), folder.exists()) == (False, False)


@pytest.mark.parametrize("fails", [False, True])
def test_a_block_that_ends_keeps_everything(tmp_path: Path, fails: bool) -> None:
    with subprocess.Popen(["sleep", "600"], start_new_session=True) as process:
        try:
            with guarded(process.pid, (tmp_path,)):
                assert not fails
        except AssertionError:
            assert fails
        time.sleep(0.3)
        assert (process.poll(), tmp_path.exists()) == (None, True)
        process.kill()
