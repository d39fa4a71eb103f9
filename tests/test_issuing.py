"""Issuing a final report: frozen whole, once, by one; everything that stands in the way changes nothing."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen import Build, cli
from reportgen.building import build
from reportgen.diagnostics import Diagnostic
from reportgen.errors import (
    FileError,
    LedgerError,
    ReportError,
    ReportgenError,
    UsageError,
    VerificationError,
)
from reportgen.files.disk import Disk
from reportgen.files.reading import digest
from reportgen.issuing import Issued, Signing, issue
from reportgen.model.report import Loaded, Report
from reportgen.model.review.references import NOTHING, Against
from reportgen.moments import read_moment
from reportgen.records.dossier import Dossier, held
from reportgen.records.history import Standing, read_history
from reportgen.records.inputs import read_inputs
from reportgen.render.revision import NONE_BEFORE, Revision
from reportgen.verifying import verify
from tests.clocks import always
from tests.records.samples import codes, contents

FIXTURES = Path(__file__).parents[1] / "fixtures"
SAMPLE = FIXTURES / "qingxi-township-2024.yaml"
AT = "2025-01-20T08:30:00Z"

pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed file .*sRGB2014.icc:ResourceWarning"
)  # WeasyPrint's own


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The sample's build as revision 1."""
    path = shutil.copy(SAMPLE, tmp_path_factory.mktemp("made") / "r.yaml")
    return build(path, revision=Revision(1))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A complete final report."""
    return Path(shutil.copy(SAMPLE, tmp_path / "r.yaml"))


def given(made: Build) -> Callable[[Loaded, Revision | None], Build]:
    """Makes a build at once, of documents that are there."""

    def make(loaded: Loaded, revision: Revision | None) -> Build:
        assert revision == Revision(1, NONE_BEFORE)
        assert loaded.report
        return replace(made, report=loaded.report, inputs=read_inputs(loaded.report))

    return make


def issued(
    path: Path,
    made: Build,
    disk: Disk | None = None,
    *,
    by: str = "张三",
    last: Path | None = None,
) -> Issued:
    """Issue a report with documents that are there."""
    signing = Signing(by, always(AT), disk or Disk())
    return issue(path, signing, given(made), against=Against(last) if last else NOTHING, kinds=())


def stopped(error: pytest.ExceptionInfo[ReportgenError]) -> list[str]:
    """The codes of the findings an error carries."""
    return [finding.code for finding in error.value.diagnostics]


def edit(path: Path, old: str, new: str) -> None:
    """Replace a stretch of a report."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.slow
def test_everything_is_frozen_under_its_hash(report: Path, made: Build) -> None:
    result = issued(report, made)
    assert result.is_new
    history = read_history(result.dossier)
    assert (history.standing, codes(history)) == (Standing.HOLDS, [])
    (entry,) = history.entries
    assert (entry.revision, entry.event, entry.by, entry.at) == (1, "issued", "张三", AT)
    assert entry.previous == NONE_BEFORE
    assert dict(entry.report) == dict(made.manifest.report)
    outputs = {item.file.name: item.file.sha256 for item in entry.named("output")}
    assert outputs == {name: digest(content) for name, content in made.files.items()}
    (source,) = entry.named("source")
    assert (result.dossier.files / source.stored).read_bytes() == report.read_bytes()
    kind = {item.file.name: item.file.sha256 for item in entry.named("kind")}
    recorded = {item.record.name: item.record.sha256 for item in read_inputs(made.report)[1:]}
    assert kind == recorded
    (verification,) = entry.named("verification")
    assert json.loads((result.dossier.files / verification.stored).read_bytes())["passed"] is True
    (findings,) = entry.named("findings")
    assert isinstance(json.loads((result.dossier.files / findings.stored).read_bytes()), list)
    for name, path in result.outputs:
        assert path.read_bytes() == made.files[name]


@pytest.mark.slow
def test_an_issued_pdf_verifies_alone_under_any_name(report: Path, made: Build) -> None:
    pdf = dict(issued(report, made).outputs)["r.pdf"]
    assert [finding.code for finding in verify(pdf, prove=False).diagnostics] == []


