"""A final report in, its first revision in the record out: built, verified, frozen, or nothing changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Listed, Location
from reportgen.errors import (
    FileError,
    LedgerError,
    ReportError,
    ReportgenError,
    UsageError,
    VerificationError,
)
from reportgen.files.disk import Disk
from reportgen.files.failures import stopped
from reportgen.files.reading import digest, read_file
from reportgen.records.deposit import Deposit, contents_of, enter, freeze, mend
from reportgen.records.dossier import Dossier, dossier_of, held, others_beside, read_lines
from reportgen.records.history import History, Standing, read_history
from reportgen.records.ledger import MOMENT, Entry, Frozen, read_ledger, read_line, write_entry
from reportgen.records.manifest import record
from reportgen.records.release import check_stem
from reportgen.render.revision import Revision

if TYPE_CHECKING:
    from reportgen.building import Build
    from reportgen.model.report import Loaded, Report
    from reportgen.model.review.references import Against
    from reportgen.records.inputs import Input

FINDINGS: Final = "核对.json"
VERIFICATION: Final = "核验.json"
TORN: Final = "ledger-torn"
MOST_NAME: Final = 100
"""Characters of the name of a person."""

File = tuple[Frozen, bytes]
Make = Callable[["Loaded", Revision | None], "Build"]
"""Builds the documents of a report that has no errors, all of them, as that revision or as none."""


@dataclass(frozen=True, slots=True)
class Signing:
    """Who does something, on which disk; `clock` says when (UTC, `2024-01-20T08:00:00Z`).

    It is asked when the record is held: asked before, an event could be earlier than the one it waits for.
    """

    by: str
    clock: Callable[[], str]
    disk: Disk = field(default_factory=Disk)

    def now(self) -> str:
        """When it is done; raises UsageError when that is no time."""
        at = self.clock()
        if not MOMENT.fullmatch(at):
            raise UsageError(find("wrong-moment", Location("--at"), value=at))
        return at


@dataclass(frozen=True, slots=True)
class Issued:
    """The revision as it stands in the record; `is_new` is False when it stood there already."""

    dossier: Dossier
    entry: Entry
    diagnostics: tuple[Diagnostic, ...]
    is_new: bool

    @property
    def outputs(self) -> tuple[tuple[str, Path], ...]:
        """The documents by name, and where the record stores them."""
        return tuple(
            (item.file.name, self.dossier.files / item.stored) for item in self.entry.named("output")
        )


def issue(path: Path, signing: Signing, make: Make, *, against: Against, kinds: Sequence[Path]) -> Issued:
    """Freeze a final report as revision 1, unless it stands in the record already.

    Raises UsageError on an unusable name or time, ReportError when the report has errors or is a draft,
    VerificationError when its documents are not right, LedgerError when the record does not hold or says
    something else, FileError when it cannot be written or somebody else is writing. Then nothing has changed.
    """
    from reportgen.building import sound_report
    from reportgen.model.report import Loaded

    check_clerk(signing.by)
    report, found = sound_report(path, kinds, against)
    check_stem(report.path)
    if report.is_draft:
        raise ReportError(find("issue-draft", Location(str(path))))
    dossier = dossier_of(path)
    refuse_renamed(report)
    with held(dossier, signing.by, signing.disk):
        if os.path.lexists(dossier.folder):
            return reissue(report, dossier, found, signing.disk)
        made = make(Loaded(report, found), Revision(1))
        if not made.passed:
            raise VerificationError(*made.diagnostics)
        return freeze_first(made, dossier, signing, against)


def check_clerk(by: str) -> None:
    """See that a name can stand in the ledger; raises UsageError."""
    if not by.strip() or not by.isprintable() or len(by) > MOST_NAME:
        raise UsageError(
            find("issuer-unusable", Location("--by"), name=ascii(by)[:MOST_NAME], most=MOST_NAME)
        )


def refuse_renamed(report: Report) -> None:
    """Stop when the record of this report stands beside it under another name; raises LedgerError."""
    from reportgen.imprint import identify

    identity = dict(identify(report))
    for other in others_beside(report.path):
        try:
            entries = read_ledger(read_lines(other)).entries
        except FileError:
            continue
        if entries and dict(entries[-1].report) == identity:
            name, wanted = other.folder.name, dossier_of(report.path).folder.name
            raise LedgerError(find("record-elsewhere", Location(str(report.path)), name=name, wanted=wanted))


def reissue(report: Report, dossier: Dossier, found: tuple[Diagnostic, ...], disk: Disk) -> Issued:
    """The revision that stands in the record, if it is this report as it is now; raises LedgerError."""
    history = sound_history(dossier, disk)
    stand_by(report, dossier, history)
    entry = history.revisions[-1]
    changed = changes(report, entry)
    if changed:
        names = Listed(changed)
        raise LedgerError(
            find("issue-changed", Location(str(report.path)), revision=entry.revision, names=names)
        )
    return Issued(dossier, entry, (*found, *history.diagnostics), is_new=False)


def stand_by(report: Report, dossier: Dossier, history: History, *, but: Sequence[str] = ()) -> None:
    """See that a record is that of this report, and not taken back; raises LedgerError.

    `but` are roles of fields that may say something else now: a wrong name can be corrected.
    """
    from reportgen.imprint import identify

    free = {report.kind.fields[role] for role in but}
    known, now = (
        {key: value for key, value in said.items() if key not in free}
        for said in (history.revisions[-1].report, identify(report))
    )
    name = dossier.folder.name
    if known != now:
        other, place = " ".join(history.revisions[-1].report.values()), Location(str(report.path))
        raise LedgerError(find("record-of-another-report", place, name=name, other=other))
    for entry in history.entries:
        if (entry.event, entry.revision) == ("withdrawn", history.revisions[-1].revision):
            place = Location(str(dossier.folder))
            raise LedgerError(
                find("report-withdrawn", place, name=name, revision=entry.revision, at=entry.at)
            )


def sound_history(dossier: Dossier, disk: Disk) -> History:
    """A record that holds, an unfinished last line put aside; raises LedgerError with what is wrong."""
    history = read_history(dossier)
    told: tuple[Diagnostic, ...] = ()
    if history.standing is Standing.UNTOLD and history.ledger.torn and history.entries:
        told = tuple(finding for finding in history.diagnostics if finding.code == TORN)
        mend(dossier, history.content, disk)
        history = read_history(dossier)
    if history.standing is not Standing.HOLDS:
        raise LedgerError(*history.diagnostics)
    return replace(history, diagnostics=(*told, *history.diagnostics))


def changes(report: Report, entry: Entry) -> tuple[str, ...]:
    """The names of what differs from a revision: the report, its pictures."""
    from reportgen.records.inputs import picture_inputs

    (source,) = entry.named("source")
    frozen = {item.file.name: item.file.sha256 for item in entry.named("input")}
    now = {normpath(item.record.name): item.record.sha256 for item in picture_inputs(report)}
    own = [] if digest(report.source) == source.file.sha256 else [report.path.name]
    return (*own, *(name for name in sorted({*frozen, *now}) if frozen.get(name) != now.get(name)))


def freeze_first(made: Build, dossier: Dossier, signing: Signing, against: Against) -> Issued:
    """Put a build into a new record as revision 1."""
    from reportgen.records.inputs import check_unchanged

    files = [*frozen_documents(made), *frozen_inputs(made, against)]
    entry = Entry(
        number=1,
        previous=Revision(1).previous,
        event="issued",
        revision=1,
        at=signing.now(),
        by=signing.by,
        why="",
        report=made.manifest.report,
        files=tuple(item for item, _ in files),
    )
    if read_line(write_entry(entry)).fault:  # a name that no ledger bears, such as one with a backslash
        raise stopped("unusable-name", ascii(made.report.path.name)[1:-1])
    deposit = Deposit(entry, contents_of(files), confirm=lambda: check_unchanged(made.inputs))
    enter(dossier, deposit, signing.disk)
    return Issued(dossier, entry, made.diagnostics, is_new=True)


def frozen_documents(made: Build) -> Iterator[File]:
    """The documents with their manifest, what was found in the report, and their verification."""
    from reportgen.reporters import report_json
    from reportgen.reporters.verification import verification_json

    for name, content in sorted(made.files.items()):
        yield freeze("output", name, content)
    found = tuple(anywhere(finding) for finding in made.diagnostics)
    yield freeze("findings", FINDINGS, report_json(found).encode())
    yield freeze("verification", VERIFICATION, verification_json(made.verification, "zh").encode())


def anywhere(finding: Diagnostic) -> Diagnostic:
    """A finding whose places are files by name: where these lay is no matter of the record."""

    def plain(location: Location) -> Location:
        return replace(location, file=Path(location.file).name)

    related = tuple(replace(item, location=plain(item.location)) for item in finding.related)
    return replace(finding, location=plain(finding.location), related=related)


def frozen_inputs(made: Build, against: Against) -> Iterator[File]:
    """The report as it was read, its pictures, the files of its kind, and what it was held against."""
    report = made.report
    yield freeze("source", report.path.name, report.source)
    for item in made.inputs[1:]:
        is_own = not any(item.path.is_relative_to(folder) for folder in report.kind.folders)
        yield freeze("input" if is_own else "kind", normpath(item.record.name), read_again(item))
    for path in held_against(report, against):
        yield freeze("reference", path.name, read_file(path))


def read_again(item: Input) -> bytes:
    """The content of a file that was read; raises FileError when it is another one now."""
    content = read_file(item.path)
    if record(item.record.name, content) != item.record:
        raise stopped("input-changed", item.path)
    return content


def held_against(report: Report, against: Against) -> Iterator[Path]:
    """The files that the report was held against, each once, that can be read."""
    from reportgen.model.review.references import named

    given = (named(report, "previous", against.last), named(report, "demands", against.profile))
    for path in dict.fromkeys((*(item.file for item in given if item), *against.others)):
        try:
            read_file(path)
        except ReportgenError:
            continue
        yield path
