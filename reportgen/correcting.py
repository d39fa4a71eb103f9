"""A report that changed after it was issued in; the next revision in its record, with its notice, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.errors import ReportError, UsageError, VerificationError
from reportgen.issuing import (
    File,
    Make,
    Signing,
    check_clerk,
    frozen_documents,
    frozen_inputs,
    refuse_renamed,
    sound_history,
    stand_by,
)
from reportgen.model.changes.approval import needed_approvals
from reportgen.model.changes.comparing import compare
from reportgen.records.deposit import Deposit, contents_of, enter, freeze
from reportgen.records.dossier import Dossier, dossier_of, held
from reportgen.records.ledger import MOST_WORDS, Entry, read_line, write_entry
from reportgen.records.manifest import NAME
from reportgen.records.release import check_stem
from reportgen.records.revisions import day_of, revision_of_entry

if TYPE_CHECKING:
    from reportgen.building import Build
    from reportgen.model.changes.change import Change
    from reportgen.model.report import Report
    from reportgen.model.review.references import Against
    from reportgen.records.history import History

CHANGES: Final = "改动.json"
WORD: Final = ".docx"
MOST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """Why a report is corrected or taken back, who approved it, and next year's report when it is known."""

    reason: str
    approved: tuple[str, ...] = ()
    following: Path | None = None
    withdraw: bool = False


