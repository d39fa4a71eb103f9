"""Reading, writing, locking and exchanging, with a kill and a failure at every single step."""

from __future__ import annotations

import errno
import json
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from reportgen.errors import FileError
from reportgen.files.disk import Disk
from reportgen.files.failures import CODES, explained
from reportgen.files.locks import locked
from reportgen.files.reading import digest, read_file
from reportgen.files.writing import rewrite_file, write_file
from reportgen.records.manifest import FileRecord, Manifest, ours, read_manifest, record, write_manifest
from reportgen.records.release import Desk, check_stem, reject, release
from reportgen.records.standing import Parcel

pytestmark = pytest.mark.slow  # documents are built for it

IDENTITY = {"种类": "年度报告", "机关": "某局", "年度": "2023"}


def parcel(folder: Path, text: str, *kinds: str, name: str = "r.yaml", organ: str = "某局") -> Parcel:
    """A set made of one text from `folder/r.yaml`."""
    source = folder / name
    source.touch()
    stem = source.stem
    files = {f"{stem}.{kind}": f"{kind} {text}".encode() for kind in kinds or ("docx", "pdf", "html")}
    outputs = tuple(record(name, content) for name, content in files.items())
    report = {**IDENTITY, "机关": organ}
    manifest = Manifest(report, "2024-01-01", "0", "kind", "1", "", (), outputs, (), {})
    return Parcel(stem, {**files, "manifest.json": write_manifest(manifest)}, source, report)


def standing(folder: Path) -> dict[str, str]:
    """Every file of the folder with its text, the manifest apart."""
    return {path.name: path.read_text() for path in sorted(folder.iterdir()) if path.name != "manifest.json"}


def texts(text: str, *kinds: str) -> dict[str, str]:
    """What `standing` says of the set of that text."""
    return {f"r.{kind}": f"{kind} {text}" for kind in sorted(kinds or ("docx", "pdf", "html"))}


def codes(error: pytest.ExceptionInfo[FileError]) -> list[str]:
    """The codes of the findings an error carries."""
    return [finding.code for finding in error.value.diagnostics]


def hidden(out: Path) -> list[str]:
    """What lies aside in the output folder."""
    return sorted(path.name for path in out.iterdir() if path.name.startswith("."))


@dataclass
class Watch:
    """Counts the steps of a disk and does something at one of them."""

    at: int = -1
    act: Callable[[], None] = lambda: None
    steps: list[str] = field(default_factory=list)

    def __call__(self, step: str, path: Path) -> None:
        self.steps.append(f"{step} {path.name}")
        if len(self.steps) - 1 == self.at:
            self.act()


def die() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def in_a_child(place: Path, desk: Desk) -> int:
    """Release a new set in a process of its own; the signal that ended it, or 0."""
    child = os.fork()
    if child == 0:
        try:
            release(parcel(place, "new"), place / "out", desk)
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The output folder, not made yet."""
    return tmp_path / "out"


def count_steps(tmp_path: Path, exchanges: bool) -> int:
    """How many steps it takes to replace a set with an altered file and a foreign one."""
    watch = Watch()
    prepare(tmp_path)
    release(parcel(tmp_path, "new"), tmp_path / "out", Desk(True, Disk(watch, exchanges)))
    return len(watch.steps)


def prepare(tmp_path: Path) -> None:
    """An old set in which the Word file was edited and a note was left, in a folder of its own."""
    out = tmp_path / "out"
    release(parcel(tmp_path, "old"), out)
    (out / "r" / "r.docx").write_text("edited")
    (out / "r" / "便笺.txt").write_text("mine")
    (out / "r" / "附图").mkdir()
    (out / "r" / "附图" / "a.txt").write_text("deep")


OLD = {"r.docx": "edited", "r.html": "html old", "r.pdf": "pdf old", "便笺.txt": "mine"}
NEW = {**texts("new"), "r.改动-1.docx": "edited", "便笺.txt": "mine"}


def shown(folder: Path) -> dict[str, str]:
    """The folder's files, and that its inner folder came along."""
    assert (folder / "附图" / "a.txt").read_text() == "deep"
    names = {path.name for path in folder.iterdir()} - {"附图", "manifest.json"}
    return {name: (folder / name).read_text() for name in names}


