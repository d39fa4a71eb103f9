"""A built folder, a PDF or a report with a record in; the PDF signed there, or nothing changed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location, Severity
from reportgen.errors import FileError, LedgerError, SignatureError, VerificationError
from reportgen.files.disk import Disk
from reportgen.files.failures import explained
from reportgen.files.folders import Places, is_folder, recover, replace_folder
from reportgen.files.locks import locked
from reportgen.files.reading import digest, read_file
from reportgen.files.writing import write_file
from reportgen.records.archive.marks import is_package
from reportgen.records.deposit import Deposit, contents_of, enter, freeze
from reportgen.records.dossier import dossier_of, held
from reportgen.records.history import History, Standing
from reportgen.records.ledger import Entry, Frozen
from reportgen.records.manifest import APART, LIMIT, NAME, ours, signed_manifest
from reportgen.records.release import at_once
from reportgen.records.signatures.judged import LEVELS, Judged, Trust, spoken
from reportgen.records.signatures.places import SealPlace
from reportgen.records.signatures.untold import UNTOLD

if TYPE_CHECKING:
    from reportgen.records.signatures.evidence import Evidence
    from reportgen.records.signatures.pdf import Field
    from reportgen.records.signatures.seal_picture import SealPicture
    from reportgen.records.signatures.signers import Signer

LARGEST: Final = 256 * 1024 * 1024
PLAIN: Final = "签名"
"""What a field is called in which there is nothing to see."""
SIGNED: Final = ".签章"


@dataclass(frozen=True, slots=True)
class Order:
    """How something is signed: by whom, when, at which level, with which seal, for which office.

    `clock` is asked once, when what is signed is held.

    `prove` has veraPDF judge the signed file before it counts. `stamper` gives time stamps, `evidence` shows
    that nothing is revoked, `roots` are trusted when the signature is looked at. `again` adds a signature
    where every place is signed. `by` goes into the ledger; `record` is the report in whose record a package
    was made, when that is known.
    """

    signer: Signer
    clock: Callable[[], datetime]
    level: str = "B-B"
    seal: SealPicture | None = None
    office: str = ""
    again: bool = False
    stamper: Any = None
    evidence: Evidence | None = None
    roots: tuple[bytes, ...] = ()
    by: str = ""
    record: Path | None = None
    prove: bool = False
    disk: Disk = field(default_factory=Disk)
    on_wait: Callable[[], None] = at_once

    @property
    def at(self) -> datetime:
        """The moment of signing."""
        return self.clock()

    def begun(self) -> Order:
        """The same with its clock stopped."""
        at = self.clock()
        return replace(self, clock=lambda: at)


@dataclass(frozen=True, slots=True)
class Signed:
    """Where the signed PDF is, under which name, and the verdict on the new signature."""

    path: Path
    name: str
    judged: Judged
    revision: int = 0


def sign(path: Path, order: Order, target: Path | None = None) -> Signed:
    """Sign what stands at a path; `target` is for a single PDF, which stays as it is.

    Raises SignatureError when it cannot be signed, LedgerError when the record does not hold, FileError
    when something cannot be read or written or somebody else is writing. Then nothing has changed.
    """
    if is_package(path):
        return sign_archive(path, order)
    if is_folder(path):
        return sign_folder(path, order)
    if path.suffix.lower() == ".pdf":
        return sign_file(path, target or path.with_name(f"{path.stem}{SIGNED}{path.suffix}"), order)
    if path.suffix.lower() in (".yaml", ".yml"):
        return sign_record(path, order)
    raise nothing(path)


def nothing(path: Path) -> SignatureError:
    """The error about what cannot be signed."""
    return SignatureError(find("nothing-to-sign", Location(str(path)), name=path))


def sign_archive(path: Path, order: Order) -> Signed:
    """Sign the list of the lists of an archive package, in a file of its own inside it."""
    from reportgen.records.signatures.detached import sign_detached
    from reportgen.records.signatures.fitness import check_fit
    from reportgen.signing_apart import Apart, sign_apart

    check_fit(order.signer.certificates[0], order.at, order.evidence)
    more = kept(order)
    apart = Apart(
        lambda content, at: sign_detached(content, order.signer, at=at, **more),
        order.clock,
        order.roots,
        order.by,
        order.record,
        order.disk,
    )
    return sign_apart(path, apart)


def kept(order: Order) -> dict[str, Any]:
    """What a detached signature carries at that level; raises SignatureError when a time stamp is lacking."""
    from reportgen.records.signatures.signers import refused

    if order.level != LEVELS[0] and order.stamper is None:
        raise refused("stamp-needed", order.level, level=order.level)
    return {"stamper": order.stamper if order.level != LEVELS[0] else None, "evidence": order.evidence}


def sign_file(path: Path, target: Path, order: Order) -> Signed:
    """Sign a PDF into a new file."""
    content, judged = signed_content(read_file(path, LARGEST), str(path), order.begun())
    write_file(target, content, disk=order.disk)
    return Signed(target, target.name, judged)


def sign_folder(folder: Path, order: Order) -> Signed:
    """Sign the PDF of a built folder: PDF and manifest change with the whole folder, in one step."""
    folder = Path(folder.absolute())
    places = Places(folder.parent, folder.name, folder.name)
    with explained(folder), locked(places.lock, order.on_wait):
        recover(order.disk, places, ours)
        name, manifest, before = pdf_of(folder)
        if os.path.lexists(folder / APART):
            raise SignatureError(find("manifest-signed", Location(str(folder / APART)), name=APART))
        content, judged = signed_content(before, str(folder / name), order.begun())
        files = {name: content, NAME: signed_manifest(manifest, name, before, content)}
        replace_folder(order.disk, places, lambda new: fill(new, folder, files, order.disk), ours)
    return Signed(folder / name, name, judged)


def fill(new: Path, old: Path, files: Mapping[str, bytes], disk: Disk) -> None:
    """Write what is new into a folder and carry over all the rest."""
    for name, content in sorted(files.items()):
        disk.write(new / name, content)
    for path in sorted(old.iterdir()):
        if path.name not in files:
            disk.carry(path, new / path.name)


def pdf_of(folder: Path) -> tuple[str, dict[str, Any], bytes]:
    """The name of the PDF of a folder, the manifest, and the PDF as it was made; raises SignatureError."""
    try:
        manifest: dict[str, Any] = json.loads(read_file(folder / NAME, LIMIT))
        (name,) = (name for name in manifest["outputs"] if name.lower().endswith(".pdf"))
        recorded = str(manifest["outputs"][name]["sha256"])
    except (FileError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise nothing(folder) from None
    if name not in ours(folder):
        raise SignatureError(find("sign-altered", Location(str(folder / name)), name=name))
    content = read_file(folder / name, LARGEST)
    if digest(content) != recorded:
        raise SignatureError(find("sign-altered", Location(str(folder / name)), name=name))
    return name, manifest, content


def sign_record(path: Path, order: Order) -> Signed:
    """Sign the PDF of the last issued revision and enter that into the record."""
    from reportgen.issuing import check_clerk, sound_history
    from reportgen.records.restoring import thaw

    check_clerk(order.by)
    dossier = dossier_of(path)
    if not is_folder(dossier.folder):
        raise nothing(path)
    with held(dossier, order.by, order.disk):
        history, order = sound_history(dossier, order.disk), order.begun()
        revision, item = latest_pdf(history)
        content, judged = signed_content(thaw(dossier, item), item.file.name, order)
        frozen = freeze("output", item.file.name, content)
        enter(dossier, event_of(history, revision, frozen, order.at, order.by), order.disk)
    return Signed(dossier.files / frozen[0].stored, item.file.name, judged, revision.revision)


def event_of(
    history: History, revision: Entry, frozen: tuple[Frozen, bytes], at: datetime, by: str
) -> Deposit:
    """The event that something of a revision was signed, with what that gave."""
    entry = Entry(
        number=history.entries[-1].number + 1,
        previous=history.ledger.head,
        event="signed",
        revision=revision.revision,
        at=spoken(at),
        by=by,
        why="",
        report=revision.report,
        files=(frozen[0],),
    )
    return Deposit(entry, contents_of([frozen]), history.content)


def latest_pdf(history: History) -> tuple[Entry, Frozen]:
    """The last revision and its PDF, as it was signed last; raises LedgerError when there is none."""
    revision = history.revisions[-1]
    entries = [entry for entry in history.entries if entry.revision == revision.revision]
    pdfs = [
        item
        for entry in entries
        if entry.event in ("signed", revision.event)
        for item in entry.named("output")
        if item.file.name.lower().endswith(".pdf")
    ]
    if not pdfs:
        raise LedgerError(
            find("nothing-to-sign", Location(str(history.dossier.folder)), name=history.dossier.folder.name)
        )
    return revision, pdfs[-1]


def signed_content(pdf: bytes, name: str, order: Order) -> tuple[bytes, Judged]:
    """A PDF with one more signature, and the verdict on that; raises SignatureError when it does not hold."""
    from reportgen.records.signatures.evidence import Evidence
    from reportgen.records.signatures.pdf import fields_of, judge_pdf
    from reportgen.records.signatures.pdf_signing import Wish, sign_pdf

    place, new = choose(pdf, name, fields_of(pdf, name), order)
    picture = order.seal.picture if order.seal and place.is_seen else None
    wish = Wish(
        order.at,
        order.level,
        place.field,
        new,
        picture,
        order.stamper,
        order.evidence or Evidence(),
        order.roots,
    )
    content = sign_pdf(pdf, order.signer, wish)
    verdicts = judge_pdf(content, Trust(order.roots, order.at), name=name)
    judged = next((item for item in verdicts if item.name == place.field), verdicts[0])
    wrong = tuple(found for found in judged.diagnostics if found.code not in UNTOLD)
    if judged.standing is Standing.FAILS:
        raise SignatureError(*(moved(found, name) for found in wrong))
    left = tuple(open_yet(moved(found, name)) for found in judged.diagnostics)
    if order.prove:
        left += proved(content, name)
    return content, replace(judged, diagnostics=left)


def proved(content: bytes, name: str) -> tuple[Diagnostic, ...]:
    """A hint when veraPDF is not there; raises VerificationError when a signed file does not conform."""
    from reportgen.verify.conformance.verapdf import check_verapdf
    from reportgen.verify.subject import Subject
    from reportgen.verify.verification import Verdict

    checks = check_verapdf(Subject({"pdf": content}, {"pdf": name}, {}))
    if any(check.verdict in (Verdict.FAILS, Verdict.UNTOLD) for check in checks):
        raise VerificationError(*(found for check in checks for found in check.diagnostics))
    absent = any(check.verdict is Verdict.LEFT_OUT for check in checks)
    return (find("signed-unproved", Location(name), name=name),) if absent else ()


def open_yet(found: Diagnostic) -> Diagnostic:
    """What cannot be told of a signature just made: no error of whoever signed."""
    return replace(found, severity=Severity.HINT) if found.code in UNTOLD else found


def moved(found: Diagnostic, name: str) -> Diagnostic:
    """A finding about a field as one about its file."""
    return replace(found, location=Location(name))


def choose(
    pdf: bytes, name: str, fields: tuple[Field, ...], order: Order
) -> tuple[SealPlace, tuple[SealPlace, ...]]:
    """The place to be signed, and the places to be made first; raises SignatureError."""
    if not fields:
        places = found_places(pdf, name, order) if order.seal else (SealPlace(f"{PLAIN}1"),)
        return of_office(places, name, order), places
    waiting = tuple(item.place for item in fields if not item.is_signed)
    if waiting:
        return of_office(waiting, name, order), ()
    if not order.again:
        raise SignatureError(find("already-signed", Location(name), name=name))
    fresh = SealPlace(f"{PLAIN}{len(fields) + 1}")
    return fresh, (fresh,)


def of_office(places: tuple[SealPlace, ...], name: str, order: Order) -> SealPlace:
    """The place of the office named, else that of the certificate, else the first; raises SignatureError."""
    from reportgen.records.signatures.offices import own_places

    office = order.office
    if not office:
        return (*own_places(places, order.signer.certificates[0]), *places)[0]
    for place in places:
        if office in (place.office, place.words):
            return place
    known = "、".join(place.office or place.words for place in places)
    raise SignatureError(find("office-unknown", Location(name), name=name, office=office, known=known))


def found_places(pdf: bytes, name: str, order: Order) -> tuple[SealPlace, ...]:
    """Where the seals go; raises SignatureError when that is not found or there is no room."""
    from reportgen.model.kind import load_layout
    from reportgen.verify.layout.seal_place import NoPlaceError, place_seals

    assert order.seal
    try:
        return place_seals(pdf, order.seal.millimetres, load_layout(()))
    except NoPlaceError as error:
        raise SignatureError(find(error.code, Location(name), name=name, words=error.words)) from None
