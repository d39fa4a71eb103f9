"""The command line: what it prints, where, in which language, with which exit code."""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reportgen import argparse_words, cli, language
from reportgen.arguments import make_parser
from reportgen.errors import KindError
from reportgen.words import WORDS

ROOT = Path(__file__).parents[1]
Run = Callable[..., tuple[int, str, str]]
VERBS = (
    "validate",
    "new",
    "build",
    "verify",
    "watch",
    "form",
    "import",
    "issue",
    "archive",
    "correct",
    "sign",
    "seal",
    "history",
    "rebuild",
    "absorb",
    "redline",
    "diff",
    "schema",
    "kinds",
    "explain",
    "doctor",
)
PROGRAMMERS = {
    ".__call__() not defined", "conflicting subparser: %s", "conflicting subparser alias: %s",
    'argument "-" with mode %r', "can't open '%(filename)s': %(error)s",
    "cannot merge actions - two groups are named %r",
    "'required' is an invalid argument for positionals", "dest= is required for options like %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "invalid conflict_resolution value: %r", "mutually exclusive arguments must be optional",
    "cannot have multiple subparser arguments", "%r is not callable", "%(prog)s: error: %(message)s\n",
    "conflicting option string: %s", "conflicting option strings: %s",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "unknown parser %(parser_name)r (choices: %(choices)s)",
}  # fmt: skip
"""argparse's messages that only its programmer meets, or that the parser replaces with findings of ours."""


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "REPORTGEN_KINDS", "REPORTGEN_FONTS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process: exit code, standard output, standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.run(arguments)
        out, err = capfd.readouterr()
        return code, out, err

    return call


def start(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Runs the command line in a process of its own; `environment` adds to the little it is given."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **options.pop("environment", {})}
    command = [sys.executable, "-m", "reportgen", *arguments]
    return subprocess.run(command, env=environment, check=False, timeout=60, **options)


def argparse_messages() -> Iterator[str]:
    """Every text that argparse means to be translated."""
    tree = ast.parse(Path(argparse.__file__).read_text("utf-8"))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("_", "ngettext")
        ):
            yield from (str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))


def test_every_message_of_argparse_has_chinese_words() -> None:
    found = set(argparse_messages())
    assert found - PROGRAMMERS - {"None", "subcommands"} == set(argparse_words.WORDS)


def test_argparse_is_left_as_it_was() -> None:
    before = argparse._  # type: ignore[attr-defined]
    with argparse_words.spoken("zh"):
        assert argparse._("options") == "选项"  # type: ignore[attr-defined]
    assert argparse._ is before  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "arguments", [["--help"], *([verb, "--help"] for verb in VERBS), ["kinds", "copy", "-h"]]
)
def test_help_is_wholly_in_its_language(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert out.startswith("用法：reportgen")
    words = {word.strip("[]():,") for word in out.split()}
    assert not words & {"usage", "options", "show", "help", "message", "exit", "positional", "arguments"}
    code, out, err = run("--lang", "en", *arguments)
    assert (code, err) == (0, "")
    assert out.startswith("usage: reportgen")
    assert out.isascii()


def test_help_names_exactly_the_verbs_there_are(run: Run) -> None:
    listed = run("--help")[1].partition("COMMAND\n")[2].partition("\n\n")[0]
    assert tuple(line.split()[0] for line in listed.splitlines()) == VERBS
    assert {path.stem for path in (ROOT / "reportgen/commands").glob("[!_]*.py")} == set(VERBS)


@pytest.mark.slow
def test_every_word_is_used_and_in_both_languages() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "reportgen").rglob("*.py"))
    for key, both in WORDS.items():
        assert both.zh, key
        assert both.en, key
        if key.partition(" ")[0] not in (
            "kinds",
            "step",
            "state",
            "severity",
            "verdict",
            "count",
            "part",
            "event",
            "record",
            "level",
            "change",
        ):  # made of two words
            uses = re.findall(rf"""["']{re.escape(key)}["'](?!: Bilingual)""", sources)
            assert uses, key


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({}, "zh"),
        ({"LANG": "C"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_GB"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US", "LC_ALL": ""}, "en"),
    ],
)
def test_the_language_follows_the_locale(environment: dict[str, str], chosen: str) -> None:
    assert language.choose_language((), environment) == chosen


