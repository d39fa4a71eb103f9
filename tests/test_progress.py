"""Progress is shown to those who watch, and leaves nothing behind."""

from __future__ import annotations

from io import StringIO

from reportgen.progress import Progress, is_terminal


def test_a_bar_fills_and_goes() -> None:
    stream = StringIO()
    bar = Progress(stream, 2, shown=True)
    bar.step("核对")
    bar.step("写出")
    bar.end()
    first, second, last = stream.getvalue().split("\r")[1:]
    assert first == "\x1b[K" + "░" * 20 + " 1/2 核对"
    assert second == "\x1b[K" + "█" * 10 + "░" * 10 + " 2/2 写出"
    assert last == "\x1b[K"


def test_nobody_watching_means_nothing_written() -> None:
    stream = StringIO()
    assert not is_terminal(stream)
    bar = Progress(stream, 2, shown=False)
    bar.step("核对")
    bar.end()
    assert stream.getvalue() == ""
