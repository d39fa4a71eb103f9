"""Certificates in, what their authorities say of them out: asked only when the user wants it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Final

from asn1crypto import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from cryptography.x509.ocsp import OCSPRequestBuilder

from reportgen.errors import SignatureError
from reportgen.records.signatures.adapter import DIGEST, finished
from reportgen.records.signatures.evidence import Evidence
from reportgen.records.signatures.silence import silenced
from reportgen.records.signatures.stamping import SCHEMES, ask

MOST_ADDRESSES: Final = 10
CODE: Final = "evidence-unreachable"


def fetch_evidence(certificates: Sequence[bytes], stamper: Any) -> Evidence:
    """The lists and answers about a signer's certificates and those of a time stamping service.

    Raises SignatureError when an address in a certificate cannot be reached and no other one answers.
    """
    known = [x509.Certificate.load(content) for content in certificates]
    if stamper is not None:
        with silenced():
            finished(stamper.async_dummy_response(DIGEST))
        known += [item for item in stamper.cert_registry if item not in known]
    evidence = Evidence(tuple(item.dump() for item in known))
    for certificate in known:
        if certificate.self_signed == "no":
            evidence = evidence.with_more(about(certificate, known))
    return evidence


def about(certificate: x509.Certificate, known: Sequence[x509.Certificate]) -> Evidence:
    """What is said of one certificate: the first list or answer that can be had."""
    failure: SignatureError | None = None
    for url in addresses(certificate.crl_distribution_points):
        try:
            return Evidence((), (ask(url, None, "application/pkix-crl", CODE),))
        except SignatureError as error:
            failure = error
    issuer = next((item for item in known if item.subject == certificate.issuer), None)
    for url in certificate.ocsp_urls[:MOST_ADDRESSES] if issuer else ():
        try:
            answer = ask(url, question(certificate, issuer), "application/ocsp-request", CODE)
            return Evidence((), (), (answer,))
        except SignatureError as error:
            failure = error
    if failure:
        raise failure
    return Evidence()


def addresses(points: Sequence[Any]) -> Iterator[str]:
    """The addresses of the web among distribution points."""
    for point in points[:MOST_ADDRESSES]:
        with suppress(ValueError, TypeError):
            if point.url and point.url.lower().startswith(SCHEMES):
                yield point.url


def question(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
    """The question about a certificate (RFC 6960)."""
    one, other = (load_der_x509_certificate(item.dump()) for item in (certificate, issuer))
    return OCSPRequestBuilder().add_certificate(one, other, SHA1()).build().public_bytes(Encoding.DER)  # noqa: S303
