"""One build: what it makes, attaches and records, when it stops, and that its bytes never differ."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from reportgen import cli, press
from reportgen.building import Build, build, release_build
from reportgen.diagnostics import Severity
from reportgen.documents import Job, make_page
from reportgen.errors import FileError, ReportError, ReportgenError, UsageError, VerificationError
from reportgen.files.reading import digest
from reportgen.model.kind import load_kind
from reportgen.model.report import Loaded, load_report
from reportgen.partner import Channel
from reportgen.render.html import Target
from reportgen.render.package import read_package
from reportgen.render.revision import NAMESPACE, Revision
from tests.render.typefaces import make_font

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "fixtures" / "qingxi-township-2024.yaml"
STEM = "r"

pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed file .*sRGB2014.icc:ResourceWarning"
)  # WeasyPrint's own


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A complete final report."""
    return Path(shutil.copy(SAMPLE, tmp_path / f"{STEM}.yaml"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Its build."""
    return build(shutil.copy(SAMPLE, tmp_path_factory.mktemp("made") / f"{STEM}.yaml"))


def edited(report: Path, *changes: tuple[str, str]) -> Path:
    """The report with stretches of its text replaced."""
    text = report.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    report.write_text(text, "utf-8")
    return report


def attached(pdf: bytes) -> Mapping[str, bytes]:
    """The files inside a PDF."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder that is not hidden."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("[!.]*"))
        if path.is_file()
    }


def codes(error: pytest.ExceptionInfo[ReportgenError]) -> set[str]:
    """The codes of the findings an error carries."""
    return {finding.code for finding in error.value.diagnostics}


def test_a_build_makes_the_whole_set_and_records_it(made: Build) -> None:
    assert made.passed
    assert list(made.files) == [f"{STEM}.docx", f"{STEM}.pdf", f"{STEM}.html", "manifest.json"]
    manifest = json.loads(made.files["manifest.json"])
    for name, record in manifest["outputs"].items():
        assert record == {"sha256": digest(made.files[name]), "size": len(made.files[name])}
    assert manifest["report"] == {
        "种类": "政府信息公开工作年度报告",
        "机关": "清溪县柳河乡人民政府",
        "年度": "2024",
    }
    assert manifest["date"] == "2025-01-10"
    assert manifest["inputs"][f"{STEM}.yaml"]["sha256"] == digest(SAMPLE.read_bytes())
    assert {"disclosure-annual/kind.yaml", "gbt9704/layout.yaml"} <= set(manifest["inputs"])
    assert set(manifest["fonts"]) == {"仿宋", "楷体", "黑体", "小标宋", "宋体"}
    assert manifest["libraries"]["weasyprint"] == "70.0"
    assert str(made.report.path.parent) not in made.files["manifest.json"].decode()
    assert str(ROOT) not in made.files["manifest.json"].decode()


@pytest.mark.slow
def test_a_final_report_travels_without_comments_and_remarks(report: Path) -> None:
    remarks = "核对说明:\n  - {代码: x, 理由: 内部情况}\n"
    edited(report, ("机关类型:", remarks + "机关类型:"))
    loaded = load_report(report)
    assert loaded.report
    kind = replace(loaded.report.kind, fields={**loaded.report.kind.fields, "waivers": "核对说明"})
    made = build(Loaded(replace(loaded.report, kind=kind), loaded.diagnostics))
    files = attached(made.files[f"{STEM}.pdf"])
    lines = report.read_text("utf-8").replace(remarks, "").splitlines()
    assert files[f"{STEM}.yaml"].decode().splitlines() == [line for line in lines if not line.startswith("#")]
    assert files[f"{STEM}.docx"] == made.files[f"{STEM}.docx"]


@pytest.mark.slow
def test_a_draft_travels_whole_and_needs_no_date(report: Path) -> None:
    edited(report, ("状态: 定稿", "状态: 草稿"), ("成文日期: 2025-01-10", "成文日期: 待填"))
    made = build(report, outputs=["pdf"])
    assert list(made.files) == [f"{STEM}.pdf", "manifest.json"]
    files = attached(made.files[f"{STEM}.pdf"])
    assert files[f"{STEM}.yaml"] == report.read_bytes()
    assert files[f"{STEM}.docx"].startswith(b"PK")
    assert made.manifest.date == "2000-01-01"
    assert {finding.level.value for finding in made.diagnostics} == {"warning"}


