"""The same lines and pages: faults are found by their check, right documents have none, nothing gets out."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from reportgen import build, doctor
from reportgen.model.kind import load_kind
from reportgen.render.fonts import load_fonts
from reportgen.render.glyphs import characters_of
from reportgen.render.line_ends import column_of
from reportgen.render.package import DOCUMENT
from reportgen.verify import libreoffice
from reportgen.verify.dropped_rows import part_rows
from reportgen.verify.libreoffice import OfficeError, pipes_of, run, set_pages
from reportgen.verify.setting import NAMES, check_setting, compare_setting
from reportgen.verify.subject import Subject
from reportgen.verify.typeset import read_twins
from reportgen.verify.verification import Verdict
from tests.english import unspoken
from tests.verify.faults import Fault
from tests.verify.faults.setting import FAULTS, lead_outside, part
from tests.verify.random_reports import make_report

FIXTURE = Path(__file__).parents[2] / "fixtures" / "suqian-city-2023.yaml"
MORE = """总体情况:
  - 一二三四五六七八九十一二三四五六七八九十一二三四五六，行首不能是逗号；2023年全部Word文件共12件。
  - 图表: {类型: 柱状图, 标题: 各季度数量, 单位: 件, 说明: 柱状图, 数据: {一季度: 3, 二季度: 5}}
"""
CHARTS = """总体情况:
  - 图表: {类型: 柱状图, 标题: 各季度数量, 单位: 件, 说明: 柱状图, 数据: {一季度: 3, 二季度: 5}}
  - 图表: {类型: 饼图, 标题: 各类数量, 单位: 件, 说明: 饼图, 数据: {甲类: 3, 乙类: 5}}
  - 两图之下的一行。
