"""The life of a report, told by its commands: drafted, issued, archived, found wrong, corrected, kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document

from reportgen import cli
from tests.authority import Authority
from tests.packages import OFFICE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning"),  # WeasyPrint's own
]
SAMPLE = Path(__file__).parents[1] / "fixtures/qingxi-township-2024.yaml"


class Office:
    """Somebody at a desk in a folder, who types commands and looks at what comes."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """Sit down."""
        self.folder, self.capfd = folder, capfd

    def types(self, line: str, code: int = 0) -> str:
        """Type a command; what it said."""
        self.capfd.readouterr()
        ended = cli.run(line.split())
        out, err = self.capfd.readouterr()
        assert ended == code, (line, out, err)
        return out + err

    def writes(self, name: str, old: str, new: str) -> None:
        """Change a file."""
        path = self.folder / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


def retype(path: Path, old: str, new: str) -> None:
    """Change words in a Word file."""
    document = Document(str(path))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if old in run.text]
    assert len(runs) == 1
    runs[0].text = runs[0].text.replace(old, new)
    document.save(str(path))


def test_from_the_draft_to_the_corrected_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    office = Office(tmp_path, capfd)
    shutil.copy(SAMPLE, "年报.yaml")
    Path("著录.yaml").write_text(OFFICE, "utf-8")

    # a draft with a gap, built for the leaders
    office.writes("年报.yaml", "状态: 定稿", "状态: 草稿")
    office.writes("年报.yaml", "新媒体公开: 112", "新媒体公开: 待填")
    assert "figure-unknown" in office.types("validate 年报.yaml")
    office.types("build 年报.yaml")
    assert "[issue-draft]" in office.types("issue 年报.yaml --by 张三", 1)

    # the leaders change the Word file; their words come back into the report
    shutil.copy("out/年报/年报.docx", "修改稿.docx")
    retype(Path("修改稿.docx"), "组织培训2次", "组织培训4次")
    office.types("absorb 修改稿.docx 年报.yaml")
    assert "组织培训4次" in Path("年报.yaml").read_text("utf-8")

    # final, issued, archived
    office.writes("年报.yaml", "状态: 草稿", "状态: 定稿")
    office.writes("年报.yaml", "新媒体公开: 待填", "新媒体公开: 112")
    office.types("build 年报.yaml")
    assert "没有变动" in office.types("build 年报.yaml")
    office.types("issue 年报.yaml --by 张三 --at 2025-01-20T09:00+08:00")
    Path("本局.p12").write_bytes(Authority("根").pkcs12(b"word"))
    Path("口令").write_text("word")
    sign = "sign 年报.yaml --key 本局.p12 --password-file 口令 --by 张三"
    office.types(f"{sign} --at 2025-01-20T16:00+08:00")
    archive = "archive 年报.yaml --metadata 著录.yaml --by 王五"
    office.types(f"{archive} -o 一.zip --at 2025-01-21T09:00+08:00")

    # found wrong: the figure moves its totals and the sentence that quotes it
    office.writes("年报.yaml", "收到和处理申请:\n", "收到和处理申请:\n  本年新收: {自然人: 1}\n")
    assert "[application-balance]" in office.types("correct 年报.yaml --by 李四 --reason 漏计", 1)
    office.writes("年报.yaml", "  本年新收:", "  结转下年度: {自然人: 1}\n  本年新收:")
    said = office.types("diff 年报.yaml")
    assert "／自然人: 0 → 1" in said
    assert "(随之变化)" in said
    corrected = office.types("correct 年报.yaml --by 李四 --reason 漏计一件申请 --at 2025-03-01T09:00+08:00")
    assert "更正说明-2.pdf" in corrected
    assert "花脸稿-2.docx" in corrected
    assert "[next-year-follows]" in corrected
    assert "[nothing-to-correct]" in office.types("correct 年报.yaml --by 李四 --reason 漏计", 1)
    office.types(f"{archive} -o 二.zip --at 2025-03-02T09:00+08:00")

    # both versions can be proved, and made again
    history = office.types("history 年报.yaml --witness 一.zip --witness 二.zip")
    assert [word for word in ("定稿", "签章", "归档", "更正  漏计一件申请") if word not in history] == []
    assert "记录成立" in history
    assert "--trust" in office.types("verify 一.zip --quick", 8)  # whose root it is nobody said
    assert "不通过 " not in office.types("verify 一.zip --quick", 8)
    office.types("verify 二.zip --quick")
    for number in (1, 2):
        assert "逐字节相同" in office.types(f"rebuild 年报.yaml --revision {number}")
    assert "／自然人: 0 → 1" in office.types("diff 一.zip 二.zip")
    lines = Path("年报.记录/台账.jsonl").read_bytes().splitlines(keepends=True)
    Path("年报.记录/台账.jsonl").write_bytes(b"".join(lines[:3]))
    assert "记录成立" in office.types("history 年报.yaml")
    assert "[witness-later]" in office.types("history 年报.yaml --witness 二.zip", 8)
