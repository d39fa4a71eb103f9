"""Packages of strangers: opened when they are plain, refused otherwise, with nothing outside touched."""

from __future__ import annotations

import os
import resource
import stat
import struct
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from reportgen.errors import LedgerError
from reportgen.records.archive import opening
from reportgen.records.archive.bag import make_bag
from reportgen.records.archive.marks import MARKS, is_package
from reportgen.records.archive.opening import open_package
from reportgen.records.archive.zipped import IDENTIFIER, write_zip

BAG = make_bag({"正本/a.pdf": b"pdf"}, {"说明文件.txt": b"x"}, [(IDENTIFIER, "包")])


def write_folder(folder: Path) -> Path:
    """A small bag as a folder."""
    for name, content in BAG.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def reason(path: Path) -> str:
    """Why a package is refused."""
    with pytest.raises(LedgerError) as error:
        open_package(path)
    (finding,) = error.value.diagnostics
    assert (finding.code, error.value.exit_code) == ("package-refused", 8)
    zh = finding.message("zh")
    return next(name for name, text in opening.REASONS.items() if text.zh in zh)


def packed(*entries: tuple[str | ZipInfo, bytes], method: int = ZIP_STORED) -> bytes:
    """A zip of these entries."""
    target = BytesIO()
    with ZipFile(target, "w", method) as archive:
        for name, content in entries:
            entry = name if isinstance(name, ZipInfo) else ZipInfo(name)  # no clock
            archive.writestr(entry, content, method)
    return target.getvalue()


def link() -> ZipInfo:
    """An entry that says it is a link."""
    entry = ZipInfo("包/link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def commented() -> bytes:
    """A zip with something said at its end."""
    target = BytesIO(write_zip(BAG))
    with ZipFile(target, "a") as archive:
        archive.comment = b"x"
    return target.getvalue()


class Pipe(BytesIO):
    """A file that cannot be gone back in."""

    def seekable(self) -> bool:
        """Never."""
        return False

    def tell(self) -> int:
        """Never known."""
        raise OSError


def streamed() -> bytes:
    """A zip whose sizes stand behind its contents."""
    target = Pipe()
    with ZipFile(target, "w") as archive:
        archive.writestr("包/a", b"x")
    return target.getvalue()


def test_a_folder_and_a_zip_of_a_bag_are_opened_alike(tmp_path: Path) -> None:
    (tmp_path / "包.zip").write_bytes(write_zip(BAG))
    folder = write_folder(tmp_path / "包")
    assert open_package(folder).contents == open_package(tmp_path / "包.zip").contents == BAG
    assert is_package(folder)
    assert is_package(tmp_path / "包.zip")
    assert not is_package(tmp_path)


def test_a_packed_zip_is_read_too(tmp_path: Path) -> None:
    entries = [("包/", b""), ("包/正本/", b""), *((f"包/{name}", content) for name, content in BAG.items())]
    (tmp_path / "a.zip").write_bytes(packed(*entries, method=ZIP_DEFLATED))
    assert open_package(tmp_path / "a.zip").contents == BAG


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "zip"),
        (b"PK\x03\x04", "zip"),
        (write_zip(BAG)[:-1], "zip"),
        (write_zip(BAG) + b"\0", "zip"),
        (packed(("包/../../x", b"")), "name"),
        (packed(("/etc/x", b"")), "name"),
        (packed(("包/C:x", b"")), "name"),
        (packed(("包/a\\b", b"")), "name"),
        (packed(("包/a\x07", b"")), "name"),
        (packed(("包/~", b""), ("~root/x", b"")), "name"),
        (packed(("包/A", b""), ("包/a", b"")), "double"),
        (packed(("包/é", b""), ("包/e\u0301", b"")), "double"),
        (packed(("包/a", b""), ("包/a/b", b"")), "double"),
        (packed(("包/a/b", b""), ("包/a", b"")), "double"),
        (packed(("包/A/b", b""), ("包/a/c", b"")), "double"),
        (packed(("包/a", b""), ("包/a/", b"")), "double"),
        (b"MZ" + write_zip(BAG), "zip"),
        (commented(), "zip"),
        (streamed(), "packing"),
        (packed((link(), b"/etc/passwd")), "link"),
        (packed(("包/a", b""), ("别/a", b"")), "roots"),
        (packed(("a", b"")), "roots"),
        (packed(), "roots"),
        (packed(("包/a", b"x" * 100), method=ZIP_BZIP2), "packing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "zip",
)
def test_hostile_zips_are_refused(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    assert reason(tmp_path / "a.zip") == why
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip"]


def test_doubled_and_encrypted_entries_are_refused(tmp_path: Path) -> None:
    twice = packed(("包/a", b"1"), ("包/b", b"2")).replace("包/b".encode(), "包/a".encode())
    (tmp_path / "a.zip").write_bytes(twice)
    assert reason(tmp_path / "a.zip") == "double"
    one = bytearray(packed(("包/a", b"1")))
    one[6] |= 1
    one[one.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "b.zip").write_bytes(bytes(one))
    assert reason(tmp_path / "b.zip") == "packing"


@pytest.mark.slow
def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    bomb = packed(*((f"包/{number}", b"\0" * 200_000_000) for number in range(3)), method=ZIP_DEFLATED)
    (tmp_path / "a.zip").write_bytes(bomb)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    assert reason(tmp_path / "a.zip") == "large"
    assert time.monotonic() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    lying = bytearray(packed(("包/a", b"\0" * 1000), method=ZIP_DEFLATED))
    place = lying.index(b"PK\x01\x02") + 24
    lying[place : place + 4] = struct.pack("<L", 10)
    (tmp_path / "b.zip").write_bytes(bytes(lying))
    assert reason(tmp_path / "b.zip") == "zip"


@pytest.mark.slow
def test_a_million_files_are_refused_at_once(tmp_path: Path) -> None:
    entries = 1_000_000
    whole = opening.END.pack(b"PK\x05\x06", 0, 0, entries & 0xFFFF, entries & 0xFFFF, 0, 0, 0)
    (tmp_path / "a.zip").write_bytes(whole)
    assert reason(tmp_path / "a.zip") == "many"
    folder = write_folder(tmp_path / "包")
    for number in range(opening.MOST_FILES):
        (folder / f"{number}").touch()
    began = time.monotonic()
    assert reason(folder) == "many"
    assert time.monotonic() - began < 1


def test_links_and_special_files_are_refused_and_not_followed(tmp_path: Path) -> None:
    makers: list[Callable[[Path], None]] = [
        lambda path: path.symlink_to("/etc/passwd"),
        lambda path: path.symlink_to(tmp_path),
        lambda path: os.mkfifo(path),
    ]
    for number, make in enumerate(makers):
        folder = write_folder(tmp_path / str(number))
        make(folder / "data" / "x")
        assert reason(folder) == "link"


def test_names_that_are_no_text_are_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "包")
    (folder / os.fsdecode(b"data/\xff\xfe")).touch()
    assert reason(folder) == "name"


def test_files_too_large_are_not_read(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "包")
    with (folder / "data" / "large").open("wb") as file:
        file.truncate(opening.MOST_BYTES)
    assert reason(folder) == "large"
    (folder / "data" / "large").unlink()
    with (folder / "x.txt").open("wb") as file:
        file.truncate(opening.MOST_LISTED + 1)
    assert reason(folder) == "long"


def test_a_folder_is_a_package_by_any_of_its_marks(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "包")
    for mark in MARKS[:-1]:
        (folder / mark).unlink()
        assert is_package(folder)
    (folder / MARKS[-1]).unlink()
    assert not is_package(folder)
