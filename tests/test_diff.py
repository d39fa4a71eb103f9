"""`diff`: files and revisions by name, in text, JSON and HTML; what cannot be compared is told."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from reportgen import cli
from reportgen.records.ledger import read_ledger, write_entry
from tests.records.frozen import freeze_report

FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A report in the current folder."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(FIXTURES / "qingxi-township-2024.yaml", "r.yaml"))


def edit(path: Path, old: str, new: str) -> None:
    """Replace a stretch of a report."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def corrected(report: Path) -> Path:
    """The report after revision 1, changed since."""
    freeze_report(report)
    edit(report, "新媒体公开: 112", "新媒体公开: 121")
    edit(report, "未发生责任追究情形", "没有发生责任追究情形")
    return report


CHANGES = """\
数字 1，文字 1，随之变化 1
[数字] 其他数据／新媒体公开: 112 → 121
[数字] 一、总体情况／（一）主动公开  (随之变化)
    …站公开政府信息86条，通过政务新媒体公开[-112-]{+121+}条，主要为惠民补贴、乡村建设和应急管理等…
[文字] 一、总体情况／（五）监督保障
    …工作考核结果为合格，社会评议满意度较高，[-未-]{+没有+}发生责任追究情形。
"""


@pytest.mark.usefixtures("corrected")
@pytest.mark.parametrize("arguments", [["r.yaml"], ["r.yaml@1", "r.yaml"], ["r.记录@1", "r.yaml"]])
def test_a_revision_against_the_file(capfd: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert cli.run(["diff", *arguments]) == 0
    assert capfd.readouterr() == (CHANGES, "")


@pytest.mark.usefixtures("corrected")
def test_the_other_way_round(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["diff", "r.yaml", "r.yaml@1"]) == 0
    assert "[数字] 其他数据／新媒体公开: 121 → 112" in capfd.readouterr().out


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_equal_reports(capfd: pytest.CaptureFixture[str], language: str) -> None:
    assert cli.run(["diff", "r.yaml", "r.yaml", "--lang", language]) == 0
    assert capfd.readouterr().out == {"zh": "没有改动\n", "en": "nothing changed\n"}[language]


@pytest.mark.usefixtures("corrected")
def test_changes_as_json(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["diff", "r.yaml", "--format", "json"]) == 0
    content = json.loads(capfd.readouterr().out)
    assert (content["old"], content["new"]) == ("r.yaml@1", "r.yaml")
    figure, text, wording = content["changes"]
    assert (figure["level"], figure["before"], figure["after"]) == ("figure", "112", "121")
    assert (figure["old"]["line"], figure["causes"]) == (26, [])
    assert text["causes"] == ["其他数据.新媒体公开"]
    assert ["+", "没有"] in wording["pieces"]


def test_changes_as_a_page(corrected: Path, capfd: pytest.CaptureFixture[str]) -> None:
    edit(corrected, "没有发生", "<b>没有</b>发生")
    assert cli.run(["diff", "r.yaml", "--format", "html"]) == 0
    page = capfd.readouterr().out
    assert page.startswith("<!DOCTYPE html>")
    assert "<del>112</del>" in page
    assert "<ins>121</ins>" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_a_file_named_like_a_revision_is_a_file(report: Path) -> None:
    shutil.copy(report, "r.yaml@1")
    assert cli.run(["diff", "r.yaml@1", "r.yaml"]) == 0


def test_a_picture_that_was_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(FIXTURES / "everything-2024.yaml", "r.yaml")
    shutil.copytree(FIXTURES / "pictures", "pictures")
    freeze_report(Path("r.yaml"))
    picture = Path("pictures/service-desk.png")
    picture.write_bytes(picture.read_bytes() + b" ")
    assert cli.run(["diff", "r.yaml"]) == 0
    out = capfd.readouterr().out
    assert out.startswith("结构 1\n")
    assert "SHA-256" in out


@pytest.mark.parametrize(
    ("arguments", "code", "finding"),
    [
        (["r.yaml@3", "r.yaml"], 2, "unknown-revision"),
        (["none.yaml", "r.yaml"], 5, "file-missing"),
        (["none.yaml"], 5, "record-missing"),
        (["bad.yaml", "r.yaml"], 1, "unknown-key"),
    ],
)
def test_what_cannot_be_compared_is_told(
    corrected: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], code: int, finding: str
) -> None:
    Path("bad.yaml").write_text(corrected.read_text("utf-8") + "无此项: 1\n", "utf-8")
    assert cli.run(["diff", *arguments]) == code
    assert f"[{finding}]" in capfd.readouterr().err


@pytest.mark.usefixtures("corrected")
def test_a_record_that_does_not_hold_is_not_compared(capfd: pytest.CaptureFixture[str]) -> None:
    next(Path("r.记录/文件").glob("*.pdf")).write_bytes(b"%PD?")
    assert cli.run(["diff", "r.yaml"]) == 8
    assert "[record-file-altered]" in capfd.readouterr().err


@pytest.mark.usefixtures("report")
def test_a_frozen_kind_that_is_not_taken_any_more_gives_way_to_the_one_there_is(
    capfd: pytest.CaptureFixture[str],
) -> None:
    sound = (FIXTURES.parent / "templates/disclosure-annual/kind.yaml").read_text("utf-8")
    dossier = freeze_report(Path("r.yaml"))
    edit(Path("r.yaml"), "新媒体公开: 112", "新媒体公开: 121")
    frozen = next(path for path in dossier.files.glob("*.yaml") if path.read_text("utf-8") == sound)
    content = frozen.read_bytes().replace(b"title:", b"titel:")
    ledger = dossier.ledger.read_bytes()
    frozen.unlink()
    digest, old = sha256(content).hexdigest(), frozen.name.partition(".")[0]
    (dossier.files / f"{digest}.yaml").write_bytes(content)
    entry = read_ledger(ledger).entries[0]
    files = tuple(
        replace(item, file=replace(item.file, sha256=digest)) if item.file.sha256 == old else item
        for item in entry.files
    )
    dossier.ledger.write_bytes(write_entry(replace(entry, files=files)))
    assert cli.run(["diff", "r.yaml"]) == 0
    assert "[数字] 其他数据／新媒体公开: 112 → 121" in capfd.readouterr().out