@pytest.mark.parametrize("exchanges", [True, False], ids=["exchange", "journal"])
def test_a_kill_at_any_step_leaves_the_old_set_or_the_new(tmp_path: Path, exchanges: bool) -> None:
    (tmp_path / "0").mkdir()
    steps = count_steps(tmp_path / "0", exchanges)
    assert steps > 30
    seen = set()
    for at in range(steps):
        place = tmp_path / f"at-{at}"
        place.mkdir()
        prepare(place)
        desk = Desk(True, Disk(Watch(at, die), exchanges))
        assert in_a_child(place, desk) == signal.SIGKILL
        if exchanges or (place / "out" / "r").exists():
            assert shown(place / "out" / "r") in (OLD, NEW), at
            seen.add(shown(place / "out" / "r")["r.docx"] == "edited")
        release(parcel(place, "next"), place / "out", Desk(True, Disk(exchanges=exchanges)))
        after = shown(place / "out" / "r")
        assert after == {**texts("next"), "r.改动-1.docx": "edited", "便笺.txt": "mine"}, at
        assert hidden(place / "out") == [".r.lock"]
    assert seen == {True, False}


@pytest.mark.parametrize("exchanges", [True, False], ids=["exchange", "journal"])
@pytest.mark.parametrize("name", ["ENOSPC", "EACCES", "EIO", "EROFS"])
def test_a_failure_at_any_step_leaves_one_set_whole(tmp_path: Path, exchanges: bool, name: str) -> None:
    code = getattr(errno, name)
    (tmp_path / "0").mkdir()
    steps = count_steps(tmp_path / "0", exchanges)

    def fail() -> None:
        raise OSError(code, "library text")

    stops: list[FileError] = []
    for at in range(steps):
        place = tmp_path / f"at-{at}"
        place.mkdir()
        prepare(place)
        try:
            release(parcel(place, "new"), place / "out", Desk(True, Disk(Watch(at, fail), exchanges)))
        except FileError as error:
            stops.append(error)
        assert shown(place / "out" / "r") in (OLD, NEW), at
        release(parcel(place, "next"), place / "out", Desk(True, Disk(exchanges=exchanges)))
        assert hidden(place / "out") == [".r.lock"]
    assert len(stops) > 15
    assert {finding.code for error in stops for finding in error.diagnostics} == {CODES[code]}
    assert not [error for error in stops if "library text" in str(error)]


@pytest.mark.parametrize("exchanges", [True, False], ids=["exchange", "journal"])
def test_a_first_set_appears_whole_or_not_at_all(tmp_path: Path, exchanges: bool) -> None:
    watch = Watch()
    (tmp_path / "0").mkdir()
    release(parcel(tmp_path / "0", "new"), tmp_path / "0" / "out", Desk(disk=Disk(watch, exchanges)))
    for at in range(len(watch.steps)):
        place = tmp_path / f"at-{at}"
        place.mkdir()
        desk = Desk(disk=Disk(Watch(at, die), exchanges))
        assert in_a_child(place, desk) == signal.SIGKILL
        if (place / "out" / "r").exists():
            assert standing(place / "out" / "r") == texts("new")
        release(parcel(place, "next"), place / "out", Desk(disk=Disk(exchanges=exchanges)))
        assert standing(place / "out" / "r") == texts("next")
        assert hidden(place / "out") == [".r.lock"]


def test_a_set_replaces_its_predecessor_and_leaves_the_work_of_others(tmp_path: Path, out: Path) -> None:
    release(parcel(tmp_path, "one"), out)
    (out / "r" / "便笺.txt").write_text("mine")
    (out / "r" / "链接").symlink_to("/nowhere")
    (out / "r").chmod(0o750)
    release(parcel(tmp_path, "two", "docx"), out)
    assert {path.name for path in (out / "r").iterdir()} == {"manifest.json", "r.docx", "便笺.txt", "链接"}
    assert (out / "r" / "链接").readlink() == Path("/nowhere")
    assert (out / "r").stat().st_mode & 0o777 == 0o750


def test_an_altered_output_stops_the_build(tmp_path: Path, out: Path) -> None:
    release(parcel(tmp_path, "one"), out)
    (out / "r" / "r.docx").write_text("edited")
    with pytest.raises(FileError) as error:
        release(parcel(tmp_path, "two"), out)
    assert codes(error) == ["output-altered"]
    finding = error.value.diagnostics[0]
    assert finding.location.file == str(out / "r" / "r.docx")
    assert "r.改动-1.docx" in finding.hint("zh")
    assert "r.改动-1.docx" in finding.hint("en")
    assert standing(out / "r")["r.docx"] == "edited"


def test_force_keeps_what_was_altered_again_and_again(tmp_path: Path, out: Path) -> None:
    release(parcel(tmp_path, "one"), out)
    for number in (1, 2):
        (out / "r" / "r.docx").write_text(f"edited {number}")
        released = release(parcel(tmp_path, "two"), out, Desk(force=True))
        assert released.kept == {"r.docx": f"r.改动-{number}.docx"}
    assert standing(out / "r") == {**texts("two"), "r.改动-1.docx": "edited 1", "r.改动-2.docx": "edited 2"}


