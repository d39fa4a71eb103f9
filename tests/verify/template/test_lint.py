"""A kind's templates before anything is rendered: every fault is found, what is right is left alone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest

from reportgen import build, cli
from reportgen.diagnostics import Severity, is_fatal
from reportgen.errors import KindError
from reportgen.model.kind import Kind, load_kind
from reportgen.render.package import read_package
from reportgen.verify.template.lint import lint_template
from tests.english import of_findings
from tests.verify.faults import KindFault
from tests.verify.faults.template import DOCUMENT, FAULTS, STYLES, docx, run, swap

ROOT = Path(__file__).parents[3]
LIBRARIES = ("jinja", "lxml", "docxtpl", "traceback", "exception")
WARNED = {"a cell coloured by hand", "a heading in bold", "a column made narrower"}
"""What alters the look of one document only: told, but no reason to stop."""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the kind, to be broken."""
    return copytree(ROOT / "templates/disclosure-annual", tmp_path / "own-kind")


@cache
def shipped() -> Kind:
    return load_kind("disclosure-annual")


def kind_of(folder: Path) -> Kind:
    """The kind of a copy; its data are read again only where they were changed."""
    if (folder / "layout.yaml").exists():
        return load_kind(folder)
    return replace(shipped(), folders=(folder, *shipped().folders))


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_is_found(own: Path, fault: KindFault) -> None:
    fault.breaks(own)
    found = lint_template(kind_of(own))
    assert fault.code in {each.code for each in found}
    assert of_findings(found) == []
    assert is_fatal(found) or fault.name in WARNED
    for each in found:
        for language in ("zh", "en"):
            words = f"{each.message(language)} {each.hint(language)}".lower()
            assert not [name for name in LIBRARIES if name in words]
        assert str(own) in each.location.file
        assert bool(each.location.line) == bool(each.location.column)


def test_there_are_faults_of_every_kind() -> None:
    assert len(FAULTS) > 60
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


def test_right_templates_give_nothing(own: Path) -> None:
    assert lint_template(shipped()) == ()
    assert lint_template(load_kind(own)) == ()


LEGAL: dict[str, Callable[[Path], None]] = {
    "a colour": swap(STYLES, "<w:spacing w:val=", '<w:color w:val="C00000"/><w:spacing w:val=', "一级标题"),
    "a heading": swap(DOCUMENT, ">一、总体情况<", ">一、基本情况<"),
    "a tag split into runs": swap(
        DOCUMENT, "{{ date }}", "{</w:t></w:r><w:r><w:t>{ da</w:t></w:r><w:proofErr/><w:r><w:t>te }}"
    ),
    "a hint and a language": swap(
        DOCUMENT,
        "<w:r><w:t",
        '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:lang w:val="en-US"/></w:rPr><w:t',
        ">一、",
    ),
    "a remark": swap(DOCUMENT, "{{ date }}", "{{ date }}{# 落款 #}"),
    "a condition": swap(DOCUMENT, "{{ date }}", "{% if draft %}{{ organ }}{% else %}{{ date }}{% endif %}"),
    "a length rounded": swap(DOCUMENT, 'w:top="2098"', 'w:top="2097"'),
    "a switch written out": swap(STYLES, '<w:autoSpaceDE w:val="0"/>', '<w:autoSpaceDE w:val="false"/>'),
}


@pytest.mark.parametrize("change", LEGAL.values(), ids=LEGAL)
def test_what_may_be_changed_in_word_gives_nothing(own: Path, change: Callable[[Path], None]) -> None:
    change(own)
    assert lint_template(kind_of(own)) == ()


@pytest.mark.slow
def test_styles_with_other_ids_are_known_by_their_names(own: Path) -> None:
    """Word gives styles ids of its own when it saves a file."""

    def renumber(package: object) -> None:
        parts = package.parts  # type: ignore[attr-defined]
        for path in [path for path in parts if path.endswith(".xml")]:
            for number, name in enumerate(("BodyParagraph", "Level1", "TableFigureKept", "Signature", "Gap")):
                parts[path] = parts[path].replace(f'"{name}"'.encode(), f'"a{number}"'.encode())

    docx(renumber)(own)
    assert lint_template(kind_of(own)) == ()
    made = build(ROOT / "fixtures/jiangmen-fgj-2023.yaml", kinds=(own,), outputs=("docx",))
    expected = build(ROOT / "fixtures/jiangmen-fgj-2023.yaml", outputs=("docx",))
    name = "jiangmen-fgj-2023.docx"
    parts = [read_package(each.files[name]).parts[DOCUMENT] for each in (made, expected)]
    assert parts[0] == parts[1]


