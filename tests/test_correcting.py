"""Correcting an issued report: a revision more with its notice, or nothing, whatever stands in the way."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from reportgen import Build, clerk, cli
from reportgen.building import build
from reportgen.correcting import Corrected, Desk, Wish, correct
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
from reportgen.issuing import Make, Signing, issue
from reportgen.model.report import Loaded
from reportgen.model.review.references import NOTHING, Against
from reportgen.records.dossier import dossier_of, held
from reportgen.records.history import Standing, read_history
from reportgen.records.inputs import read_inputs
from reportgen.records.manifest import NAME, record, write_manifest
from reportgen.redlining.redline import count_changes
from reportgen.render.revision import Revision
from reportgen.verifying import verify
from tests.clocks import always
from tests.records.frozen import CASE, WHY, freeze_report, issued_and_corrected
from tests.records.samples import codes, contents
from tests.records.test_record import Watch, die, in_a_child

FIXTURES = Path(__file__).parents[1] / "fixtures"
AT = "2025-03-01T02:00:00Z"

pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed file .*sRGB2014.icc:ResourceWarning"
)  # WeasyPrint's own


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A build of the sample, whose verification stands for that of others."""
    path = shutil.copy(FIXTURES / "qingxi-township-2024.yaml", tmp_path_factory.mktemp("made") / "r.yaml")
    return build(path)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report that was issued and changed since."""
    path = Path(shutil.copy(FIXTURES / "qingxi-township-2024.yaml", tmp_path / "r.yaml"))
    freeze_report(path)
    edit(path, "收到和处理申请:\n  其余: 0", CASE)
    return path


def edit(path: Path, old: str, new: str) -> None:
    """Replace a stretch of a report."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def commented(docx: bytes, said: str) -> bytes:
    """A Word file that says the same, with other bytes."""
    content = BytesIO(docx)
    with zipfile.ZipFile(content, "a") as package:
        package.comment = said.encode()
    return content.getvalue()


def maker(made: Build) -> Make:
    """Makes a build at once, of a few bytes, with a true manifest."""

    def make(loaded: Loaded, revision: Revision | None) -> Build:
        report = loaded.report
        assert report
        said = f"{revision} {digest(report.source)}"
        files = {f"{report.path.stem}.{form}": f"{form} {said}".encode() for form in ("pdf", "html")}
        files[f"{report.path.stem}.docx"] = commented(made.files["r.docx"], said)
        outputs = tuple(record(name, content) for name, content in files.items())
        files[NAME] = write_manifest(replace(made.manifest, outputs=outputs, revision=revision))
        return replace(
            made, report=report, inputs=read_inputs(report), files=files, diagnostics=loaded.diagnostics
        )

    return make


def corrected(
    path: Path,
    made: Build,
    disk: Disk | None = None,
    *,
    at: str = AT,
    against: Against = NOTHING,
    **wish: object,
) -> Corrected:
    """Correct a report with documents of a few bytes."""
    wished = Wish(str(wish.pop("reason", WHY)), **wish)  # type: ignore[arg-type]
    return correct(path, wished, Desk(Signing("李四", always(at), disk or Disk()), maker(made), against))


def stopped(error: pytest.ExceptionInfo[ReportgenError]) -> list[str]:
    """The codes of the findings an error carries."""
    return [finding.code for finding in error.value.diagnostics]


def named(found: tuple[Diagnostic, ...], code: str) -> Diagnostic:
    """The one finding of a code."""
    (finding,) = (finding for finding in found if finding.code == code)
    return finding


@pytest.mark.slow
def test_a_correction_is_a_revision_more_and_keeps_the_old_one(report: Path, made: Build) -> None:
    before = contents(dossier_of(report).folder)
    done = corrected(report, made)
    history = read_history(done.dossier)
    assert (history.standing, codes(history)) == (Standing.HOLDS, [])
    first, second = history.entries
    assert (second.event, second.revision, second.by, second.why, second.at) == (
        *("corrected", 2, "李四", WHY),
        AT,
    )
    assert second.previous == history.ledger.lines[0].sha256
    after = contents(done.dossier.folder)
    assert {name: after[name] for name in before if "台账" not in name} == {
        name: content for name, content in before.items() if "台账" not in name
    }
    assert first.named("source")[0].file.sha256 != second.named("source")[0].file.sha256
    (source,) = second.named("source")
    assert (done.dossier.files / source.stored).read_bytes() == report.read_bytes()


