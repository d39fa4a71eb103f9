"""A folder or zip file of anybody's in; the files of the package in it, or why it is not opened, out.

Nothing is unpacked and no link followed: names that lead elsewhere, special files, bombs and hosts of files
are refused before they are read.
"""

from __future__ import annotations

import os
import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Location
from reportgen.errors import LedgerError
from reportgen.files.failures import explained
from reportgen.files.reading import read_file
from reportgen.records.archive.bag import is_payload
from reportgen.records.ledger import is_inside

MOST_FILES: Final = 5000
MOST_BYTES: Final = 512 * 1024 * 1024
"""Bytes of all files of a package together."""
MOST_LISTED: Final = 16 * 1024 * 1024
"""Bytes of a file that speaks of the others; 5,000 names of the longest make a list of 3 MB."""
LONGEST_NAME: Final = 500
ENTRY_BYTES: Final = 4 * LONGEST_NAME
END: Final = struct.Struct("<4s4H2LH")
"""The end of a zip file's list: its mark, disks, entries here and in all, bytes and place of the list."""
UTF8_NAME: Final = 0x800

REASONS: Final[Mapping[str, Bilingual]] = {
    "name": Bilingual("名称指向别处，或者有不该有的字符", "a name leads elsewhere or bears what it must not"),
    "double": Bilingual(
        "两个文件或文件夹的名称相同，或者只差大小写、字形", "two names are the same or all but"
    ),
    "link": Bilingual("是链接或者特殊文件", "it is a link or a special file"),
    "many": Bilingual(f"文件超过{MOST_FILES}个", f"more than {MOST_FILES} files"),
    "large": Bilingual(f"超过{MOST_BYTES >> 20} MB", f"larger than {MOST_BYTES >> 20} MB"),
    "long": Bilingual(
        f"清单之类的文件超过{MOST_LISTED >> 20} MB", f"a list larger than {MOST_LISTED >> 20} MB"
    ),
    "zip": Bilingual("不是完好的 zip 文件", "not a sound zip file"),
    "packing": Bilingual(
        "加密、边写边压，或者压缩方法不是通用的", "encrypted, written as a stream, or packed in no common way"
    ),
    "roots": Bilingual("zip 文件里应当只有一个文件夹", "a zip file holds one folder and nothing else"),
}


Tree = dict[str, tuple[str, "Tree | None"]]
"""Names by what systems take for one: as it is spelled, and what is below a folder; None for a file."""


@dataclass(frozen=True, slots=True)
class Package:
    """The files of a package by name; `packed` is the zip file they came in, None for those of a folder."""

    path: Path
    contents: Mapping[str, bytes]
    packed: bytes | None = None

    def place(self, name: str = "") -> Location:
        """The package, or a file in it, as the place of a finding."""
        return Location(f"{self.path}/{name}" if name else str(self.path))


class RefusalError(Exception):
    """A package that is not opened: why, as REASONS names it, and because of what."""

    def __init__(self, reason: str, name: str = "") -> None:
        """Keep both."""
        super().__init__(reason)
        self.reason, self.name = reason, name


