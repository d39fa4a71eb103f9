"""Work in, a forked copy of this process that does it beside us out."""

from __future__ import annotations

import copyreg
import fcntl
import os
import pickle
import resource
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from types import MappingProxyType
from typing import Any, BinaryIO, Final

ROOM: Final = 1 << 20
"""Bytes that one side may send before the other listens."""
SECONDS: Final = 300
"""Of the processor: what a stranger made must not keep us for ever."""
MEMORY: Final = 6 * 1024**3
"""Bytes that work on what a stranger made may take."""

Work = Callable[["Channel"], None]


class Packer(pickle.Pickler):
    """Packs frozen mappings too, which are not packed by themselves."""

    dispatch_table = copyreg.dispatch_table | {
        MappingProxyType: lambda frozen: (MappingProxyType, (dict(frozen),))
    }


@dataclass(frozen=True, slots=True)
class Channel:
    """Both directions of talk between two processes of ours."""

    reader: BinaryIO
    writer: BinaryIO

    def send(self, value: Any) -> None:
        """Hand a value over; raises OSError when the other has gone."""
        Packer(self.writer, pickle.HIGHEST_PROTOCOL).dump(value)
        self.writer.flush()

    def receive(self) -> Any:
        """Wait for a value; raises EOFError when the other has gone."""
        return pickle.load(self.reader)  # noqa: S301 (our own process)


@contextmanager
def partner(work: Work) -> Iterator[Channel]:
    """Run `work` in a forked copy that ends with the block; only for a process without threads of its own.

    Temporary files of the copy lie in a folder of its own, which goes with it however it ends.
    """
    to_child, from_child = os.pipe(), os.pipe()
    with suppress(OSError):
        fcntl.fcntl(to_child[1], fcntl.F_SETPIPE_SZ, ROOM)
    aside = tempfile.mkdtemp(prefix="reportgen-")
    child = os.fork()
    if child == 0:
        for descriptor in (to_child[1], from_child[0]):
            os.close(descriptor)
        tempfile.tempdir = aside
        run_and_end(work, Channel(os.fdopen(to_child[0], "rb"), os.fdopen(from_child[1], "wb")))
    for descriptor in (to_child[0], from_child[1]):
        os.close(descriptor)
    channel = Channel(os.fdopen(from_child[0], "rb"), os.fdopen(to_child[1], "wb"))
    try:
        yield channel
    finally:
        with suppress(OSError):
            channel.writer.close()
        channel.reader.close()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        rmtree(aside, ignore_errors=True)


@contextmanager
def bounded(*works: Callable[[], Any]) -> Iterator[Callable[[], Any]]:
    """Do works one after the other in such a copy with bounds of time and memory.

    What is yielded waits for the next result: None when the copy has come to an end before.
    """

    def work(channel: Channel) -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        for each in works:
            channel.send(each())

    with partner(work) as channel:
        yield lambda: received(channel)


def received(channel: Channel) -> Any:
    """The next value of the other side; None when that has come to an end."""
    try:
        return channel.receive()
    except (EOFError, OSError, pickle.UnpicklingError):
        return None


def run_and_end(work: Work, channel: Channel) -> None:
    """Do the work and end this process at once: whatever it leaves undone the parent does itself."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        work(channel)
    finally:
        with suppress(OSError):  # the parent may have been killed
            Path(tempfile.gettempdir()).rmdir()
        os._exit(0)