@pytest.mark.slow
def test_the_documents_say_which_revision_they_replace_and_why(report: Path, made: Build) -> None:
    seen: list[Revision | None] = []
    make = maker(made)

    def watch(loaded: Loaded, revision: Revision | None) -> Build:
        seen.append(revision)
        return make(loaded, revision)

    correct(report, Wish(WHY), Desk(Signing("李四", always("2025-03-01T18:00:00Z")), watch, NOTHING))
    revision, notice = seen
    assert notice is None
    assert revision
    assert revision.replaced
    day = revision.replaced.date
    assert (revision.number, revision.replaced.number, revision.replaced.reason) == (2, 1, WHY)
    assert (day.year, day.month, day.day) == (2025, 3, 2)  # where the office is
    assert revision.replaced.notice == "r.更正说明-2.html"


def notice_of(done: Corrected) -> str:
    """The report file of the notice."""
    item = next(item for item in done.entry.named("notice") if item.file.name.endswith(".yaml"))
    return (done.dossier.files / item.stored).read_text("utf-8")


def test_the_notice_has_a_line_for_every_change_with_what_changed_with_it(report: Path, made: Build) -> None:
    edit(report, "未发生责任追究情形", "没有发生责任追究情形")
    edit(report, "新媒体公开: 112", "新媒体公开: 121")
    rows = [line.strip() for line in notice_of(corrected(report, made)).splitlines() if "- [" in line]
    assert len(rows) == 4
    assert rows[0] == (
        "- [1, 三、收到和处理政府信息公开申请情况／一、本年新收政府信息公开申请数量／自然人, 0, 1, "
        "漏计一件申请, 一、本年新收政府信息公开申请数量／总计：0改为1；（二）依申请公开：0改为1]"
    )
    assert [row.split(", ")[4] for row in rows[1:]] == ["同上"] * 3
    assert "新媒体公开121条" in rows[2]  # what no document prints is told by the text that shows it
    assert "没有发生责任追究情形。, 同上, 无]" in rows[3]
    assert "年度工作考核结果" in rows[3]
    assert "组织培训2次" not in rows[3]


def test_a_new_sub_heading_and_its_text_are_one_item_of_the_notice(report: Path, made: Build) -> None:
    text = "- 小标题: 公开培训\n    正文: [全年办班两期。, 另有一次座谈。]\n  "
    edit(report, "- 小标题: 监督保障", f"{text}- 小标题: 监督保障")
    edit(report, "落实信息发布", "另行落实信息发布")
    rows = [line.strip() for line in notice_of(corrected(report, made)).splitlines() if "- [" in line]
    told = [row for row in rows if "／（五）公开培训" in row]
    assert [row.split(", ")[1:4] for row in told] == [
        ["一、总体情况／（五）公开培训", "无", "公开培训 全年办班两期。"],
        ["一、总体情况／（五）公开培训／第2段", "无", "另有一次座谈。"],
    ]


def test_what_stands_in_the_report_is_no_expression_in_the_notice(report: Path, made: Build) -> None:
    edit(report, "配备查询终端1台", "配备{{ '{{' }} 终端1台")
    done = corrected(report, made, reason="写错了{{ 1 }}处")
    assert "{{ ''{{'' }} 终端" in notice_of(done)  # in a text between quotes
    assert "写错了{{ '{{' }} 1 }}处" in notice_of(done)


def test_the_changes_are_kept_for_programs(report: Path, made: Build) -> None:
    done = corrected(report, made)
    (item,) = done.entry.named("changes")
    content = json.loads((done.dossier.files / item.stored).read_bytes())
    assert [change["path"] for change in content["changes"]] == [change.path for change in done.changes]


def test_corrections_follow_each_other(report: Path, made: Build) -> None:
    corrected(report, made)
    edit(report, "组织培训2次", "组织培训3次")
    done = corrected(report, made, at="2025-04-01T02:00:00Z")
    assert done.entry.revision == 3
    assert [change.after for change in done.changes if "培训3次" in change.after]
    assert "第2版定稿后" in notice_of(done)
    assert read_history(done.dossier).standing is Standing.HOLDS


