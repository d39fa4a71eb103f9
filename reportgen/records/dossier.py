"""A report in; where its record is, what stands in it, and the sole right to write there out."""

from __future__ import annotations

import json
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import FileError
from reportgen.files.disk import Disk
from reportgen.files.failures import explained, stopped
from reportgen.files.folders import is_folder, remove_tree
from reportgen.files.locks import locked
from reportgen.files.reading import read_file

ENDING: Final = ".记录"
LEDGER: Final = "台账.jsonl"
FILES: Final = "文件"
GUIDE: Final = "说明.txt"
ATTRIBUTES: Final = ".gitattributes"
LEDGER_BYTES: Final = 64 * 1024 * 1024
NOTE_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class Dossier:
    """The record of a report: the folder `stem.记录` beside it, and what lies hidden there during work."""

    folder: Path

    @property
    def ledger(self) -> Path:
        """The events, a line each."""
        return self.folder / LEDGER

    @property
    def files(self) -> Path:
        """The frozen files, by content."""
        return self.folder / FILES

    @property
    def making(self) -> Path:
        """What is being written; worth nothing until it is moved into the record."""
        return self.folder.with_name(f".{self.folder.name}.making")

    @property
    def lock(self) -> Path:
        """The lock of writers; it is there while one works, or was cut off."""
        return self.folder.with_name(f".{self.folder.name}.lock")


def dossier_of(path: Path) -> Dossier:
    """The record of a report, or the one that a path names itself; raises FileError for no name at all."""
    if not path.name:
        raise stopped("not-a-file", path)
    if path.name.endswith(ENDING) and path.name != ENDING:
        return Dossier(path)
    return Dossier(path.with_name(path.stem + ENDING))


def read_lines(dossier: Dossier) -> bytes:
    """The ledger as it stands; raises FileError."""
    with explained(dossier.ledger):
        if dossier.folder.is_symlink() or not stat.S_ISREG(dossier.ledger.lstat().st_mode):
            raise stopped("not-a-file", dossier.ledger)
    return read_file(dossier.ledger, LEDGER_BYTES)


@contextmanager
def held(dossier: Dossier, by: str, disk: Disk) -> Iterator[None]:
    """Hold the right to write a record; raises FileError that says who has it, at once.

    It ends with the process that has it. What an earlier writer was cut off in is removed.
    """
    with explained(dossier.folder):
        disk.before("lock", dossier.lock)
        with locked(dossier.lock, lambda: refuse(dossier)) as lock:
            try:
                lock.leave_note(holder(by))
                remove_tree(disk, dossier.making)
                yield
            finally:
                with suppress(OSError):
                    dossier.lock.unlink()


def holder(by: str) -> bytes:
    """Who writes, on which machine, in which process."""
    return json.dumps({"by": by, "host": socket.gethostname(), "pid": os.getpid()}).encode()


def refuse(dossier: Dossier) -> None:
    """Stop, and say who has the right to write."""
    try:
        note = json.loads(read_file(dossier.lock, NOTE_BYTES))
        who = "，".join(str(note[key])[:100] for key in ("by", "host", "pid"))
    except (FileError, ValueError, KeyError, TypeError, RecursionError):
        who = "?"
    raise FileError(find("record-in-use", Location(str(dossier.folder)), name=dossier.folder.name, who=who))


def others_beside(path: Path) -> Iterator[Dossier]:
    """Every other record in the folder of a report."""
    own = dossier_of(path).folder.name
    for folder in sorted(path.absolute().parent.glob(f"*{ENDING}")):
        if folder.name != own and is_folder(folder):
            yield Dossier(folder)