@dataclass(frozen=True, slots=True)
class Corrected:
    """The event as it stands in the record, what changed, and everything found on the way."""

    dossier: Dossier
    entry: Entry
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def files(self) -> tuple[tuple[str, Path], ...]:
        """The documents and the notice by name, and where the record stores them."""
        items = (*self.entry.named("output"), *self.entry.named("notice"), *self.entry.named("redline"))
        return tuple((item.file.name, self.dossier.files / item.stored) for item in items)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a correction works with: who signs, how documents are made, what the report is held against."""

    signing: Signing
    make: Make
    against: Against
    kinds: Sequence[Path] = ()


def correct(path: Path, wish: Wish, desk: Desk) -> Corrected:
    """Make the next revision of an issued report, or take it back; the record is as before or complete.

    Raises UsageError on an unusable name, reason or time, ReportError when the report has errors, is a draft,
    is unchanged or lacks an approval, VerificationError when the documents are not right, LedgerError when
    the record does not hold or does not go with it, FileError when something cannot be read or written.
    """
    from reportgen.building import sound_report

    check_clerk(desk.signing.by)
    check_reason(wish.reason)
    report, found = sound_report(path, desk.kinds, desk.against)
    check_stem(report.path)
    if report.is_draft:
        raise ReportError(find("issue-draft", Location(str(path))))
    refuse_renamed(report)
    dossier = dossier_of(path)
    with held(dossier, desk.signing.by, desk.signing.disk):
        history = sound_history(dossier, desk.signing.disk)
        stand_by(report, dossier, history, but=("organ",))
        at = desk.signing.now()
        told = (*found, *history.diagnostics, *clock(dossier, history, at))
        work = Work(report, dossier, history, wish, desk, at, told)
        return work.withdraw() if wish.withdraw else work.correct()


def check_reason(reason: str) -> None:
    """See that a reason can stand in the ledger; raises UsageError."""
    is_said = bool(reason.strip()) and reason.isprintable()
    if not is_said or len(reason) > MOST_REASON:
        raise UsageError(find("reason-unusable", Location("--reason"), most=MOST_REASON))


def clock(dossier: Dossier, history: History, at: str) -> Iterator[Diagnostic]:
    """That the event is said to be earlier than the last one."""
    last = history.entries[-1]
    if at < last.at:
        line = len(history.entries) + 1
        place, name = Location(str(dossier.ledger)), dossier.ledger.name
        yield find("ledger-clock-back", place, name=name, line=line, at=at, before=last.at)


@dataclass(frozen=True, slots=True)
class Work:
    """One correction of a record that is held and holds, at that moment."""

    report: Report
    dossier: Dossier
    history: History
    wish: Wish
    desk: Desk
    at: str
    told: tuple[Diagnostic, ...]

    @property
    def last(self) -> Entry:
        """The entry of the last revision."""
        return self.history.revisions[-1]

    def correct(self) -> Corrected:
        """The next revision."""
        from reportgen.following import find_followers, followed
        from reportgen.model.report import Loaded

        changes = self.changes()
        approvals, lacking = needed_approvals(changes, self.report, self.desk.against, self.wish.approved)
        if lacking:
            raise ReportError(*lacking)
        following = find_followers(changes, self.report, self.wish.following, self.desk.kinds)
        entry = self.entry("corrected", self.last.revision + 1, approvals)
        revision = revision_of_entry(entry, self.report.path.stem)
        made = passed(self.desk.make(Loaded(self.report, self.told), revision))
        notice = self.notice(entry, changes, tuple(followed(changes, self.report)))
        files = (
            *frozen_documents(made),
            *frozen_inputs(made, self.desk.against),
            *notice,
            freeze("changes", CHANGES, self.listing(changes)),
            *self.redline(made),
        )
        return self.enter(entry, files, changes, (*made.diagnostics, *following), made)

    def withdraw(self) -> Corrected:
        """The event that takes the last revision back."""
        entry = self.entry("withdrawn", self.last.revision, self.wish.approved)
        return self.enter(entry, self.notice(entry, (), ()), (), self.told, None)

    def changes(self) -> tuple[Change, ...]:
        """What changed since the last revision; raises ReportError when nothing did."""
        from reportgen.versions import frozen_side, with_pictures

        old = frozen_side(self.dossier, self.last, self.desk.kinds)
        changes = compare(old, with_pictures(self.report))
        if not changes:
            place, number = Location(str(self.report.path)), self.last.revision
            raise ReportError(find("nothing-to-correct", place, revision=number, at=self.last.at))
        return changes

    def entry(self, event: str, revision: int, approved: Sequence[str]) -> Entry:
        """The entry to come, without its files."""
        from reportgen.imprint import identify

        why = self.wish.reason + (f"（批准：{'、'.join(approved)}）" if approved else "")
        if len(why) > MOST_WORDS:
            raise UsageError(find("reason-unusable", Location("--reason"), most=MOST_REASON))
        by, number, head = self.desk.signing.by, len(self.history.entries) + 1, self.history.ledger.head
        said = identify(self.report) if event == "corrected" else self.last.report
        return Entry(number, head, event, revision, self.at, by, why, said, ())

    def notice(self, entry: Entry, changes: Sequence[Change], carried: Sequence[str]) -> tuple[File, ...]:
        """The notice in all its forms."""
        from reportgen.notices import Occasion, write_notice

        before, day = self.last.revision, day_of(entry.at)
        occasion = Occasion(
            self.report, entry.event, before, entry.revision, self.wish.reason, day, changes, carried
        )
        made = passed(self.desk.make(write_notice(occasion, self.desk.kinds), None))
        source = freeze("notice", made.report.path.name, made.report.source)
        files = {notice_file(name, source[0].file.name): made.files[name] for name in sorted(made.files)}
        return (source, *(freeze("notice", name, content) for name, content in files.items()))

    def listing(self, changes: Sequence[Change]) -> bytes:
        """The changes for programs."""
        from reportgen.reporters.changes import changes_json

        name = self.report.path.name
        return changes_json(changes, (f"{name}@{self.last.revision}", name)).encode()

    def redline(self, made: Build) -> Iterator[File]:
        """The Word file with its differences from the last one marked, where both revisions have one."""
        from reportgen.records.restoring import thaw
        from reportgen.redlining.redline import redline

        kept = {item.file.name: item for item in self.last.named("output")}
        for name, content in sorted(made.files.items()):
            if name.endswith(WORD) and name in kept:
                old = thaw(self.dossier, kept[name])
                marked = redline(old, content, self.desk.signing.by, self.at)
                stem = f"{self.report.path.stem}.花脸稿-{self.last.revision + 1}"
                yield freeze("redline", f"{stem}{WORD}", marked)

    def enter(
        self,
        entry: Entry,
        files: Sequence[File],
        changes: tuple[Change, ...],
        found: tuple[Diagnostic, ...],
        made: Build | None,
    ) -> Corrected:
        """Put the event into the record, unless the report was saved again meanwhile."""
        from reportgen.files.failures import stopped
        from reportgen.records.inputs import check_unchanged

        entry = replace(entry, files=tuple(item for item, _ in files))
        if read_line(write_entry(entry)).fault:
            raise stopped("unusable-name", ascii(self.report.path.name)[1:-1])

        def confirm() -> None:
            if made:
                check_unchanged(made.inputs)

        deposit = Deposit(entry, contents_of(files), self.history.content, confirm)
        enter(self.dossier, deposit, self.desk.signing.disk)
        return Corrected(self.dossier, entry, changes, found)


def notice_file(name: str, source: str) -> str:
    """The name of a file of a notice: its manifest is not that of the revision."""
    return f"{Path(source).stem}.{NAME}" if name == NAME else name


def passed(made: Build) -> Build:
    """A build that is right; raises VerificationError."""
    if not made.passed:
        raise VerificationError(*made.diagnostics)
    return made
