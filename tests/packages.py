"""An issued report and its package, made once in a session and copied for every test that changes them."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from reportgen.archiving import Archived, Wish, archive
from reportgen.building import build
from reportgen.files.disk import Disk
from reportgen.issuing import Signing, issue
from reportgen.model.review.references import NOTHING
from tests.clocks import always

FIXTURES = Path(__file__).parents[1] / "fixtures"
SAMPLE = FIXTURES / "qingxi-township-2024.yaml"
ISSUED_AT = "2025-01-20T08:30:00Z"
ARCHIVED_AT = "2025-01-21T02:00:00Z"
OFFICE = """\
全宗号: J012
档号: J012-WS·2024-Y-BGS-0001
保管期限: 永久
机构或问题: 办公室
室编件号: '0001'
主题词: [政府信息公开, 年度报告]
"""


@cache
def issued_once(folder: Path) -> Path:
    """A folder with an issued report `年报.yaml`, its record, and `著录.yaml`."""
    folder.mkdir(exist_ok=True)
    report = Path(shutil.copy(SAMPLE, folder / "年报.yaml"))
    (folder / "著录.yaml").write_text(OFFICE, "utf-8")
    signing = Signing("张三", always(ISSUED_AT))
    issue(
        report, signing, lambda loaded, revision: build(loaded, revision=revision), against=NOTHING, kinds=()
    )
    return folder


@pytest.fixture(scope="session")
def issued_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that nobody changes."""
    return issued_once(tmp_path_factory.getbasetemp() / "issued")


def copied(issued: Path, place: Path) -> Path:
    """A copy of the issued report with its record; the report's path."""
    shutil.copytree(issued, place, dirs_exist_ok=True)
    return place / "年报.yaml"


def archived(
    report: Path,
    target: Path,
    disk: Disk | None = None,
    *,
    at: str = ARCHIVED_AT,
    by: str = "李四",
    scan: Path | None = None,
) -> Archived:
    """The package of a copy."""
    office = report.with_name("著录.yaml")
    return archive(report, Wish(None, office, scan), target, Signing(by, always(at), disk or Disk()))
