"""A build of unchanged input is known again, and whatever is other makes it anew."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportgen import cli
from reportgen.records import unchanged

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning"),  # WeasyPrint's own
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report and its documents."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copy("fixtures/qingxi-township-2024.yaml", folder / "r.yaml")
    shutil.copytree("templates/disclosure-annual", folder / "kinds" / "disclosure-annual")
    assert run(folder) == 0
    return folder


@pytest.fixture
def place(built: Path) -> Iterator[Path]:
    """The folder as it was built, time and all, for one test."""
    state = {path: (path.read_bytes(), path.stat()) for path in built.rglob("*") if path.is_file()}
    yield built
    for path in [path for path in built.rglob("*") if path.is_file() and path not in state]:
        path.unlink()
    for path, (content, status) in state.items():
        path.write_bytes(content)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def run(folder: Path, *further: str) -> int:
    """Build the report."""
    return cli.run(
        [
            "build",
            str(folder / "r.yaml"),
            "-o",
            str(folder / "out"),
            "--kinds",
            str(folder / "kinds"),
            *further,
        ]
    )


def test_a_build_of_unchanged_input_is_known_and_prints_the_same_files(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in (place / "out" / "r").iterdir()}
    capfd.readouterr()
    assert run(place) == 0
    out, err = capfd.readouterr()
    assert "没有变动" in err
    assert sorted(Path(line).name for line in out.splitlines()) == sorted(before)
    assert {path.name: path.stat().st_mtime_ns for path in (place / "out" / "r").iterdir()} == before


def replace_text(path: Path, old: str, new: str) -> None:
    """Replace a stretch of a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "report": lambda folder: replace_text(folder / "r.yaml", "组织培训2次", "组织培训3次"),
    "comment": lambda folder: replace_text(folder / "r.yaml", "状态: 定稿", "状态: 定稿 # 注"),
    "kind": lambda folder: replace_text(
        folder / "kinds/disclosure-annual/kind.yaml", "version: '1'", "version: '2'"
    ),
    "new file of the kind": lambda folder: (folder / "kinds/disclosure-annual/seal.png").touch(),
    "output gone": lambda folder: (folder / "out/r/r.html").unlink(),
    "manifest gone": lambda folder: (folder / "out/r/manifest.json").unlink(),
    "note gone": lambda folder: (folder / "out/.r.lock").unlink(),
    "note broken": lambda folder: (folder / "out/.r.lock").write_text('{"source": "../r.yaml", "state": 1}'),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_other_makes_it_anew(place: Path, capfd: pytest.CaptureFixture[str], change: str) -> None:
    CHANGES[change](place)
    code = run(place)
    assert "没有变动" not in capfd.readouterr().err
    assert code == (5 if change == "manifest gone" else 0)  # then the files are somebody's


def test_a_file_altered_by_hand_is_not_taken_for_the_set(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = place / "out/r/r.docx"
    path.write_bytes(path.read_bytes() + b" ")
    assert run(place) == 5
    assert "[output-altered]" in capfd.readouterr().err


@pytest.mark.parametrize("further", [["--force"], ["--to", "docx,html,pdf"], ["--format", "json"]])
def test_other_wishes_are_fulfilled(
    place: Path, capfd: pytest.CaptureFixture[str], further: list[str]
) -> None:
    assert run(place, *further) == 0
    assert "没有变动" not in capfd.readouterr().err


def test_other_surroundings_make_it_anew(
    place: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert run(place) == 0
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setattr(unchanged, "libraries", lambda: iter(["another-1.0.dist-info"]))
    assert run(place) == 0
    assert "没有变动" not in capfd.readouterr().err


def test_a_reference_that_changed_makes_it_anew(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = (place / "r.yaml").read_text("utf-8")
    (place / "last.yaml").write_text(text.replace("年度: 2024", "年度: 2023"), "utf-8")
    (place / "r.yaml").write_text(text + "上年报告: last.yaml\n", "utf-8")
    assert run(place) == 0
    capfd.readouterr()
    assert run(place) == 0
    assert "没有变动" in capfd.readouterr().err
    replace_text(place / "last.yaml", "组织培训2次", "组织培训3次")
    assert run(place) == 0
    assert "没有变动" not in capfd.readouterr().err


def test_it_costs_no_more_than_starting_the_program_and_a_little(place: Path) -> None:
    command = [sys.executable, "-m", "reportgen", "build", str(place / "r.yaml"), "-o", str(place / "out")]
    command += ["--kinds", str(place / "kinds")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    spent = []
    for _ in range(5):
        before = os.times()
        started = time.perf_counter()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        after = os.times()
        spent.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )
        assert "没有变动" in done.stderr
        assert time.perf_counter() - started < 30
    assert min(spent) < 0.25
