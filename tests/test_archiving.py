"""Archiving a revision: one bag whatever the place or the day, entered once, whole or not there."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pikepdf
import pytest

from reportgen import cli
from reportgen.archiving import Wish, archive
from reportgen.errors import FileError, KindError, LedgerError, ReportError, ReportgenError, UsageError
from reportgen.files.disk import Disk
from reportgen.files.reading import digest
from reportgen.issuing import Signing
from reportgen.model.shipped import package_folder
from reportgen.records.archive.digests import sm3
from reportgen.records.archive.elements import NAMESPACE
from reportgen.records.archive.marks import SIGNED
from reportgen.records.archive.opening import open_package
from reportgen.records.archive.zipped import write_zip
from reportgen.records.dossier import Dossier, dossier_of
from reportgen.records.history import Standing, read_history
from reportgen.verify.package.foreign import objections
from tests.clocks import always
from tests.packages import ARCHIVED_AT, archived, copied, issued_folder
from tests.records.samples import codes, contents
from tests.records.test_preservation import faults

__all__ = ["issued_folder"]
pytestmark = pytest.mark.slow


@pytest.fixture
def report(issued_folder: Path, tmp_path: Path) -> Path:
    """An issued report of one's own."""
    return copied(issued_folder, tmp_path)


def blank_pdf() -> bytes:
    """A PDF of one empty page."""
    target = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(target)
    return target.getvalue()


def stopped(error: pytest.ExceptionInfo[ReportgenError]) -> list[str]:
    """The codes of the findings an error carries."""
    return [finding.code for finding in error.value.diagnostics]


def test_the_package_is_a_bag_of_everything_and_the_record_says_so(report: Path) -> None:
    made = archived(report, report.with_name("包"))
    assert made.is_new
    assert contents(made.path) == dict(made.bag)
    assert objections(made.path) == ""
    history = read_history(dossier_of(report))
    assert (history.standing, codes(history)) == (Standing.HOLDS, [])
    issued, entry = history.entries
    assert (entry.event, entry.revision, entry.at, entry.by) == ("archived", 1, ARCHIVED_AT, "李四")
    assert [item.file.sha256 for item in entry.named("package")] == [digest(made.bag[SIGNED])]
    folders = {"output": "定稿", "source": "来源", "kind": "种类", "findings": "核验", "verification": "核验"}
    for item in issued.files:
        folder = "正本" if item.file.name.endswith(".pdf") else folders[item.role]
        assert digest(made.bag[f"data/{folder}/{item.file.name}"]) == item.file.sha256
    assert made.bag["data/过程/台账.jsonl"] == history.ledger.lines[0].content


def test_every_list_of_digests_covers_all_and_holds(report: Path) -> None:
    bag = archived(report, report.with_name("包")).bag
    lines = [line.split("  ", 1) for line in bag["sm3-manifest.txt"].decode().splitlines()]
    listed = {name: value for value, name in lines}
    uncovered = {"sm3-manifest.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"}
    assert set(listed) == set(bag) - uncovered
    assert all(sm3(bag[name]) == value for name, value in listed.items())
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    for name in ("sha256", "sha512"):
        payload = {line.split("  ", 1)[1] for line in bag[f"manifest-{name}.txt"].decode().splitlines()}
        assert payload == {name for name in bag if name.startswith("data/")}
        tags = {line.split("  ", 1)[1] for line in bag[f"tagmanifest-{name}.txt"].decode().splitlines()}
        assert tags == {name for name in bag if "/" not in name and not name.startswith("tagmanifest")}


def test_the_same_order_makes_the_same_bytes_anywhere(issued_folder: Path, tmp_path: Path) -> None:
    one = archived(copied(issued_folder, tmp_path / "a"), tmp_path / "a" / "x.zip")
    other = archived(copied(issued_folder, tmp_path / "b" / "c"), tmp_path / "y")
    assert one.bag == other.bag
    assert one.path.read_bytes() == write_zip(other.bag)


def test_a_zip_is_one_stored_folder_of_the_same_files(report: Path) -> None:
    made = archived(report, report.with_name("包.zip"))
    with ZipFile(made.path) as archive_:
        assert archive_.testzip() is None
        assert {entry.compress_type for entry in archive_.infolist()} == {ZIP_STORED}
        assert {entry.filename for entry in archive_.infolist()} == {
            f"年报-第1版/{name}" for name in made.bag
        }
    assert open_package(made.path).contents == made.bag


