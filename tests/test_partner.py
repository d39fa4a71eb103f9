"""A forked helper: what it delivers is taken, whatever it does not deliver the parent notices."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from reportgen.catalogue import engine_catalogue, find
from reportgen.diagnostics import Listed, Location
from reportgen.partner import Channel, partner


def echo(channel: Channel) -> None:
    while True:
        channel.send(("heard", channel.receive()))


def test_values_go_both_ways() -> None:
    with partner(echo) as channel:
        for value in (b"x" * 1_000_000, {"甲": 1}):
            channel.send(value)
            assert channel.receive() == ("heard", value)


def test_findings_arrive_as_they_were_sent() -> None:
    named = find("own-fonts-unused", Location("a"), names=Listed(("仿宋", "Times、New")))
    with partner(echo) as channel:
        for sent in (named, *engine_catalogue().values()):
            channel.send(sent)
            assert channel.receive() == ("heard", sent)
    copied = pickle.loads(pickle.dumps(Listed(("仿宋", "Times、New"))))
    assert (copied, copied.names) == ("仿宋、Times、New", ("仿宋", "Times、New"))


def test_a_helper_that_fails_is_noticed(capfd: pytest.CaptureFixture[str]) -> None:
    def fail(_channel: Channel) -> None:
        raise ValueError("not shown")

    with partner(fail) as channel, pytest.raises(EOFError):
        channel.receive()
    assert capfd.readouterr() == ("", "")


def test_the_helper_ends_with_the_block() -> None:
    def tell(channel: Channel) -> None:
        channel.send(os.getpid())
        channel.receive()

    with partner(tell) as channel:
        child = channel.receive()
        assert Path(f"/proc/{child}").exists()
    assert not Path(f"/proc/{child}").exists()


def test_what_the_helper_lays_aside_goes_with_it() -> None:
    def lay(channel: Channel) -> None:
        with TemporaryDirectory() as folder:
            channel.send(folder)
            channel.receive()

    with partner(lay) as channel:
        folder = Path(channel.receive())
        assert folder.is_dir()
    assert not folder.parent.exists()


def test_nothing_buffered_is_printed_twice(capfd: pytest.CaptureFixture[str]) -> None:
    print("once", end="")
    with partner(echo) as channel:
        channel.send(1)
        assert channel.receive() == ("heard", 1)
    print("", flush=True)
    assert capfd.readouterr().out == "once\n"
