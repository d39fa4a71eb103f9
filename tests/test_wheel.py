"""The wheel, built without network and installed into an empty environment, away from the clone."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

CLONE = Path(__file__).resolve().parents[1]
REPORT = CLONE / "fixtures" / "jiangmen-fgj-2023.yaml"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    call(CLONE, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment with the wheel; the locked libraries come from the one the tests run in."""
    venv = tmp_path_factory.mktemp("venv")
    call(venv, sys.executable, "-m", "venv", "--without-pip", str(venv))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(venv / "bin/python")]
    call(venv, *pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    (packages,) = venv.glob("lib/python*/site-packages")
    (packages / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    # The Fandol fonts lie beside the environment that `run` has made.
    (venv / "share" / "reportgen").mkdir(parents=True)
    (venv / "share" / "reportgen" / "fonts").symlink_to(Path(sys.prefix) / "share" / "reportgen" / "fonts")
    return venv / "bin"


def call(folder: Path, *command: str) -> str:
    """What a command says, run in a folder without the clone in reach."""
    hidden = ("PYTHONPATH", "REPORTGEN_KINDS", "REPORTGEN_FONTS")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_carries_templates_findings_and_licence_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    declared = {path.relative_to(CLONE) for path in (CLONE / "templates").rglob("*") if path.is_file()}
    assert {f"reportgen/{path.as_posix()}" for path in declared} <= set(names)
    assert "reportgen/py.typed" in names
    assert any(name.startswith("reportgen/findings/") and name.endswith(".yaml") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"reportgen"}
    assert not [name for name in names if "__pycache__" in name]


def test_an_installed_wheel_lists_its_kinds(installed: Path, tmp_path: Path) -> None:
    assert "disclosure-annual" in call(tmp_path, str(installed / "reportgen"), "kinds")


def test_an_installed_wheel_builds_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "report.yaml").write_bytes(REPORT.read_bytes())
    call(tmp_path, str(installed / "reportgen"), "build", "report.yaml")
    made = tmp_path / "out" / "report"
    outputs = {"report.docx", "report.pdf", "report.html"}
    assert {path.name for path in made.iterdir()} == {*outputs, "manifest.json"}
    manifest = (made / "manifest.json").read_text("utf-8")
    assert all(name in manifest for name in outputs)


def test_an_installed_wheel_finds_itself_fit(installed: Path, tmp_path: Path) -> None:
    assert "weasyprint" in call(tmp_path, str(installed / "reportgen"), "doctor")


def test_the_wheel_is_the_same_every_time(wheel: Path, tmp_path: Path) -> None:
    call(CLONE, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()