@pytest.mark.parametrize(
    "arguments", [["--lang", "en"], ["--lang=en"], ["x", "--lang", "zh", "--lang", "en"]]
)
def test_the_option_decides(arguments: list[str]) -> None:
    assert language.choose_language(arguments, {"LANG": "zh_CN"}) == "en"
    assert language.choose_language(["--", *arguments], {"LANG": "zh_CN"}) == "zh"


@pytest.mark.parametrize(
    ("arguments", "code", "meant"),
    [
        (["vaildate", "x"], "unknown-command", "validate"),
        (["build", "x", "--froce"], "unknown-argument", "--force"),
        (["build", "x", "--forc"], "unknown-argument", "--force"),
        (["validate", "x", "--format", "jsno"], "unknown-choice", "json"),
        (["kinds", "cpoy", "a", "b"], "unknown-command", "copy"),
        (["explain", "disk-ful"], "unknown-code", "disk-full"),
        (["doctor", "--lnag", "en"], "unknown-argument", "--lang"),
    ],
)
def test_what_was_meant_is_named(run: Run, arguments: list[str], code: str, meant: str) -> None:
    exit_code, out, err = run(*arguments)
    assert (exit_code, out) == (2, "")
    assert f"[{code}]" in err
    assert f"是不是“{meant}”" in err


@pytest.mark.parametrize(
    "arguments", [["zzz"], ["validate", "x", "--format", "qq"], ["--lang", "fr", "kinds"], ["explain", "zzz"]]
)
def test_nothing_is_proposed_that_is_not_alike(run: Run, arguments: list[str]) -> None:
    exit_code, out, err = run(*arguments)
    assert (exit_code, out) == (2, "")
    assert "是不是" not in err
    assert "建议" in err


@pytest.mark.parametrize("extra", ["second.yaml", "-x"])
def test_an_argument_too_many_is_no_mistyped_option(run: Run, extra: str) -> None:
    code, out, err = run("build", "first.yaml", extra)
    assert (code, out) == (2, "")
    assert extra in err
    assert "是不是" not in err


def test_no_format_is_no_format(run: Run) -> None:
    code, out, err = run("build", "fixtures/qingxi-township-2024.yaml", "--to", "")
    assert (code, out) == (2, "")
    assert "[unknown-format]" in err


