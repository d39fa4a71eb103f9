"""`verify`: what it takes, what it says, what it refuses; the checks themselves have tests of their own."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reportgen import cli, verifying
from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Location
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, Exhibit, Measurement, Verdict, judged, left_out
from tests.documents import FIXTURES, Document, make_document

pytestmark = pytest.mark.slow  # documents are built for it

Run = Callable[..., tuple[int, str, str]]
NAME = "qingxi-township-2024"
PART = f"{__name__}:stub_part"
FOUND = find("foreign-font", Location("a.pdf"), name="<Sim&Sun>")
NUMBER = Measurement(
    Bilingual("行距", "line pitch"), "GB/T 9704-2012 5.2.3", "28.95 pt", "28 pt", " ±0.1 pt", Verdict.FAILS
)
MADE: list[Check] = []
OWN = os.getpid()


def stub_part(subject: Subject) -> tuple[Check, ...]:
    """A part of a verification whose checks the tests choose."""
    assert subject.contents
    return tuple(MADE)


@contextmanager
def stub_part_at_work(subject: Subject) -> Iterator[Callable[[], tuple[Check, ...]]]:
    yield lambda: stub_part(subject)


def broken_part(subject: Subject) -> tuple[Check, ...]:
    raise ZeroDivisionError(f"secret {subject}")


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.run(("verify", *arguments))
        return code, *capfd.readouterr()

    return call


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return make_document(FIXTURES / f"{NAME}.yaml", tmp_path_factory.getbasetemp() / "documents")


@pytest.fixture
def stubbed(monkeypatch: pytest.MonkeyPatch) -> list[Check]:
    """The checks of the only part there is."""
    monkeypatch.setattr(verifying, "QUICK", {"layout": PART})
    monkeypatch.setattr(verifying, "PROVING", {})
    MADE.clear()
    return MADE


def test_every_check_is_told_with_its_verdict_and_the_conclusion(
    run: Run, built: Document, stubbed: list[Check]
) -> None:
    stubbed += [judged("twin-words", (), Bilingual("86段", "86 paragraphs"), tool="x 1.0")]
    stubbed += [left_out("twin-words", Bilingual("没有LibreOffice", "no LibreOffice"))]
    code, out, err = run(str(built.folder))
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "通过  报告数据  按原报告文件核对",
        "通过  三个文件文字一致  86段  x 1.0",
        "未做  三个文件文字一致  没有LibreOffice",
        "未做  电子签名  没有电子签名",
        "",
        "核验通过：2项通过，2项未做",
    ]
    assert run("--lang", "en", str(built.folder))[1].endswith("verified: 2 hold, 2 not made\n")
    assert run("--quick", str(built.folder))[1].splitlines()[-1] == (
        "核验通过：2项通过，2项未做（快速核验：没有请其他程序，没有逐行比较）"
    )


def test_a_check_that_fails_or_cannot_be_told_is_exit_code_6(
    run: Run, built: Document, stubbed: list[Check]
) -> None:
    stubbed += [judged("twin-words", (FOUND,), measurements=(NUMBER,))]
    code, out, _ = run(str(built.folder), "-v")
    assert code == 6
    assert "不通过  行距  28 pt  应为28.95 pt ±0.1 pt  GB/T 9704-2012 5.2.3" in out
    assert "错误[foreign-font]" in out
    assert run(str(built.folder), "-q")[1:] != ("", "")
    stubbed[:] = [Check("twin-words", Verdict.UNTOLD)]
    code, out, _ = run(str(built.folder))
    assert code == 6
    assert "[cannot-be-told] “三个文件文字一致”不能判定" in out


def test_json_lists_the_findings(run: Run, built: Document, stubbed: list[Check]) -> None:
    stubbed += [judged("twin-words", (FOUND,))]
    code, out, err = run(str(built.folder), "--format", "json")
    assert (code, err) == (6, "")
    assert json.loads(out) == [
        {
            "code": "foreign-font",
            "severity": FOUND.level.value,
            "message": FOUND.message(),
            "location": {"file": "a.pdf", "line": 0, "column": 0, "end_line": 0, "end_column": 0},
            "path": "",
            "related": [],
            "hint": FOUND.hint(),
        }
    ]


def test_the_report_is_a_page_or_json_and_replaces_only_its_like(
    run: Run, built: Document, stubbed: list[Check], tmp_path: Path
) -> None:
    exhibit = Exhibit(Bilingual("第1页", "page 1"), b"\x89PNG")
    stubbed += [judged("twin-words", (FOUND,), measurements=(NUMBER,), exhibits=(exhibit,))]
    page, data = tmp_path / "报告.html", tmp_path / "报告.json"
    assert run(str(built.folder), "--report", str(page))[0] == 6
    assert run(str(built.folder), "--report", str(data))[0] == 6
    text = page.read_text("utf-8")
    assert all(words in text for words in ("&lt;Sim&amp;Sun&gt;", "28.95 pt", "data:image/png;base64,iVBORw"))
    assert built.made.manifest.outputs[0].sha256 in text
    checks = json.loads(data.read_text("utf-8"))["checks"]
    assert [check["verdict"] for check in checks] == ["holds", "fails", "not-made"]
    stubbed.clear()
    assert run(str(built.folder), "--report", str(page))[0] == 0
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".html"] == ["报告.html"]
    assert "&lt;Sim" not in page.read_text("utf-8")
    page.write_text("别人的", "utf-8")
    assert run(str(built.folder), "--report", str(page))[0] == 5
    assert page.read_text("utf-8") == "别人的"


@pytest.mark.usefixtures("stubbed")
def test_a_single_document_is_verified_with_the_report_inside_it_or_without(
    run: Run, built: Document
) -> None:
    assert "按PDF内附的报告数据核对" in run(str(built.file("pdf")))[1]
    assert "只核验文件本身" in run(str(built.file("docx")))[1]


@pytest.mark.usefixtures("stubbed")
def test_documents_far_from_their_report_are_compared_with_the_one_inside(
    run: Run, built: Document, tmp_path: Path
) -> None:
    away = shutil.copytree(built.folder, tmp_path / "远处")
    assert "按PDF内附的报告数据核对" in run(str(away))[1]


@pytest.mark.usefixtures("stubbed")
def test_a_check_that_breaks_off_counts_as_failed_without_a_traceback(
    run: Run, built: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "QUICK", {"layout": f"{__name__}:broken_part"})
    code, out, err = run(str(built.folder))
    assert (code, err) == (6, "")
    assert "[check-broke-off]" in out
    assert "secret" not in out


def lonely_part(subject: Subject) -> tuple[Check, ...]:
    """A part that ends every process but that of the tests."""
    if os.getpid() != OWN:
        os._exit(0)
    return broken_part(subject)


@pytest.mark.parametrize("harm", ["none", "page", "pdf", "all"])
def test_a_helper_changes_nothing_of_what_is_found(built: Document, tmp_path: Path, harm: str) -> None:
    folder = shutil.copytree(built.folder, tmp_path / NAME)
    if harm == "page":
        page = folder / f"{NAME}.html"
        page.write_text(page.read_text("utf-8").replace("公开", "公幵"), "utf-8")
    elif harm != "none":
        for path in folder.glob("*.pdf" if harm == "pdf" else f"{NAME}.*"):
            path.write_bytes(path.read_bytes()[:-20_000])
    alone = verifying.verify(folder, prove=False)
    assert verifying.verify(folder, prove=False, helped=True) == alone
    assert alone.passed is (harm == "none")


def test_that_a_file_was_changed_is_told_before_what_the_change_did(built: Document, tmp_path: Path) -> None:
    folder = shutil.copytree(built.folder, tmp_path / NAME)
    page = folder / f"{NAME}.html"
    page.write_text(page.read_text("utf-8").replace("公开", "公幵"), "utf-8")
    found = [finding.code for finding in verifying.verify(folder, prove=False).diagnostics]
    assert found[0] == "output-not-as-recorded"
    assert "twin-text-differs" in found[1:]


def test_what_a_helper_does_not_make_is_made_without_it(
    built: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = ("reportgen.verify.twins:check_twins", f"{__name__}:lonely_part", PART)
    monkeypatch.setattr(verifying, "QUICK", dict(zip(("twins", "layout", "conformance"), parts, strict=True)))
    MADE[:] = [judged("twin-words", (FOUND,))]
    alone = verifying.verify(built.folder, prove=False)
    assert verifying.verify(built.folder, prove=False, helped=True) == alone
    assert {"check-broke-off", "foreign-font"} <= {found.code for found in alone.diagnostics}


@pytest.mark.parametrize(("name", "content", "code", "finding"), [
    ("a.yaml", b"", 2, "nothing-to-verify"),
    ("a.doc", b"", 2, "nothing-to-verify"),
])  # fmt: skip
def test_what_cannot_be_verified_is_refused(
    run: Run, tmp_path: Path, name: str, content: bytes, code: int, finding: str
) -> None:
    (tmp_path / name).write_bytes(content)
    found, _, err = run(str(tmp_path / name))
    assert found == code
    assert f"[{finding}]" in err


def test_an_empty_folder_and_a_missing_file_are_refused(run: Run, tmp_path: Path) -> None:
    assert run(str(tmp_path))[0] == 2
    assert run(str(tmp_path / "nix"))[0] == 5


@pytest.mark.usefixtures("stubbed")
def test_an_attached_report_with_errors_fails(run: Run, built: Document, tmp_path: Path) -> None:
    import pikepdf

    altered = tmp_path / "a.pdf"
    with pikepdf.open(built.file("pdf")) as pdf:
        for entry in pdf.attachments.values():
            if str(entry.obj.get("/AFRelationship")) == "/Source":
                text = entry.get_file().read_bytes().replace("年度: 2024".encode(), "年度: 廿四".encode())
                entry.obj.EF.F.write(text)
        pdf.save(altered)
    code, out, _ = run(str(altered))
    assert code == 6
    assert "[source-unsound]" in out
    assert "年度: 廿四" in out


def build(*arguments: str) -> int:
    return cli.run(("build", str(FIXTURES / f"{NAME}.yaml"), *arguments))


def test_a_proof_that_cannot_be_made_stops_a_proven_build(
    stubbed: list[Check], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verifying, "QUICK", {})
    monkeypatch.setattr(verifying, "PROVING", {"setting": f"{PART}_at_work"})
    stubbed += [left_out("twin-words", Bilingual("没有LibreOffice", "no LibreOffice"))]
    assert build("-o", str(tmp_path), "--prove") == 4
    assert "[proof-missing] “三个文件文字一致”不能核验：没有LibreOffice" in capfd.readouterr().err
    assert list(tmp_path.glob("[!.]*")) == []
    assert build("-o", str(tmp_path)) == 0


def test_what_fails_verification_is_kept_aside_with_a_report_that_says_why(
    stubbed: list[Check], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    stubbed += [judged("twin-words", (FOUND,))]
    assert build("-o", str(tmp_path)) == 6
    assert "[foreign-font]" in capfd.readouterr().err
    aside = tmp_path / f"{NAME}.未通过"
    assert "&lt;Sim&amp;Sun&gt;" in (aside / "核验报告.html").read_text("utf-8")
    assert not (tmp_path / NAME).exists()
    stubbed.clear()
    assert build("-o", str(tmp_path)) == 0
    assert not aside.exists()
