"""What a kind asks of texts is data, and is checked with the kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.errors import KindError
from reportgen.model.kind import load_kind
from reportgen.model.report import load_report
from tests.model.reports import change, copy_kind, disclosure
from tests.model.review.conftest import OTHER, changed

UNPAID = "    provided: 收到和处理申请.其他处理.逾期未缴费.总计 > 0"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    about: 统计|", "    about: (统计|", "pattern-unreadable"),
        ("patterns: ['^[七八九]、", "patterns: ['^(七八九]、", "pattern-unreadable"),
        ("    ending: 情况\n", "    ending: 情况\n    endings: 情况\n", "unknown-key"),
        ("    latest: 01-31", "    latest: 1-31", "value-refused"),
        ("    field: 总体情况\n    items:", "    field: 总体状况\n    items:", "kind-name-unknown"),
        ("    contact: 联系方式", "    contact: 联系办法", "kind-name-unknown"),
        ("    figure: 主动公开政府信息.行政事业性收费", "    figure: 行政事业性收费", "kind-name-unknown"),
        (UNPAID + "\n    patterns", "    provided: 结转 > 0\n    patterns", "unknown-name"),
        ("  bracket-left:\n    patterns", "  bracket-gone:\n    patterns", "finding-undeclared"),
        ("总体情况缺少{names}方面的小标题", "总体情况缺少{name}方面的小标题", "finding-argument"),
        ("  dated-early:\n    severity", "  numbering-broken:\n    severity", "finding-taken"),
    ],
)
def test_what_is_wrong_with_a_check_is_the_kinds_fault(tmp_path: Path, old: str, new: str, code: str) -> None:
    folder = copy_kind(tmp_path)
    change(folder / "review.yaml", old, new)
    with pytest.raises(KindError) as error:
        load_kind(folder)
    assert code in [finding.code for finding in error.value.diagnostics]
    assert {Path(finding.location.file).name for finding in error.value.diagnostics} == {"review.yaml"}


def test_a_kind_changes_a_check_by_its_name_and_takes_another_away(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "kind.yaml").write_text(
        "name: own\nextends: disclosure-annual\ntitle: 政府信息公开工作年度报告\n", "utf-8"
    )
    (folder / "review.yaml").write_text(
        "sentences: {fee-missing: }\nfindings: {fee-missing: }\n"
        "deadlines: {late-department: {latest: 01-10}}\n",
        "utf-8",
    )
    report = tmp_path / "report.yaml"
    fee = ("本年度未发出收费通知，收取信息处理费0元。", "无。")
    report.write_text(changed(*OTHER, fee), "utf-8")
    assert [f.code for f in load_report(report, kind=disclosure()).diagnostics] == ["fee-missing"]
    assert [f.code for f in load_report(report, kind=load_kind(folder)).diagnostics] == ["published-late"]