def test_an_altered_file_of_a_format_no_longer_made_stops_too(tmp_path: Path, out: Path) -> None:
    release(parcel(tmp_path, "one"), out)
    (out / "r" / "r.pdf").write_text("edited")
    with pytest.raises(FileError) as error:
        release(parcel(tmp_path, "two", "docx"), out)
    assert codes(error) == ["output-altered"]


def test_a_folder_without_a_manifest_is_somebodys(tmp_path: Path, out: Path) -> None:
    (out / "r").mkdir(parents=True)
    (out / "r" / "r.docx").write_text("theirs")
    with pytest.raises(FileError) as error:
        release(parcel(tmp_path, "one"), out)
    assert codes(error) == ["output-unknown"]
    assert standing(out / "r") == {"r.docx": "theirs"}
    release(parcel(tmp_path, "one"), out, Desk(force=True))
    assert standing(out / "r") == {**texts("one"), "r.改动-1.docx": "theirs"}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "[" * 100_000, '{"format": 1, "outputs": 3}', '{"format": 2, "outputs": {}}'],
    ids=["empty", "list", "mapping", "deep", "wrong type", "other format"],
)
def test_a_manifest_that_is_not_ours_is_somebodys(tmp_path: Path, out: Path, text: str) -> None:
    (out / "r").mkdir(parents=True)
    (out / "r" / "manifest.json").write_text(text)
    with pytest.raises(FileError) as error:
        release(parcel(tmp_path, "one"), out)
    assert codes(error) == ["output-unknown"]


@pytest.mark.parametrize("name", ["../victim", "/victim", "a/b", "..", "", "manifest.json", "a\0b"])
def test_a_manifest_never_reaches_outside_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "victim").write_text("x")
    records = (FileRecord(name, digest(b"x"), 1),)
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "manifest.json").write_bytes(
        write_manifest(Manifest(IDENTITY, "", "0", "kind", "1", "", (), records, (), {}))
    )
    assert ours(tmp_path / "r") == ()