def test_nothing_changed_is_nothing_to_correct(report: Path, made: Build) -> None:
    corrected(report, made)
    edit(report, "状态: 定稿", "状态: 定稿 # 改")
    before = contents(report.parent)
    with pytest.raises(ReportError) as error:
        corrected(report, made)
    assert (stopped(error), error.value.exit_code) == (["nothing-to-correct"], 1)
    assert contents(report.parent) == before


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("状态: 定稿", "状态: 草稿", "issue-draft"),
        ("结转下年度: {自然人: 1}", "结转下年度: {自然人: 2}", "application-balance"),
    ],
)
def test_drafts_and_reports_with_errors_are_no_corrections(
    report: Path, made: Build, old: str, new: str, code: str
) -> None:
    edit(report, old, new)
    with pytest.raises(ReportError) as error:
        corrected(report, made)
    assert code in stopped(error)


def test_a_report_without_a_record_cannot_be_corrected(report: Path, made: Build) -> None:
    shutil.rmtree(dossier_of(report).folder)
    with pytest.raises(FileError) as error:
        corrected(report, made)
    assert stopped(error) == ["record-missing"]


def test_a_record_that_does_not_hold_stops(report: Path, made: Build) -> None:
    next(dossier_of(report).files.glob("*.pdf")).write_bytes(b"%PD?")
    with pytest.raises(LedgerError) as error:
        corrected(report, made)
    assert (stopped(error), error.value.exit_code) == (["record-file-altered"], 8)


def test_the_name_of_the_office_can_be_corrected(report: Path, made: Build) -> None:
    edit(report, "清溪县柳河乡", "清溪县杨河乡")
    done = corrected(report, made)
    assert done.entry.report["机关"] == "清溪县杨河乡人民政府"
    assert "机关" in [change.path for change in done.changes]
    with pytest.raises(ReportError) as error:
        corrected(report, made)
    assert stopped(error) == ["nothing-to-correct"]


def test_the_record_of_another_report_is_not_written(report: Path, made: Build) -> None:
    edit(report, "2024", "2023")
    with pytest.raises(LedgerError) as error:
        corrected(report, made)
    assert stopped(error) == ["record-of-another-report"]


@pytest.mark.parametrize("reason", ["", " ", "一\n二", "长" * 501])
def test_a_reason_can_be_printed(report: Path, made: Build, reason: str) -> None:
    with pytest.raises(UsageError) as error:
        corrected(report, made, reason=reason)
    assert stopped(error) == ["reason-unusable"]


def test_a_number_too_long_for_its_column_stands_above_the_table(report: Path, made: Build) -> None:
    why = "编号20240115001234的申请漏计"
    text = notice_of(corrected(report, made, reason=why))
    assert text.count(why) == 1
    assert text.count("见第一部分") == 1


def test_documents_that_failed_verification_are_not_kept(report: Path, made: Build) -> None:
    check = next(iter(made.verification.checks))
    verdict = type(check.verdict).FAILS
    bad = replace(made, verification=replace(made.verification, checks=(replace(check, verdict=verdict),)))
    before = contents(report.parent)
    with pytest.raises(VerificationError):
        corrected(report, bad)
    assert contents(report.parent) == before


def test_a_report_taken_back_has_its_notice_and_takes_nothing_more(report: Path, made: Build) -> None:
    done = corrected(report, made, withdraw=True, reason="统计口径有误")
    assert (done.entry.event, done.entry.revision) == ("withdrawn", 1)
    assert "种类: 撤回说明" in notice_of(done)
    names = [item.file.name for item in done.entry.named("notice")]  # none that a correction's notice has
    assert names[0] == "r.撤回说明-1.yaml"
    assert all(name.startswith("r.撤回说明-1.") for name in names)
    assert read_history(done.dossier).standing is Standing.HOLDS
    for again in (True, False):
        with pytest.raises(LedgerError) as error:
            corrected(report, made, withdraw=again)
        assert stopped(error) == ["report-withdrawn"]
    with pytest.raises(LedgerError) as error:
        issue(report, Signing("李四", always(AT)), maker(made), against=NOTHING, kinds=())
    assert stopped(error) == ["report-withdrawn"]


PROFILE = "名称: 某县要求\n更正批准: {数字: 分管负责人, 结构: 主要负责人}\n"


@pytest.mark.slow
def test_a_superior_may_say_who_approves_what(report: Path, made: Build, tmp_path: Path) -> None:
    profile = tmp_path / "要求.yaml"
    profile.write_text(PROFILE, "utf-8")
    against = Against(profile=profile)
    for given in ((), ("李四",), ("分管负责人",), ("主要负责人 李四",)):
        with pytest.raises(ReportError) as error:
            corrected(report, made, against=against, approved=given)
        assert stopped(error) == ["approval-missing"]
        assert "分管负责人" in error.value.diagnostics[0].message()
    done = corrected(report, made, against=against, approved=("分管负责人 王五",))
    assert done.entry.why == f"{WHY}（批准：分管负责人 王五）"


