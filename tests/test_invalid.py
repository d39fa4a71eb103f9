"""Every wrong report prints exactly what stands beside it, and every finding code is met somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen import cli
from reportgen.commands.explain import read_catalogues

ROOT = Path(__file__).parents[1]
CASES = sorted(path.relative_to(ROOT) for path in (ROOT / "fixtures/invalid").rglob("*.yaml"))
CODE = re.compile(r": (?:错误|警告|提示)\[([a-z0-9-]+)\] ")

ELSEWHERE: dict[str, str] = {
    "source-too-large": "tests/model/test_source.py::test_hostile_files_end_in_a_clear_message",
    "too-many-values": "tests/model/test_source.py::test_hostile_files_end_in_a_clear_message",
    "value-too-long": "tests/model/test_source.py::test_hostile_files_end_in_a_clear_message",
}
"""Codes that no report alone can show, and the test that meets each of them."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_wrong_report_prints_what_is_expected(
    case: Path, update_golden: bool, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    code = cli.run(("validate", case.as_posix()))
    out, err = capfd.readouterr()
    golden = case.with_suffix(".txt")
    if update_golden:
        golden.write_text(out, "utf-8")
    assert out == golden.read_text("utf-8")
    assert CODE.search(out)
    assert (code, err) == (1 if "错误[" in out else 0, "")


def test_expected_texts_all_have_their_report() -> None:
    texts = {path.relative_to(ROOT) for path in (ROOT / "fixtures/invalid").rglob("*.txt")}
    assert texts == {case.with_suffix(".txt") for case in CASES}


def test_no_code_is_uncovered() -> None:
    texts = (case.with_suffix(".txt").read_text("utf-8") for case in CASES)
    met = {code for text in texts for code in CODE.findall(text)}
    known = {code for catalogue in read_catalogues(()).values() for code in catalogue}
    assert met <= known
    assert sorted(known - met - set(ELSEWHERE)) == []
    assert sorted(met & set(ELSEWHERE)) == []
    assert sorted(set(ELSEWHERE) - known) == []


@pytest.mark.parametrize("code", ELSEWHERE)
def test_the_tests_named_for_codes_meet_them(code: str) -> None:
    file, _, name = ELSEWHERE[code].partition("::")
    text = (ROOT / file).read_text("utf-8")
    assert f"def {name}(" in text
    assert code in text
