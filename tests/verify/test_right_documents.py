"""Reports that nobody has seen: whatever they say, documents that are right have no finding."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportgen import build, load_report
from reportgen.diagnostics import is_fatal
from reportgen.model.values import Segment
from reportgen.render.printing import single_blanks
from reportgen.verify.verification import Verdict
from tests.documents import FIXTURES

BASE = FIXTURES / "suqian-city-2023.yaml"
FIELD = "其他需要报告的事项"
ASKED_FOR = "按照规定发出收费通知，未收取信息处理费。"
"""What the section has to say: without it no report is sound, and none is built."""
HARD = [
    "GB/T 9704-2012",
    "A  B",
    "a-b",
    "—",
    "——",
    "–",
    "“引”",
    "'",
    '"',
    "<b>&amp;",
    "　",
    "1,234.5",
    "①",
    "㎡",
    "…",
    "é",
]
words = st.lists(
    st.sampled_from(HARD)
    | st.text(st.sampled_from("政府信息公开工作，。；（）年度报告abcXYZ 0123"), min_size=1, max_size=30),
    min_size=1,
    max_size=9,
).map(lambda parts: "报".join(parts).strip() + "。")
blocks = st.one_of(
    words,
    st.builds(lambda title, text: {"小标题": title[:20], "正文": text}, words, words),
    st.lists(words, min_size=1, max_size=3).map(lambda items: {"列表": items}),
    st.builds(
        lambda title, rows: {
            "附表": {"标题": title[:20], "表头": ["甲", "乙"], "行": [list(row) for row in rows]}
        },
        words,
        st.lists(st.tuples(words, words), min_size=1, max_size=4),
    ),
    st.builds(lambda text: {"注": text}, words),
)


def write_report(folder: Path, content: list[Any]) -> Path:
    """The fixture with other content in its last section."""
    head, _, _ = BASE.read_text("utf-8").partition(f"\n{FIELD}:")
    path = folder / "r.yaml"
    path.write_text(f"{head}\n{yaml.safe_dump({FIELD: [*content, ASKED_FOR]}, allow_unicode=True)}", "utf-8")
    return path


def test_several_blanks_print_as_one_in_all_documents() -> None:
    prose = (Segment("甲  乙 "), Segment(" "), Segment(" 丙"))
    assert "".join(segment.text for segment in single_blanks(prose)) == "甲 乙 丙"


@pytest.mark.slow
def test_marks_without_end_behind_a_heading_are_right_too(tmp_path: Path) -> None:
    texts = ["-" * 100, "…" * 100, "）" * 60, "." * 100, "设。" + "." * 100, "/" * 90, "）】……----" * 20]
    verification = build(
        write_report(tmp_path, [{"小标题": "其他情况", "正文": text} for text in texts])
    ).verification
    assert [str(found) for check in verification.checks for found in check.diagnostics] == []


@pytest.mark.slow
def test_a_code_that_no_line_of_its_column_holds_goes_on_in_the_next(tmp_path: Path) -> None:
    codes = [f"编号{'9' * count}。" for count in (16, 30, 46, 100)]
    table = {"表头": ["甲", "乙"], "列宽": [30, 126], "行": [[code, "无"] for code in codes]}
    verification = build(write_report(tmp_path, [{"附表": table}])).verification
    assert [str(found) for check in verification.checks for found in check.diagnostics] == []


@pytest.mark.slow
@settings(max_examples=12)
@given(st.lists(blocks, min_size=1, max_size=8))
@example([{"附表": {"标题": "报GB/T 9704  表", "表头": ["甲", "乙"], "行": [["一。", "二。"]]}}])
def test_nothing_is_found_in_the_documents_of_any_report(content: list[Any]) -> None:
    with TemporaryDirectory() as folder:
        source = write_report(Path(folder), content)
        loaded = load_report(source)
        if loaded.report is None or is_fatal(loaded.diagnostics):
            return
        verification = build(loaded).verification
    assert [str(found) for check in verification.checks for found in check.diagnostics] == []
    assert all(check.verdict is Verdict.HOLDS for check in verification.checks)