@pytest.mark.parametrize(
    "arguments", [["validate"], ["build"], ["build", "x", "-o"], ["schema", "a", "b"], ["kinds", "copy", "a"]]
)
def test_wrong_usage_is_said_in_chinese(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    for word in ("required", "expected", "unrecognized", "argument"):
        assert word not in err.replace("unknown-argument", "")


def test_no_arguments_show_help_as_words(run: Run) -> None:
    code, out, err = run()
    assert (code, out) == (2, "")
    assert err.startswith("用法：")


def test_version(run: Run) -> None:
    assert run("--version") == (0, "reportgen 0.1.0\n", "")


def test_findings_of_any_command_can_be_json(run: Run) -> None:
    code, out, err = run("build", "missing.yaml", "--format", "json")
    assert (code, err) == (5, "")
    assert "file-missing" in json.dumps(json.loads(out))


def test_a_folder_of_kinds_or_fonts_must_be_there(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, _, err = run("kinds", "--kinds", str(tmp_path / "none"))
    assert code == 5
    assert "[file-missing]" in err
    (tmp_path / "file").touch()
    monkeypatch.setenv("REPORTGEN_FONTS", str(tmp_path / "file"))
    code, _, err = run("doctor")
    assert code == 5
    assert "[not-a-folder]" in err


def test_a_bug_of_ours_is_told_without_a_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError("secret words of a library")

    monkeypatch.setattr("reportgen.commands.kinds.show", break_down)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code, out, err = run("kinds")
    assert (code, out) == (70, "")
    assert "Traceback" not in err
    assert "secret" not in err
    (details,) = tmp_path.iterdir()
    assert str(details) in err
    assert "secret words" in details.read_text("utf-8")
    assert details.stat().st_mode & 0o077 == 0
    code, _, err = run("-v", "kinds")
    assert "Traceback" in err


def test_a_broken_kind_and_an_interruption_have_codes_of_their_own(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.commands.kinds.show", raiser(KindError()))
    assert run("kinds")[0] == 3
    monkeypatch.setattr("reportgen.commands.kinds.show", raiser(KeyboardInterrupt()))
    code, _, err = run("kinds")
    assert code == 130
    assert "已中断" in err


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (ModuleNotFoundError("No module named 'pydyf'", name="pydyf"), "pydyf"),
        (OSError("cannot load library 'libpango-1.0-0': and so on"), "libpango-1.0-0"),
    ],
)
def test_a_missing_library_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, name: str
) -> None:
    monkeypatch.setattr("reportgen.commands.kinds.show", raiser(error))
    code, _, err = run("kinds")
    assert code == 4
    assert f"缺少组件“{name}”" in err


def raiser(error: BaseException) -> Callable[..., None]:
    """A function that raises."""

    def call(*_: object) -> None:
        raise error

    return call


def test_kinds_are_listed_and_copied(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("kinds")
    assert code == 0
    name, title, *_ = out.splitlines()[0].split()
    assert run("kinds", "copy", title, str(tmp_path / "own"))[0] == 0
    assert {path.name for path in (tmp_path / "own").iterdir()} == {
        path.name for path in (ROOT / "templates" / name).iterdir()
    }
    code, out, _ = run("kinds", "--kinds", str(tmp_path / "own"))
    assert out.splitlines()[0].split()[0] == "own"
    code, _, err = run("kinds", "copy", title, str(tmp_path / "own"))
    assert code == 5
    assert "[name-taken]" in err
    assert run("kinds", "copy", title, str(tmp_path / "no" / "where"))[0] == 5


def test_a_template_is_drawn_anew_and_a_restyled_one_kept(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert run("kinds", "copy", "disclosure-annual", str(own))[0] == 0
    word = own / "report.docx"
    word.unlink()
    assert run("kinds", "template", str(own)) == (0, f"{word}\n", "")
    drawn = word.read_bytes()
    assert drawn.startswith(b"PK")
    assert run("kinds", "template", str(own)) == (0, f"{word}\n", "")
    word.write_bytes(b"restyled")
    code, _, err = run("kinds", "template", str(own))
    assert code == 5
    assert "[name-taken]" in err
    code, _, err = run("kinds", "template", str(own), "--force")
    assert code == 0
    assert "report.改动-1.docx" in err
    assert (word.read_bytes(), (own / "report.改动-1.docx").read_bytes()) == (drawn, b"restyled")


@pytest.mark.slow
def test_explain_lists_and_explains(run: Run) -> None:
    code, out, _ = run("explain")
    codes = [line.split()[0] for line in out.splitlines()]
    assert code == 0
    assert codes == sorted(set(codes))
    for name in codes:
        code, out, err = run("explain", name)
        assert (code, err) == (0, "")
        assert not re.search(r"\{\w+\}", out), name
    assert run("explain", "report-source")[1].startswith("report-source · 核验项目\n")
    code, out, _ = run("--lang", "en", "explain", "disk-full")
    assert out.splitlines()[0] == "disk-full · error"


def test_a_schema_is_json(run: Run) -> None:
    code, out, _ = run("schema", "disclosure-annual")
    assert code == 0
    assert json.loads(out)["$schema"].startswith("http://json-schema.org/draft-07/")
    assert run("schema", "nothing-like-it")[0] == 2


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii:strict"},
        {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
    ],
)
def test_output_is_utf8_whatever_the_machine_says(environment: dict[str, str]) -> None:
    done = start("--help", capture_output=True, environment=environment)
    assert done.returncode == 0
    assert done.stdout.decode("utf-8").startswith("用法：")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">&- 2>&- <&-"])