def test_the_same_report_makes_the_same_record_anywhere(report: Path, made: Build, tmp_path: Path) -> None:
    first = issued(report, made).dossier
    (tmp_path / "deep" / "er").mkdir(parents=True)
    other = Path(shutil.copy(report, tmp_path / "deep" / "er" / "r.yaml"))
    assert contents(issued(other, made).dossier.folder) == contents(first.folder)


def test_issuing_twice_changes_nothing_and_needs_no_documents(report: Path, made: Build) -> None:
    before = contents(issued(report, made).dossier.folder)

    def make(*_: object) -> Build:
        raise AssertionError

    again = issue(report, Signing("李四", always("2026-01-01T00:00:00Z")), make, against=NOTHING, kinds=())
    assert (again.is_new, again.entry.by) == (False, "张三")
    assert contents(again.dossier.folder) == before
    assert sorted(path.name for path in report.parent.iterdir()) == ["r.yaml", "r.记录"]


def test_a_report_that_changed_since_is_not_issued_again(report: Path, made: Build) -> None:
    before = contents(issued(report, made).dossier.folder)
    edit(report, "状态: 定稿", "状态: 定稿 # 改")
    with pytest.raises(LedgerError) as error:
        issued(report, made)
    assert stopped(error) == ["issue-changed"]
    assert "r.yaml" in error.value.diagnostics[0].message()
    assert contents(report.with_name("r.记录")) == before


def test_drafts_and_reports_with_errors_are_not_issued(report: Path, made: Build) -> None:
    edit(report, "状态: 定稿", "状态: 草稿")
    with pytest.raises(ReportError) as error:
        issued(report, made)
    assert stopped(error) == ["issue-draft"]
    edit(report, "状态: 草稿", "状态: 定搞")
    with pytest.raises(ReportError):
        issued(report, made)
    assert [path.name for path in report.parent.iterdir()] == ["r.yaml"]


def test_documents_that_failed_verification_are_not_issued(report: Path, made: Build) -> None:
    failed = next(iter(made.verification.checks))
    verdict = type(failed.verdict).FAILS
    bad = replace(made, verification=replace(made.verification, checks=(replace(failed, verdict=verdict),)))
    with pytest.raises(VerificationError):
        issued(report, bad)
    assert [path.name for path in report.parent.iterdir()] == ["r.yaml"]


def test_a_report_that_was_renamed_does_not_get_a_second_record(report: Path, made: Build) -> None:
    issued(report, made)
    renamed = report.rename(report.with_name("年报.yaml"))
    with pytest.raises(LedgerError) as error:
        issued(renamed, made)
    assert stopped(error) == ["record-elsewhere"]
    report.with_name("r.记录").rename(report.with_name("年报.记录"))
    assert not issued(renamed, made).is_new


def test_a_report_that_moved_with_its_record_stays_issued(report: Path, made: Build, tmp_path: Path) -> None:
    issued(report, made)
    (tmp_path / "there").mkdir()
    for name in ("r.yaml", "r.记录"):
        shutil.move(tmp_path / name, tmp_path / "there" / name)
    assert not issued(tmp_path / "there" / "r.yaml", made).is_new


def test_the_record_of_another_report_is_not_written(report: Path, made: Build) -> None:
    before = contents(issued(report, made).dossier.folder)
    edit(report, "清溪县柳河乡", "清溪县杨河乡")
    with pytest.raises(LedgerError) as error:
        issued(report, made)
    assert stopped(error) == ["record-of-another-report"]
    assert contents(report.with_name("r.记录")) == before


def test_other_records_beside_it_do_not_matter(report: Path, made: Build, tmp_path: Path) -> None:
    (tmp_path / "x.记录").mkdir()
    (tmp_path / "y.记录").mkdir()
    (tmp_path / "y.记录" / "台账.jsonl").write_bytes(b"\xff")
    (tmp_path / "z.记录").symlink_to(tmp_path)
    assert issued(report, made).is_new


def test_a_record_that_does_not_hold_stops(report: Path, made: Build) -> None:
    result = issued(report, made)
    dict(result.outputs)["r.pdf"].write_bytes(b"forged")
    with pytest.raises(LedgerError) as error:
        issued(report, made)
    assert stopped(error) == ["record-file-altered"]
    assert error.value.exit_code == 8


