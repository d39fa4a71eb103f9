"""A PDF and what is trusted in, the verdict on each of its signatures and time stamps out, oldest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from asn1crypto import parser
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.status import SignatureCoverageLevel

from reportgen.diagnostics import Diagnostic
from reportgen.records.signatures.adapter import finished
from reportgen.records.signatures.canonical import loose_parts
from reportgen.records.signatures.evidence import MOST, Evidence, evidence_within
from reportgen.records.signatures.judged import LEVELS, Judged, Trust, spoken
from reportgen.records.signatures.offices import SEAL, other_office
from reportgen.records.signatures.places import SealPlace
from reportgen.records.signatures.quick_reader import QuickReader
from reportgen.records.signatures.signers import refused
from reportgen.records.signatures.silence import silenced
from reportgen.records.signatures.untold import UNTOLD
from reportgen.records.signatures.verdicts import (
    USAGE,
    Judge,
    Stamp,
    Times,
    about,
    judge_stamp,
    name_of,
    objections,
    stamp_of,
    stamped_at,
)

MOST_FIELDS: Final = 100
PROMISE: Final = re.compile("PAdES (B-(?:B|T|LT|LTA))")
STAMP: Final = "/DocTimeStamp"
HEX: Final = re.compile(rb"<(?:[0-9a-f]*|[0-9A-F]*)>")


@dataclass(frozen=True, slots=True)
class Place:
    """A signature in a file, what judges it, and the verdicts on the time stamps that were made over it.

    `offices` gives the office of every field that is a place for its seal.
    """

    pdf: bytes
    embedded: EmbeddedPdfSignature
    judge: Judge
    later: tuple[Stamp, ...]
    is_last: bool
    offices: Mapping[str, str]

    @property
    def name(self) -> str:
        """The name of its field."""
        return plain(self.embedded.field_name)

    @property
    def control(self) -> datetime:
        """When the first reliable time stamp over it was made; else when it is judged."""
        return min((stamp.at for stamp in self.later if stamp.proves), default=self.judge.trust.at)


@dataclass(frozen=True, slots=True)
class Field:
    """A signature field of a file, and whether it is signed."""

    place: SealPlace
    is_signed: bool


def fields_of(pdf: bytes, name: str) -> tuple[Field, ...]:
    """The signature fields of a PDF, without those of time stamps; raises SignatureError when unreadable."""
    try:
        with silenced():
            found = islice(enumerate_sig_fields(QuickReader(pdf)), MOST_FIELDS)
            return tuple(field_of(*item) for item in found if not is_stamp(item[1]))
    except Exception as error:
        raise refused("signing-failed", name, reason=type(error).__name__) from error


def is_stamp(value: Any) -> bool:
    """Whether what a field holds is a time stamp."""
    return value is not None and value.get_object().get("/Type") == STAMP


def field_of(name: str, value: Any, field: Any) -> Field:
    """A field that is there already: its words are its name for people."""
    inner = field.get_object()
    words = plain(str(inner["/TU"])) if "/TU" in inner else ""
    left, low, right, high = (float(number) for number in inner["/Rect"])
    place = SealPlace(name, 0, (left, low, right, high), words, words.removesuffix(SEAL))
    return Field(place, value is not None)


def judge_pdf(pdf: bytes, trust: Trust, *, name: str = "PDF") -> tuple[Judged, ...]:
    """The verdicts on all signatures of a PDF, none when it has none. Never raises for what is in it."""
    if b"/ByteRange" not in pdf:
        return ()
    try:
        with silenced():
            return tuple(judge_all(pdf, trust))
    except Exception:  # noqa: BLE001 (whatever a library makes of a stranger's bytes)
        return (Judged(name, "signature", diagnostics=(about("signature-unreadable", name),)),)


def judge_all(pdf: bytes, trust: Trust) -> Iterator[Judged]:
    """The verdicts on the signatures of a PDF that can be read; raises when it cannot."""
    reader = QuickReader(pdf)
    fields = list(islice(enumerate_sig_fields(reader), MOST_FIELDS))
    signed = [EmbeddedPdfSignature(reader, field, name) for name, value, field in fields if value is not None]
    if not signed:
        raise ValueError("a byte range and no signature")
    signed.sort(key=lambda item: item.signed_revision)
    verdicts: list[Judged] = []
    later: tuple[Stamp, ...] = ()
    kept, offices = stored_evidence(reader), offices_of(fields)
    for number, item in enumerate(reversed(signed)):
        judge = Judge(trust, kept.with_more(evidence_within(item.signed_data)))
        place = Place(pdf, item, judge, later, number == 0, offices)
        verdict, stamp = judge_one(place)
        verdicts.append(verdict)
        later = (stamp, *later) if stamp else later
    yield from reversed(verdicts)
    for name, value, _ in fields:
        if value is None:
            yield Judged(plain(name), "field", diagnostics=(about("signature-field-empty", plain(name)),))


def offices_of(fields: Sequence[tuple[str, Any, Any]]) -> dict[str, str]:
    """The office of every field that is a place for a seal."""
    words = {plain(name): str(field.get_object().get("/TU", "")) for name, _, field in fields}
    return {name: plain(said).removesuffix(SEAL) for name, said in words.items() if said.endswith(SEAL)}


def plain(name: str) -> str:
    """A name that can be shown."""
    return "".join(char if char.isprintable() else "?" for char in name)[:200]


def stored_evidence(reader: PdfFileReader) -> Evidence:
    """The evidence that the file keeps for all its signatures."""
    if "/DSS" not in reader.root:
        return Evidence()
    store = DocumentSecurityStore.read_dss(reader)
    return Evidence(
        tuple(item.dump() for item in islice(store.load_certs(), MOST)),
        tuple(item.get_object().data for item in islice(store.crls, MOST)),
        tuple(item.get_object().data for item in islice(store.ocsps, MOST)),
    )


def judge_one(place: Place) -> tuple[Judged, Stamp | None]:
    """The verdict on one signature; on a time stamp also what it shows."""
    if place.embedded.sig_object_type == STAMP:
        return judge_document_stamp(place)
    return judge_signature(place), None


def judge_signature(place: Place) -> Judged:
    """The verdict on a signature."""
    embedded, trust = place.embedded, place.judge.trust
    stamp = stamp_of(embedded.signer_info, place.judge, place.name, place.control)
    proofs = [item.at for item in (*place.later, stamp) if item and item.proves]
    proven = min(proofs, default=None)
    validation = place.judge.context(proven or trust.at)
    status = finished(
        async_validate_pdf_signature(embedded, validation, validation, key_usage_settings=USAGE)
    )
    times = Times(embedded.self_reported_timestamp, proven, trust.at)
    found: list[Diagnostic] = [
        *objections(status, place.name, times),
        *(stamp.diagnostics if stamp else ()),
        *changes(place, status),
        *loose(place),
    ]
    if all(item.code in UNTOLD for item in found):
        found += other_office(place.name, status.signing_cert, place.offices)
    level = level_of(place, stamp)
    promised = promised_level(embedded)
    if LEVELS.index(promised) > LEVELS.index(level):
        found.append(about("signature-stripped", place.name, promised=promised, level=level))
    if not (found or status.bottom_line):
        found.append(about("signature-untold", place.name))
    signer = name_of(status.signing_cert)
    return Judged(place.name, "signature", signer, spoken(times.claimed), spoken(proven), level, tuple(found))


def judge_document_stamp(place: Place) -> tuple[Judged, Stamp]:
    """The verdict on a time stamp over the whole file, and what it shows."""
    embedded = place.embedded
    validation = place.judge.context(stamped_at(embedded.signed_data))
    status = finished(async_validate_pdf_timestamp(embedded, validation))
    stamp = judge_stamp(status, place.name, place.control)
    found = (*stamp.diagnostics, *changes(place, status), *loose(place))
    verdict = Judged(place.name, "timestamp", stamp.signer, "", spoken(stamp.at), "", found)
    return verdict, Stamp(stamp.at, stamp.signer, found)


def changes(place: Place, status: Any) -> Iterator[Diagnostic]:
    """What was done to the file after a signature, if it is more than signing on."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return
    level = status.modification_level
    if status.coverage != SignatureCoverageLevel.ENTIRE_REVISION or level is None:
        yield about("signature-not-whole", place.name)
    elif status.docmdp_ok is False or level > ModificationLevel.FORM_FILLING:
        yield about("signature-changed-after", place.name)
    elif place.is_last:
        code = "signature-appended" if level == ModificationLevel.LTA_UPDATES else "signature-not-whole"
        yield about(code, place.name)