def test_the_metadata_have_the_elements_of_the_standard(report: Path) -> None:
    bag = archived(report, report.with_name("包")).bag
    root = ElementTree.fromstring(bag["data/元数据/metadata.xml"])
    said: dict[str, list[str]] = {}
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        said.setdefault(name, []).append((element.text or "").strip())
    assert said["题名"] == ["清溪县柳河乡人民政府2024年政府信息公开工作年度报告"]
    assert said["档号"] == ["J012-WS·2024-Y-BGS-0001"]
    assert (said["全宗号"], said["保管期限"], said["日期"]) == (["J012"], ["永久"], ["2025-01-10"])
    assert said["主题词"] == ["政府信息公开", "年度报告"]
    assert said["业务行为"] == ["定稿", "归档"]
    described = [name for name in bag if name.startswith("data/") and not name.endswith(".xml")]
    assert sorted(said["计算机文件名"]) == sorted(name.removeprefix("data/") for name in described)
    for name, size in zip(said["计算机文件名"], said["计算机文件大小"], strict=True):
        assert len(bag[f"data/{name}"]) == int(size)
    for name in ("premis", "mets"):
        assert faults(name, bag[f"data/元数据/{name}.xml"]) == ""


def test_archiving_again_makes_the_same_package_and_no_event(report: Path) -> None:
    first = archived(report, report.with_name("包"))
    before = contents(dossier_of(report).folder)
    again = archived(report, report.with_name("包"), at="2026-01-01T00:00:00Z", by="王五")
    other = archive(
        report, Wish(1), report.with_name("又.zip"), Signing("王五", always("2026-01-01T00:00:00Z"))
    )
    assert (again.is_new, other.is_new) == (False, False)
    assert first.bag == again.bag == other.bag
    assert contents(dossier_of(report).folder) == before


def test_other_metadata_make_another_package(report: Path) -> None:
    archived(report, report.with_name("包"))
    office = report.with_name("著录.yaml")
    office.write_text(office.read_text("utf-8") + "附注: 补充\n", "utf-8")
    made = archived(report, report.with_name("包2"))
    assert made.is_new
    assert [entry.event for entry in read_history(dossier_of(report)).entries] == [
        "issued",
        "archived",
        "archived",
    ]


def test_a_scan_of_the_signed_paper_goes_in_and_the_package_says_so(report: Path) -> None:
    scan = report.with_name("scan.pdf")
    scan.write_bytes(blank_pdf())
    made = archived(report, report.with_name("包"), scan=scan)
    assert made.bag["data/正本/年报-签署件扫描.pdf"] == scan.read_bytes()
    assert "纸质签署，附签署件的扫描件" in made.bag["说明文件.txt"].decode()
    (kept,) = read_history(dossier_of(report)).entries[-1].named("scan")
    assert kept.file.sha256 == digest(scan.read_bytes())
    again = archive(report, Wish(1), report.with_name("又"), Signing("王五", always(ARCHIVED_AT)))
    assert (again.is_new, again.bag) == (False, made.bag)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"PK\x03\x04"])
def test_what_is_no_scan_is_refused(report: Path, content: bytes) -> None:
    scan = report.with_name("scan.pdf")
    scan.write_bytes(content or b"scan")
    with pytest.raises(FileError) as error:
        archived(report, report.with_name("包"), scan=scan)
    assert stopped(error) == ["scan-unusable"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("全宗号: J012\n", "", "missing-key"),
        ("保管期限: 永久", "保管期限: 长期", "choice"),
        ("机构或问题", "机构和问题", "unknown-key"),
        ("档号: J012-WS·2024-Y-BGS-0001", "档号: J012-WS·2024-Y-BGS-待填", "gap-not-allowed"),
        ("全宗号: J012", "全宗号: 待填", "gap-not-allowed"),
        ("保管期限: 永久", "保管期限: 待填", "gap-not-allowed"),
        ("-Y-", "-D30-", "archive-number"),
        ("·2024-", "·2023-", "archive-number"),
        ("档号: J012", "档号: J013", "archive-number"),
    ],
)
def test_metadata_are_checked_like_a_report(report: Path, old: str, new: str, code: str) -> None:
    office = report.with_name("著录.yaml")
    text = office.read_text("utf-8")
    assert old in text
    office.write_text(text.replace(old, new, 1), "utf-8")
    before = contents(report.parent)
    with pytest.raises(ReportError) as error:
        archived(report, report.with_name("包"))
    assert code in stopped(error)
    assert all(finding.location.file == str(office) for finding in error.value.diagnostics)
    assert all(finding.location.line for finding in error.value.diagnostics)
    assert contents(report.parent) == before


