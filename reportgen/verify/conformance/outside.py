"""A command in, what it answered within its limits out: another program cannot hang this one."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from reportgen.verify.guard import guarded

PATIENCE: Final = 300.0
"""Seconds: a report of 250 pages takes veraPDF less than ten."""
MOST_OUTPUT: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program wrote, and its exit code; None when it was stopped at a limit."""

    code: int | None
    out: str
    err: str


@contextmanager
def as_file(content: bytes, name: str) -> Iterator[Path]:
    """A document as a file in a folder of its own, for as long as this lasts."""
    with TemporaryDirectory(prefix="reportgen-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


@contextmanager
def asked(
    command: Sequence[str],
    folder: Path,
    *,
    memory: int = 0,
    environment: Mapping[str, str] | None = None,
    patience: float = PATIENCE,
) -> Iterator[Callable[[], Answer]]:
    """A program at work beside this one until the block ends; what is yielded waits for its answer.

    It lays its files in `folder`, which goes away should this process be killed. It may use `memory` bytes at
    most (0: it limits itself) and be waited for `patience` seconds at most.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 (a list, no shell)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(folder), **(environment or {})},
            start_new_session=True,
            preexec_fn=limits(memory),
        )
    except OSError as error:
        failed = Answer(None, "", str(error))
        yield lambda: failed
        return
    try:
        with guarded(process.pid, (folder,)):
            yield lambda: answer_of(process, patience)
    finally:
        if process.returncode is None:
            stop(process)


def answer_of(process: subprocess.Popen[bytes], patience: float) -> Answer:
    """What a program answers when it is waited for, so long and no longer."""
    try:
        out, err = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        stop(process)
        return Answer(None, "", f"> {patience:.0f} s")
    return Answer(process.returncode, shown(out), shown(err))


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a program and whatever it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def limits(memory: int) -> Callable[[], None] | None:
    """What sets the limit of memory in the new process."""
    if not memory:
        return None
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def shown(output: bytes) -> str:
    """The output as a text, whatever is in it."""
    return output[:MOST_OUTPUT].decode("utf-8", "replace")