def loose(place: Place) -> Iterator[Diagnostic]:
    """What of a signature nothing signs and is not as it has to be."""
    _, end, start, _ = place.embedded.byte_range
    gap, content = place.pdf[end:start], place.embedded.pkcs7_content
    if not HEX.fullmatch(gap) or bytes.fromhex(gap[1:-1].decode()) != content or any(padding_of(content)):
        yield about("signature-loose", place.name, part="/Contents")
    roots = place.judge.trust.roots
    for part in loose_parts(place.embedded.signed_data, roots):
        yield about("signature-loose", place.name, part=part)


def padding_of(content: bytes) -> bytes:
    """What comes behind the signature in the room kept for it."""
    _, _, _, header, inner, trailer = parser.parse(content)
    return content[len(header) + len(inner) + len(trailer) :]


def level_of(place: Place, stamp: Stamp | None) -> str:
    """Which level a signature has now."""
    if place.later and stamp and has_evidence(place):
        return "B-LTA"
    if stamp is None:
        return "B-B"
    return "B-LT" if has_evidence(place) else "B-T"


def has_evidence(place: Place) -> bool:
    """Whether the file shows that certificates were not revoked."""
    return bool(place.judge.evidence.crls or place.judge.evidence.ocsps)


def promised_level(embedded: EmbeddedPdfSignature) -> str:
    """The level that the program wrote under the signature when it signed."""
    try:
        said = PROMISE.fullmatch(str(embedded.sig_object["/Prop_Build"]["/App"]["/REx"]))
    except (KeyError, TypeError, AttributeError):
        said = None
    return said[1] if said else LEVELS[0]