def test_a_base_kind_of_ones_own_may_say_what_the_office_has_to_tell(report: Path, tmp_path: Path) -> None:
    own = tmp_path / "kinds" / "gbt9704"
    shutil.copytree(package_folder() / "gbt9704", own)
    file = own / "archive.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("required: [全宗号, 档号,", "required: [全宗号, 附注, 档号,"), "utf-8")
    wish = Wish(1, report.with_name("著录.yaml"), kinds=(own.parent,))
    with pytest.raises(ReportError) as error:
        archive(report, wish, report.with_name("包"), Signing("李四", always(ARCHIVED_AT)))
    assert stopped(error) == ["missing-key"]
    file.write_text(text.replace("terms: {永久: Y", "terms: [永久, Y]\nx: {永久: Y"), "utf-8")
    with pytest.raises(KindError) as broken:
        archive(report, wish, report.with_name("包"), Signing("李四", always(ARCHIVED_AT)))
    assert {finding.location.file for finding in broken.value.diagnostics} == {str(file)}
    file.unlink()
    assert archive(report, wish, report.with_name("包"), Signing("李四", always(ARCHIVED_AT))).is_new


def test_what_stands_in_the_way_stops(report: Path) -> None:
    signing = Signing("李四", always(ARCHIVED_AT))
    with pytest.raises(UsageError) as missing:
        archive(report, Wish(2, report.with_name("著录.yaml")), report.with_name("包"), signing)
    assert stopped(missing) == ["unknown-revision"]
    with pytest.raises(UsageError) as early:
        archived(report, report.with_name("包"), at="2025-01-20T08:29:59Z")
    assert stopped(early) == ["archive-too-early"]
    (report.with_name("包")).mkdir()
    (report.with_name("包") / "mine").write_text("mine")
    before = contents(report.parent)
    with pytest.raises(FileError) as taken:
        archived(report, report.with_name("包"))
    assert stopped(taken) == ["name-taken"]
    assert contents(report.parent) == before


def test_a_record_that_does_not_hold_is_not_archived(report: Path) -> None:
    next((dossier_of(report).files).glob("*.docx")).write_bytes(b"forged")
    with pytest.raises(LedgerError) as error:
        archived(report, report.with_name("包"))
    assert stopped(error) == ["record-file-altered"]
    assert error.value.exit_code == 8
    assert not report.with_name("包").exists()


class Watch:
    """Counts the steps of a disk and does something at one of them."""

    def __init__(self, at: int = -1, act: Callable[[], None] = lambda: None) -> None:
        self.at, self.act, self.steps = at, act, 0

    def __call__(self, _step: str, _path: Path) -> None:
        self.steps += 1
        if self.steps - 1 == self.at:
            self.act()


def settled(report: Path, target: Path) -> tuple[int, bool]:
    """How many events there are, and whether the package is; the next run makes both whole."""
    dossier = Dossier(dossier_of(report).folder)
    history = read_history(dossier)
    assert history.standing is Standing.HOLDS
    found = len(history.entries), target.exists()
    made = archived(report, target)
    assert made.is_new is (found[0] == 1)
    assert open_package(target).contents == made.bag
    history = read_history(dossier)
    assert (history.standing, codes(history), len(history.entries)) == (Standing.HOLDS, [], 2)
    assert sorted(path.name for path in report.parent.iterdir()) == sorted(
        ["年报.yaml", "年报.记录", "著录.yaml", target.name]
    )
    return found


@pytest.mark.parametrize("name", ["包", "包.zip"])
@pytest.mark.parametrize("how", ["kill", "disk full"])
def test_cut_off_at_any_step_the_next_run_completes(
    issued_folder: Path, tmp_path: Path, name: str, how: str
) -> None:
    watch = Watch()
    first = copied(issued_folder, tmp_path / "count")
    archived(first, first.with_name(name), Disk(watch))
    assert watch.steps > 15
    every = max(1, watch.steps // 20)
    seen = set()
    for at in [*range(0, watch.steps, every), *range(max(0, watch.steps - 20), watch.steps)]:
        report = copied(issued_folder, tmp_path / f"at-{at}")
        target = report.with_name(name)
        if how == "kill":
            kill_at(at, report, target)
        else:
            with suppress(FileError):
                archived(report, target, Disk(Watch(at, fail)))
        seen.add(settled(report, target))
        shutil.rmtree(report.parent)
    assert {(1, False), (2, False)} <= seen <= {(1, False), (2, False), (2, True)}


def fail() -> None:
    """No room on the disk."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def kill_at(at: int, report: Path, target: Path) -> None:
    """Archive in a process that is killed at a step."""
    child = os.fork()
    if child == 0:
        try:
            archived(report, target, Disk(Watch(at, lambda: os.kill(os.getpid(), signal.SIGKILL))))
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def test_a_folder_that_cannot_be_written_stops_with_one_message(report: Path) -> None:
    before = contents(report.parent)
    with pytest.raises(FileError) as error:
        archived(report, report.with_name("不在") / "包")
    assert len(error.value.diagnostics) == 1
    assert error.value.exit_code == 5
    assert contents(report.parent) == before


def test_the_command_archives(
    report: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(report.parent)
    assert cli.run(["archive", "年报.yaml", "--form"]) == 0
    form = capfd.readouterr().out
    assert "档号: 待填" in form
    Path("空.yaml").write_text(form, "utf-8")
    call = ["archive", "年报.yaml", "--by", "李四", "--at", "2025-01-21T10:00+08:00", "-o", "包.zip"]
    assert cli.run([*call, "--metadata", "空.yaml"]) == 1
    assert "空.yaml:" in capfd.readouterr().err
    assert cli.run([*call, "--metadata", "著录.yaml"]) == 0
    done = capfd.readouterr()
    assert (done.out, "已归档：第1版的信息包是“包.zip”" in done.err) == ("包.zip\n", True)
    assert cli.run(call) == 0
    assert "同一个信息包" in capfd.readouterr().err
    office = Path("著录.yaml").read_text("utf-8")
    Path("又.yaml").write_text(office + "附注: 又\n", "utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1740000000")
    other = ["archive", "年报.yaml", "--by", "李四", "-o", "又", "--metadata", "又.yaml"]
    assert cli.run(other) == 0
    assert "2025-02-19T21:20:00Z" in Path("又/说明文件.txt").read_text("utf-8")
    capfd.readouterr()
    assert cli.run(["archive", "年报.yaml"]) == 2
    assert "[option-needed]" in capfd.readouterr().err


def test_what_only_the_office_knows_may_come_later(
    report: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(report.parent)
    call = ["archive", "年报.yaml", "--by", "李四", "--at", "2025-01-21T10:00+08:00"]
    assert cli.run([*call, "-o", "先"]) == 0
    assert "警告[archive-metadata-needed]" in capfd.readouterr().err
    assert not Path("先/data/元数据/著录补充.yaml").exists()
    assert cli.run(["verify", "先", "--quick"]) == 0
    told = capfd.readouterr()
    assert "[archive-metadata-needed]" in told.out + told.err
    Path("无.yaml").write_text("", "utf-8")
    assert cli.run([*call, "-o", "后", "--metadata", "无.yaml"]) == 1
    assert cli.run([*call, "-o", "后", "--metadata", "著录.yaml"]) == 0
    assert Path("后/data/元数据/著录补充.yaml").exists()


def commands_in(page: str) -> list[str]:
    """The commands of a page, as they are written: every block that is set in."""
    blocks = re.findall(r"(?:^    .*\n)+", page, re.MULTILINE)
    return [line for block in blocks for line in separate(textwrap.dedent(block))]


def separate(block: str) -> list[str]:
    """The commands of a block: a loop is one, else every line."""
    return [block] if block.startswith(("for", "while")) else block.splitlines()


def bare(command: str, place: Path, tools: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the page as on a machine that has bagit-python and nothing of ours."""
    tools.mkdir(exist_ok=True)
    (tools / "bagit.py").write_text(f'#!/bin/sh\nexec "{sys.executable}" -W ignore -m bagit "$@"\n')
    (tools / "bagit.py").chmod(0o755)
    environment = {"PATH": f"{tools}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        ["sh", "-e", "-c", command], cwd=place, env=environment, capture_output=True, text=True
    )


def test_every_command_of_the_page_inside_works_word_by_word(report: Path, tmp_path: Path) -> None:
    made = archived(report, tmp_path / "包")
    place = tmp_path / "elsewhere"
    shutil.move(made.path, place)
    commands = commands_in(made.bag["说明文件.txt"].decode())
    simple = [command for command in commands if command.startswith(("sha", "bagit", "while"))]
    assert len(simple) == 7

    def run(command: str) -> subprocess.CompletedProcess[str]:
        return bare(command, place, tmp_path / "tools")

    for command in simple:
        done = run(command)
        assert (done.returncode, "改动" in done.stdout) == (0, False), (command, done)
    with (place / "data/定稿/年报.docx").open("ab") as file:
        file.write(b"\0")
    found = [run(command) for command in simple]
    assert [done.returncode != 0 for done in found[:2]] == [True, True]
    assert found[4].returncode != 0
    assert "改动：data/定稿/年报.docx" in found[5].stdout