@pytest.mark.slow
def test_the_epoch_takes_the_place_of_the_date(report: Path) -> None:
    made = build(report, outputs=["docx"], epoch=1_700_000_000)
    assert made.manifest.date == "2023-11-14"
    assert made.files[f"{STEM}.docx"] != build(report, outputs=["docx"]).files[f"{STEM}.docx"]


@pytest.mark.slow
def test_a_helper_changes_no_byte_and_may_fail(
    made: Build, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(report, helped=True).files == made.files

    def fail(channel: Channel) -> None:
        channel.receive()
        raise MemoryError

    monkeypatch.setattr(press, "serve_as_printer", fail)
    assert build(report, helped=True).files == made.files


def test_an_output_the_kind_has_not_is_wrong_usage(report: Path) -> None:
    with pytest.raises(UsageError) as error:
        build(report, outputs=["docx", "pfd"])
    assert codes(error) == {"unknown-format"}
    assert error.value.diagnostics[0].hint("en") == "formats that can be made: docx, pdf, html"


def test_a_report_with_errors_is_not_built(report: Path) -> None:
    edited(report, ("其他数据:", "不认识: 1\n其他数据:"))
    for source in (report, str(report), load_report(report)):
        with pytest.raises(ReportError):
            build(source)


def test_a_character_without_a_font_is_found_at_its_place(report: Path) -> None:
    edited(report, ("配备查询终端1台", "配备查询ሀ终端1台"), ("柳河乡", "柳河ሀ乡"))
    with pytest.raises(ReportError) as error:
        build(report)
    (finding,) = error.value.diagnostics
    assert finding.code == "glyph-missing"
    assert finding.arguments == {"character": "ሀ", "point": "1200"}
    assert (finding.path, finding.location.line, finding.location.column) == ("机关", 4, 10)
    (other,) = finding.related
    line = report.read_text("utf-8").splitlines()[other.location.line - 1]
    assert line[other.location.column - 1 : other.location.end_column - 1] == "ሀ"


@pytest.mark.slow
def test_a_folder_without_a_font_that_can_be_used_is_told(report: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "仿宋_GB2312.ttf").write_bytes(b"\0\1\0\0no font")
    make_font(own / "other.ttf", {"报": 1000}, name="Another")
    made = build(report, fonts=own)
    (found,) = [finding for finding in made.diagnostics if finding.code == "own-fonts-unused"]
    assert (found.level, found.location.file) == (Severity.WARNING, str(own))
    assert "仿宋_GB2312" in found.hint("zh")
    assert made.passed


def test_a_missing_and_a_broken_picture_are_told_at_once(report: Path) -> None:
    (report.parent / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n cut short")
    picture = "  - 图片: {{文件: {}, 标题: 图, 说明: 图}}\n"
    edited(report, ("总体情况:\n", "总体情况:\n" + "".join(map(picture.format, ("gone.png", "broken.png")))))
    with pytest.raises(ReportError) as error:
        build(report)
    assert codes(error) == {"picture-missing", "picture-format"}
    assert len(error.value.diagnostics) == 2


def differing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the web page say something else than the Word file."""

    def make(job: Job, target: Target) -> str:
        page = make_page(job, target)
        return page.replace("组织培训2次", "组织培训3次") if target == "web" else page

    monkeypatch.setattr(press, "make_page", make)


def test_twins_that_differ_are_not_released(
    made: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    release_build(made, out)
    before = tree(out / STEM)
    with monkeypatch.context() as patch:
        differing(patch)
        wrong = build(made.report, outputs=["docx", "html"])
        assert not wrong.passed
        with pytest.raises(VerificationError) as error:
            release_build(wrong, out)
    assert codes(error) == {"twin-text-differs"}
    assert "组织培训2次" in error.value.diagnostics[0].arguments["one"]
    assert tree(out / STEM) == before
    assert tree(out / f"{STEM}.未通过") == dict(sorted(wrong.files.items()))
    release_build(made, out)
    assert tree(out) == {f"{STEM}/{name}": content for name, content in before.items()}


@pytest.mark.slow
def test_a_heading_reworded_in_word_is_reworded_in_all_three(report: Path, tmp_path: Path) -> None:
    """The template is what an office edits; its twins follow, and stay twins."""
    kind = load_kind("disclosure-annual")
    own = tmp_path / "kinds" / kind.name
    shutil.copytree(kind.folder, own)
    package = read_package((own / "report.docx").read_bytes())
    document = package.parts["word/document.xml"].decode()
    assert document.count("六、其他需要报告的事项") == 1
    changed = document.replace("六、其他需要报告的事项", "六、其他事项")
    package.parts["word/document.xml"] = changed.encode()
    (own / "report.docx").write_bytes(package.write())
    made = build(report, kinds=(own.parent,))
    assert made.passed
    page = made.files[f"{report.stem}.html"].decode()
    assert "六、其他事项" in page
    assert "六、其他需要报告的事项" not in page


@pytest.mark.slow
def test_a_font_from_outside_the_chain_is_not_released(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.render.fonts.FontSet.families", lambda _: frozenset({"rg-fang"}))
    made = build(report, outputs=["pdf"])
    assert {finding.code for finding in made.diagnostics} == {"foreign-font"}
    assert not made.passed


@pytest.mark.slow
def test_words_missing_from_the_pdf_are_noticed(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(job: Job, target: Target) -> str:
        page = make_page(job, target)
        return page.replace("组织培训2次", "组织培训") if target == "pdf" else page

    monkeypatch.setattr(press, "make_page", make)
    assert {finding.code for finding in build(report).diagnostics} == {"twin-text-differs"}


@pytest.mark.slow
@pytest.mark.parametrize("change", ["edit", "remove", "folder"])
def test_an_input_that_changes_meanwhile_stops_the_release(report: Path, tmp_path: Path, change: str) -> None:
    made = build(report, outputs=["docx"])
    if change == "edit":
        edited(report, ("组织培训2次", "组织培训3次"))
    else:
        report.unlink()
    if change == "folder":
        report.mkdir()
    with pytest.raises(FileError) as error:
        release_build(made, tmp_path / "out")
    assert codes(error) == {"input-changed"}
    assert not (tmp_path / "out").exists()


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line in this process: exit code, standard output, standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.run(arguments)
        out, err = capfd.readouterr()
        return code, out, err

    return call


Run = Callable[..., tuple[int, str, str]]


@pytest.mark.slow
def test_the_command_prints_what_it_wrote(
    run: Run, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run("build", str(report))
    assert (code, err) == (0, "")
    assert out.splitlines() == [f"out/{STEM}/{STEM}.{kind}" for kind in ("docx", "pdf", "html")] + [
        f"out/{STEM}/manifest.json"
    ]
    code, out, _ = run("build", str(report), "--to", "html, docx", "-q")
    assert out.splitlines() == [f"out/{STEM}/{STEM}.{kind}" for kind in ("docx", "html")] + [
        f"out/{STEM}/manifest.json"
    ]
    assert not (tmp_path / "out" / STEM / f"{STEM}.pdf").exists()
    code, out, err = run("build", str(report), "--to", "docx", "--format", "json")
    assert (code, json.loads(out), err) == (0, [], "")


@pytest.mark.slow
def test_the_command_keeps_altered_files_when_forced(run: Run, report: Path, tmp_path: Path) -> None:
    arguments = ("build", str(report), "--to", "docx", "-o", str(tmp_path / "out"))
    assert run(*arguments)[0] == 0
    word = tmp_path / "out" / STEM / f"{STEM}.docx"
    word.write_bytes(b"edited")
    code, out, err = run(*arguments)
    assert (code, out) == (5, "")
    assert f"{STEM}.docx" in err
    assert "--force" in err
    assert word.read_bytes() == b"edited"
    code, _, err = run(*arguments, "--force")
    assert code == 0
    assert f"{STEM}.改动-1.docx" in err
    assert (word.parent / f"{STEM}.改动-1.docx").read_bytes() == b"edited"


@pytest.mark.slow
def test_the_command_says_where_a_rejected_set_lies(
    run: Run, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    differing(monkeypatch)
    code, out, err = run("build", str(report), "--to", "docx,html", "-o", str(tmp_path))
    assert (code, out) == (6, "")
    assert "[twin-text-differs]" in err
    assert str(tmp_path / f"{STEM}.未通过") in err


@pytest.mark.parametrize("epoch", ["soon", "-1", "1.5", "999999999999999", "１"])
def test_an_epoch_that_is_none_is_wrong_usage(
    run: Run, report: Path, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    code, _, err = run("build", str(report))
    assert code == 2
    assert "[wrong-epoch]" in err


@pytest.mark.slow
def test_a_folder_that_is_a_file_and_a_missing_one_stop_it(run: Run, report: Path, tmp_path: Path) -> None:
    for place in (report, tmp_path / "no" / "where"):
        code, out, err = run("build", str(report), "--to", "docx", "-o", str(place))
        assert (code, out) == (5, "")
        assert len(re.findall(r"错误\[", err)) == 1
    assert report.read_bytes() == SAMPLE.read_bytes()


@pytest.mark.slow
def test_the_same_inputs_give_the_same_bytes_anywhere(tmp_path: Path) -> None:
    sets = []
    for number, (zone, locale, seed) in enumerate(
        [("Asia/Shanghai", "C", "1"), ("America/New_York", "en_US.UTF-8", "22")]
    ):
        folder = tmp_path / f"第{number} 个"
        folder.mkdir()
        for name in ("everything-2024.yaml", "pictures"):
            source = ROOT / "fixtures" / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
        os.utime(folder / "everything-2024.yaml", (number, number))
        environment = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "PYTHONPATH": str(ROOT)}
        environment |= {"TZ": zone, "LANG": locale, "PYTHONHASHSEED": seed}
        name = str(folder / "everything-2024.yaml") if number else "everything-2024.yaml"
        command = [sys.executable, "-m", "reportgen", "build", name, "-o", f"out{number}"]
        subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
        sets.append(tree(folder / f"out{number}"))
    assert sets[0] == sets[1]
    assert len(sets[0]) == 4


@pytest.mark.slow
def test_validate_and_a_word_file_alone_load_no_pdf_engine(report: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from reportgen.__main__ import main; code = main();"
        "print(code, sorted(set(sys.modules) & {names!r}), file=sys.stderr)"
    )
    heavy = {"weasyprint", "docxtpl", "docx", "fontTools", "PIL", "pikepdf", "pypdfium2"}
    for arguments, names in (
        (["validate", str(report)], heavy),
        (["build", str(report), "--to", "docx", "-o", str(tmp_path)], {"weasyprint", "pikepdf", "pypdfium2"}),
    ):
        command = [sys.executable, "-c", program.format(names=names), *arguments]
        environment = {"HOME": os.environ["HOME"], "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, env=environment, capture_output=True, check=True)
        assert done.stderr.decode().splitlines()[-1] == "0 []"


@pytest.mark.slow
def test_an_issued_revision_is_said_in_every_file_and_nothing_else_changes(report: Path, made: Build) -> None:
    before = "ab" * 32
    issued = build(report, revision=Revision(2, before))
    assert issued.passed
    assert issued.manifest == replace(
        made.manifest, outputs=issued.manifest.outputs, revision=Revision(2, before)
    )
    said = json.loads(issued.files["manifest.json"])["revision"]
    assert said == {"number": 2, "previous": before}
    with pikepdf.open(BytesIO(issued.files[f"{STEM}.pdf"])) as pdf, pdf.open_metadata() as metadata:
        assert metadata[f"{{{NAMESPACE}}}Revision"] == "2"
        assert metadata[f"{{{NAMESPACE}}}LedgerEntryBefore"] == before
    word, plain = (read_package(build_.files[f"{STEM}.docx"]) for build_ in (issued, made))
    assert before in word.parts["docProps/custom.xml"].decode()
    assert set(word.parts) - set(plain.parts) == {"docProps/custom.xml"}
    head = (
        f'<meta name="Revision" content="2"/>\n<meta name="LedgerEntryBefore" content="{before}"/>\n</head>'
    )
    page = issued.files[f"{STEM}.html"].decode()
    assert page.replace(head, "</head>") == made.files[f"{STEM}.html"].decode()
