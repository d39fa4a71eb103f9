"""The sheet for the leaders: what it says, that it stands beside the documents, and that it stays inside."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from reportgen import build, cli
from reportgen.dispatch import asks_for_sheet, make_sheet, write_sheet
from reportgen.model.report import load_report
from reportgen.model.values import FreeTable
from reportgen.render.package import DOCUMENT, parse, read_package
from reportgen.render.word.markup import name
from reportgen.verify.outline.word import printed_text

SOURCE = Path(__file__).parents[1] / "fixtures/document-2024.yaml"
COPIED = (
    *("清溪县人大常委会办公室", "清溪县政协办公室", "清溪县监察委员会"),
    *("清溪县人民法院", "清溪县人民检察院"),
)
SHEET = "document-2024.发文稿纸"
ASKED = '发文稿纸: {主办单位: 办公室, 拟稿: 许文静, 核稿: 周  宁, 联系电话: 0000-1234567, 份数: "20"}'


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    """The fixture with words exchanged, in a folder."""
    text = SOURCE.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    target = folder / "报告.yaml"
    target.write_text(text, "utf-8")
    return target


def filled(source: Path) -> dict[str, str]:
    """What stands under or beside each name on the sheet."""
    report = load_report(source).report
    assert report
    sheet = write_sheet(report, ()).report
    assert sheet
    assert sheet.is_draft == report.is_draft
    cells: dict[str, str] = {}
    for value in sheet.values.values():
        for table in value if isinstance(value, tuple) else ():
            if isinstance(table, FreeTable) and len(table.rows) == 1:
                cells |= dict(zip(map(str, table.header), map(str, table.rows[0]), strict=True))
            elif isinstance(table, FreeTable):
                cells |= {str(row[0]): str(row[1]) for row in table.rows}
    return cells


def test_the_sheet_says_what_the_report_does() -> None:
    assert filled(SOURCE) == {
        "签发（签名、日期）": "",
        "会签": "",
        "主办单位": "办公室",
        "核稿（签名、日期）": "周  宁",
        "拟稿（签名、日期）": "许文静",
        "联系电话": "0000-1234567",
        "标题": "清溪县司法局2024年政府信息公开工作年度报告",
        "主送": "清溪县人民政府、清溪县人民政府办公室",
        "抄送": "、".join(COPIED),
        "附件": "",
        "发文字号": "清司报〔2025〕3号",
        "密级": "",
        "紧急程度": "加急",
        "份数": "20",
        "成文日期": "2025年1月14日",
        "印发日期": "2025年1月15日",
    }


def test_what_is_not_known_yet_is_left_to_be_written_by_hand(tmp_path: Path) -> None:
    cells = filled(
        changed(
            tmp_path,
            (ASKED, "发文稿纸: {}"),
            ("状态: 定稿", "状态: 草稿"),
            ("发文字号: 清司报〔2025〕3号", "发文字号: 待填"),
            ("成文日期: 2025-01-14", "成文日期: 待填"),
        )
    )
    assert [cells[key] for key in ("发文字号", "成文日期", "主办单位", "份数")] == [""] * 4


def test_braces_in_what_a_report_says_are_no_expressions(tmp_path: Path) -> None:
    assert filled(changed(tmp_path, ("许文静", '"{{ 机关 }}"')))["拟稿（签名、日期）"] == "{{ 机关 }}"


def test_only_a_report_that_asks_for_it_has_a_sheet(tmp_path: Path) -> None:
    plain = load_report(changed(tmp_path, (ASKED, ""))).report
    asked = load_report(SOURCE).report
    assert plain
    assert asked
    assert [asks_for_sheet(plain), asks_for_sheet(asked)] == [False, True]
    assert make_sheet(asked, ["html"]) is None


@pytest.mark.slow
def test_the_sheet_stays_inside() -> None:
    made = build(SOURCE)
    assert made.passed
    assert not any("发文稿纸" in file for file in made.files)
    with pikepdf.open(BytesIO(made.files["document-2024.pdf"])) as pdf:
        attached = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
    assert "发文稿纸".encode() not in attached["document-2024.yaml"]
    assert "许文静" not in made.files["document-2024.html"].decode()


@pytest.mark.slow
def test_a_build_makes_it_beside_the_documents_and_again_when_it_is_gone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ("build", str(SOURCE), "-o", str(tmp_path))
    assert cli.run(command) == 0
    folder = tmp_path / SHEET
    names = {"manifest.json", f"{SHEET}.docx", f"{SHEET}.pdf"}
    assert {path.name for path in folder.iterdir() if not path.name.startswith(".")} == names
    assert capfd.readouterr().out.splitlines()[-3:-1] == [
        str(folder / f"{SHEET}.docx"),
        str(folder / f"{SHEET}.pdf"),
    ]
    outputs = json.loads((tmp_path / "document-2024/manifest.json").read_text("utf-8"))["outputs"]
    assert set(outputs) == {f"document-2024.{form}" for form in ("docx", "pdf", "html")}
    assert cli.run(("verify", str(folder))) == 0
    assert cli.run(command) == 0
    assert "没有变动" in capfd.readouterr().err
    (folder / f"{SHEET}.pdf").unlink()
    assert cli.run(command) == 0
    assert (folder / f"{SHEET}.pdf").exists()


def test_nothing_stands_under_the_sheet() -> None:
    report = load_report(SOURCE).report
    assert report
    sheet = make_sheet(report, ())
    assert sheet
    assert sheet.passed
    document = parse(read_package(sheet.files[f"{SHEET}.docx"]).parts[DOCUMENT])
    texts = [printed_text(paragraph) for paragraph in document.iter(name("p"))]
    assert texts[:2] == ["清溪县司法局", "发文稿纸"]
    assert texts[-2:] == ["2025年1月15日", ""]
