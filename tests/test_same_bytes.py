"""The same report at another place, in another zone, language and year: the same bytes of every file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import documents
from tests.documents import FIXTURES, Document

document = documents.document

ROOT = FIXTURES.parent
PLACES = (
    ("甲 报告", {"TZ": "Asia/Shanghai", "LC_ALL": "", "LANG": "zh_CN.UTF-8", "PYTHONHASHSEED": "1"}),
    (
        "b" * 60,
        {"TZ": "America/St_Johns", "LC_ALL": "POSIX", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
    ),
)
"""Folders the reports are copied to, and where their builders are."""
LATER = """
import datetime, sys, time
shift = 20 * 365 * 86400 + 40_000
real = time.time, time.localtime, time.gmtime
time.time = lambda: real[0]() + shift
time.time_ns = lambda: int(time.time() * 1e9)
time.localtime = lambda at=None: real[1](time.time() if at is None else at)
time.gmtime = lambda at=None: real[2](time.time() if at is None else at)
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)
class LaterDay(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())
datetime.datetime, datetime.date = Later, LaterDay
from reportgen.__main__ import main
sys.exit(main())
"""
"""Builds twenty years from now, by the clock of Python."""


@pytest.mark.slow
def test_a_report_gives_the_same_bytes_anywhere_at_any_time(document: Document, tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in document.folder.iterdir()}
    assert len(first) == 4
    for (name, environment), program in zip(PLACES, (["-m", "reportgen"], ["-c", LATER]), strict=True):
        other = build_at(tmp_path / name, document.name, environment, program)
        assert other.keys() == first.keys()
        assert [name for name in first if first[name] != other[name]] == []


def build_at(
    place: Path, name: str, environment: Mapping[str, str], program: list[str]
) -> Mapping[str, bytes]:
    """The files that another process makes of a copy of the fixture."""
    shutil.copytree(FIXTURES / "pictures", place / "pictures")
    shutil.copy(FIXTURES / f"{name}.yaml", place)
    done = subprocess.run(
        [sys.executable, *program, "build", f"{name}.yaml", "-o", "made"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in (place / "made" / name).iterdir()}