def test_two_reports_of_one_name_do_not_share_a_folder(tmp_path: Path, out: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    release(parcel(tmp_path / "a", "one"), out)
    with pytest.raises(FileError) as error:
        release(parcel(tmp_path / "b", "two"), out)
    assert codes(error) == ["output-of-another-report"]
    assert "a/r.yaml" in error.value.diagnostics[0].message()
    release(parcel(tmp_path / "b", "two"), out, Desk(force=True))
    kept = {f"r.改动-1.{kind}": f"{kind} one" for kind in ("docx", "html", "pdf")}
    assert standing(out / "r") == {**texts("two"), **kept}


def test_a_moved_report_keeps_its_folder_and_a_stranger_does_not_get_it(tmp_path: Path, out: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    release(parcel(tmp_path / "a", "one"), out)
    (tmp_path / "a" / "r.yaml").unlink()
    with pytest.raises(FileError) as error:
        release(parcel(tmp_path / "b", "two", organ="别的局"), out)
    assert codes(error) == ["output-of-another-report"]
    release(parcel(tmp_path / "b", "two"), out)
    assert standing(out / "r") == texts("two")


def test_an_edited_report_is_the_same_report(tmp_path: Path, out: Path) -> None:
    release(parcel(tmp_path, "one"), out)
    release(parcel(tmp_path, "two", organ="改名的局"), out)
    assert standing(out / "r") == texts("two")


def test_half_a_note_is_no_note(tmp_path: Path, out: Path) -> None:
    release(parcel(tmp_path, "one"), out)
    (out / ".r.lock").write_text('{"sour')
    release(parcel(tmp_path, "two"), out)
    assert json.loads((out / ".r.lock").read_text()) == {"source": "../r.yaml"}


def test_what_is_saved_in_the_last_moment_is_not_lost(tmp_path: Path, out: Path) -> None:
    release(parcel(tmp_path, "one"), out)

    def save(step: str, _path: Path) -> None:
        if step == "exchange":
            (out / "r" / "new.tmp").write_text("typed just now")
            (out / "r" / "new.tmp").rename(out / "r" / "r.docx")
            (out / "r" / "late.txt").write_text("late")

    release(parcel(tmp_path, "two"), out, Desk(disk=Disk(save)))
    assert standing(out / "r") == {**texts("two"), "r.改动-1.docx": "typed just now", "late.txt": "late"}
    assert hidden(out) == [".r.lock"]


def test_a_rejected_set_lies_beside_and_goes_when_all_is_well(tmp_path: Path, out: Path) -> None:
    release(parcel(tmp_path, "one"), out)
    reject(parcel(tmp_path, "bad"), out)
    assert standing(out / "r") == texts("one")
    assert standing(out / "r.未通过") == texts("bad")
    release(parcel(tmp_path, "two"), out)
    assert sorted(path.name for path in out.iterdir()) == [".r.lock", "r"]


def test_an_annotated_rejected_set_stays(tmp_path: Path, out: Path) -> None:
    reject(parcel(tmp_path, "bad"), out)
    (out / "r.未通过" / "r.docx").write_text("annotated")
    reject(parcel(tmp_path, "worse"), out)
    release(parcel(tmp_path, "good"), out)
    assert standing(out / "r.未通过") == {**texts("worse"), "r.改动-1.docx": "annotated"}


def test_without_links_files_are_copied(tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release(parcel(tmp_path, "one"), out)
    (out / "r" / "便笺.txt").write_text("mine")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    release(parcel(tmp_path, "two"), out)
    assert standing(out / "r") == {**texts("two"), "便笺.txt": "mine"}
    assert hidden(out) == [".r.lock"]


@pytest.mark.parametrize("name", [".r.yaml", "a\nb.yaml", "a\x1b[31m.yaml", os.fsdecode(b"\xff.yaml")])
def test_names_that_cannot_be_used_are_refused(tmp_path: Path, out: Path, name: str) -> None:
    with pytest.raises(FileError) as error:
        check_stem(tmp_path / name)
    assert codes(error) == ["unusable-name"]
    with pytest.raises(FileError):
        release(replace(parcel(tmp_path, "one"), source=tmp_path / name), out)
    assert error.value.diagnostics[0].message().isprintable()


@pytest.mark.parametrize("name", ["年度 报告.y", "-r.y", "a'b\"c$d.y", "a.b.y", "r", "𫟹.y", "%{x}.y"])
def test_odd_names_work(tmp_path: Path, out: Path, name: str) -> None:
    made = parcel(tmp_path, "one", name=name)
    release(made, out)
    assert {path.name for path in (out / made.stem).iterdir()} == set(made.files)


def test_what_stands_in_the_way_is_named(tmp_path: Path, out: Path) -> None:
    made = parcel(tmp_path, "one")
    with pytest.raises(FileError) as error:
        release(made, tmp_path / "missing" / "out")
    assert codes(error) == ["file-missing"]
    with pytest.raises(FileError) as error:
        release(made, made.source / "out")
    assert codes(error) == ["not-a-folder"]
    with pytest.raises(FileError) as error:
        release(made, made.source)
    assert codes(error) == ["not-a-folder"]
    assert made.source.read_bytes() == b""
    out.mkdir()
    (out / "r").write_text("a file")
    with pytest.raises(FileError) as error:
        release(made, out, Desk(force=True))
    assert codes(error) == ["not-a-folder"]
    with pytest.raises(FileError) as error:
        release(parcel(tmp_path, "one", name="长" * 83 + ".yaml"), out)
    assert codes(error) == ["name-too-long"]
    assert [path.name for path in out.iterdir() if path.name.startswith("长")] == []


def test_a_link_in_the_place_of_the_folder_is_not_followed(tmp_path: Path, out: Path) -> None:
    out.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (out / "r").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileError) as error:
        release(parcel(tmp_path, "one"), out)
    assert codes(error) == ["not-a-folder"]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_report_inside_its_own_output_folder_stays(out: Path) -> None:
    (out / "r").mkdir(parents=True)
    for text in ("one", "two"):
        release(parcel(out / "r", text), out)
    assert standing(out / "r") == {**texts("two"), "r.yaml": ""}


def test_many_builds_at_once_never_mix(tmp_path: Path, out: Path) -> None:
    children = []
    for number in range(4):
        child = os.fork()
        if child == 0:
            try:
                for round_ in range(5):
                    release(parcel(tmp_path, f"{number}-{round_}"), out)
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0, 0]
    said = {text.split()[1] for text in standing(out / "r").values()}
    assert len(said) == 1
    assert hidden(out) == [".r.lock"]


def test_a_lock_is_waited_for_and_ends_with_its_process(tmp_path: Path) -> None:
    waited: list[str] = []
    held, go = threading.Event(), threading.Event()

    def hold() -> None:
        with locked(tmp_path / "lock", lambda: None):
            held.set()
            go.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)

    def wait() -> None:
        waited.append("waited")
        go.set()

    with locked(tmp_path / "lock", wait):
        assert waited == ["waited"]
    thread.join()


