"""Writers of a record ask for the time when they hold it: no event is earlier than the one before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest

from reportgen.archiving import Wish, archive
from reportgen.building import Build, build
from reportgen.correcting import Desk, correct
from reportgen.correcting import Wish as Correction
from reportgen.files.disk import Disk
from reportgen.issuing import Signing, issue
from reportgen.model.report import Loaded
from reportgen.model.review.references import NOTHING
from reportgen.records.dossier import dossier_of
from reportgen.records.history import Standing, read_history
from reportgen.render.revision import Revision
from reportgen.signing import Order, sign
from tests.authority import Authority
from tests.packages import copied, issued_folder
from tests.records.frozen import CASE, WHY

__all__ = ["issued_folder"]
pytestmark = pytest.mark.slow

PLAIN = "收到和处理申请:\n  其余: 0"
Writer = Callable[[Path, Callable[[], datetime], Disk], object]


def said(clock: Callable[[], datetime]) -> Callable[[], str]:
    return lambda: clock().isoformat().replace("+00:00", "Z")


def make(loaded: Loaded, revision: Revision | None) -> Build:
    return build(loaded, revision=revision)


def issues(report: Path, clock: Callable[[], datetime], disk: Disk) -> object:
    shutil.rmtree(dossier_of(report).folder)
    return issue(report, Signing("张三", said(clock), disk), make, against=NOTHING, kinds=())


def corrects(report: Path, clock: Callable[[], datetime], disk: Disk) -> object:
    text = report.read_text("utf-8")
    assert PLAIN in text
    report.write_text(text.replace(PLAIN, CASE), "utf-8")
    return enter(report, Correction(WHY), Signing("李四", said(clock), disk))


def withdraws(report: Path, clock: Callable[[], datetime], disk: Disk) -> object:
    return enter(report, Correction(WHY, withdraw=True), Signing("李四", said(clock), disk))


def enter(report: Path, wish: Correction, signing: Signing) -> object:
    return correct(report, wish, Desk(signing, make, NOTHING))


def signs(report: Path, clock: Callable[[], datetime], disk: Disk) -> object:
    return sign(report, Order(Authority().signer(), clock, by="王五", again=True, disk=disk))


def archives(report: Path, clock: Callable[[], datetime], disk: Disk) -> object:
    wish = Wish(None, report.with_name("著录.yaml"))
    return archive(report, wish, report.with_name("包"), Signing("赵六", said(clock), disk))


def ticking() -> Callable[[], datetime]:
    """A clock that is a minute later whenever it is asked."""
    minutes = count()
    start = datetime(2025, 1, 21, tzinfo=UTC)
    return lambda: start + timedelta(minutes=next(minutes))


@pytest.mark.parametrize(("late", "early"), [(archives, signs), (signs, archives), (signs, signs)])
def test_who_comes_first_and_enters_last_is_no_earlier(
    issued_folder: Path, tmp_path: Path, late: Writer, early: Writer
) -> None:
    report, clock = copied(issued_folder, tmp_path), ticking()
    at_the_door, go = Event(), Event()

    def wait(step: str, _path: Path) -> None:
        if step == "lock":
            at_the_door.set()
            assert go.wait(60)

    other = Thread(target=late, args=(report, clock, Disk(wait)))
    other.start()
    assert at_the_door.wait(60)
    early(report, clock, Disk())
    go.set()
    other.join(60)
    history = read_history(dossier_of(report))
    assert len(history.entries) == 3
    assert (history.standing, history.diagnostics) == (Standing.HOLDS, ())


@pytest.mark.parametrize("writer", [issues, corrects, withdraws, signs, archives])
def test_the_clock_is_asked_while_the_record_is_held(
    issued_folder: Path, tmp_path: Path, writer: Writer
) -> None:
    report, clock = copied(issued_folder, tmp_path), ticking()
    locks: list[int] = []

    def watched() -> datetime:
        locks.append(len(list(tmp_path.glob(".*.记录.lock"))))
        return clock()

    writer(report, watched, Disk())
    assert set(locks) == {1}
