"""Finding codes that no report and no other test meets: failures of the machine and of ours."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from reportgen import cli
from reportgen.commands import validate
from reportgen.diagnostics import Diagnostic, Location
from reportgen.files.failures import file_error
from reportgen.model.values import Picture, Prose
from reportgen.render.pictures import read_picture

FAILURES = {
    errno.EACCES: "permission-denied",
    errno.EROFS: "read-only-disk",
    errno.ENOSPC: "disk-full",
    errno.EIO: "disk-failure",
    errno.EMLINK: "file-failure",
}


@pytest.mark.parametrize("number", FAILURES)
def test_what_the_operating_system_reports_is_named(number: int) -> None:
    error = file_error(OSError(number, os.strerror(number), "r.yaml"), "r.yaml")
    (finding,) = error.diagnostics
    assert (finding.code, error.exit_code) == (FAILURES[number], 5)
    for language in ("zh", "en"):
        words = finding.message(language) + finding.hint(language)
        assert "r.yaml" in words
        assert os.strerror(number) not in words


def test_wrong_usage_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(("validate",)) == 2
    assert "[wrong-usage]" in capfd.readouterr().err


def test_a_bug_of_ours_is_named(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))

    def fail(*_: object) -> int:
        raise RuntimeError("secret")

    monkeypatch.setattr(validate, "run", fail)
    assert cli.run(("validate", "r.yaml")) == 70
    err = capfd.readouterr().err
    assert "[internal-error]" in err
    assert "secret" not in err


def test_a_picture_that_may_not_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()

    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(os, "open", refuse)
    nothing = Prose("", (), Location("r.yaml"))
    finding = read_picture(
        Picture("a.png", nothing, nothing, None, "图", Location("r.yaml", 1, 1, 1, 2)),
        tmp_path,
        {},
    )
    assert isinstance(finding, Diagnostic)
    assert (finding.code, finding.path) == ("picture-unreadable", "图")