def test_a_lock_whose_file_was_removed_guards_nothing(tmp_path: Path) -> None:
    with locked(tmp_path / "lock", lambda: None):
        (tmp_path / "lock").unlink()
        with locked(tmp_path / "lock", lambda: pytest.fail("the new file is free")):
            assert (tmp_path / "lock").exists()


def test_reading_refuses_what_is_no_file_and_what_is_too_large(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"12345")
    assert read_file(tmp_path / "file", 5) == b"12345"
    for path, limit, code in (
        (tmp_path / "pipe", 5, "not-a-file"),
        (tmp_path, 5, "not-a-file"),
        (Path("/dev/zero"), 5, "not-a-file"),
        (tmp_path / "none", 5, "file-missing"),
        (tmp_path / "file" / "x", 5, "not-a-folder"),
        (tmp_path / "file", 4, "file-too-large"),
    ):
        with pytest.raises(FileError) as error:
            read_file(path, limit)
        assert codes(error) == [code]


def test_one_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    assert write_file(path, b"one") is None
    assert write_file(path, b"one") is None
    with pytest.raises(FileError) as error:
        write_file(path, b"two")
    assert codes(error) == ["name-taken"]
    assert path.read_bytes() == b"one"
    watch = Watch()
    write_file(path, b"two", force=True, disk=Disk(watch))
    for at in range(len(watch.steps)):
        path.write_bytes(b"edited")

        def fail() -> None:
            raise OSError(errno.ENOSPC, "")

        with pytest.raises(FileError):
            write_file(path, b"three", force=True, disk=Disk(Watch(at, fail)))
        assert path.read_bytes() in (b"edited", b"three")
    assert write_file(path, b"last", force=True) is not None
    assert path.read_bytes() == b"last"
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_cannot_be_written_is_named_as_the_user_did(tmp_path: Path) -> None:
    def refuse() -> None:
        raise PermissionError(errno.EACCES, "", str(tmp_path / ".a.yaml.making"))

    with pytest.raises(FileError) as caught:
        write_file(tmp_path / "a.yaml", b"1", disk=Disk(Watch(0, refuse)))
    assert caught.value.diagnostics[0].location.file == str(tmp_path / "a.yaml")


@pytest.mark.parametrize("name", [".", "/", ""])
def test_a_file_is_not_written_without_a_name(name: str) -> None:
    with pytest.raises(FileError) as caught:
        write_file(Path(name), b"1")
    assert caught.value.diagnostics[0].code == "not-a-file"


def test_a_manifest_reads_back(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(parcel(tmp_path, "one").files["manifest.json"])
    recorded = read_manifest(tmp_path)
    assert recorded is not None
    assert recorded.report == IDENTITY
    assert recorded.outputs["r.docx"] == digest(b"docx one")


def test_a_file_is_rewritten_through_a_link_and_keeps_its_mode(tmp_path: Path) -> None:
    file, link = tmp_path / "r.yaml", tmp_path / "link.yaml"
    file.write_bytes(b"a: 1")
    file.chmod(0o640)
    link.symlink_to("r.yaml")
    rewrite_file(link, b"a: 1", b"a: 2")
    assert link.is_symlink()
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"a: 2", 0o640)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.yaml", "r.yaml"]


def test_nothing_is_left_beside_a_file_that_could_not_be_rewritten(tmp_path: Path) -> None:
    def full(step: str, _: Path) -> None:
        if step == "sync":
            raise OSError(errno.ENOSPC, "")

    file, new = tmp_path / "r.yaml", tmp_path / "new.yaml"
    file.write_bytes(b"a: 1")
    with pytest.raises(FileError):
        rewrite_file(file, b"a: 1", b"a: 2", disk=Disk(full))
    with pytest.raises(FileError):
        write_file(new, b"a: 2", disk=Disk(full))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("r.yaml", b"a: 1")]


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "r.yaml"
    file.write_bytes(b"a: 3")
    with pytest.raises(FileError) as error:
        rewrite_file(file, b"a: 1", b"a: 2")
    assert codes(error) == ["file-changed"]
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"a: 3"]


@pytest.mark.parametrize("aside", [".r.记录.lock", "r.pdf.making"])
def test_what_only_stands_aside_is_not_named_to_the_user(aside: str) -> None:
    with pytest.raises(FileError) as error, explained("r.记录"):
        raise PermissionError(errno.EACCES, "no", aside)
    assert error.value.diagnostics[0].location.file == "r.记录"
