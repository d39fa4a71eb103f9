"""A signer's certificate, a moment and evidence in; refused unless it may sign then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from asn1crypto import x509
from cryptography.x509 import load_der_x509_crl
from cryptography.x509.ocsp import OCSPCertStatus, OCSPResponseStatus, load_der_ocsp_response

from reportgen.records.signatures.evidence import Evidence
from reportgen.records.signatures.judged import spoken
from reportgen.records.signatures.signers import refused
from reportgen.records.signatures.verdicts import is_current, name_of

SIGNING: Final = {"digital_signature", "non_repudiation"}
"""Either of these purposes is enough (RFC 5280 4.2.1.3)."""


def check_fit(certificate: bytes, at: datetime, evidence: Evidence | None = None) -> None:
    """See that a certificate (DER) is valid, meant for signing, and not revoked as far as evidence tells.

    Raises SignatureError.
    """
    own = x509.Certificate.load(certificate)
    check_current(own, at)
    purposes = own.key_usage_value.native if own.key_usage_value else SIGNING
    if not SIGNING & set(purposes):
        raise refused("certificate-unsuitable", name_of(own))
    for moment in revocations(own, evidence or Evidence()):
        raise refused("certificate-revoked", name_of(own), at=spoken(moment))


def check_current(certificate: x509.Certificate, at: datetime) -> None:
    """See that a certificate is valid at a moment; raises SignatureError."""
    if not is_current(certificate, at):
        span = f"{spoken(certificate.not_valid_before)} – {spoken(certificate.not_valid_after)}"
        raise refused("certificate-expired", name_of(certificate), span=span, at=spoken(at))


def revocations(own: x509.Certificate, evidence: Evidence) -> Iterator[datetime]:
    """When a certificate was revoked, by its issuer's lists and by the answers about its number.

    Who signed them is not asked: nobody gives a list against himself.
    """
    for content in evidence.crls:
        listed = load_der_x509_crl(content)
        if listed.issuer.public_bytes() == own.issuer.dump():
            entry = listed.get_revoked_certificate_by_serial_number(own.serial_number)
            if entry:
                yield entry.revocation_date_utc
    for content in evidence.ocsps:
        answer = load_der_ocsp_response(content)
        for one in answer.responses if answer.response_status is OCSPResponseStatus.SUCCESSFUL else ():
            if one.serial_number == own.serial_number and one.certificate_status is OCSPCertStatus.REVOKED:
                assert one.revocation_time_utc
                yield one.revocation_time_utc