"""
CODES = {
    *("line-differs", "line-face-differs", "line-place-differs", "line-word-only", "line-pdf-only"),
    *("page-count-differs", "page-size-differs", "page-begins-otherwise", "page-ends-otherwise"),
    *("page-looks-different", "word-file-refused", "pdf-not-set-beside"),
}
LINE = "  - 本年度我局按照政务公开工作要点的安排推进各项公开任务。\n"
SEEDS = (101, 103, 104, 107, 310, 330, 328)
"""Of the last: a line 0.3 pt too long and a note that goes on overleaf; two percent signs; a full line."""
FULL = "328"
LONG = (
    "https://www.suqian.gov.cn/xxgk/gzxxndbg/2023.html",
    "http://www.suqian.gov.cn/cnsq/bmdt/202401/a3f1c2d4e5b64f2c9d2f7d2b8f8b9e10.shtml?id=12345678&x=1",
    "（https://www.example.gov.cn/cn/xxgk/zfxxgj/zwdt/content/post_11111111.html）",
    "http://www.a-b-c.gov.cn/long-path-with-hyphens/more-hyphens-here/2023-12-31/index-2.html",
    "xinxigongkai.bangongshi@suqian.gov.cn",
    "annual_report-2023_final-v2.1.docx",
    "91321300MB1234567890123456789012345678901234567890123456",
    "宿政办发〔2023〕12号GB/T33190-2016",
    "0527-84368000/84368001",
    "“-3.25%”",
    "￥1,234,567.50元",
    "12.5%-13.7%",
)
"""Words longer than half a line or a line, and what stands around hyphens, points and signs."""
HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会"
LOST = 302
"""A report of which LibreOffice loses half a table."""
FORMS = ("docx", "pdf")


@cache
def right(folder: Path) -> Subject:
    """The twins of a report that has all the faults need."""
    source = folder / "right.yaml"
    source.write_text(FIXTURE.read_text("utf-8").replace("总体情况:\n", MORE, 1), "utf-8")
    return subject_of(source)


def subject_of(source: Path) -> Subject:
    """The Word file and the PDF of a report."""
    made = build(source, outputs=FORMS)
    assert made.verification.passed
    names = {form: f"{source.stem}.{form}" for form in FORMS}
    contents = {form: made.files[name] for form, name in names.items()}
    return Subject(contents, names, made.report.kind.layout, made.report)


@pytest.fixture(scope="module")
def subject(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    return right(tmp_path_factory.mktemp("setting"))


@pytest.fixture(scope="module")
def office(subject: Subject) -> Mapping[str, bytes]:
    """What LibreOffice makes of the right Word file and of all faulty ones, in one run."""
    word = {fault.name: fault.breaks(subject.contents["docx"]) for fault in FAULTS if fault.form == "docx"}
    report = subject.report
    assert report
    faces = load_fonts(report.kind.fonts).with_rare(characters_of(report))
    return set_pages({"": subject.contents["docx"], **word}, faces)


def broken(subject: Subject, fault: Fault) -> Subject:
    """The subject with the fault."""
    content = fault.breaks(subject.contents[fault.form])
    return replace(subject, contents={**subject.contents, fault.form: content})


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_found_by_its_check(fault: Fault, subject: Subject, office: Mapping[str, bytes]) -> None:
    name = fault.name if fault.form == "docx" else ""
    checks = {
        check.name: check for check in compare_setting(broken(subject, fault), office.get(name, b""), "")
    }
    found = {diagnostic.code for diagnostic in checks[fault.check].diagnostics}
    assert fault.code in found
    assert [text for check in checks.values() for text in unspoken(check)] == []
    assert checks[fault.check].verdict in (Verdict.FAILS, Verdict.UNTOLD)


def test_every_code_has_its_fault() -> None:
    assert {fault.code for fault in FAULTS} == CODES


@pytest.mark.slow
def test_the_right_document_has_no_fault(subject: Subject, office: Mapping[str, bytes]) -> None:
    for check in compare_setting(subject, office[""], ""):
        assert (check.diagnostics, check.verdict) == ((), Verdict.HOLDS)


@pytest.mark.slow
def test_a_finding_names_the_page_and_the_place_in_the_report(
    subject: Subject, office: Mapping[str, bytes]
) -> None:
    lines, *_ = compare_setting(subject, office["a word more"], "")
    found = lines.diagnostics[0]
    assert "认认真真做好" in found.message("zh")
    assert found.path.startswith("总体情况")
    assert found.related[0].location.line > 1


@pytest.mark.slow
def test_many_differences_are_counted_and_pages_shown_side_by_side(
    subject: Subject, office: Mapping[str, bytes]
) -> None:
    lines, _, looks = compare_setting(subject, office["line pitch of 28 pt"], "")
    assert len(lines.diagnostics) == 21
    assert lines.diagnostics[-1].code == "lines-more-differ"
    assert 1 <= len(looks.exhibits) <= 4
    assert looks.exhibits[0].image.startswith(b"\x89PNG")


@pytest.mark.slow
def test_without_libreoffice_the_checks_are_left_out_with_the_command_that_installs_it(
    subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "find_office", lambda: None)
    checks = check_setting(subject)
    assert [check.name for check in checks] == list(NAMES)
    assert {check.verdict for check in checks} == {Verdict.LEFT_OUT}
    (tool,) = (tool for tool in doctor.TOOLS if tool.name == "LibreOffice")
    assert doctor.apt_install(tool.package) in checks[0].summary.zh


@pytest.mark.slow
def test_documents_of_unknown_kind_have_no_fonts_to_be_set_in(
    subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "find_office", lambda: "soffice")
    assert {check.verdict for check in check_setting(replace(subject, report=None))} == {Verdict.LEFT_OUT}


def test_one_document_alone_has_no_twin(subject: Subject) -> None:
    assert check_setting(replace(subject, contents={"pdf": b""})) == ()


def test_a_libreoffice_that_fails_leaves_the_question_open(
    subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "find_office", lambda: "/no/such/program")
    monkeypatch.setattr(libreoffice, "office_version", lambda _: "LibreOffice")
    checks = check_setting(subject)
    assert {check.verdict for check in checks} == {Verdict.UNTOLD}
    assert [found.code for found in checks[0].diagnostics] == ["word-file-not-set"]


def test_a_program_that_takes_too_long_is_ended_with_all_it_started(tmp_path: Path) -> None:
    begun = tmp_path / "child"
    script = f"sleep 60 & echo $! > {begun}; sleep 60"
    started = time.monotonic()
    with pytest.raises(OfficeError):
        run(["sh", "-c", script], {**os.environ}, 0.5)
    assert time.monotonic() - started < 10
    ended = time.monotonic() + 10
    while lives(int(begun.read_text())) and time.monotonic() < ended:
        time.sleep(0.05)
    assert not lives(int(begun.read_text()))


def lives(process: int) -> bool:
    """Whether a process still runs; one that only waits to be counted does not."""
    try:
        return "State:\tZ" not in Path("/proc", str(process), "status").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.slow
def test_a_word_file_that_names_a_server_never_reaches_it(subject: Subject) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/p.png"
        docx = lead_outside(subject.contents["docx"], address)
        report = subject.report
        assert report
        assert set_pages({"a": docx}, load_fonts(report.kind.fonts)) == {}
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.slow
def test_reports_of_random_texts_have_the_same_lines(tmp_path: Path) -> None:
    subjects = {}
    for seed in SEEDS:
        source = tmp_path / f"random-{seed}.yaml"
        source.write_text(make_report(seed), "utf-8")
        subjects[str(seed)] = subject_of(source)
    text = "".join(characters_of(subject.report) for subject in subjects.values() if subject.report)
    kind = load_kind("disclosure-annual")
    faces = load_fonts(kind.fonts).with_rare(text)
    made = set_pages(
        {name: subject.contents["docx"] for name, subject in subjects.items()},
        faces,
        column=column_of(faces, kind.layout, "body"),
    )
    for name, subject in subjects.items():
        lines, *_ = compare_setting(subject, made[name], "")
        print(name, lines.summary.en)
        assert [found.code for found in lines.diagnostics] == (["line-full"] if name == FULL else [])
        assert lines.verdict is Verdict.HOLDS


@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1])
def test_long_words_and_figures_end_lines_alike_wherever_they_stand(tmp_path: Path, half: int) -> None:
    words = LONG[half::2]
    texts = [
        f"本{(HAN * 2)[: shift + 9]}{word}等信息均已按时公开，具体以网站公布为准。"
        for word in words
        for shift in range(len(word) % 3, 18, 3)
    ]
    report = yaml.safe_load(FIXTURE.read_text("utf-8"))
    report["总体情况"] += texts
    source = tmp_path / "long.yaml"
    source.write_text(yaml.safe_dump(report, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
    checks = check_setting(subject_of(source))
    assert [str(found) for check in checks for found in check.diagnostics] == []
    assert {check.verdict for check in checks} == {Verdict.HOLDS}


@pytest.mark.slow
def test_rows_that_libreoffice_loses_are_set_again_and_that_is_said(tmp_path: Path) -> None:
    source = tmp_path / "lost.yaml"
    source.write_text(make_report(LOST), "utf-8")
    subject = subject_of(source)
    checks = check_setting(subject)
    assert {check.verdict for check in checks} == {Verdict.HOLDS}
    assert [found.code for check in checks for found in check.diagnostics] == ["office-drops-cells"]


def test_only_rows_of_the_tables_that_lost_cells_may_be_parted() -> None:
    kept, free = (f'<r fo:keep-together="{word}"/></style:style>' for word in ("always", "auto"))
    style = '<style:style style:name="T{}.1" style:family="table-row">'
    table = '<table:table x="T{0}"><table:table-row table:style-name="T{0}.1">第{0} 表</table:table>'
    tables = table.format(1) + table.format(2)
    flat = style.format(1) + kept + style.format(2) + kept + tables
    parted = style.format(1) + kept + style.format(2) + free + tables
    assert part_rows(flat.encode(), {"第2表"}).decode() == parted


def longer_report(folder: Path, lines: int) -> Subject:
    """The twins of a report with so many paragraphs more before its tables."""
    source = folder / f"longer-{lines}.yaml"
    text = FIXTURE.read_text("utf-8").replace("总体情况:\n", "总体情况:\n" + LINE * lines, 1)
    source.write_text(text, "utf-8")
    return subject_of(source)


@pytest.mark.slow
def test_pages_that_end_inside_a_table_or_after_one_line_of_a_paragraph_are_the_same(tmp_path: Path) -> None:
    """LibreOffice squeezes a row that a label goes on below, and takes no single line back to a page."""
    inside, after = longer_report(tmp_path, 8), longer_report(tmp_path, 9)
    low = part(DOCUMENT, 'w:hRule="exact"', 'w:hRule="atLeast"', 0)(inside.contents["docx"])
    word = {"inside": inside.contents["docx"], "low": low, "after": after.contents["docx"]}
    made = set_pages(word, load_fonts(load_kind("disclosure-annual").fonts))
    found = {
        name: {
            found.code for check in compare_setting(subject, made[name], "") for found in check.diagnostics
        }
        for name, subject in {"inside": inside, "low": inside, "after": after}.items()
    }
    assert found == {"inside": set(), "low": {"page-looks-different"}, "after": set()}


@pytest.mark.slow
def test_text_below_pictures_stands_as_deep_in_both(tmp_path: Path) -> None:
    """LibreOffice leaves no room for the tails of letters below a picture, so its line has nearly none."""
    source = tmp_path / "charts.yaml"
    source.write_text(FIXTURE.read_text("utf-8").replace("总体情况:\n", CHARTS, 1), "utf-8")
    subject = subject_of(source)
    made = set_pages({"": subject.contents["docx"]}, load_fonts(load_kind("disclosure-annual").fonts))
    first = read_twins(subject, made[""], "").matches[0]
    lower = {word.text: word.base - pdf.base for word, pdf in first.pairs}
    assert lower["两图之下的一行。"] == pytest.approx(lower["一、总体情况"], abs=0.5)


@pytest.mark.slow
def test_one_office_stays_for_both_conversions_and_leaves_nothing(
    subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it listens is known by a name that it makes itself: the test tells when it makes another."""
    seen: list[tuple[bool, bool]] = []

    def watched(profile: str) -> None:
        before = any(pipe.exists() for pipe in pipes_of(profile))
        remove_pipe(profile)
        seen.append((before, any(pipe.exists() for pipe in pipes_of(profile))))

    remove_pipe = libreoffice.remove_pipe
    monkeypatch.setattr(libreoffice, "remove_pipe", watched)
    assert [check.verdict for check in check_setting(subject)] == [Verdict.HOLDS] * 3
    assert seen == [(True, False)]


