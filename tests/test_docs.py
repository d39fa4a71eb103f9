"""The documentation names everything there is, and what is generated is fresh."""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportgen
from reportgen import cli, errors
from reportgen.arguments import make_parser
from reportgen.commands.explain import page, read_catalogues

DOCS = Path(__file__).parents[1] / "docs"
COMMANDS = (DOCS / "users/命令.md").read_text("utf-8")


def parsers(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with its parser, `kinds copy` too."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield name, inner
                yield from ((f"{name} {deeper}", other) for deeper, other in parsers(inner))


ALL = dict(parsers(make_parser("zh")))


@pytest.mark.parametrize("verb", ALL)
def test_every_command_is_documented(verb: str) -> None:
    assert re.search(rf"^    reportgen {verb}\b", COMMANDS, re.MULTILINE)
    assert f"`{verb}`" in COMMANDS


def test_every_option_is_documented_and_every_documented_one_exists() -> None:
    known = {
        option for parser in ALL.values() for action in parser._actions for option in action.option_strings
    }
    named = set(re.findall(r"(?<![\w-])--?[a-z][a-z0-9-]*", COMMANDS))
    assert named - {"--version"} == known


def test_the_readme_names_every_verb() -> None:
    table = (DOCS.parent / "README.md").read_text("utf-8")
    assert [verb for verb in ALL if " " not in verb and f"`{verb}" not in table] == []


GUIDE = (DOCS / "users/使用指南.md").read_text("utf-8")


def test_the_report_of_the_guide_is_a_draft_and_becomes_a_final(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (draft,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    final = draft.replace("状态: 草稿", "状态: 定稿").replace(
        "成文日期: 待填", "成文日期: 2025-01-20\n盖章: 是"
    )
    monkeypatch.chdir(tmp_path)
    path = Path("2024年报.yaml")
    for text, codes in ((draft, ["value-unknown"]), (final, [])):
        path.write_text(text, "utf-8")
        assert [found.code for found in reportgen.validate(path)] == codes


def test_the_finding_shown_in_the_guide_is_what_validate_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (draft,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    (shown,) = re.findall(r"^2024年报\.yaml:.*?(?=```)", GUIDE, re.DOTALL | re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    Path("2024年报.yaml").write_text(draft.replace("自然人: 20, 商", "自然人: 二十, 商"), "utf-8")
    assert cli.run(["validate", "2024年报.yaml"]) == 1
    assert shown.strip() in capfd.readouterr().out


def test_every_exit_code_is_documented() -> None:
    known = {
        cls.exit_code for cls in vars(errors).values() if isinstance(cls, type) and hasattr(cls, "exit_code")
    }
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", COMMANDS, re.MULTILINE)}
    assert listed == known | {0, 130}


def test_the_page_of_codes_is_fresh() -> None:
    made = "\n".join(page(read_catalogues(()), "zh")) + "\n"
    assert (DOCS / "users/发现代码.md").read_text("utf-8") == made, (
        "to make it anew: ./run explain --markdown > docs/users/发现代码.md"
    )


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning")
def test_the_example_of_the_programmers_door_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (DOCS / "maintainers/api.md").read_text("utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    shutil.copy(DOCS.parent / "fixtures/suqian-city-2023.yaml", tmp_path / "report.yaml")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "api.md", "exec"), {})
    assert capsys.readouterr().out.splitlines()[-2:] == ["out/report 70.0", "1"]
    assert (tmp_path / "out/report/report.pdf").exists()


def test_the_programmers_door_is_documented_and_typed() -> None:
    page = (DOCS / "maintainers/api.md").read_text("utf-8")
    for name in reportgen.__all__:
        assert getattr(reportgen, name) is not None
        assert name.strip("_") in page
    assert (Path(reportgen.__file__).parent / "py.typed").exists()


def test_links_lead_somewhere() -> None:
    for document in DOCS.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), (document.name, target)


def test_every_code_that_a_wrong_report_shows_has_its_example_and_every_code_its_remedy() -> None:
    page = (DOCS / "users/发现代码.md").read_text("utf-8")
    sections = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL))
    texts = "".join(path.read_text("utf-8") for path in (DOCS.parent / "fixtures/invalid").rglob("*.txt"))
    known = {code for codes in read_catalogues(()).values() for code in codes}
    assert known <= sections.keys()
    for code in known:
        assert "- 建议：" in sections[code] or "建议" in sections[code], code
        assert (f"[{code}] " in sections[code]) or f"[{code}] " not in texts, code
