"""`validate --fix` shows what it changes, changes only that, and says what is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen import cli
from reportgen.commands import validate
from reportgen.diagnostics import Diagnostic
from reportgen.model.edits.mending import Mended, mend, show_changes
from reportgen.model.review.references import NOTHING
from tests.model.reports import DRAFT

WRONG = DRAFT.replace("全年工作平稳。", "收到申请,办结22件。  # 去年 22 件，办结...\n").replace(
    "年度: 2023", "年度: 2023年  # 年度,四位"
)


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "r.yaml"
    file.write_bytes(WRONG.encode())
    return file


def test_certain_remedies_are_shown_and_written_and_comments_stay(
    report: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(("validate", "--fix", "r.yaml")) == 0
    out, err = capfd.readouterr()
    mended = WRONG.replace("2023年 ", "2023 ").replace("申请,", "申请，")
    assert report.read_bytes() == mended.encode()
    assert out.startswith("--- r.yaml\n+++ r.yaml\n@@ -1,10 +1,10 @@\n 种类: ")
    assert "\n-年度: 2023年  # 年度,四位\n+年度: 2023  # 年度,四位\n" in out
    assert "\n-总体情况: 收到申请,办结22件。" in out
    assert "[half-width-mark]" not in out
    assert "已改正2处" in err


def test_a_dry_run_writes_nothing(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(("validate", "--fix", "--dry-run", "r.yaml")) == 0
    out, err = capfd.readouterr()
    assert report.read_bytes() == WRONG.encode()
    assert "+总体情况: 收到申请，办结22件。" in out
    assert "没有写入" in err


@pytest.mark.slow
def test_remedies_beyond_the_findings_listed_are_made_too(
    report: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    slips = "".join(f"  - 第{number}项,已办理.\n" for number in range(700))
    text = WRONG.replace("总体情况: 收到申请,办结22件。  # 去年 22 件，办结...\n", f"总体情况:\n{slips}")
    assert slips in text
    report.write_text(text, "utf-8")
    cli.run(("validate", "--fix", "r.yaml"))
    out = capfd.readouterr().out
    mended = report.read_text("utf-8")
    assert mended.count("项，已办理。\n") == 700
    assert "[half-width-mark]" not in out


@pytest.mark.usefixtures("report")
def test_nothing_to_fix_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    cli.run(("validate", "--fix", "r.yaml"))
    capfd.readouterr()
    assert cli.run(("validate", "--fix", "r.yaml")) == 0
    out, err = capfd.readouterr()
    assert "---" not in out
    assert "没有可以代为改正的" in err


def test_a_file_saved_by_somebody_else_meanwhile_is_left(
    report: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    before = validate.find_all

    def save_meanwhile(*arguments: object) -> object:
        report.write_bytes(b"a: 1")
        return before(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(validate, "find_all", save_meanwhile)
    assert cli.run(("validate", "--fix", "r.yaml")) == 5
    assert "[file-changed]" in capfd.readouterr().out
    assert report.read_bytes() == b"a: 1"


@pytest.mark.slow
@pytest.mark.parametrize("case", sorted(Path("fixtures/invalid").glob("[ft]*/*.yaml")), ids=lambda p: p.stem)
def test_mending_a_wrong_report_ends_and_keeps_every_line(case: Path) -> None:
    data = case.read_bytes()

    def find(content: bytes) -> tuple[Diagnostic, ...]:
        return validate.find_all(case.name, content, (), NOTHING)

    mended = mend(data, find)
    assert len(mended.data.split(b"\n")) == len(data.split(b"\n"))
    assert mend(mended.data, find) == Mended(mended.data, 0)


def test_changes_far_apart_are_shown_apart() -> None:
    old = "\n".join(map(str, range(30))) + "\n"
    new = old.replace("\n2\n", "\nzwei\n").replace("\n25\n", "\nx\n").replace("\n27\n", "\ny\n")
    assert show_changes("r", old.encode(), new.encode()) == (
        "--- r\n+++ r\n@@ -1,6 +1,6 @@\n 0\n 1\n-2\n+zwei\n 3\n 4\n 5\n"
        "@@ -23,8 +23,8 @@\n 22\n 23\n 24\n-25\n+x\n 26\n-27\n+y\n 28\n 29"
    )
