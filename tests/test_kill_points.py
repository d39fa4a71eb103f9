"""SIGKILL at every change that issuing, correcting, taking back and absorbing make to the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reportgen import Build, build
from reportgen.absorbing import absorb as absorb_module
from reportgen.render.revision import Revision
from tests.absorbing.test_absorbing import NAME, copy_with, kill_absorbing, paragraph_with
from tests.absorbing.test_reviews import drawn
from tests.test_correcting import kill_correcting, kill_taking_back, steps_of_correcting
from tests.test_issuing import SAMPLE, kill_issuing, read_once

FIXTURES = Path(__file__).parents[1] / "fixtures"
MOST_COPIES = 3

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning"),  # WeasyPrint's own
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A build whose documents stand for those of every revision."""
    return build(shutil.copy(FIXTURES / f"{NAME}.yaml", tmp_path_factory.mktemp("made") / "r.yaml"))


def kill_absorbings(folder: Path) -> int:
    """Kill at every step of taking several copies in."""
    words, figures, lists = (copy_with(("查询终端1台", "查询终端2台")) for _ in range(MOST_COPIES))
    figures.comment(paragraph_with(figures, "专人引导"), "请核")
    lists.move(paragraph_with(lists, "改进措施："), paragraph_with(lists, "本年度未发出"))
    count = 0
    for number, copy in enumerate((words, figures, lists)):
        report = Path(shutil.copy(FIXTURES / f"{NAME}.yaml", folder / f"{number}.yaml"))
        path = folder / f"{number}.docx"
        path.write_bytes(copy.save())
        count += kill_absorbing(report, path)
    return count


def test_at_least_two_hundred_kills_lose_nothing(
    made: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(absorb_module, "draw", drawn)
    folders = [tmp_path / name for name in ("absorb", "correct", "withdraw", "issue")]
    for folder in folders:
        folder.mkdir()
    steps = steps_of_correcting(made, tmp_path / "count")
    counts = {
        "absorb": kill_absorbings(folders[0]),
        "correct": kill_correcting(made, steps, folders[1]),
        "withdraw": kill_taking_back(made, folders[2]),
    }
    with monkeypatch.context() as patch:
        sample = build(Path(shutil.copy(SAMPLE, tmp_path / "r.yaml")), revision=Revision(1))
        read_once(sample, patch)
        counts["issue"] = kill_issuing(folders[3], sample)
    with capsys.disabled():
        print(f"\nkilled at {sum(counts.values())} steps: {counts}")
    assert sum(counts.values()) >= 200
