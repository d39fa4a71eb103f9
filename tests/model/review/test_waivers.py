"""What an office says about findings that it leaves as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportgen import cli
from reportgen.diagnostics import Severity
from tests.model.review.conftest import FIXTURES, Found

SLASH = ("主动公开政府信息: {其余: 0}", "主动公开政府信息: {其余: 0, 规章: /}")
REASON = "本机关没有规章制定权，上级机关要求写斜线"


def waiver(code: str, place: str = "", reason: str = REASON) -> str:
    """The lines of one waiver."""
    where = f"位置: {place}, " if place else ""
    return f"核对说明: [{{代码: {code}, {where}理由: {reason}}}]\n"


@pytest.mark.parametrize("place", ["", "主动公开政府信息", "主动公开政府信息.规章"])
@pytest.mark.parametrize("status", ["草稿", "定稿"])
def test_a_warning_with_a_reason_becomes_a_hint(found: Found, place: str, status: str) -> None:
    state = ("状态: 定稿", f"状态: {status}")
    (finding,) = found(SLASH, state, tail=waiver("figure-not-applicable", place))
    assert (finding.code, finding.level, finding.reason) == (
        "figure-not-applicable",
        Severity.HINT,
        REASON,
    )


@pytest.mark.parametrize("place", ["主动公开", "主动公开政府信息.规", "收到和处理申请"])
def test_a_waiver_for_another_place_is_stale(found: Found, place: str) -> None:
    codes = [finding.code for finding in found(SLASH, tail=waiver("figure-not-applicable", place))]
    assert codes == ["figure-not-applicable", "waiver-stale"]


@pytest.mark.parametrize("reason", ["''", "无", "同意。", "啊啊啊啊啊啊啊", "  已阅  "])
def test_a_reason_that_explains_nothing_is_refused(found: Found, reason: str) -> None:
    findings = found(SLASH, tail=waiver("figure-not-applicable", "", reason))
    assert findings[0].level is Severity.WARNING
    assert "waiver-reason" in [finding.code for finding in findings] or reason == "''"


@pytest.mark.parametrize("status", ["草稿", "定稿"])
@pytest.mark.parametrize("code", ["application-balance", "figure-unknown", "unknown-key"])
def test_arithmetic_and_shape_cannot_be_waived(found: Found, code: str, status: str) -> None:
    wrong = (
        "收到和处理申请: {其余: 0}",
        "收到和处理申请: {其余: 0, 本年新收: {自然人: 3}, 予以公开: {自然人: 2}}",
    )
    findings = found(wrong, ("状态: 定稿", f"状态: {status}"), tail=waiver(code))
    assert {(finding.code, finding.level) for finding in findings} >= {
        ("application-balance", Severity.ERROR)
    }
    refused = code != "figure-unknown"
    assert ("waiver-refused" in [finding.code for finding in findings]) is refused


@pytest.mark.parametrize("status", ["草稿", "定稿"])
def test_a_check_that_only_warns_of_an_error_of_others_can_be_waived(found: Found, status: str) -> None:
    changes = [("状态: 定稿", f"状态: {status}"), ("机关类型: 部门", "机关类型: 乡镇街道")]
    late = ("成文日期: 2024-01-12", "成文日期: 2024-04-01")
    findings = found(*changes, late, tail=waiver("published-late"))
    assert [(finding.code, finding.level) for finding in findings] == [("published-late", Severity.HINT)]
    findings = found(changes[0], late, tail=waiver("published-late"))  # a department's is an error
    assert [finding.code for finding in findings] == ["published-late", "waiver-refused"]
    assert findings[0].level is not Severity.HINT


def test_waived_findings_are_listed_with_their_reasons(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FIXTURES.parent)
    report = "fixtures/invalid/review/waived.yaml"
    assert cli.run(("validate", report)) == 0
    out = capfd.readouterr().out
    assert out.index("已说明：") < out.index("理由: 1件有效期届满，自动失效")
    assert cli.run(("validate", "--format", "json", report)) == 0
    told = {finding["code"]: finding for finding in json.loads(capfd.readouterr().out)}
    assert told["in-force-differs"]["severity"] == "hint"
    assert told["in-force-differs"]["reason"] == "1件有效期届满，自动失效"
    assert told["carried-over-differs"]["severity"] == "warning"


def test_strict_counts_no_warning_that_is_explained(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    room = FIXTURES / "invalid/review"
    text = (room / "waived.yaml").read_text("utf-8")
    for name in ("last-2022.yml", "waived.yaml"):
        (tmp_path / name).write_bytes((room / name).read_bytes())
    assert cli.run(("validate", "--strict", str(tmp_path / "waived.yaml"))) == 0
    out = capfd.readouterr().out
    assert "警告[carried-over-differs]" in out
    assert "\n问题都已说明\n" in out
    (tmp_path / "open.yaml").write_text(text.partition("核对说明:")[0], "utf-8")
    assert cli.run(("validate", str(tmp_path / "open.yaml"))) == 1


def test_strict_counts_warnings_but_not_hints() -> None:
    room = FIXTURES / "invalid/review"
    assert cli.run(("validate", "--strict", str(room / "last-year-unsound.yaml"))) == 1
    assert cli.run(("validate", str(room / "last-year-unsound.yaml"))) == 0
    assert cli.run(("validate", "--strict", str(room / "before-the-format.yaml"))) == 0