def next_year(report: Path, target: Path) -> Path:
    """A report of the next year that names this one."""
    text = (FIXTURES / "qingxi-township-2024.yaml").read_text("utf-8").replace("年度: 2024", "年度: 2025")
    target.parent.mkdir(exist_ok=True)
    last = os.path.relpath(report, target.parent)
    target.write_text(f"{text}上年报告: {last}\n", "utf-8")
    return target


@pytest.mark.parametrize("where", ["next.yaml", "2025/next.yaml"])
def test_next_years_report_is_named_when_it_needs_the_same(report: Path, made: Build, where: str) -> None:
    path = next_year(report, report.parent / where)
    found = corrected(report, made).diagnostics
    finding = named(found, "next-year-differs")
    assert (finding.path, Path(finding.location.file).name) == ("收到和处理申请.上年结转.自然人", "next.yaml")
    assert "由0更正为1" in finding.message()
    assert f"reportgen validate {path}" in finding.hint()


def test_next_years_issued_report_is_to_be_corrected_too(report: Path, made: Build, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    path = next_year(report, tmp_path / "elsewhere" / "deep.yaml")
    dossier_of(path).folder.mkdir()
    found = corrected(report, made, following=path).diagnostics
    assert f'reportgen correct {path} --reason "…"' in named(found, "next-year-differs").hint()


def test_next_years_report_that_has_the_figure_already_is_a_hint(report: Path, made: Build) -> None:
    path = next_year(report, report.parent / "next.yaml")
    edit(path, "收到和处理申请:\n  其余: 0", "收到和处理申请:\n  其余: 0\n  上年结转: {自然人: 1}")
    named(corrected(report, made).diagnostics, "next-year-agrees")


def test_figures_in_force_are_followed_too(report: Path, made: Build) -> None:
    edit(
        report,
        "主动公开政府信息:\n  其余: 0",
        "主动公开政府信息:\n  其余: 0\n  行政规范性文件: {现行有效: 2}",
    )
    found = corrected(report, made).diagnostics
    paths = [finding.path for finding in found if finding.code == "next-year-follows"]
    assert paths == ["主动公开政府信息.行政规范性文件.现行有效", "收到和处理申请.结转下年度.自然人"]
    first = next(finding.location for finding in found if finding.code == "next-year-follows")
    line = report.read_text("utf-8").splitlines()[first.line - 1]
    assert line[first.column - 1 : first.end_column - 1] == "2"


def test_a_correction_that_next_year_does_not_go_on_from_says_nothing(report: Path, made: Build) -> None:
    edit(report, CASE, "收到和处理申请:\n  其余: 0")
    edit(report, "组织培训2次", "组织培训3次")
    assert not [f for f in corrected(report, made).diagnostics if f.code.startswith("next-year")]


def test_a_clock_that_went_back_is_told(report: Path, made: Build) -> None:
    done = corrected(report, made, at="2025-01-01T00:00:00Z")
    named(done.diagnostics, "ledger-clock-back")
    history = read_history(done.dossier)
    assert (history.standing, codes(history)) == (Standing.HOLDS, ["ledger-clock-back"])


def test_two_at_once_one_wins_and_the_other_is_told(report: Path, made: Build) -> None:
    before = contents(dossier_of(report).folder)
    with held(dossier_of(report), "王五", Disk()), pytest.raises(FileError) as error:
        corrected(report, made)
    assert stopped(error) == ["record-in-use"]
    assert "王五" in error.value.diagnostics[0].message()
    assert contents(dossier_of(report).folder) == before


def is_before_or_after(report: Path, source: bytes) -> int:
    """How many revisions there are; the record holds, and the report is as it was."""
    history = read_history(dossier_of(report))
    assert history.standing is Standing.HOLDS
    assert report.read_bytes() == source
    return len(history.revisions)


def fresh(folder: Path) -> Path:
    """An issued report with a change, in a folder of its own."""
    folder.mkdir()
    path = Path(shutil.copy(FIXTURES / "qingxi-township-2024.yaml", folder / "r.yaml"))
    freeze_report(path)
    edit(path, "组织培训2次", "组织培训3次")
    return path


@pytest.fixture(scope="module")
def steps(made: Build, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every step on the disk of a correction."""
    return steps_of_correcting(made, tmp_path_factory.mktemp("count") / "r")


def steps_of_correcting(made: Build, folder: Path) -> list[str]:
    """Every step on the disk of a correction."""
    watch = Watch()
    corrected(fresh(folder), made, Disk(watch))
    assert len(watch.steps) > 60
    return watch.steps


def kill_taking_back(made: Build, tmp_path: Path) -> int:
    """Kill at every step: the record is as before or complete. How many steps there were."""
    watch = Watch()
    corrected(fresh(tmp_path / "count"), made, Disk(watch), withdraw=True)
    for at in range(len(watch.steps)):
        path = fresh(tmp_path / f"at-{at}")
        act = partial(corrected, path, made, Disk(Watch(at, die)), withdraw=True)
        assert in_a_child(act) == signal.SIGKILL
        with suppress(LedgerError):  # it is taken back already
            corrected(path, made, withdraw=True)
        history = read_history(dossier_of(path))
        assert history.standing is Standing.HOLDS
        assert [entry.event for entry in history.entries] == ["issued", "withdrawn"], at
        assert sorted(item.name for item in path.parent.iterdir()) == ["r.yaml", "r.记录"]
    return len(watch.steps)


def kill_correcting(made: Build, steps: list[str], tmp_path: Path) -> int:
    """Kill at every step: the record is as before or complete. How many steps there were."""
    seen = set()
    for at in range(len(steps)):
        path = fresh(tmp_path / f"at-{at}")
        source = path.read_bytes()
        assert in_a_child(partial(corrected, path, made, Disk(Watch(at, die)))) == signal.SIGKILL
        count = is_before_or_after(path, source)
        seen.add(count)
        with suppress(ReportError):  # nothing to correct any more
            corrected(path, made)
        assert is_before_or_after(path, source) == 2, at
        assert sorted(item.name for item in path.parent.iterdir()) == ["r.yaml", "r.记录"]
    assert seen == {1, 2}
    return len(steps)


@pytest.mark.slow
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_failure_at_any_step_leaves_the_record_as_before_or_complete(
    made: Build, steps: list[str], tmp_path: Path, number: int
) -> None:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    for at in range(len(steps)):
        path = fresh(tmp_path / f"at-{at}")
        source = path.read_bytes()
        with suppress(FileError):
            corrected(path, made, Disk(Watch(at, fail)))
        is_before_or_after(path, source)
        with suppress(ReportError):
            corrected(path, made)
        assert is_before_or_after(path, source) == 2, at
        assert sorted(item.name for item in path.parent.iterdir()) == ["r.yaml", "r.记录"]
    print(f"failed at {len(steps)} steps of a correction")


@pytest.mark.slow
def test_an_editor_that_saves_at_any_step_makes_no_mixture(
    made: Build, steps: list[str], tmp_path: Path
) -> None:
    seen = set()
    for at in range(len(steps)):
        path = fresh(tmp_path / f"at-{at}")
        first = path.read_bytes()
        other = first.replace("组织培训3次".encode(), "组织培训4次".encode())
        save = partial(path.write_text, other.decode(), "utf-8")
        stored = set(dossier_of(path).files.iterdir())
        codes = []
        try:
            corrected(path, made, Disk(Watch(at, save)))
        except FileError as error:
            codes = [finding.code for finding in error.diagnostics]
            assert codes == ["input-changed"]
        history = read_history(dossier_of(path))
        assert history.standing is Standing.HOLDS
        assert len(history.revisions) == (1 if codes else 2)
        assert (set(dossier_of(path).files.iterdir()) == stored) == bool(codes)
        if not codes:
            (source,) = history.revisions[-1].named("source")
            assert source.file.sha256 == digest(first)
        assert "组织培训4次" in path.read_text("utf-8")
        seen.add(bool(codes))
    assert seen == {True, False}


@dataclass(frozen=True, slots=True)
class LateDisk(Disk):
    """A network drive on which a new name is seen some steps after the renaming."""

    late: int = 1
    waiting: list[list[object]] = field(default_factory=list)

    def note(self, _step: str, _path: Path) -> None:
        """Let time pass."""
        for item in list(self.waiting):
            item[0] = int(str(item[0])) - 1
            if item[0] == 0:
                self.waiting.remove(item)
                act = item[1]
                assert callable(act)
                act()

    def rename(self, old: Path, new: Path) -> None:
        """Rename, seen later."""
        self.before("rename", old)
        self.waiting.append([self.late, lambda: old.rename(new)])

    def place(self, old: Path, new: Path) -> None:
        """Rename to a free name, seen later."""
        self.before("place", old)
        self.waiting.append([self.late, lambda: Disk().place(old, new)])


@pytest.mark.parametrize("late", [1, 2])
def test_a_drive_that_renames_late_loses_nothing(report: Path, made: Build, late: int) -> None:
    source = report.read_bytes()
    waiting: list[list[object]] = []
    plain = LateDisk(late=late, waiting=waiting)
    disk = LateDisk(before=plain.note, late=late, waiting=waiting)
    with suppress(FileError):
        corrected(report, made, disk)
    while waiting:
        with suppress(FileNotFoundError):  # cleared away with what was being made
            plain.note("", Path())
    is_before_or_after(report, source)
    with suppress(ReportError):
        corrected(report, made)
    assert is_before_or_after(report, source) == 2


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report issued and corrected through the command line."""
    return issued_and_corrected(tmp_path_factory.getbasetemp() / "corrected")


def documents(path: Path, revision: int, role: str = "output") -> dict[str, bytes]:
    """The files of a revision by name."""
    dossier = dossier_of(path)
    entry = read_history(dossier).revisions[revision - 1]
    return {item.file.name: (dossier.files / item.stored).read_bytes() for item in entry.named(role)}


@pytest.mark.slow
def test_the_notice_is_a_document_like_any_other(real: Path, tmp_path: Path) -> None:
    for name, content in documents(real, 2, "notice").items():
        (tmp_path / name).write_bytes(content)
    assert [finding.code for finding in verify(tmp_path / "r.更正说明-2.pdf", prove=False).diagnostics] == []
    assert {path.suffix for path in tmp_path.iterdir()} == {".yaml", ".docx", ".pdf", ".html", ".json"}


@pytest.mark.slow
def test_the_redline_marks_what_the_correction_changed(real: Path) -> None:
    ((name, content),) = documents(real, 2, "redline").items()
    assert name == "r.花脸稿-2.docx"
    with zipfile.ZipFile(BytesIO(content)) as package:
        text = package.read("word/document.xml").decode()
    assert 'w:author="李四"' in text
    assert 'w:date="2025-03-01T02:00:00Z"' in text
    assert count_changes(content) > 3
    assert not documents(real, 1, "redline")


@pytest.mark.slow
def test_the_page_says_what_it_replaces_and_links_the_notice(real: Path) -> None:
    first, second = (documents(real, number)["r.html"].decode() for number in (1, 2))
    assert "替代" not in first
    said = "本报告为第2版，于2025年3月1日更正，替代第1版。更正理由：漏计一件申请。 <a"
    assert said in second
    assert 'href="r.%E6%9B%B4%E6%AD%A3%E8%AF%B4%E6%98%8E-2.html"' in second
    assert '<meta name="Revision" content="2"/>' in second
    assert "r.更正说明-2.html" in documents(real, 2, "notice")


@pytest.mark.slow
def test_the_command_tells_what_it_did_and_who_is_at_the_machine(
    report: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clerk, "getuser", lambda: "wang")
    assert cli.run(["correct", str(report), "--reason", WHY, "--at", "2025-03-01T10:00+08:00"]) == 0
    out, err = capfd.readouterr()
    assert [line.split("  ")[1] for line in out.splitlines()] == [
        *("manifest.json", "r.docx", "r.html", "r.pdf"),
        *(f"r.更正说明-2.{ending}" for ending in ("yaml", "manifest.json", "docx", "html", "pdf")),
    ]
    assert "已更正：第2版留存在" in err
    assert "改动数字 2，随之变化 3" in err
    assert read_history(dossier_of(report)).entries[-1].by == "wang"
    edit(report, "组织培训2次", "组织培训3次")
    assert cli.run(["correct", str(report), "--by", " ", "--reason", WHY]) == 2
    assert "[issuer-unusable]" in capfd.readouterr().err
    arguments = ["--withdraw", "--by", "李四", "--reason", "重新统计", "--format", "json"]
    assert cli.run(["correct", str(report), *arguments]) == 0
    out, err = capfd.readouterr()
    assert json.loads(out) == []
    assert "已撤回：第2版" in err
