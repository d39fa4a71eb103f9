"""What the tests of kinds and reports share: the disclosure kind, small reports, kinds made on the spot."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reportgen.diagnostics import Diagnostic
from reportgen.model.kind import Kind, load_kind
from reportgen.model.report import Loaded, read_report
from reportgen.model.values import Cell

FIXTURES = Path("fixtures")
NAME = "disclosure-annual"

FINAL = """\
种类: 政府信息公开工作年度报告
年度: 2023
机关: 某市某局
机关类型: 部门
状态: 定稿
成文日期: 2024-01-12
总体情况: 全年工作平稳。
主动公开政府信息: {其余: 0}
收到和处理申请: {其余: 0}
复议诉讼: {其余: 0}
存在的主要问题及改进: 更新不够及时，已逐月检查。
其他需要报告的事项: 无。
"""
DRAFT = FINAL.replace("定稿", "草稿")


@cache
def disclosure() -> Kind:
    """The kind most tests use."""
    return load_kind(NAME)


def read(text: str, kind: Kind | None = None) -> Loaded:
    """A report of a text."""
    return read_report(text.encode(), Path("report.yaml"), kind=kind or disclosure())


def findings(text: str, kind: Kind | None = None) -> tuple[Diagnostic, ...]:
    """What is found in a report of a text."""
    return read(text, kind).diagnostics


def codes(text: str, kind: Kind | None = None) -> list[str]:
    """The codes found in a report of a text, in file order."""
    return [finding.code for finding in findings(text, kind)]


def only(text: str, kind: Kind | None = None) -> Diagnostic:
    """The one finding of a report of a text."""
    (finding,) = findings(text, kind)
    return finding


def cell_of(text: str, path: str) -> Cell:
    """A figure of a report of a text."""
    report = read(text).report
    assert report is not None
    return figure_at(report.values, path)


def figure_at(values: Any, path: str) -> Cell:
    """A figure of a report's values."""
    node = values
    for key in path.split("."):
        node = node[key]
    assert isinstance(node, Cell)
    return node


def pointed(text: str, finding: Diagnostic) -> str:
    """What a finding points at in a text."""
    place = finding.location
    assert place.line == place.end_line
    return text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1]


def write_kind(folder: Path, name: str, **data: Any) -> Path:
    """A kind in a folder of its own; each keyword is a data file."""
    target = folder / name
    target.mkdir(parents=True)
    for stem, content in data.items():
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True)
        (target / f"{stem}.yaml").write_text(text, encoding="utf-8")
    return target


def copy_kind(folder: Path, name: str = "copy") -> Path:
    """The disclosure kind's own data files under another name."""
    target = folder / name
    target.mkdir(parents=True)
    for file in disclosure().folder.glob("*.yaml"):
        shutil.copy(file, target)
    return target


def change(file: Path, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    file.write_text(text.replace(old, new), "utf-8")
