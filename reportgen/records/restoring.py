"""A revision of a record in; its frozen files, and its kind laid out again in folders, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import LedgerError, UsageError
from reportgen.files.reading import digest, read_file
from reportgen.records.dossier import Dossier
from reportgen.records.history import History, Standing, read_history
from reportgen.records.ledger import Entry, Frozen


def holding(dossier: Dossier) -> History:
    """The history of a record that holds; raises LedgerError with what is wrong, FileError without one."""
    history = read_history(dossier)
    if history.standing is not Standing.HOLDS:
        raise LedgerError(*history.diagnostics)
    return history


def revision_of(history: History, number: int | None) -> Entry:
    """The entry that made a revision, the last one when no number is given; raises UsageError."""
    entries = {entry.revision: entry for entry in history.revisions}
    wanted = max(entries, default=0) if number is None else number
    if wanted not in entries:
        known = "、".join(map(str, entries))
        name = history.dossier.folder.name
        place = Location(str(history.dossier.folder))
        raise UsageError(find("unknown-revision", place, name=name, revision=wanted, known=known))
    return entries[wanted]


def thaw(dossier: Dossier, item: Frozen) -> bytes:
    """The bytes of a frozen file; raises LedgerError when they are not those that were frozen."""
    path = dossier.files / item.stored
    content = read_file(path)
    if digest(content) != item.file.sha256:
        found = find(
            "record-file-altered", Location(str(path)), name=path.name, file=item.file.name, revision=""
        )
        raise LedgerError(found)
    return content


def source_of(dossier: Dossier, entry: Entry) -> tuple[str, bytes]:
    """The name and the text of the report as it was frozen."""
    (item,) = entry.named("source")
    return item.file.name, thaw(dossier, item)


def digests_of(entry: Entry) -> Mapping[str, str]:
    """The SHA-256 of the frozen pictures by name."""
    return {item.file.name: item.file.sha256 for item in entry.named("input")}


@contextmanager
def kinds_of(dossier: Dossier, entry: Entry) -> Iterator[Path]:
    """A folder that holds the kind of a revision with those it extends, as they were; gone afterwards."""
    with TemporaryDirectory(prefix="reportgen-") as name:
        lay_out(dossier, entry.named("kind"), Path(name))
        yield Path(name)


def lay_out(dossier: Dossier, items: tuple[Frozen, ...], folder: Path) -> None:
    """Write frozen files under their names below a folder; the ledger lets no name lead elsewhere."""
    for item in items:
        path = folder / item.file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(thaw(dossier, item))
