"""The script `run` in a copy of the clone, among stand-ins for the system: nothing is installed."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

CLONE = Path(__file__).resolve().parents[1]
PROVERS = "reportgen/verify/conformance/pinned"
FONTS = Path(sys.prefix) / "share" / "reportgen" / "fonts"
TOOLS = ["cat", "cmp", "cp", "cut", "env", "flock", "mkdir", "mv", "readlink", "rm", "sed", "sh"]
TOOLS += ["sha256sum", "tar"]
STANDINS = {
    "dpkg": "echo amd64",
    "dpkg-query": 'echo "query $4" >>"$CALLS"; case " $ABSENT " in *" $4 "*) exit 1 ;; esac; echo installed',
    "apt-get": 'echo "apt-get $*" >>"$CALLS"',
    "id": "echo $USER_ID",
}
PYTHON = """#!/bin/sh
[ "$1" = -c ] || exec "$REAL_PYTHON" -I -c '
import json, os, sys
print(json.dumps({"arguments": sys.argv[1:], "folder": os.getcwd(), "environment": dict(os.environ)}))
' "$@"
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """A clone with a finished `.venv`, and the programs it can see."""

    folder: Path
    programs: Path

    @property
    def calls(self) -> list[str]:
        log = self.folder / "calls"
        return log.read_text().splitlines() if log.exists() else []

    def environment(self, **more: str) -> dict[str, str]:
        seen = {"PATH": str(self.programs), "CALLS": str(self.folder / "calls")}
        return {**seen, "REAL_PYTHON": sys.executable, "ABSENT": "", "USER_ID": "0", **more}

    def run(self, *arguments: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.folder / "run"), *arguments]
        return subprocess.run(
            command,
            cwd=cwd,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def add_program(self, name: str, text: str = "") -> None:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)


def fingerprint(lock: Path) -> str:
    """What `run` writes beside an environment of Python packages that is finished."""
    machine = Path("/etc/machine-id")
    digest = hashlib.sha256(f"{Path('/usr/bin/python3').resolve()}\n".encode())
    digest.update(machine.read_bytes() if machine.exists() else b"")
    digest.update(lock.read_bytes())
    return f"{digest.hexdigest()}  -\n"


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    folder = tmp_path / "年度 报告 [1] 100%"
    venv = folder / ".venv"
    for part in ("tests", PROVERS, ".venv/bin", ".venv/share/reportgen"):
        (folder / part).mkdir(parents=True)
    locks = (
        "requirements.txt",
        f"{PROVERS}/requirements.txt",
        f"{PROVERS}/package-lock.json",
        "tests/requirements.txt",
    )
    for name in ("run", *locks):
        shutil.copy(CLONE / name, folder / name)
    (venv / "ready-python").write_text(fingerprint(folder / "requirements.txt"))
    (venv / "share/reportgen/fonts").symlink_to(FONTS)
    (venv / "bin/python").write_text(PYTHON)
    (venv / "bin/python").chmod(0o755)
    made = Copy(folder, tmp_path / "programs")
    made.programs.mkdir()
    for tool in TOOLS:
        (made.programs / tool).symlink_to(shutil.which(tool) or tool)
    for name, text in STANDINS.items():
        made.add_program(name, text)
    return made


def test_arguments_folder_and_import_path_reach_the_program(copy: Copy, tmp_path: Path) -> None:
    arguments = ["build", "某 局.yaml", "", "*", "--to", "pdf,'docx'"]
    done = copy.run(*arguments, cwd=tmp_path)
    told = json.loads(done.stdout)
    assert told["arguments"] == ["-m", "reportgen", *arguments]
    assert told["folder"] == str(tmp_path)
    assert told["environment"]["PYTHONPATH"] == str(copy.folder)
    assert told["environment"]["PYTHONSAFEPATH"] == "1"
    assert "PYTHONDONTWRITEBYTECODE" not in told["environment"]
    assert done.returncode == 0


