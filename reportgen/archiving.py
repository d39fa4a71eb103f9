"""A record and what the office adds in; a package of one of its revisions, and the event of it, out.

The package is written aside, whole; then the event is entered; then the package gets its name. Cut off in
between, the next call makes the same package again, for its time and its maker stand in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from reportgen import __version__
from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.errors import UsageError
from reportgen.files.disk import Disk
from reportgen.files.failures import explained
from reportgen.files.folders import remove_tree
from reportgen.files.reading import read_file
from reportgen.issuing import Signing, check_clerk, sound_history
from reportgen.model.limits import FILE_BYTES
from reportgen.records.archive.assembling import Order, assemble
from reportgen.records.archive.marks import SIGNED
from reportgen.records.archive.office import archive_words, read_office, skeleton
from reportgen.records.archive.pieces import collect
from reportgen.records.archive.placing import Target, lay_aside, place_package
from reportgen.records.deposit import Deposit, contents_of, enter, freeze
from reportgen.records.dossier import Dossier, dossier_of, held
from reportgen.records.history import History
from reportgen.records.ledger import Entry
from reportgen.records.restoring import revision_of, thaw

OFFICE_NAME: Final = "著录补充.yaml"
SCAN_NAME: Final = "签署件扫描.pdf"
SOFTWARE: Final = f"reportgen {__version__}"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which revision is to be archived, with which file of the office's and which scan of signed paper.

    Without a number it is the last; without files those of the event that archived it last are taken.
    """

    revision: int | None = None
    office: Path | None = None
    scan: Path | None = None
    kinds: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Archived:
    """A package and the event it was made for; `is_new` is False when the record had that event already."""

    path: Path
    bag: Mapping[str, bytes]
    entry: Entry
    diagnostics: tuple[Diagnostic, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Added:
    """What the office adds: its file as it was read, the values in it, what was found there, and the scan."""

    content: bytes
    values: Mapping[str, Any]
    found: tuple[Diagnostic, ...]
    scan: bytes = b""


def archive(report: Path, wish: Wish, target: Path, signing: Signing) -> Archived:
    """Make the package of a revision at a path that is free, and enter that in the record.

    Raises UsageError on an unusable name or time and on no such revision, ReportError on wrong metadata,
    LedgerError when the record does not hold, FileError when something cannot be read or written. Then the
    record is as it was.
    """
    check_clerk(signing.by)
    dossier = dossier_of(report)
    place = Target(target)
    with held(dossier, signing.by, signing.disk):
        history = sound_history(dossier, signing.disk)
        revision = revision_of(history, wish.revision)
        at = signing.now()
        if at < revision.at:
            raise UsageError(find("archive-too-early", Location("--at"), at=at, before=revision.at))
        events = [
            entry
            for entry in history.entries
            if entry.revision == revision.revision and not entry.signs_package
        ]
        kept = next((entry for entry in reversed(events) if entry.event == "archived"), None)
        words = archive_words(wish.kinds)
        added = what_is_added(dossier, wish, kept, words, revision.report.get(words["known"]["year"], ""))
        again = made_before(dossier, history, wish, added, kept if kept is events[-1] else None)
        if again:
            return put(again, place, signing.disk, enter_nothing)
        made = make_new(dossier, history, wish, added, revision, (at, signing.by))
        return put(
            made, place, signing.disk, partial(enter_event, dossier, history, made, added, signing.disk)
        )


def what_is_added(
    dossier: Dossier, wish: Wish, last: Entry | None, words: Mapping[str, Any], year: str
) -> Added:
    """The office's file and the scan for a report of that year: those given, else those of the last time."""
    from reportgen.verify.package.documents import check_scan

    content, name = given_or_kept(dossier, wish.office, last, "metadata"), str(wish.office or OFFICE_NAME)
    scan = given_or_kept(dossier, wish.scan, last, "scan")
    if scan:
        check_scan(scan, wish.scan or Path(SCAN_NAME))
    if not content and wish.office is None:
        return Added(b"", {}, (find("archive-metadata-needed", Location("--metadata")),), scan)
    return Added(content, *read_office(content, name, words, year), scan)


def given_or_kept(dossier: Dossier, given: Path | None, last: Entry | None, role: str) -> bytes:
    """The content of a file given, else of the one that the record kept for that role; else nothing."""
    if given:
        return read_file(given) if role == "scan" else read_file(given, FILE_BYTES)
    kept = last.named(role) if last else ()
    return thaw(dossier, kept[0]) if kept else b""


def made_before(
    dossier: Dossier, history: History, wish: Wish, added: Added, last: Entry | None
) -> Archived | None:
    """The package that the record says was made, made again; None when this one would be another."""
    if last is None:
        return None
    bag = make_bag_of(dossier, history, wish, added, last)
    kept = {item.file.sha256 for item in last.named("package")}
    if kept != {freeze("package", SIGNED, bag[SIGNED])[0].file.sha256}:
        return None
    return Archived(Path(), bag, last, (*added.found, *history.diagnostics), is_new=False)


def make_new(
    dossier: Dossier, history: History, wish: Wish, added: Added, revision: Entry, said: tuple[str, str]
) -> Archived:
    """A new package with the event for it; `said` is when, and by whom."""
    at, by = said
    entry = Entry(
        number=history.entries[-1].number + 1,
        previous=history.ledger.head,
        event="archived",
        revision=revision.revision,
        at=at,
        by=by,
        why="",
        report=revision.report,
        files=(),
    )
    bag = make_bag_of(dossier, history, wish, added, entry)
    return Archived(Path(), bag, entry, (*added.found, *history.diagnostics), is_new=True)


def make_bag_of(
    dossier: Dossier, history: History, wish: Wish, added: Added, entry: Entry
) -> Mapping[str, bytes]:
    """The bag of a revision as that event archives it: what happened later does not count."""
    from reportgen.verify.package.documents import count_pages

    lines = history.ledger.lines[: entry.number - 1]
    events = tuple(line.entry for line in lines if line.entry)
    files = collect(dossier, events, entry.revision, b"".join(line.content for line in lines))
    words = archive_words(wish.kinds)
    order = Order(files, events, entry, added.values, added.content, added.scan, words, SOFTWARE)
    return assemble(order, count_pages)


def put(made: Archived, place: Target, disk: Disk, then: Any) -> Archived:
    """Write the package aside, do what has to be done, and give it its name."""
    with explained(place.path):
        remove_tree(disk, place.aside)
        if place.holds(made.bag):
            entry = then()
            return replace(made, path=place.path, entry=entry or made.entry)
        try:
            lay_aside(made.bag, place, disk)
            entry = then()
        except BaseException:
            clear(place)
            raise
        place_package(place, disk)
    return replace(made, path=place.path, entry=entry or made.entry)


def clear(place: Target) -> None:
    """Remove what was laid aside; what cannot be removed the next run removes."""
    try:
        remove_tree(Disk(), place.aside)
    except OSError:
        return


def enter_nothing() -> None:
    """Leave the record as it is."""


def enter_event(dossier: Dossier, history: History, made: Archived, added: Added, disk: Disk) -> Entry:
    """Enter the event with the files that prove it: what the office added, and the package's tag manifest."""
    files = [freeze("package", SIGNED, made.bag[SIGNED])]
    if added.content:
        files.insert(0, freeze("metadata", OFFICE_NAME, added.content))
    if added.scan:
        files.append(freeze("scan", SCAN_NAME, added.scan))
    entry = replace(made.entry, files=tuple(item for item, _ in files))
    enter(dossier, Deposit(entry, contents_of(files), history.content), disk)
    return entry


def metadata_skeleton(kinds: Sequence[Path]) -> str:
    """A file of what only the office knows, to be filled in."""
    return skeleton(archive_words(kinds), {})