def open_package(path: Path) -> Package:
    """The package at a path; raises FileError when it cannot be read and LedgerError when it is refused."""
    try:
        with explained(path):
            if path.is_dir():
                return Package(path, read_folder(path))
            packed = read_file(path, MOST_BYTES)
            return Package(path, read_zip(packed), packed)
    except RefusalError as refusal:
        place = Location(str(path))
        shown = ascii(refusal.name)[1:-1] if not refusal.name.isprintable() else refusal.name
        name = f"{path.name}/{shown}" if shown else path.name
        raise LedgerError(
            find("package-refused", place, name=name, reason=REASONS[refusal.reason])
        ) from refusal


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of a folder by name, its parts parted by slashes."""
    sizes = dict(walk(folder))
    check_names(list(sizes))
    check_sizes(sizes)
    return {name: read_file(folder / name, MOST_BYTES) for name in sorted(sizes)}


def walk(folder: Path) -> Iterator[tuple[str, int]]:
    """Every file below a folder with its size; raises RefusalError at what no package holds."""
    left, met = [""], 0
    while left:
        inner = left.pop()
        with os.scandir(folder / inner) as items:
            for item in items:
                met += 1
                if met > MOST_FILES:
                    raise RefusalError("many")
                name = f"{inner}/{item.name}" if inner else item.name
                state = item.stat(follow_symlinks=False)
                if len(name) > LONGEST_NAME:
                    raise RefusalError("name", name[:LONGEST_NAME])
                if stat.S_ISDIR(state.st_mode):
                    left.append(name)
                elif stat.S_ISREG(state.st_mode):
                    yield name, state.st_size
                else:
                    raise RefusalError("link", name)


def check_names(names: list[str]) -> None:
    """Refuse names that lead elsewhere, or that some system takes for one; a folder's ends in a slash."""
    for name in names:
        plain = name.removesuffix("/")
        if len(name) > LONGEST_NAME or not is_inside(plain) or ":" in name or name.startswith("~"):
            raise RefusalError("name", name)
    tree: Tree = {}
    for name in names:
        if not plant(tree, name):
            raise RefusalError("double", name)


def check_sizes(sizes: Mapping[str, int], *, inside: bool = False) -> None:
    """Refuse what is too much to hold in memory, and lists too long; `inside`: names begin with a folder."""
    if sum(sizes.values()) > MOST_BYTES:
        raise RefusalError("large")
    for name, size in sizes.items():
        if size > MOST_LISTED and not is_payload(name.partition("/")[2] if inside else name):
            raise RefusalError("long", name)


def plant(tree: Tree, name: str) -> bool:
    """Put a name into a tree; whether it has a place of its own there, whatever a system makes of letters."""
    *folders, last = name.split("/")
    for folder in folders:
        spelled, below = tree.setdefault(alike(folder), (folder, {}))
        if spelled != folder or below is None:
            return False
        tree = below
    if last and alike(last) in tree:
        return False
    if last:
        tree[alike(last)] = (last, None)
    return True


def alike(name: str) -> str:
    """What is the same for all names that some system takes for one."""
    return unicodedata.normalize("NFC", name).casefold()


def read_zip(packed: bytes) -> dict[str, bytes]:
    """The files in a zip by name, without the one folder they stand in."""
    check_end(packed)
    try:
        with ZipFile(BytesIO(packed)) as archive:
            entries = archive.infolist()
            check_entries(entries)
            read = {entry.filename: unpack(archive, entry) for entry in entries if not entry.is_dir()}
    except (
        BadZipFile,
        ValueError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise RefusalError("zip") from error
    roots = {name.partition("/")[0] for name in read}
    if len(roots) != 1 or any("/" not in name for name in read):
        raise RefusalError("roots")
    return {name.partition("/")[2]: content for name, content in read.items()}


def check_end(packed: bytes) -> None:
    """Refuse a zip whose list is not at its very end, or too long to be read at all."""
    if len(packed) < END.size or packed[-END.size :][:4] != b"PK\x05\x06":
        raise RefusalError("zip")
    _, _, _, here, entries, size, start, _ = END.unpack(packed[-END.size :])
    if entries > MOST_FILES or here != entries or size > entries * ENTRY_BYTES:
        raise RefusalError("many")
    if start + size != len(packed) - END.size:
        raise RefusalError("zip")


def check_entries(entries: list[ZipInfo]) -> None:
    """Refuse a zip that would not stay small, or whose entries are not plain files plainly packed."""
    check_names([entry.filename for entry in entries])
    check_sizes({entry.filename: entry.file_size for entry in entries}, inside=True)
    for entry in entries:
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or entry.flag_bits & ~UTF8_NAME:
            raise RefusalError("packing", entry.filename)
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise RefusalError("link", entry.filename)


def unpack(archive: ZipFile, entry: ZipInfo) -> bytes:
    """The content of an entry, never more than it says."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise RefusalError("zip", entry.filename)
    return content
