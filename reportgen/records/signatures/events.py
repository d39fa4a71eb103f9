"""A record in; what is wrong with the signatures that its events added, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportgen.diagnostics import Diagnostic, Location
from reportgen.errors import FileError
from reportgen.files.reading import read_file
from reportgen.records.history import History
from reportgen.records.ledger import Entry, Frozen
from reportgen.records.signatures.judged import Judged, Trust
from reportgen.records.signatures.pdf import judge_pdf
from reportgen.records.signatures.untold import UNTOLD


def with_signatures(history: History, trust: Trust) -> History:
    """The history with what its signatures say; without roots only what needs none."""
    found = tuple(
        finding
        for entry, item in signed_files(history)
        for judged in verdicts(history, item, trust)
        for finding in told(judged, entry, trust)
    )
    return replace(history, diagnostics=(*history.diagnostics, *found))


def signed_files(history: History) -> Iterator[tuple[Entry, Frozen]]:
    """The PDFs that were signed."""
    for entry in history.entries:
        if entry.event == "signed":
            pdfs = (item for item in entry.files if item.file.name.lower().endswith(".pdf"))
            yield from ((entry, item) for item in pdfs)


def verdicts(history: History, item: Frozen, trust: Trust) -> tuple[Judged, ...]:
    """The verdicts on a frozen file; none when it is not there, which is told already."""
    try:
        content = read_file(history.dossier.files / item.stored)
    except FileError:
        return ()
    return judge_pdf(content, trust, name=item.file.name)


def told(judged: Judged, entry: Entry, trust: Trust) -> Iterator[Diagnostic]:
    """What is wrong with a signature, at the line of its event."""
    for found in judged.diagnostics:
        if trust.roots or found.code not in UNTOLD:
            yield replace(found, location=Location(f"{judged.name}@{entry.revision}"))