def test_closed_streams_do_no_harm(closed: str) -> None:
    command = f'"$0" -m reportgen explain disk-full {closed}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable], env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("given", "code"), [("<&-", "input-closed"), ("</dev/null", "")])
def test_a_report_from_an_input_that_cannot_be_read_is_a_file_error(given: str, code: str) -> None:
    command = f'"$0" -m reportgen validate - {given}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable], env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    assert done.returncode == (5 if code else 1)
    assert f"[{code or 'empty-file'}]" in done.stdout.decode()
    assert b"Traceback" not in done.stdout + done.stderr


def test_a_reader_that_leaves_is_no_trouble() -> None:
    command = '{ "$0" -m reportgen explain; echo $? >&2; } | :'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable], env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    assert done.stderr == b"0\n"


@pytest.mark.parametrize("arguments", [["explain"], ["validate", "nowhere.yaml", "--format", "json"]])
def test_a_full_device_is_a_file_error(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = start(*arguments, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 5
    assert "disk-full" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.slow
def test_nothing_takes_time_before_an_interruption_can_be_caught() -> None:
    code = "import sys; known = set(sys.modules); import reportgen.__main__; print(*{*sys.modules} - known)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert set(loaded.stdout.split()) <= {"__future__", "gc", "reportgen", "reportgen.__main__"}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupting_the_process_ends_it_with_130(how: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "reportgen", "validate", "-"],
        env={"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored in a background job
    )
    wait_until_reading(process.pid)
    process.send_signal(how)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err


def test_a_process_that_is_to_outlive_its_terminal_does() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "reportgen", "validate", "-"],
        env={"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),  # as nohup does
    )
    wait_until_reading(process.pid)
    process.send_signal(signal.SIGHUP)
    process.communicate(b"x", timeout=30)
    assert process.returncode == 1


def wait_until_reading(pid: int) -> None:
    """Until the process waits for its input."""
    for _ in range(10_000):
        if "pipe_read" in Path(f"/proc/{pid}/wchan").read_text():
            return
        signal.sigtimedwait([], 0.005)
    raise AssertionError("never waited")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "-h"]])
def test_help_is_cheap(arguments: list[str]) -> None:
    program = (
        "import sys; from reportgen.__main__ import main; main();"
        "dear = {'yaml', 'jinja2', 'lxml', 'json', 'weasyprint', 'docx'};"
        "print(sorted(set(sys.modules) & dear), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b"[]\n"


def test_names_cannot_command_the_terminal(run: Run) -> None:
    _, _, err = run("validate", "a\x1b]0;title\x07b\r.yaml")
    assert "\x1b" not in err
    assert "\r" not in err


def test_the_parser_offers_every_option_in_both_languages() -> None:
    for chosen in ("zh", "en"):
        make_parser(chosen).format_help()


def test_a_broken_kind_of_ones_own_is_told_and_not_taken_for_an_unknown_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "kinds" / "own"
    own.mkdir(parents=True)
    (own / "kind.yaml").write_text("name: own\nextends: nowhere\ntitle: 自己的报告\n", "utf-8")
    report = tmp_path / "a.yaml"
    report.write_text("种类: 自己的报告\n", "utf-8")
    assert cli.run(("validate", str(report), "--kinds", str(own.parent))) == 3
    assert "kind-base-missing" in capfd.readouterr().out
    assert cli.run(("kinds", "--kinds", str(own.parent))) == 3
    out, err = capfd.readouterr()
    assert "disclosure-annual" in out
    assert "kind-base-missing" in err
