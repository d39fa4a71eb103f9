"""Revocation lists and answers in, the evidence that a certificate was not revoked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from asn1crypto import cms, crl, ocsp, pem, x509
from pyhanko_certvalidator import ValidationContext

from reportgen.files.reading import read_file
from reportgen.records.signatures.judged import LARGEST, Trust
from reportgen.records.signatures.signers import refused

MOST: Final = 200
"""Pieces of one sort that are looked at."""
OCSP: Final = "ocsp_response"
"""id-ri-ocsp-response (RFC 5940): an OCSP response among the revocation data of a CMS signature."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Certificates, certificate revocation lists and OCSP responses, each DER."""

    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    def with_more(self, other: Evidence) -> Evidence:
        """This evidence and another's, each piece once."""
        return Evidence(
            tuple(dict.fromkeys(self.certificates + other.certificates)),
            tuple(dict.fromkeys(self.crls + other.crls)),
            tuple(dict.fromkeys(self.ocsps + other.ocsps)),
        )


def load_evidence(crls: Sequence[Path], ocsps: Sequence[Path]) -> Evidence:
    """The evidence of files, PEM or DER; raises FileError and SignatureError."""
    lists = tuple(checked(crl.CertificateList, path) for path in crls)
    answers = tuple(checked(ocsp.OCSPResponse, path) for path in ocsps)
    return Evidence((), lists, answers)


def checked(form: Any, path: Path) -> bytes:
    """The DER of a file that must be of a form."""
    content = read_file(path, LARGEST * 16)
    try:
        if pem.detect(content):
            _, _, content = pem.unarmor(content)
        loaded: bytes = form.load(content, strict=True).dump()
        _ = form.load(content).native
    except (ValueError, TypeError, KeyError):
        raise refused("evidence-unreadable", path.name) from None
    return loaded


def evidence_within(signed: cms.SignedData) -> Evidence:
    """The evidence that a CMS signature carries itself."""
    certificates = tuple(
        choice.chosen.dump()
        for choice in islice(signed["certificates"], MOST)
        if choice.name == "certificate"
    )
    crls: list[bytes] = []
    ocsps: list[bytes] = []
    for choice in islice(signed["crls"], MOST):
        if choice.name == "crl":
            crls.append(choice.chosen.dump())
        elif choice.name == "other" and choice.chosen["other_rev_info_format"].native == OCSP:
            ocsps.append(choice.chosen["other_rev_info"].dump())
    return Evidence(certificates, tuple(crls), tuple(ocsps))


def context(trust: Trust, evidence: Evidence, moment: datetime) -> ValidationContext:
    """What certificates are validated with at a moment: nothing is fetched, revocation has to be known.

    A list that came out after that moment counts too: what was not revoked then was not revoked before.
    """
    return ValidationContext(
        trust_roots=loaded(trust.roots),
        other_certs=loaded(evidence.certificates),
        crls=list(evidence.crls),
        ocsps=list(evidence.ocsps),
        moment=moment,
        best_signature_time=moment,
        allow_fetching=False,
        revocation_mode="require",
        retroactive_revinfo=True,
    )


def loaded(certificates: Iterable[bytes]) -> list[x509.Certificate]:
    """Certificates as the library takes them."""
    return [x509.Certificate.load(content) for content in certificates]
