"""A record in; what is wrong with the signatures that its events added, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reportgen.diagnostics import Diagnostic, Location
from reportgen.errors import FileError
from reportgen.files.reading import read_file
from reportgen.records.archive.marks import SIGNED
from reportgen.records.history import History
from reportgen.records.ledger import REVISING, Entry, Frozen
from reportgen.records.manifest import NAME
from reportgen.records.signatures.detached import judge_detached
from reportgen.records.signatures.judged import Judged, Trust
from reportgen.records.signatures.pdf import judge_pdf
from reportgen.records.signatures.untold import UNTOLD

PDF: Final = ".pdf"
APART: Final = ".p7s"


def with_signatures(history: History, trust: Trust) -> History:
    """The history with what its signatures say; without roots only what needs none."""
    found = tuple(
        finding
        for entry, judged in (*signed_pdfs(history, trust), *signed_lists(history, trust))
        for finding in told(judged, entry, trust)
    )
    return replace(history, diagnostics=(*history.diagnostics, *found))


def signed_pdfs(history: History, trust: Trust) -> Iterator[tuple[Entry, Judged]]:
    """The verdicts on the signed PDFs.

    A PDF that a later one of its revision begins with is judged there: what was signed or stamped over it
    since then can prove what it could not prove alone.
    """
    contents = {
        (entry.number, item.stored): (entry, item, content)
        for entry, item in signed_files(history, PDF)
        if (content := content_of(history, item)) is not None
    }
    for (number, _), (entry, item, content) in contents.items():
        later = (more for (after, _), (other, _, more) in contents.items() if after > number)
        if not any(len(more) > len(content) and more.startswith(content) for more in later):
            yield from ((entry, judged) for judged in judge_pdf(content, trust, name=item.file.name))


def signed_lists(history: History, trust: Trust) -> Iterator[tuple[Entry, Judged]]:
    """The verdicts on the signatures of manifests and packages, which the record holds too."""
    for entry, item in signed_files(history, APART):
        made, content = content_of(history, item), content_of(history, signed_by(history, entry, item))
        if made is not None and content is not None:
            yield entry, judge_detached(content, made, trust, name=item.file.name)


def signed_files(history: History, ending: str) -> Iterator[tuple[Entry, Frozen]]:
    """The files with an ending that were entered when something was signed."""
    for entry in history.entries:
        if entry.event == "signed":
            items = (item for item in entry.files if item.file.name.lower().endswith(ending))
            yield from ((entry, item) for item in items)


def signed_by(history: History, entry: Entry, item: Frozen) -> Frozen | None:
    """What a detached signature is of: the manifest of the revision, or the list of the package before it."""
    name, events = (SIGNED, ("archived",)) if item.role == "package" else (NAME, REVISING)
    known = [
        file
        for event in history.entries
        if event.number < entry.number and event.revision == entry.revision and event.event in events
        for file in event.files
        if file.file.name == name
    ]
    return known[-1] if known else None


def content_of(history: History, item: Frozen | None) -> bytes | None:
    """The content of a frozen file; None when it is not there, which is told already."""
    try:
        return read_file(history.dossier.files / item.stored) if item else None
    except FileError:
        return None


def told(judged: Judged, entry: Entry, trust: Trust) -> Iterator[Diagnostic]:
    """What is wrong with a signature, at the line of its event."""
    for found in judged.diagnostics:
        if trust.roots or found.code not in UNTOLD:
            yield replace(found, location=Location(f"{judged.name}@{entry.revision}"))