def test_a_link_to_run_does_the_same(copy: Copy, tmp_path: Path) -> None:
    link = tmp_path / "报告"
    link.symlink_to(copy.folder / "run")
    done = subprocess.run([link, "kinds"], env=copy.environment(), capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["environment"]["PYTHONPATH"] == str(copy.folder)


def test_a_second_call_asks_the_system_nothing_and_says_nothing(copy: Copy) -> None:
    copy.run("kinds")
    asked = copy.calls
    assert asked
    assert copy.run("kinds").stderr == ""
    assert copy.calls == asked


def test_a_changed_script_is_set_up_again(copy: Copy) -> None:
    copy.run("kinds")
    asked = copy.calls
    with (copy.folder / "run").open("a") as script:
        script.write("#\n")
    done = copy.run("kinds")
    assert "安装完成" in done.stderr
    assert "Python" not in done.stderr
    assert len(copy.calls) == 2 * len(asked)


@pytest.mark.slow
def test_a_changed_lock_makes_the_environment_anew(copy: Copy) -> None:
    copy.run("kinds")
    lock = copy.folder / "requirements.txt"
    lock.write_text("# nothing\n")
    done = copy.run("kinds")
    assert "正在安装 Python 组件" in done.stderr
    assert "No module named reportgen" in done.stderr
    assert (copy.folder / ".venv/ready-python").read_text() == fingerprint(lock)


def test_a_path_with_a_colon_is_refused(copy: Copy) -> None:
    folder = copy.folder.rename(copy.folder.with_name("a:b"))
    done = Copy(folder, copy.programs).run("kinds")
    assert (done.returncode, "冒号" in done.stderr) == (5, True)


def test_root_installs_what_is_missing_and_nothing_else(copy: Copy) -> None:
    done = copy.run("kinds", ABSENT="libharfbuzz-subset0 fonts-noto-cjk")
    update, install = (call for call in copy.calls if call.startswith("apt-get"))
    assert update == "apt-get update"
    assert install.endswith("install -y --no-install-recommends fonts-noto-cjk libharfbuzz-subset0")
    assert done.returncode == 0


def test_an_installation_that_was_cut_off_is_mended(copy: Copy) -> None:
    copy.add_program("apt-get", 'echo "apt-get $*" >>"$CALLS"; [ "$1" = update ] || [ -e "$CALLS.mended" ]')
    copy.add_program("dpkg", 'echo "dpkg $*" >>"$CALLS"; : >"$CALLS.mended"')
    done = copy.run("kinds", ABSENT="fontconfig")
    kinds_of_call = [" ".join(call.split()[:2]) for call in copy.calls if not call.startswith("query")]
    assert kinds_of_call == ["apt-get update", "apt-get -o", "dpkg --configure", "apt-get -o"]
    assert done.returncode == 0


def test_a_user_with_sudo_installs_by_it(copy: Copy) -> None:
    copy.add_program("sudo", 'echo sudo >>"$CALLS"; exec "$@"')
    assert copy.run("kinds", ABSENT="fontconfig", USER_ID="1000").returncode == 0
    assert "sudo" in copy.calls
    assert copy.calls[-1].endswith(" fontconfig")


def test_a_user_who_may_not_install_gets_the_one_command(copy: Copy) -> None:
    done = copy.run("kinds", ABSENT="fontconfig python3-venv", USER_ID="1000")
    assert done.returncode == 4
    (command,) = re.findall(r'^su - -c "(.+)"$', done.stderr, re.MULTILINE)
    subprocess.run(["sh", "-c", command], env=copy.environment(), check=True)
    assert copy.calls[-1].endswith("install -y --no-install-recommends fontconfig python3-venv")
    assert done.stdout == ""
    assert not (copy.folder / ".venv/ready-build").exists()


@pytest.mark.parametrize("words", [("test",), ("build", "某 局.yaml", "--prove")])
def test_testing_and_proving_need_more_than_building(copy: Copy, words: tuple[str, ...]) -> None:
    absent = "default-jre-headless libreoffice-writer-nogui poppler-utils shellcheck"
    for verb in ("build", "verify"):
        assert copy.run(verb, ABSENT=absent, USER_ID="1000").returncode == 0
    copy.add_program("java")
    done = copy.run(*words, ABSENT=absent, USER_ID="1000")
    assert done.returncode == 4
    assert "libreoffice-writer-nogui" in done.stderr
    assert "default-jre-headless" not in done.stderr
    assert "shellcheck" not in done.stderr, "comes after what proves"


def test_two_at_once_wait_for_each_other(copy: Copy) -> None:
    with (copy.folder / ".venv/lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [str(copy.folder / "run"), "kinds"]
        with subprocess.Popen(
            command, env=copy.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as waiting:
            assert waiting.stderr
            assert waiting.stderr.readline() == "另一个窗口正在安装，请稍候……\n"
            assert copy.calls == []
            fcntl.flock(lock, fcntl.LOCK_UN)
            output, _ = waiting.communicate(timeout=60)
    assert json.loads(output)["arguments"] == ["-m", "reportgen", "kinds"]


def test_damaged_fonts_are_no_finished_set_up(copy: Copy) -> None:
    fonts = copy.folder / ".venv/share/reportgen/fonts"
    fonts.unlink()
    shutil.copytree(FONTS, fonts)
    (fonts / "README").write_text("cut")
    done = copy.run("kinds")
    assert done.returncode == 4
    assert "再运行一次" in done.stderr
    assert any(call.startswith("apt-get download") for call in copy.calls)


def test_a_folder_that_cannot_be_written_is_said(copy: Copy) -> None:
    shutil.rmtree(copy.folder / ".venv")
    (copy.folder / ".venv").write_text("")
    done = copy.run("kinds")
    assert done.returncode == 5
    assert "不能写入" in done.stderr


def test_an_archive_has_to_be_there_and_whole(copy: Copy, tmp_path: Path) -> None:
    assert copy.run("--from", str(tmp_path / "none.tar")).returncode == 5
    (tmp_path / "cut.tar").write_bytes(b"\0" * 100)
    done = copy.run("--from", str(tmp_path / "cut.tar"))
    assert (done.returncode, "不是完好的离线安装包" in done.stderr) == (5, True)


def test_an_archive_of_another_version_is_refused(copy: Copy, tmp_path: Path) -> None:
    (tmp_path / "system").write_text("debian 11 amd64\n")
    with tarfile.open(tmp_path / "old.tar", "w") as archive:
        archive.add(tmp_path / "system", "system")
    done = copy.run("--from", str(tmp_path / "old.tar"))
    assert (done.returncode, "重新制作" in done.stderr) == (4, True)


def test_an_archive_without_a_verb_ends_with_the_examination(copy: Copy, tmp_path: Path) -> None:
    copy.run("kinds")
    (tmp_path / "any.tar").write_bytes(b"")
    done = copy.run("--from", str(tmp_path / "any.tar"))
    assert json.loads(done.stdout)["arguments"] == ["-m", "reportgen", "doctor"]


def test_packing_wants_one_name(copy: Copy) -> None:
    assert copy.run("pack").returncode == 2


def test_every_declared_font_is_installed() -> None:
    script = (CLONE / "run").read_text()
    for declaration in CLONE.glob("templates/*/fonts.yaml"):
        for font in yaml.safe_load(declaration.read_text())["files"].values():
            assert re.search(rf"(?<![\w-]){re.escape(font['package'])}(?![\w-])", script), font


def read_lock(path: str) -> set[str]:
    return set(re.findall(r"^([\w.-]+==\S+) \\$", (CLONE / path).read_text(), re.MULTILINE))


def test_the_locks_hold_every_pin_with_hashes_and_without_addresses() -> None:
    project = tomllib.loads((CLONE / "pyproject.toml").read_text())
    more = project["project"]["optional-dependencies"]
    for path, pins in {
        "requirements.txt": project["project"]["dependencies"],
        f"{PROVERS}/requirements.txt": more["prove"],
        "tests/requirements.txt": [*more["test"], *project["build-system"]["requires"]],
    }.items():
        locked = read_lock(path)
        assert {re.sub(r"\[.*\]", "", pin) for pin in pins} <= locked
        entry = r"[\w.-]+==\S+ \\\n(    --hash=sha256:[0-9a-f]{64} \\\n)*    --hash=sha256:[0-9a-f]{64}\n"
        assert re.fullmatch(f"({entry})+", (CLONE / path).read_text())


def test_the_validators_are_pinned_without_addresses() -> None:
    wanted = json.loads((CLONE / PROVERS / "package.json").read_text())["dependencies"]
    lock = (CLONE / PROVERS / "package-lock.json").read_text()
    packages = json.loads(lock)["packages"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all("integrity" in package for name, package in packages.items() if name)
    assert "resolved" not in lock


def test_nothing_but_the_house_is_committed_at_the_top() -> None:
    listed = ["git", "-c", "safe.directory=*", "-c", "core.quotePath=false", "ls-files"]
    files = subprocess.run(listed, cwd=CLONE, capture_output=True, text=True, check=True).stdout
    house = {"reportgen", "templates", "fixtures", "tests", "out", "docs", "benchmarks", ".ci"}
    papers = {"pyproject.toml", "requirements.txt", "run", "README.md", "CHANGELOG.md", "LICENSE"}
    assert {name.partition("/")[0] for name in files.splitlines()} == house | papers


def test_the_environment_is_not_committed(copy: Copy) -> None:
    (copy.folder / ".venv/ready-build").unlink(missing_ok=True)
    copy.run("kinds")
    assert (copy.folder / ".venv/.gitignore").read_text() == "*\n"
    assert os.access(CLONE / ".ci/run", os.X_OK)
