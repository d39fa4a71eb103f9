"""A small record made by hand, event by event, as the program makes them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from reportgen.files.disk import Disk
from reportgen.files.reading import digest
from reportgen.records.deposit import Deposit, contents_of, enter, freeze
from reportgen.records.dossier import Dossier, held, read_lines
from reportgen.records.history import History, read_history
from reportgen.records.ledger import REVISING, Entry, read_ledger

IDENTITY = {"种类": "年度报告", "机关": "某局", "年度": "2023"}
EVENTS = ("issued", "signed", "corrected", "archived", "withdrawn")
"""What happens to a report in the samples, in this order."""


def pdf_of(revision: int) -> bytes:
    """What stands for the PDF of a revision."""
    return f"pdf {revision}".encode()


def deposit(before: bytes, event: str, at: str = "") -> Deposit:
    """The next event of a record whose ledger holds those bytes, with a set of its own when it makes one."""
    ledger = read_ledger(before)
    number = len(ledger.lines) + 1
    latest = max((entry.revision for entry in ledger.entries), default=0)
    revision = latest + (event in REVISING)
    files = []
    if event in REVISING:
        pdf = pdf_of(revision)
        manifest = {
            "outputs": {"r.pdf": {"sha256": digest(pdf)}},
            "revision": {"number": revision, "previous": ledger.head},
        }
        files = [
            freeze("output", "r.pdf", pdf),
            freeze("output", "manifest.json", json.dumps(manifest).encode()),
            freeze("source", "r.yaml", f"a: {revision}".encode()),
            freeze("kind", "k/kind.yaml", b"kind"),
        ]
    moment = at or f"2024-01-{number:02}T08:00:00Z"
    entry = Entry(
        number, ledger.head, event, revision, moment, "张三", "", IDENTITY, tuple(item for item, _ in files)
    )
    return Deposit(entry, contents_of(files), before)


def record_of(folder: Path, *events: str) -> Dossier:
    """A record in a folder to which these events happened."""
    dossier = Dossier(folder / "r.记录")
    for event in events:
        happen(dossier, event)
    return dossier


def happen(dossier: Dossier, event: str, disk: Disk | None = None, at: str = "") -> None:
    """One more event."""
    disk = disk or Disk()
    with held(dossier, "张三", disk):
        before = read_lines(dossier) if dossier.folder.exists() else b""
        enter(dossier, deposit(before, event, at), disk)


def codes(history: History) -> list[str]:
    """The codes of what was found."""
    return [finding.code for finding in history.diagnostics]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its name there, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def judged(dossier: Dossier, ledger: bytes) -> History:
    """The history of a record with another ledger in it."""
    dossier.ledger.write_bytes(ledger)
    return read_history(dossier)


def rewritten(content: bytes, line: int, **changes: object) -> bytes:
    """A ledger whose line of that number says something else, all later lines made to fit."""
    from reportgen.records.ledger import write_entry

    lines: list[bytes] = []
    for entry in read_ledger(content).entries:
        if entry.number == line:
            entry = replace(entry, **changes)  # type: ignore[arg-type]
        if lines:
            entry = replace(entry, previous=digest(lines[-1]))
        lines.append(write_entry(entry))
    return b"".join(lines)