STAYING = """
import sys, time
from pathlib import Path
from reportgen.model.kind import load_kind
from reportgen.render.fonts import load_fonts
from reportgen.verify.libreoffice import workshop
with workshop(load_fonts(load_kind("disclosure-annual").fonts)) as office, office.staying() as stands:
    stands()
    print(office.folder, office.profile, flush=True)
    time.sleep(600)
"""


@pytest.mark.slow
def test_one_that_stays_goes_when_we_are_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", STAYING], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        folder, profile = process.stdout.readline().split()
        pipes = [pipe for pipe in pipes_of(profile) if pipe.exists()]
        assert Path(folder).is_dir()
        assert len(pipes) == 1
        assert at_work_with(profile)
        process.kill()
    left, limit = [Path(folder), *pipes], time.monotonic() + 20
    while (any(path.exists() for path in left) or at_work_with(profile)) and time.monotonic() < limit:
        time.sleep(0.1)
    assert (not any(path.exists() for path in left), at_work_with(profile)) == (True, [])


def at_work_with(profile: str) -> list[str]:
    """The processes that were started with a profile."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            found += [process.name] if profile.encode() in (process / "cmdline").read_bytes() else []
    return found


@pytest.mark.slow
def test_without_one_that_stays_each_conversion_starts_its_own(
    subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = libreoffice.running

    def choosy(
        command: Sequence[str], variables: Mapping[str, str]
    ) -> AbstractContextManager[subprocess.Popen[bytes]]:
        if "--convert-to" not in command:
            raise OfficeError
        return running(command, variables)

    monkeypatch.setattr(libreoffice, "running", choosy)
    assert [check.verdict for check in check_setting(subject)] == [Verdict.HOLDS] * 3
