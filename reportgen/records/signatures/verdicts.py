"""The status of a signature as the library gives it in, findings out: none when it was shown to hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from asn1crypto import cms, x509
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.validation.generic_cms import collect_timing_info, extract_tst_data_iter
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator import ValidationContext

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.records.signatures.adapter import finished
from reportgen.records.signatures.evidence import Evidence, context
from reportgen.records.signatures.judged import Trust, spoken

USAGE: Final = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
CLOCKS: Final = timedelta(minutes=10)
"""By how much a signer's clock may be ahead of a time stamp."""
REASONS: Final = {
    AdESIndeterminate.REVOKED_NO_POE: "signature-revoked",
    AdESIndeterminate.REVOKED_CA_NO_POE: "signature-revoked",
    AdESFailure.REVOKED: "signature-revoked",
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: "signature-untrusted",
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: "signature-revocation-unknown",
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: "signature-unsuitable",
    AdESIndeterminate.SIG_CONSTRAINTS_FAILURE: "signature-unsuitable",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: "signature-weak",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "signature-weak",
    AdESIndeterminate.TRY_LATER: "signature-revocation-unknown",
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: "signature-revocation-unknown",
}
"""Why a certificate is not accepted, by what the standard calls it (EN 319 102-1, table 6)."""
EXPIRED: Final = (
    AdESIndeterminate.EXPIRED,
    AdESIndeterminate.NOT_YET_VALID,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
    AdESFailure.NOT_YET_VALID,
)


@dataclass(frozen=True, slots=True)
class Times:
    """When somebody says to have signed, what a trusted time stamp shows, and when it is judged."""

    claimed: datetime | None
    proven: datetime | None
    at: datetime


def about(code: str, name: str, **arguments: Any) -> Diagnostic:
    """A finding about one signature."""
    return find(code, Location(name), name=name, **arguments)


def objections(status: SignatureStatus, name: str, times: Times) -> Iterator[Diagnostic]:
    """Why a signature does not hold, or why that cannot be told; nothing when it holds."""
    if not (status.intact and status.valid):
        yield about("signature-altered", name)
        return
    if not status.trusted:
        until = spoken(status.signing_cert.not_valid_after)
        facts = {
            "until": until,
            "claimed": spoken(times.claimed) or "?",
            "at": spoken(times.proven or times.at),
        }
        yield about(reason_of(status, times), name, signer=name_of(status.signing_cert), **facts)
    if times.claimed and times.claimed > (times.proven or times.at) + CLOCKS:
        later = spoken(times.proven or times.at)
        yield about("signature-clock", name, claimed=spoken(times.claimed), other=later)


def reason_of(status: SignatureStatus, times: Times) -> str:
    """The code of why a certificate is not accepted."""
    if status.trust_problem_indic not in EXPIRED:
        return REASONS.get(status.trust_problem_indic, "signature-untold")  # type: ignore[arg-type]
    said = times.proven or times.claimed
    if said is None or not is_current(status.signing_cert, said):
        return "signature-expired"
    return "signature-untold" if times.proven else "signature-time-unproven"


def is_current(certificate: x509.Certificate, moment: datetime) -> bool:
    """Whether a certificate is valid at a moment."""
    return bool(certificate.not_valid_before <= moment <= certificate.not_valid_after)


def name_of(certificate: x509.Certificate) -> str:
    """Whom a certificate names, in a line."""
    names = certificate.subject.native
    said = names.get("common_name") or names.get("organization_name") or certificate.subject.human_friendly
    return "".join(char if char.isprintable() else "?" for char in str(said))[:200]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a time stamp shows: when, by whom, whether it can be relied on, and what is wrong with it."""

    at: datetime
    signer: str
    diagnostics: tuple[Diagnostic, ...]

    @property
    def proves(self) -> bool:
        """Whether its time can be relied on."""
        return not self.diagnostics


def judge_stamp(status: Any, name: str, control: datetime) -> Stamp:
    """A time stamp whose own certificates were validated at its time; it has to be current at `control`.

    `control` is when it is judged, or when the next time stamp over it was made.
    """
    code = ""
    if not (status.intact and status.valid):
        code = "signature-stamp-wrong"
    elif not status.trusted:
        code = REASONS.get(status.trust_problem_indic, "signature-stamp-untrusted")
        code = "signature-stamp-wrong" if code == "signature-revoked" else "signature-stamp-untrusted"
    elif not is_current(status.signing_cert, control):
        code = "signature-stamp-untrusted"
    signer = name_of(status.signing_cert)
    found = (about(code, name, signer=signer, at=spoken(status.timestamp)),) if code else ()
    return Stamp(status.timestamp, signer, found)


def stamp_of(info: cms.SignerInfo, judge: Judge, name: str, control: datetime) -> Stamp | None:
    """The time stamp on a signature; None when there is none."""
    token = next(extract_tst_data_iter(info, signed=False), None)
    if token is None:
        return None
    stamps = judge.context(stamped_at(token))
    found = finished(collect_timing_info(info, stamps, raw_digest=lambda _: b""))
    return judge_stamp(found["timestamp_validity"], name, control)


def stamped_at(token: cms.SignedData) -> datetime:
    """When a time stamp says to have been made."""
    moment: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
    return moment


@dataclass(frozen=True, slots=True)
class Judge:
    """What every signature of a file is judged with."""

    trust: Trust
    evidence: Evidence

    def context(self, moment: datetime) -> ValidationContext:
        """What certificates are validated with at a moment."""
        given = Evidence((), self.trust.crls, self.trust.ocsps)
        return context(self.trust, self.evidence.with_more(given), moment)