def test_a_place_is_told_as_people_see_it(own: Path) -> None:
    swap(DOCUMENT, ">规章<", ">规 章<")(own)
    (found,) = lint_template(kind_of(own))
    assert found.message("zh").startswith("Word模板第2个表格第3行第1格（“二、主动公开政府信息情况”之下")
    assert found.message("en").startswith("Word template, table 2, row 3, cell 1 (under “二、")


def test_faults_of_one_kind_beyond_twenty_are_counted(own: Path) -> None:
    paragraphs = "".join(run("字", "<w:b/>") for _ in range(30))
    swap(DOCUMENT, "<w:body>", f"<w:body>{paragraphs}")(own)
    found = lint_template(kind_of(own))
    assert [each.code for each in found].count("word-template-direct") == 20
    more = {each.arguments["name"]: each for each in found if each.code == "template-more"}
    assert more["word-template-direct"].arguments["count"] == "10"
    assert more["word-template-direct"].level is Severity.ERROR


def test_a_build_stops_before_it_renders(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap(DOCUMENT, "{{ date }}", "{{ 落款日期 }}")(own)
    monkeypatch.setattr("reportgen.building.prepare", lambda *_: pytest.fail("rendered"))
    with pytest.raises(KindError) as caught:
        build(ROOT / "fixtures/jiangmen-fgj-2023.yaml", kinds=(own,))
    assert [each.code for each in caught.value.diagnostics] == ["word-template-undefined"]


def check(folder: Path, capfd: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    code = cli.run(("kinds", "check", str(folder), *options))
    return code, *capfd.readouterr()


@pytest.mark.slow
def test_a_sound_kind_builds_its_sample(own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert check(own, capfd) == (0, "", f"{own}：没有发现问题\n")


@pytest.mark.slow
def test_a_sample_with_errors_is_told(own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sample = own / "sample.yaml"
    sample.write_text(sample.read_text("utf-8").replace("年度: 2024", "年度: 24"), "utf-8")
    code, out, _ = check(own, capfd)
    assert code == 1
    assert "sample.yaml:4" in out


def test_a_broken_kind_exits_with_three(own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    swap(DOCUMENT, "{{ date }}", "{{ date")(own)
    code, out, err = check(own, capfd)
    assert (code, err) == (3, "")
    assert "[word-template-syntax]" in out
    code, out, _ = check(own, capfd, "--format", "json")
    assert code == 3
    (record,) = json.loads(out)
    assert record["code"] == "word-template-syntax"
    assert "{{ date" in record["message"]


def test_what_is_wrong_with_the_workbook_of_a_kind_is_found_before_one_is_made(
    own: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = own / "workbook.yaml"
    file.write_text(file.read_text("utf-8").replace("[年度, ", "[年渡, "), "utf-8")
    code, out, _ = check(own, capfd)
    assert code == 3
    assert "workbook.yaml:2:10: 错误[kind-name-unknown]" in out


def test_a_folder_that_is_no_kind_cannot_be_checked(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = check(tmp_path, capfd)
    assert code == 5
    assert "kind.yaml" in out


@pytest.mark.slow
def test_a_template_saved_by_libreoffice_is_found(own: Path, tmp_path: Path) -> None:
    """What it changes: rules of line breaking, direct formatting, lost settings, a column of no width."""
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(own / "report.docx")], check=True, capture_output=True)
    (own / "report.docx").write_bytes((tmp_path / "out/report.docx").read_bytes())
    found = lint_template(kind_of(own))
    codes = {each.code for each in found}
    assert codes >= {
        "word-template-program",
        "word-template-geometry",
        "word-template-page",
        "word-template-direct",
    }
    assert is_fatal(found)
    names = {each.spoken("zh").get("what") for each in found if each.code == "word-template-geometry"}
    assert "允许标点溢出边界" in names


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{% endblock %}", "{% endblok %}"),
        ("<section>", "<section>{% for x in title %}"),
        ("'gbt9704/re", "‘gbt9704/re"),
    ],
    ids=["a misspelt end", "a loop without its end", "prose quotes"],
)
def test_a_page_that_cannot_be_read_is_told_once(own: Path, old: str, new: str) -> None:
    path = own / "report.html"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    (found,) = lint_template(kind_of(own))
    assert found.code in ("html-template-syntax", "html-template-unbalanced")
    assert found.location.line