def test_a_torn_last_line_is_put_aside_and_issuing_goes_on(report: Path, made: Build) -> None:
    ledger = issued(report, made).dossier.ledger
    whole = ledger.read_bytes()
    ledger.write_bytes(whole + b'{"format"')
    again = issued(report, made)
    assert not again.is_new
    assert "ledger-torn" in {finding.code for finding in again.diagnostics}
    assert ledger.read_bytes() == whole
    ledger.write_bytes(whole[:100])
    with pytest.raises(LedgerError) as error:
        issued(report, made)
    assert "ledger-torn" in stopped(error)
    assert ledger.read_bytes() == whole[:100]


@pytest.mark.parametrize("in_the_way", ["file", "link", "empty folder"])
def test_what_stands_in_the_place_of_the_record_is_left_alone(
    report: Path, made: Build, tmp_path: Path, in_the_way: str
) -> None:
    place = tmp_path / "r.记录"
    (tmp_path / "elsewhere").mkdir()
    if in_the_way == "file":
        place.write_text("mine")
    elif in_the_way == "link":
        place.symlink_to(tmp_path / "elsewhere")
    else:
        place.mkdir()
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(LedgerError):
        issued(report, made)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_input_that_changed_meanwhile_stops(report: Path, made: Build) -> None:
    def change(step: str, path: Path) -> None:
        if step == "write" and path.name == "说明.txt":
            edit(report, "状态: 定稿", "状态: 定稿 # 改")

    with pytest.raises(FileError) as error:
        issued(report, made, Disk(change))
    assert stopped(error) == ["input-changed"]
    assert [path.name for path in report.parent.iterdir()] == ["r.yaml"]


@pytest.mark.parametrize("name", ["", "  ", "张\n三", "长" * 101, "\ud800"])
def test_whoever_issues_has_a_name(report: Path, made: Build, name: str) -> None:
    with pytest.raises(UsageError) as error:
        issued(report, made, by=name)
    assert stopped(error) == ["issuer-unusable"]


def test_a_name_no_ledger_bears_is_refused(report: Path, made: Build) -> None:
    odd = report.rename(report.with_name("a\\b.yaml"))
    with pytest.raises(FileError) as error:
        issued(odd, made)
    assert stopped(error) == ["unusable-name"]
    assert [path.name for path in odd.parent.iterdir()] == ["a\\b.yaml"]


def test_two_at_once_one_wins_and_the_other_is_told_who(report: Path, made: Build) -> None:
    with held(Dossier(report.with_name("r.记录")), "王五", Disk()), pytest.raises(FileError) as error:
        issued(report, made)
    assert "王五" in error.value.diagnostics[0].message()
    assert issued(report, made).is_new


def test_what_the_report_was_held_against_is_frozen_too(report: Path, made: Build, tmp_path: Path) -> None:
    (tmp_path / "last").mkdir()
    last = Path(shutil.copy(SAMPLE, tmp_path / "last" / "2023.yaml"))
    edit(last, "年度: 2024", "年度: 2023")
    entry = issued(report, made, last=last).entry
    assert [item.file.name for item in entry.named("reference")] == ["2023.yaml"]


class Watch:
    """Counts the steps of a disk and does something at one of them."""

    def __init__(self, at: int = -1, act: Callable[[], None] = lambda: None) -> None:
        self.at, self.act, self.steps = at, act, 0

    def __call__(self, _step: str, _path: Path) -> None:
        self.steps += 1
        if self.steps - 1 == self.at:
            self.act()


