"""Records on the disk: what is wrong with them is told, and writing leaves them as before or complete."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from reportgen.errors import FileError
from reportgen.files.disk import Disk
from reportgen.records import dossier as places
from reportgen.records.deposit import mend
from reportgen.records.dossier import Dossier, dossier_of, held
from reportgen.records.history import History, Standing, read_history, with_report
from tests.records.samples import EVENTS, codes, contents, happen, record_of


@dataclass
class Watch:
    """Counts the steps of a disk and does something at one of them."""

    at: int = -1
    act: Callable[[], object] = lambda: None
    steps: list[str] = field(default_factory=list)

    def __call__(self, step: str, path: Path) -> None:
        self.steps.append(f"{step} {path.name}")
        if len(self.steps) - 1 == self.at:
            self.act()


def die() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def in_a_child(act: Callable[[], object]) -> int:
    """Do something in a process of its own; the signal that ended it, or 0."""
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    """A record with two revisions."""
    return record_of(tmp_path, "issued", "corrected")


def stored(dossier: Dossier, ending: str) -> Path:
    """The first stored file with that ending."""
    return sorted(dossier.files.glob(f"*{ending}"))[0]


def answer(history: History) -> tuple[str, list[str]]:
    """The answer, and the codes of what was found."""
    return history.standing.value, codes(history)


def test_the_record_of_a_report_lies_beside_it_and_can_be_named_itself() -> None:
    assert dossier_of(Path("a/年报.yaml")).folder == Path("a/年报.记录")
    assert dossier_of(Path("a/年报.记录")).folder == Path("a/年报.记录")
    assert dossier_of(Path("a/年报.2024.yaml")).folder == Path("a/年报.2024.记录")


@pytest.mark.parametrize("name", [".", "/", ""])
def test_there_is_no_record_of_a_report_without_a_name(name: str) -> None:
    with pytest.raises(FileError) as caught:
        dossier_of(Path(name))
    assert caught.value.diagnostics[0].code == "not-a-file"


def test_what_is_the_same_is_stored_once(dossier: Dossier) -> None:
    named = [item.stored for entry in read_history(dossier).entries for item in entry.files]
    assert len(named) == 8
    assert sorted(set(named)) == sorted(path.name for path in dossier.files.iterdir())
    assert len(set(named)) == 7


def test_a_missing_file_is_found(dossier: Dossier) -> None:
    stored(dossier, ".pdf").unlink()
    assert answer(read_history(dossier)) == ("fails", ["record-file-missing"])


@pytest.mark.parametrize("content", [b"pdf 9", b"pdf 10", b""])
def test_an_altered_file_is_found(dossier: Dossier, content: bytes) -> None:
    stored(dossier, ".pdf").write_bytes(content)
    assert answer(read_history(dossier)) == ("fails", ["record-file-altered"])


def test_links_are_found_and_not_followed(dossier: Dossier, tmp_path: Path) -> None:
    target = stored(dossier, ".pdf")
    elsewhere = tmp_path / "elsewhere"
    target.rename(elsewhere)
    target.symlink_to(elsewhere)
    assert answer(read_history(dossier)) == ("fails", ["record-link"])
    target.unlink()
    elsewhere.rename(target)
    for inside in (dossier.files, dossier.ledger):
        inside.rename(elsewhere)
        inside.symlink_to(elsewhere)
        standing, found = answer(read_history(dossier))
        assert (standing, "record-link" in found) == ("fails", True)
        inside.unlink()
        elsewhere.rename(inside)
    dossier.folder.rename(elsewhere)
    dossier.folder.symlink_to(elsewhere)
    assert answer(read_history(dossier)) == ("fails", ["record-link"])


def test_a_pipe_in_the_place_of_a_file_does_not_hang(dossier: Dossier) -> None:
    target = stored(dossier, ".pdf")
    target.unlink()
    os.mkfifo(target)
    assert answer(read_history(dossier)) == ("fails", ["record-link"])
    dossier.ledger.unlink()
    os.mkfifo(dossier.ledger)
    assert answer(read_history(dossier)) == ("fails", ["record-link"])


@pytest.mark.parametrize("ending", [".pdf", "台账.jsonl"])
def test_what_cannot_be_read_cannot_be_told(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    opened = os.open

    def refuse(path: object, *rest: object, **named: object) -> int:
        if str(path).endswith(ending):
            raise PermissionError(errno.EACCES, "no", str(path))
        return opened(path, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    history = read_history(dossier)
    assert history.standing is Standing.UNTOLD
    assert set(codes(history)) == {"record-unreadable"}


def test_foreign_files_are_a_hint(dossier: Dossier) -> None:
    (dossier.folder / "便笺.txt").write_text("mine")
    (dossier.files / "loose").write_text("mine")
    history = read_history(dossier)
    assert answer(history) == ("holds", ["record-file-foreign"])
    assert history.diagnostics[0].message() == "有2个文件不在台账里：便笺.txt、文件/loose"
    for number in range(9):
        (dossier.folder / f"{number}.txt").write_text("mine")
    assert read_history(dossier).diagnostics[0].message().endswith("、4.txt等")


@pytest.mark.slow
def test_a_thousand_foreign_files_are_told_in_few_words(dossier: Dossier) -> None:
    for number in range(1000):
        (dossier.files / f"{number}").touch()
        (dossier.folder / f"{number}").touch()
    (told,) = read_history(dossier).diagnostics
    assert (told.code, len(told.message()) < 100) == ("record-file-foreign", True)


def test_a_record_without_its_ledger_does_not_hold(dossier: Dossier) -> None:
    dossier.ledger.unlink()
    assert answer(read_history(dossier)) == ("fails", ["ledger-missing"])


def test_no_record_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileError) as error:
        read_history(Dossier(tmp_path / "r.记录"))
    assert [finding.code for finding in error.value.diagnostics] == ["record-missing"]


def test_how_the_report_stands_to_its_record_is_a_hint(dossier: Dossier, tmp_path: Path) -> None:
    path, history = tmp_path / "r.yaml", read_history(dossier)
    assert answer(with_report(history, path)) == ("holds", ["record-without-report"])
    path.write_bytes(b"a: 2")
    assert answer(with_report(history, path)) == ("holds", [])
    path.write_bytes(b"a: 3")
    assert answer(with_report(history, path)) == ("holds", ["report-changed-since"])


def test_a_record_that_moved_or_was_renamed_holds(dossier: Dossier, tmp_path: Path) -> None:
    moved = Dossier(tmp_path / "elsewhere.记录")
    dossier.folder.rename(moved.folder)
    assert answer(read_history(moved)) == ("holds", [])


def test_one_writer_at_a_time_and_the_other_is_told_who(dossier: Dossier) -> None:
    before = contents(dossier.folder)
    with held(dossier, "李四", Disk()):
        with pytest.raises(FileError) as error:
            happen(dossier, "signed")
        assert read_history(dossier).standing is Standing.HOLDS
    (finding,) = error.value.diagnostics
    assert finding.code == "record-in-use"
    assert "李四" in finding.message()
    assert str(os.getpid()) in finding.message()
    assert contents(dossier.folder) == before
    assert not dossier.lock.exists()


def test_a_lock_without_a_note_stops_too(dossier: Dossier) -> None:
    with held(dossier, "李四", Disk()):
        dossier.lock.write_bytes(b"[" * 5000)
        with pytest.raises(FileError):
            happen(dossier, "signed")


def test_the_lock_of_a_writer_that_died_is_free(dossier: Dossier) -> None:
    def act() -> None:
        with held(dossier, "李四", Disk()):
            die()

    assert in_a_child(act) == signal.SIGKILL
    assert dossier.lock.exists()
    happen(dossier, "signed")
    assert answer(read_history(dossier)) == ("holds", [])
    assert not dossier.lock.exists()


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    dossier = record_of(tmp_path, "issued")

    def act() -> None:
        done = 0
        while done < 5:
            with suppress(FileError):  # the other one has it
                happen(dossier, "signed")
                done += 1

    children = []
    for _ in range(3):
        child = os.fork()
        if child == 0:
            try:
                act()
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    history = read_history(dossier)
    assert answer(history) == ("holds", [])
    assert len(history.entries) == 16


STAGES = (("issued",), EVENTS[:2], EVENTS[:3], EVENTS)
"""Records that a further event comes to: the first event, a revision, one without files."""


def steps_of(folder: Path, events: tuple[str, ...]) -> list[str]:
    """Every step on the disk of the last of these events."""
    folder.mkdir()
    dossier, watch = record_of(folder, *events[:-1]), Watch()
    happen(dossier, events[-1], Disk(watch))
    return watch.steps


@pytest.mark.slow
@pytest.mark.parametrize("events", STAGES, ids=[events[-1] for events in STAGES])
def test_a_kill_at_any_step_leaves_the_record_as_before_or_complete(
    tmp_path: Path, events: tuple[str, ...]
) -> None:
    seen = set()
    for at in range(len(steps_of(tmp_path / "count", events))):
        place = tmp_path / f"at-{at}"
        place.mkdir()
        dossier = record_of(place, *events[:-1])
        act = partial(happen, dossier, events[-1], Disk(Watch(at, die)))
        assert in_a_child(act) == signal.SIGKILL
        exists = dossier.folder.exists()
        entries = read_history(dossier).entries if exists else ()
        assert not exists or read_history(dossier).standing is Standing.HOLDS
        assert len(entries) in (len(events) - 1, len(events))
        seen.add(len(entries))
        happen(dossier, "signed" if entries and len(entries) == len(events) else events[-1])
        assert answer(read_history(dossier)) == ("holds", []), at
        assert [path.name for path in place.iterdir()] == ["r.记录"]
    assert seen == {len(events) - 1, len(events)}


@pytest.mark.slow
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("events", STAGES, ids=[events[-1] for events in STAGES])
def test_a_failure_at_any_step_leaves_the_record_as_before_or_complete(
    tmp_path: Path, events: tuple[str, ...], number: int
) -> None:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    for at in range(len(steps_of(tmp_path / "count", events))):
        place = tmp_path / f"at-{at}"
        place.mkdir()
        dossier = record_of(place, *events[:-1])
        with suppress(FileError):  # what counts already stays
            happen(dossier, events[-1], Disk(Watch(at, fail)))
        history = read_history(dossier) if dossier.folder.exists() else None
        assert history is None or history.standing is Standing.HOLDS
        done = len(history.entries) if history else 0
        happen(dossier, "signed" if done == len(events) else events[-1])
        assert answer(read_history(dossier)) == ("holds", []), at
        assert [path.name for path in place.iterdir()] == ["r.记录"]


def test_a_ledger_that_somebody_else_wrote_meanwhile_is_not_overwritten(dossier: Dossier) -> None:
    other = dossier.ledger.read_bytes() + b"theirs\n"
    at = next(n for n, step in enumerate(steps_of(dossier.folder.parent / "count", EVENTS)) if "sync" in step)

    def interfere() -> None:
        dossier.ledger.write_bytes(other)

    with pytest.raises(FileError) as error:
        happen(dossier, "signed", Disk(Watch(at, interfere)))
    assert [finding.code for finding in error.value.diagnostics] == ["file-changed"]
    assert dossier.ledger.read_bytes() == other
    assert not dossier.making.exists()


def test_a_torn_last_line_is_put_aside(dossier: Dossier) -> None:
    whole = dossier.ledger.read_bytes()
    dossier.ledger.write_bytes(whole + b'{"format":1,"num')
    with held(dossier, "张三", Disk()):
        mend(dossier, dossier.ledger.read_bytes(), Disk())
    assert dossier.ledger.read_bytes() == whole
    assert answer(read_history(dossier)) == ("holds", ["record-file-foreign"])
    (rest,) = dossier.folder.glob("残行-*")
    assert rest.read_bytes() == b'{"format":1,"num'
    happen(dossier, "signed")
    assert read_history(dossier).standing is Standing.HOLDS


def test_an_event_puts_a_torn_last_line_aside(dossier: Dossier) -> None:
    dossier.ledger.write_bytes(dossier.ledger.read_bytes() + b"{")
    happen(dossier, "signed")
    history = read_history(dossier)
    assert answer(history) == ("holds", ["record-file-foreign"])
    assert len(history.entries) == 3


def test_a_file_of_the_same_name_with_other_content_stops(dossier: Dossier) -> None:
    stored(dossier, ".yaml").write_text("x")
    with pytest.raises(FileError):
        happen(dossier, "corrected")
    assert len(read_history(dossier).entries) == 2


@pytest.mark.slow
def test_the_guide_in_the_record_is_true_word_by_word(dossier: Dossier) -> None:
    guide = (dossier.folder / places.GUIDE).read_text("utf-8")
    blocks = [block for block in guide.split("\n\n") if block.startswith("    ")]
    said = [
        subprocess.run(
            ["sh", "-c", block], cwd=dossier.folder, capture_output=True, text=True, check=True
        ).stdout
        for block in blocks
    ]
    entries = read_history(dossier).entries
    assert said[0].count("OK\n") == 7
    assert said[1].split()[0] == entries[1].previous
    assert f'"check":"{said[2].split()[0]}"}}' in dossier.ledger.read_text("utf-8").splitlines()[0]
    assert said[3] == ""
    stored(dossier, ".pdf").write_bytes(b"forged")
    again = subprocess.run(["sh", "-c", blocks[0]], cwd=dossier.folder, capture_output=True, check=False)
    assert again.returncode != 0


@pytest.mark.slow
def test_git_leaves_every_byte_of_a_record_as_it_is(dossier: Dossier, tmp_path: Path) -> None:
    def git(*words: str) -> None:
        options = ("-c", "core.autocrlf=true", "-c", "user.name=x", "-c", "user.email=x@x")
        subprocess.run(["git", *options, *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "record")
    before = contents(dossier.folder)
    shutil.rmtree(dossier.folder)
    git("checkout", "--", ".")
    assert contents(dossier.folder) == before
    assert answer(read_history(dossier)) == ("holds", [])
