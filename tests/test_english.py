"""With `--lang en` whatever the program says itself is English: findings, explanations, help, results."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen import cli
from reportgen.arguments import make_parser
from reportgen.commands.explain import read_catalogues
from reportgen.sources import source_text
from reportgen.verify.verification import check_catalogue
from reportgen.words import WORDS
from tests.english import chinese_in

ROOT = Path(__file__).parents[1]
CASES = sorted(path.relative_to(ROOT) for path in (ROOT / "fixtures/invalid").rglob("*.yaml"))
CODES = {code: entry for catalogue in read_catalogues(()).values() for code, entry in catalogue.items()}
EXCERPT = re.compile(r"^ +\d* \| .*$|^[-+ ](?!  (?:hint|related|reason):).*[\u4e00-\u9fff].*$", re.MULTILINE)
"""Lines of the user's own file."""
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in English and gives its exit code and all it prints."""
    monkeypatch.chdir(ROOT)

    def call(*arguments: str) -> tuple[int, str]:
        code = cli.run(("--lang", "en", *arguments))
        out, err = capfd.readouterr()
        return code, out + err

    return call


def test_the_measure_finds_chinese_and_lets_quotations_be() -> None:
    assert chinese_in("“机关” is 待填, 12件 of 收到和处理申请; see GB/T 9704") == ""
    assert chinese_in("“机关”没有填") == "没有填"
    assert chinese_in("nothing，more") == "，"


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_finding_is_explained_in_english(code: str) -> None:
    entry = CODES[code]
    texts = (entry.message, entry.hint, entry.explanation, *entry.hints.values())
    assert [chinese_in(text.en) for text in texts if chinese_in(text.en)] == []
    assert chinese_in(source_text(entry.source, "en")) == ""
    assert all(text.en for text in texts if text.zh)


def test_every_check_and_word_has_english() -> None:
    for check in check_catalogue().values():
        assert chinese_in(f"{check.title.en} {check.explanation.en} {source_text(check.source, 'en')}") == ""
    assert {key: text.en for key, text in WORDS.items() if chinese_in(text.en)} == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_what_is_wrong_with_a_report_is_said_in_english(case: Path, run: Run) -> None:
    _, out = run("validate", case.as_posix(), "--format", "json")
    for finding in json.loads(out):
        if finding["code"] == "unpaired-mark":
            continue  # it quotes text whose quotation marks do not pair
        notes = [each["note"] for each in finding["related"] if not finding["code"].startswith("demand-")]
        texts = (finding["message"], finding["hint"], *notes)
        assert [text for text in texts if chinese_in(text)] == []


def test_all_help_is_english(run: Run) -> None:
    assert chinese_in(make_parser("en").format_help()) == ""
    verbs = re.findall(r"^    (\w+) ", make_parser("en").format_help(), re.MULTILINE)
    assert {"validate", "build", "verify", "issue"} <= set(verbs)
    for verb in verbs:
        assert chinese_in(run(verb, "--help")[1]) == ""
    for action in ("check", "copy", "template"):
        assert chinese_in(run("kinds", action, "--help")[1]) == ""


@pytest.mark.slow
def test_what_commands_print_is_english(run: Run, tmp_path: Path) -> None:
    draft, book = str(tmp_path / "new.yaml"), str(tmp_path / "form.xlsx")
    sample, wrong = "fixtures/qingxi-township-2024.yaml", "fixtures/invalid/text/marks.yaml"
    for arguments in (
        ("new", "disclosure-annual", "-o", draft),
        ("new", "disclosure-annual", "--from", sample, "-o", str(tmp_path / "next.yaml")),
        ("new", "nothing", "-o", draft),
        ("validate", draft),
        ("validate", wrong, "--fix", "--dry-run"),
        ("form", "disclosure-annual", "-o", book),
        ("import", book, "-o", str(tmp_path / "filled.yaml")),
        ("kinds",),
        ("kinds", "copy", "disclosure-annual", str(tmp_path / "kind")),
        ("explain", "choice"),
        ("explain", "twin-words"),
        ("explain", "nothing"),
        ("explain",),
        ("history", draft),
        ("issue", draft, "--by", "me"),
        ("build", wrong, "-o", str(tmp_path)),
        ("build", "nowhere.yaml"),
        ("verify", "nowhere"),
        ("nothing",),
        ("build",),
    ):
        _, out = run(*arguments)
        assert out
        assert chinese_in(EXCERPT.sub("", out).replace(".记录", "")) == "", arguments
