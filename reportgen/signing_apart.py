"""A built folder, a record or a package in; its list of files signed in a file of its own out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import FileError, LedgerError, SignatureError
from reportgen.files.disk import Disk
from reportgen.files.folders import is_folder
from reportgen.files.reading import digest, read_file
from reportgen.files.writing import write_file
from reportgen.issuing import check_clerk, sound_history
from reportgen.records.archive.bag import SIGNATURES
from reportgen.records.archive.marks import SIGNED, is_package
from reportgen.records.archive.opening import Package
from reportgen.records.deposit import enter, freeze
from reportgen.records.dossier import Dossier, dossier_of, held, others_beside, read_lines
from reportgen.records.history import History, Standing
from reportgen.records.ledger import Entry, read_ledger
from reportgen.records.manifest import APART, LIMIT, NAME, ours
from reportgen.records.restoring import thaw
from reportgen.records.signatures.detached import judge_detached
from reportgen.records.signatures.judged import Judged, Trust
from reportgen.records.signatures.untold import UNTOLD
from reportgen.signing import Signed, event_of, nothing, open_yet
from reportgen.signing_packages import free_name, put, take_out, whole_package


@dataclass(frozen=True, slots=True)
class Apart:
    """How a list of files is signed: `make` gives the detached signature of bytes, made at a moment.

    `clock` is asked once, when what is signed is held; `roots` are trusted when the signature is looked at.
    `by` goes into the ledger of the record that a package was made from: `record` names its report, else the
    records beside the package are asked.
    """

    make: Callable[[bytes, datetime], bytes]
    clock: Callable[[], datetime]
    roots: tuple[bytes, ...] = ()
    by: str = ""
    record: Path | None = None
    disk: Disk = field(default_factory=Disk)

    def sign(self, content: bytes, name: str, at: datetime) -> tuple[bytes, Judged]:
        """A signature, and the verdict on it; raises SignatureError when it does not hold."""
        made = self.make(content, at)
        judged = judge_detached(content, made, Trust(self.roots, at), name=name)
        if judged.standing is Standing.FAILS:
            raise SignatureError(*(found for found in judged.diagnostics if found.code not in UNTOLD))
        return made, replace(judged, diagnostics=tuple(map(open_yet, judged.diagnostics)))


def sign_apart(path: Path, apart: Apart) -> Signed:
    """Sign the list of an archive package, or the manifest of a built folder or of the last revision.

    Raises SignatureError when it is neither, LedgerError when a record or package does not hold, FileError
    when something cannot be read or written or somebody else is writing. Then nothing has changed.
    """
    if is_package(path):
        return sign_archived(path, apart)
    if is_folder(path) and NAME in ours(path):
        made, judged = apart.sign(read_file(path / NAME, LIMIT), APART, apart.clock())
        write_file(path / APART, made, disk=apart.disk)
        return Signed(path, APART, judged)
    if path.suffix.lower() in (".yaml", ".yml") and is_folder(dossier_of(path).folder):
        return sign_revision(dossier_of(path), apart)
    raise nothing(path)


def sign_revision(dossier: Dossier, apart: Apart) -> Signed:
    """Sign the manifest of the last revision, which names every document of it, and enter that."""
    check_clerk(apart.by)
    with held(dossier, apart.by, apart.disk):
        history = sound_history(dossier, apart.disk)
        revision, at = history.revisions[-1], apart.clock()
        manifest = next(item for item in revision.named("output") if item.file.name == NAME)
        made, judged = apart.sign(thaw(dossier, manifest), APART, at)
        frozen = freeze("output", APART, made)
        enter(dossier, event_of(history, revision, frozen, at, apart.by), apart.disk)
    return Signed(dossier.files / frozen[0].stored, APART, judged, revision.revision)


def sign_archived(path: Path, apart: Apart) -> Signed:
    """Sign a package, and enter that into the record it was made from; say so when that is not at hand.

    A signature of the same signer that no event names is entered instead of making another one.
    """
    package = whole_package(path)
    content, name = package.contents[SIGNED], free_name(package)
    dossier = dossier_of(apart.record) if apart.record else record_of(path, content)
    if dossier is None:
        made, judged = apart.sign(content, name, apart.clock())
        put(package, name, made, apart.disk)
        hint = find("package-signed-unrecorded", Location(str(path)), name=path.name)
        return Signed(path, name, replace(judged, diagnostics=(*judged.diagnostics, hint)))
    check_clerk(apart.by)
    with held(dossier, apart.by, apart.disk):
        history = sound_history(dossier, apart.disk)
        archived = archived_as(history.entries, content)
        if archived is None:
            raise LedgerError(find("package-not-recorded", Location(str(path)), name=path.name))
        at = apart.clock()
        made, judged = apart.sign(content, name, at)
        place: Callable[[], None] = partial(put, package, name, made, apart.disk)
        left = unentered(package, history, judged, Trust(apart.roots, at))
        if left:
            (name, made, judged), place = left, nothing_to_do
        deposit = event_of(history, archived, freeze("package", name, made), at, apart.by)
        with taken_back(package, name, dossier, history.content):
            enter(dossier, replace(deposit, confirm=place), apart.disk)
    return Signed(path, name, judged, archived.revision)


def unentered(
    package: Package, history: History, new: Judged, trust: Trust
) -> tuple[str, bytes, Judged] | None:
    """A signature like a new one that stands in a package and in no event: made elsewhere, or cut off."""
    entered = {item.file.sha256 for entry in history.entries for item in entry.files}
    for name, made in package.contents.items():
        if name.startswith(SIGNATURES) and digest(made) not in entered:
            old = judge_detached(package.contents[SIGNED], made, trust, name=name)
            if (old.signer, old.level) == (new.signer, new.level) and old.standing is not Standing.FAILS:
                return name, made, replace(old, diagnostics=tuple(map(open_yet, old.diagnostics)))
    return None


def nothing_to_do() -> None:
    """Leave the package as it is: the signature is there."""


@contextmanager
def taken_back(package: Package, name: str, dossier: Dossier, before: bytes) -> Iterator[None]:
    """Take a signature out of its package again when the block fails to enter it."""
    try:
        yield
    except BaseException:  # an interruption too
        with suppress(OSError, FileError):
            if read_lines(dossier) == before:
                take_out(package, name)
        raise


def record_of(path: Path, content: bytes) -> Dossier | None:
    """The record beside a package that says it was made from it; None when there is none."""
    for dossier in (dossier_of(path), *others_beside(path)):
        try:
            entries = read_ledger(read_lines(dossier)).entries
        except FileError:
            continue
        if archived_as(entries, content):
            return dossier
    return None


def archived_as(entries: Sequence[Entry], content: bytes) -> Entry | None:
    """The event that made the package with that list of its lists."""
    own = digest(content)
    events = (entry for entry in entries if entry.event == "archived")
    return next((entry for entry in events if own in {i.file.sha256 for i in entry.named("package")}), None)