@pytest.fixture
def _read_once(made: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample is not checked again each time it is issued."""
    read_once(made, monkeypatch)


def read_once(made: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the report of a build stand for every one that is read."""

    def read(path: Path, *_: object) -> tuple[Report, tuple[Diagnostic, ...]]:
        return replace(made.report, path=path), ()

    monkeypatch.setattr("reportgen.building.sound_report", read)


def count_steps(folder: Path, made: Build) -> int:
    """How many steps on the disk issuing takes."""
    folder.mkdir()
    watch = Watch()
    issued(Path(shutil.copy(SAMPLE, folder / "r.yaml")), made, Disk(watch))
    return watch.steps


def settled(place: Path, made: Build) -> bool:
    """Whether a record is there, which then is whole; after the next run it is, and nothing else is left."""
    dossier = Dossier(place / "r.记录")
    was_there = dossier.folder.exists()
    if was_there:
        assert read_history(dossier).standing is Standing.HOLDS
    assert issued(place / "r.yaml", made).is_new is not was_there
    history = read_history(dossier)
    assert (history.standing, codes(history)) == (Standing.HOLDS, [])
    assert sorted(path.name for path in place.iterdir()) == ["r.yaml", "r.记录"]
    return was_there


def kill_issuing(tmp_path: Path, made: Build) -> int:
    """Kill at every step: it leaves no record or a whole one. How many steps there were."""
    steps = count_steps(tmp_path / "count", made)
    assert steps > 80
    seen = set()
    for at in range(steps):
        place = tmp_path / f"at-{at}"
        place.mkdir()
        path = Path(shutil.copy(SAMPLE, place / "r.yaml"))
        child = os.fork()
        if child == 0:
            try:
                issued(path, made, Disk(Watch(at, lambda: os.kill(os.getpid(), signal.SIGKILL))))
            finally:
                os._exit(0)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        seen.add(settled(place, made))
        shutil.rmtree(place)
    assert seen == {True, False}
    return steps


@pytest.mark.slow
@pytest.mark.usefixtures("_read_once")
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_failure_at_any_step_leaves_no_record_or_a_whole_one(
    tmp_path: Path, made: Build, number: int
) -> None:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    for at in range(count_steps(tmp_path / "count", made)):
        place = tmp_path / f"at-{at}"
        place.mkdir()
        path = Path(shutil.copy(SAMPLE, place / "r.yaml"))
        with suppress(FileError):  # what counts already stays
            issued(path, made, Disk(Watch(at, fail)))
        settled(place, made)
        shutil.rmtree(place)


@pytest.mark.slow
def test_a_report_with_pictures_is_issued_by_the_command_and_a_changed_picture_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(FIXTURES / "everything-2024.yaml", tmp_path / "年报.yaml")
    shutil.copytree(FIXTURES / "pictures", tmp_path / "pictures")
    call = ["issue", "年报.yaml", "--by", "张三", "--at", "2025-01-20T16:30+08:00"]
    assert cli.run(call) == 0
    first = capfd.readouterr()
    assert "年报.pdf" in first.out
    assert "已定稿：第1版" in first.err
    assert cli.run(call) == 0
    again = capfd.readouterr()
    assert "没有变动：第1版已于2025-01-20T08:30:00Z由张三定稿" in again.err
    assert again.out == first.out
    assert cli.run(["history", "年报.yaml"]) == 0
    assert "记录成立" in capfd.readouterr().out
    assert cli.run(["history", "年报.yaml", "--format", "json"]) == 0
    history = json.loads(capfd.readouterr().out)
    assert (history["standing"], history["findings"]) == ("holds", [])
    names = {file["name"] for file in history["events"][0]["files"] if file["role"] == "input"}
    assert names == {"pictures/service-desk.png"}
    with Path("pictures/service-desk.png").open("ab") as file:
        file.write(b"\0")
    assert cli.run(call) == 8
    assert "service-desk.png" in capfd.readouterr().err
    next(Path("年报.记录/文件").glob("*.pdf")).unlink()
    assert cli.run(["history", "年报.记录", "--lang", "en"]) == 8
    captured = capfd.readouterr()
    assert "DOES NOT HOLD" in captured.out
    assert "[record-file-missing]" in captured.err


@pytest.mark.parametrize(
    ("given_", "written"),
    [
        ("2025-01-20T16:30+08:00", AT),
        ("2025-01-20T08:30:00Z", AT),
        ("2025-01-20T08:30:00.999+00:00", AT),
    ],
)
def test_moments_are_kept_in_utc(given_: str, written: str) -> None:
    assert read_moment(given_) == written


@pytest.mark.parametrize("given_", ["", "now", "2025-01-20", "2025-01-20T08:30:00", "0001-01-01T00:00+14:00"])
def test_a_moment_without_its_zone_is_refused(given_: str) -> None:
    with pytest.raises(UsageError) as error:
        read_moment(given_)
    assert stopped(error) == ["wrong-moment"]


def test_the_clock_is_read_only_for_the_ledger() -> None:
    assert len(read_moment(None)) == len(AT)
