"""Old revisions made again: from what was frozen, whatever the program's templates say now."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import reportgen
from reportgen import building, cli
from reportgen.rebuilding import check_rebuild, workshop
from reportgen.records.archive.office import archive_words
from reportgen.records.archive.opening import open_package
from reportgen.records.dossier import dossier_of
from reportgen.records.history import read_history
from reportgen.verify.package.parts import Parts
from reportgen.verify.verification import Verdict
from tests.packages import OFFICE, archived
from tests.records.frozen import issued_and_corrected

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning"),  # WeasyPrint's own
]


@pytest.fixture
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with two revisions."""
    return issued_and_corrected(tmp_path_factory.getbasetemp() / "corrected")


def remade(report: Path, target: Path, *arguments: str) -> tuple[int, dict[str, bytes]]:
    """The exit code, and the files written."""
    code = cli.run(["rebuild", str(report), "-o", str(target), *arguments])
    found = {path.name: path.read_bytes() for path in target.rglob("*") if path.suffix != ".lock"}
    return code, {name: content for name, content in found.items() if not name.startswith(".")}


def kept(report: Path, revision: int) -> dict[str, bytes]:
    """The documents of a revision as they were frozen."""
    dossier = dossier_of(report)
    entry = read_history(dossier).revisions[revision - 1]
    return {item.file.name: (dossier.files / item.stored).read_bytes() for item in entry.named("output")}


@pytest.fixture(autouse=True)
def _only_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders are no files."""
    plain = Path.rglob
    monkeypatch.setattr(Path, "rglob", lambda self, like: (p for p in plain(self, like) if p.is_file()))


@pytest.mark.parametrize("revision", [1, 2])
def test_every_revision_comes_out_byte_for_byte(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], revision: int
) -> None:
    code, files = remade(report, tmp_path, "--revision", str(revision))
    assert code == 0
    assert files == kept(report, revision)
    out, err = capfd.readouterr()
    assert f"r.第{revision}版/r.pdf" in out
    assert f"第{revision}版的4个文件重新生成，逐字节相同" in err


def test_without_a_number_it_is_the_last(report: Path, tmp_path: Path) -> None:
    assert remade(report, tmp_path)[1] == kept(report, 2)


def test_the_report_may_be_gone_and_the_templates_other(report: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    moved.mkdir()
    shutil.copytree(dossier_of(report).folder, moved / "r.记录")
    own = tmp_path / "kinds" / "disclosure-annual"
    shutil.copytree("templates/disclosure-annual", own)
    (own / "text.yaml").write_text(
        (own / "text.yaml").read_text("utf-8").replace("一、总", "壹、总"), "utf-8"
    )
    code, files = remade(moved / "r.yaml", tmp_path / "out", "--revision", "1", "--kinds", str(own.parent))
    assert (code, files) == (0, kept(report, 1))


def test_another_version_of_the_program_gives_the_same_words(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reportgen, "__version__", "9.9")
    code, files = remade(report, tmp_path, "--revision", "1")
    assert code == 0
    assert json.loads(files["manifest.json"])["engine"]["version"] == "9.9"
    assert "文字相同" in capfd.readouterr().err


def test_other_bytes_by_the_same_versions_are_not_written(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    plain = building.build

    def other(*arguments: Any, **named: Any) -> Any:
        return plain(*arguments, **{**named, "epoch": 0})

    monkeypatch.setattr(building, "build", other)
    code, files = remade(report, tmp_path, "--revision", "1")
    assert (code, files) == (6, {})
    assert "[remade-differs]" in capfd.readouterr().err


def test_a_record_that_does_not_hold_is_not_made_again(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(dossier_of(report).folder, tmp_path / "r.记录")
    next((tmp_path / "r.记录" / "文件").glob("*.pdf")).write_bytes(b"forged")
    assert remade(tmp_path / "r.yaml", tmp_path / "out")[0] == 8
    assert "[record-file-altered]" in capfd.readouterr().err


@pytest.fixture
def package(report: Path, tmp_path: Path) -> Path:
    """The archive package of the last revision."""
    shutil.copytree(dossier_of(report).folder, tmp_path / "copy" / "r.记录")
    (tmp_path / "copy" / "著录.yaml").write_text(OFFICE, "utf-8")
    return archived(tmp_path / "copy" / "r.yaml", tmp_path / "包.zip", at="2025-03-02T02:00:00Z").path


def test_the_package_of_a_corrected_revision_gives_its_documents_again(package: Path) -> None:
    parts = Parts(open_package(package), archive_words())
    with workshop(parts) as place:
        check = check_rebuild(parts, place, None)
    assert (check.verdict, [found.code for found in check.diagnostics]) == (Verdict.HOLDS, [])


def test_a_package_is_compared_like_a_revision(
    report: Path, package: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["diff", f"{report}@2", str(package)]) == 0
    assert capfd.readouterr().out == "没有改动\n"
    assert cli.run(["diff", f"{report}@1", str(package)]) == 0
    assert "／自然人: 0 → 1" in capfd.readouterr().out
    assert cli.run(["diff", str(package), str(dossier_of(report).folder)]) == 0
    assert capfd.readouterr().out == "没有改动\n"
