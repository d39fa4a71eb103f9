"""Reports that differ much: in chapters, tables, notes, pictures, charts, outer form and status."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from reportgen.redlining.redline import count_changes, redline
from reportgen.verify.conformance.tools import find_sdk
from reportgen.verify.libreoffice import find_office
from tests.absorbing.test_layered import made_from, source_of
from tests.office import carry_out
from tests.redlining.test_redline import AT, accepted, rejected, texts
from tests.validators import faults_of_word

BASE = "everything-2024"
HEADING, TABLE, PICTURE = "  - 小标题: 政府信息管理", "  - 附表:\n      标题: 各股室", "  - 图片:"
NEXT, NOTE, BREAK = "  - 小标题: 政府信息公开平台", "  - 注: #", "  - 分页: 是\n"
QUARTERS = "数据: {第一季度: 310"
pytestmark = pytest.mark.slow


def block(text: str, start: str, end: str) -> str:
    """The lines from one block to another."""
    return text[text.index(start) : text.index(end, text.index(start))]


def changed(*pairs: tuple[str, str]) -> Callable[[str], str]:
    def change(text: str) -> str:
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        return text

    return change


def swapped(text: str) -> str:
    one, other = block(text, HEADING, TABLE), block(text, TABLE, NEXT)
    return text.replace(one + other, other + one)


def moved(start: str, end: str) -> Callable[[str], str]:
    """A block in the chapter of problems."""

    def change(text: str) -> str:
        part = block(text, start, end)
        return text.replace(part, "").replace(BREAK, part + BREAK)

    return change


def without(start: str, end: str) -> Callable[[str], str]:
    return lambda text: text.replace(block(text, start, end), "")


def with_second_picture(text: str) -> str:
    part = block(text, PICTURE, NOTE)
    return text.replace(part, part + part.replace("政务公开专区平面", "自助服务区平面"))


def same(text: str) -> str:
    return text


CHANGED: dict[str, Callable[[str], str]] = {
    "as it is": same,
    "a draft": changed(("状态: 定稿", "状态: 草稿")),
    "a draft without a date": changed(
        ("状态: 定稿", "状态: 草稿"), ("成文日期: 2025-01-08", "成文日期: 待填")
    ),
    "blocks swapped": swapped,
    "a heading in another chapter": moved(HEADING, TABLE),
    "a table in another chapter": moved(TABLE, NEXT),
    "a table less": without(TABLE, NEXT),
    "more notes": changed(
        (
            "      - 联合申请按一件计算。\n",
            "      - 联合申请按一件计算。\n      - 新加一条，说明数据来源。\n",
        ),
        ("  注: 行政许可数量", "  注:\n    - 又一条。\n    - 行政许可数量"),
    ),
    "a picture less": without(PICTURE, NOTE),
    "a picture more": with_second_picture,
    "other charts": changed(("类型: 饼图", "类型: 柱状图"), (QUARTERS, "数据: {第一季度: 999")),
    "no attachments": lambda text: text.replace(block(text, "附件:\n", "联系方式:"), ""),
    "a column less": changed(
        ("公开条数, 占比, 备注", "公开条数, 备注"),
        ("'52.35%', ", ""),
        ("'35.04%', ", ""),
        ("'12.61%', ", ""),
    ),
}
PAIRS: tuple[tuple[str, str], ...] = (
    *(("as it is", name) for name in CHANGED if name != "as it is"),
    ("a picture more", "a picture less"),
    ("a draft", "a heading in another chapter"),
    ("no attachments", "as it is"),
    ("qingxi-township-2024", "document-2024"),
    ("document-2024", "qingxi-township-2024"),
    ("as it is", "qingxi-township-2024"),
    ("jiangmen-fgj-2023", "suqian-city-2023"),
    ("suqian-city-2023", "as it is"),
)
FRAMED = (("document-2024", "letter-2024"), ("letter-2024", "document-2024"))
"""LibreOffice loses what is tracked in frames: here only our own reading judges."""


@cache
def word(name: str) -> bytes:
    if name not in CHANGED:
        return made_from(source_of(name))
    return made_from(CHANGED[name](source_of(BASE).decode()).encode())


@cache
def marked(old: str, new: str) -> bytes:
    return redline(word(old), word(new), "张三", AT)


def joined(lines: list[str]) -> list[str]:
    """Paragraphs without tabs, and without those that say nothing.

    LibreOffice keeps an empty paragraph where one that went stood before a table.
    """
    return [line.replace("\t", "").strip() for line in lines if line.strip()]


@pytest.mark.parametrize(("old", "new"), [*PAIRS, *FRAMED])
def test_reports_that_differ_much_are_marked_right(old: str, new: str, tmp_path: Path) -> None:
    content = marked(old, new)
    assert count_changes(content)
    assert [line.replace("\t", "") for line in accepted(content)] == texts(word(new))
    assert rejected(content) == texts(word(old))
    if find_sdk():
        (tmp_path / "x.docx").write_bytes(content)
        assert faults_of_word(tmp_path / "x.docx") == []


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_libreoffice_accepts_and_rejects_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    jobs = [(marked(*pair), step) for pair in PAIRS for step in ("accept", "reject")]
    done = carry_out(jobs, tmp_path)
    assert len(done) == len(jobs)
    for number, pair in enumerate(PAIRS):
        for place, name in ((2 * number, pair[1]), (2 * number + 1, pair[0])):
            assert joined(texts(done[place])) == joined(texts(word(name))), (pair, name)
            assert not count_changes(done[place])
    with capsys.disabled():
        print(f"\npairs of reports that differ much, accepted and rejected by LibreOffice: {len(PAIRS)}")
    assert len(PAIRS) >= 20
