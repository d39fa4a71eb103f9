"""Watching a report: every change is acted on once, at rest, whatever way an editor saves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from reportgen import cli
from reportgen.arguments import make_parser
from reportgen.commands.watch import Bench
from reportgen.console import Console
from reportgen.model.report import load_report
from reportgen.watching import Looker, is_preview, preview_of, sources, watch

ROOT = Path(__file__).parents[1]


class ScriptEnd(Exception):  # noqa: N818 (no error)
    """The end of a script."""


def acts(steps: Sequence[Callable[[], object] | None], paths: Sequence[Path]) -> list[int]:
    """After how many pauses something was done, when one step of a script happens in each."""
    done: list[int] = []
    script = iter(steps)
    count = 0

    def pause(_: float) -> None:
        nonlocal count
        count += 1
        step = next(script, ScriptEnd)
        if step is ScriptEnd:
            raise ScriptEnd
        if step is not None:
            step()

    with pytest.raises(ScriptEnd):
        watch(lambda: paths, lambda: done.append(count), pause, Looker().look)
    return done


def write(path: Path, text: str) -> Callable[[], object]:
    return lambda: path.write_text(text, "utf-8")


def replace(path: Path, text: str) -> Callable[[], object]:
    def step() -> None:
        aside = path.with_name("aside")
        aside.write_text(text, "utf-8")
        aside.replace(path)

    return step


def test_a_change_is_acted_on_once_it_is_at_rest(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("1", "utf-8")
    assert acts([None] * 5, [path]) == [0]
    assert acts([None, write(path, "2"), *[None] * 5], [path]) == [0, 4]
    assert acts([write(path, "3"), write(path, "4"), write(path, "5"), *[None] * 6], [path]) == [0, 5]


def test_a_file_that_is_replaced_or_gone_for_a_moment_is_one_change(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("1", "utf-8")
    assert acts([replace(path, "2"), *[None] * 5], [path]) == [0, 3]
    assert acts([path.unlink, write(path, "3"), *[None] * 6], [path]) == [0, 4]


def test_saving_the_same_content_is_no_change(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("1", "utf-8")
    assert acts([write(path, "1"), None, replace(path, "1"), None, None], [path]) == [0]


def test_a_change_while_something_is_done_is_not_missed(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("0", "utf-8")
    done: list[str] = []

    def act() -> None:
        done.append(path.read_text("utf-8"))
        if len(done) == 1:
            path.write_text("1", "utf-8")

    pauses = iter(range(6))

    def pause(_: float) -> None:
        if next(pauses, None) is None:
            raise ScriptEnd

    with pytest.raises(ScriptEnd):
        watch(lambda: [path], act, pause, Looker().look)
    assert done == ["0", "1"]


def test_everything_a_report_rests_on_is_watched() -> None:
    loaded = load_report(ROOT / "fixtures/everything-2024.yaml")
    assert loaded.report is not None
    names = {path.name for path in sources(loaded.report)}
    assert {"everything-2024.yaml", "report.css", "report.docx", "rules.yaml"} <= names
    assert any("pictures" in path.parts for path in sources(loaded.report))


def test_a_preview_is_known_and_shows_itself_anew() -> None:
    page = preview_of(b"<!DOCTYPE html><html><head><title>")
    assert is_preview(page)
    assert not is_preview(b"<!DOCTYPE html><html><head><title>")


def wait_for(told: Callable[[], bool]) -> None:
    for _ in range(600):
        if told():
            return
        time.sleep(0.1)
    raise AssertionError("nothing happened")


@pytest.mark.slow
def test_a_report_is_followed_through_faults_until_interrupted(tmp_path: Path) -> None:
    report, preview = tmp_path / "r.yaml", tmp_path / "out/r.预览.html"
    sample = (ROOT / "templates/disclosure-annual/sample.yaml").read_text("utf-8")
    good = sample.replace("状态: 定稿", "状态: 草稿")
    report.write_text(good, "utf-8")
    command = [sys.executable, "-m", "reportgen", "watch", "r.yaml"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": os.environ.get("HOME", "/")}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=tmp_path,
            env=environment,
            stdout=log,
            stderr=log,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored in a background job
        )
        try:
            wait_for(preview.exists)
            first = preview.read_bytes()
            report.write_text(good.replace("自然人: 20", "自然人: 二十"), "utf-8")
            wait_for(lambda: "二十" in (tmp_path / "log").read_text("utf-8"))
            wait_for(lambda: "预览保持原样" in (tmp_path / "log").read_text("utf-8"))
            assert preview.read_bytes() == first
            report.write_text(good.replace("云湖市", "月湖市"), "utf-8")
            wait_for(lambda: preview.read_bytes() != first)
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 130
        finally:
            process.kill()
            process.wait()
    assert "Traceback" not in (tmp_path / "log").read_text("utf-8")
    assert "月湖市" in preview.read_text("utf-8")


def test_a_report_that_is_not_there_is_not_waited_for(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(("watch", str(tmp_path / "none.yaml"))) == 5
    assert "[file-missing]" in capfd.readouterr().err


def test_the_reports_it_is_held_against_are_looked_at_too(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = ROOT / "fixtures/invalid/review"
    (tmp_path / "last.yml").write_bytes((room / "last-2022.yml").read_bytes())
    text = (room / "waived.yaml").read_text("utf-8").replace("上年报告: last-2022.yml\n", "")
    (tmp_path / "r.yaml").write_text(text.partition("核对说明:")[0], "utf-8")
    monkeypatch.chdir(tmp_path)
    options = make_parser("zh").parse_args(["watch", "r.yaml", "--last", "last.yml"])
    options.kinds = ()
    bench = Bench(options, Console(sys.stdout, sys.stderr, "zh"))
    bench.renew()
    assert "carried-over-differs" in capfd.readouterr().out
    assert Path("last.yml") in bench.paths()
