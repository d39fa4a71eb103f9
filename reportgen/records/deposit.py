"""An event and the files it adds in; the record that holds them out, as before or complete at every moment.

A first record is made aside and gets its name when it is whole. Later the files come in first, each whole,
and the ledger, exchanged in one step, last: what no line names does not count.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from reportgen.errors import ReportgenError
from reportgen.files.disk import Disk
from reportgen.files.failures import explained, stopped
from reportgen.files.folders import is_folder, remove_tree
from reportgen.files.reading import digest_file
from reportgen.records.dossier import ATTRIBUTES, GUIDE, LEDGER, Dossier, read_lines
from reportgen.records.guide import GUIDE_TEXT
from reportgen.records.ledger import Entry, Frozen, read_ledger, write_entry
from reportgen.records.manifest import record

PLAIN: Final = b"* -text\n"
"""Tells git to leave every byte as it is."""
REST: Final = "残行"


@dataclass(frozen=True, slots=True)
class Deposit:
    """What an event adds: the contents of its files; `before` is the ledger that its entry was made for.

    `confirm` is asked right before the event counts, and raises when it must not.
    """

    entry: Entry
    contents: Mapping[str, bytes]
    before: bytes = b""
    confirm: Callable[[], None] = field(default=lambda: None)


def freeze(role: str, name: str, content: bytes) -> tuple[Frozen, bytes]:
    """A file of a revision with its bytes."""
    return Frozen(role, record(name, content)), content


def contents_of(files: Sequence[tuple[Frozen, bytes]]) -> dict[str, bytes]:
    """What to store, each content once, by the name it is stored under."""
    return {item.stored: content for item, content in files}


def enter(dossier: Dossier, deposit: Deposit, disk: Disk) -> None:
    """Put an event into a record that is held; raises FileError with the record as it was."""
    with explained(dossier.folder), cleared(dossier.making):
        disk.make_folder(dossier.making)
        if os.path.lexists(dossier.folder):
            add(dossier, deposit, disk)
        else:
            begin(dossier, deposit, disk)


@contextmanager
def cleared(making: Path) -> Iterator[None]:
    """Remove what was being written when the block fails; what a kill leaves the next writer removes."""
    try:
        yield
    except BaseException:  # an interruption too
        with suppress(OSError):
            remove_tree(Disk(), making)
        raise


def begin(dossier: Dossier, deposit: Deposit, disk: Disk) -> None:
    """Make a record with its first event."""
    making = replace(dossier, folder=dossier.making)
    disk.make_folder(making.files)
    for name, content in sorted(deposit.contents.items()):
        disk.write(making.files / name, content)
    disk.sync(making.files)
    disk.write(making.folder / GUIDE, GUIDE_TEXT.encode())
    disk.write(making.folder / ATTRIBUTES, PLAIN)
    disk.write(making.ledger, write_entry(deposit.entry))
    disk.sync(making.folder)
    deposit.confirm()
    disk.place(making.folder, dossier.folder)
    disk.sync(dossier.folder.parent)


def add(dossier: Dossier, deposit: Deposit, disk: Disk) -> None:
    """Put a further event into a record, and what was left of an unfinished line aside."""
    if not (is_folder(dossier.folder) and is_folder(dossier.files)):
        raise stopped("not-a-folder", dossier.files)
    items = sorted(deposit.contents.items())
    placed = [dossier.files / name for name, content in items if store(dossier, name, content, disk)]
    disk.sync(dossier.files)
    ledger = read_ledger(deposit.before)
    if ledger.torn:
        keep_rest(dossier, ledger.torn, disk)
    lines = b"".join(line.content for line in ledger.lines)
    disk.write(dossier.making / LEDGER, lines + write_entry(deposit.entry))
    with taken_back(placed, disk):
        deposit.confirm()
    if read_lines(dossier) != deposit.before:
        raise stopped("file-changed", dossier.ledger)
    disk.rename(dossier.making / LEDGER, dossier.ledger)
    disk.sync(dossier.folder)
    with suppress(OSError):  # the event counts; the next writer tries again
        remove_tree(disk, dossier.making)


@contextmanager
def taken_back(placed: Sequence[Path], disk: Disk) -> Iterator[None]:
    """Remove files that were put in for an event that must not count after all: no line names them."""
    try:
        yield
    except ReportgenError:
        for path in placed:
            with suppress(OSError):
                disk.remove(path)
        raise


def store(dossier: Dossier, name: str, content: bytes, disk: Disk) -> bool:
    """Put one file into a record, unless it is there; whether it was put in."""
    target = dossier.files / name
    if os.path.lexists(target):
        if not target.is_symlink() and digest_file(target) == name[:64]:
            return False
        raise stopped("name-taken", target)
    disk.write(dossier.making / name, content)
    disk.place(dossier.making / name, target)
    return True


def keep_rest(dossier: Dossier, torn: bytes, disk: Disk) -> None:
    """Keep what was left of an unfinished line, as a file beside the ledger."""
    item = record(REST, torn)
    target = dossier.folder / f"{REST}-{item.sha256[:16]}.txt"
    if not os.path.lexists(target):
        disk.write(dossier.making / target.name, torn)
        disk.place(dossier.making / target.name, target)


def mend(dossier: Dossier, before: bytes, disk: Disk) -> None:
    """Put the unfinished last line of a held record aside; raises FileError with the record as it was."""
    ledger = read_ledger(before)
    with explained(dossier.folder), cleared(dossier.making):
        disk.make_folder(dossier.making)
        keep_rest(dossier, ledger.torn, disk)
        disk.write(dossier.making / LEDGER, b"".join(line.content for line in ledger.lines))
        disk.rename(dossier.making / LEDGER, dossier.ledger)
        disk.sync(dossier.folder)
        with suppress(OSError):
            remove_tree(disk, dossier.making)
