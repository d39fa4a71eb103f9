"""The history of a report in; lines for people or JSON for programs out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Language
from reportgen.language import word
from reportgen.reporters.records import UNSAFE, record

if TYPE_CHECKING:
    from reportgen.records.history import History
    from reportgen.records.ledger import Entry

SHOWN: Final = ("output", "notice", "redline")
"""The roles of the files that are listed: those that go out, and the signature of a package."""


def history_text(history: History, language: Language) -> str:
    """Every event with its documents, then the answer."""
    lines = [line for entry in history.entries for line in event_lines(entry, language)]
    answer = word(f"record {history.standing.value}", language, name=history.dossier.folder.name)
    return "\n".join((*lines, answer))


def event_lines(entry: Entry, language: Language) -> list[str]:
    """One event: what, when, by whom, why, and the documents it added."""
    head = word(f"event {entry.event}", language, revision=entry.revision, at=entry.at, by=entry.by) + (
        f"  {entry.why}" if entry.why else ""
    )
    roles = (*SHOWN, "package") if entry.signs_package else SHOWN
    items = (item for role in roles for item in entry.named(role))
    return [head, *(f"    {item.file.sha256}  {item.file.name}" for item in items)]


def history_json(history: History, language: Language) -> str:
    """The answer, the events and everything found, as a JSON object."""
    content = {
        "record": str(history.dossier.folder),
        "standing": history.standing.value,
        "head": history.ledger.head,
        "events": [event_record(entry) for entry in history.entries],
        "findings": [record(finding, language) for finding in history.diagnostics],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def event_record(entry: Entry) -> dict[str, Any]:
    """The fields of an event; `stored` is where the record keeps a file."""
    return {
        "number": entry.number,
        "previous": entry.previous,
        "event": entry.event,
        "revision": entry.revision,
        "at": entry.at,
        "by": entry.by,
        "why": entry.why,
        "report": dict(entry.report),
        "files": [
            {
                "role": item.role,
                "name": item.file.name,
                "sha256": item.file.sha256,
                "size": item.file.size,
                "stored": item.stored,
            }
            for item in entry.files
        ],
    }
