"""Bytes, an SM2 signature and what is trusted in, one of three answers out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from asn1crypto import cms, crl, x509
from pyhanko.sign.general import find_unique_cms_attribute

from reportgen.diagnostics import Diagnostic
from reportgen.records.signatures.judged import Judged, Trust, spoken
from reportgen.records.signatures.sm2 import (
    DATA,
    DIGEST,
    SIGNATURE,
    SIGNED,
    WITH_DIGEST,
    Envelope,
    is_signed,
    sm3,
)
from reportgen.records.signatures.verdicts import CLOCKS, about, is_current, name_of

LONGEST: Final = 5
"""Certificates from a signer to its root."""


def is_sm2(signature: bytes) -> bool:
    """Whether it says to be a signature of this kind; raises ValueError when it is nothing of the sort."""
    info = cms.ContentInfo.load(signature, strict=True)
    return bool(info["content_type"].dotted == SIGNED)


@dataclass(frozen=True, slots=True)
class Reading:
    """A signature as it was read: what it is of, its parts, whose it says to be and when it was made."""

    content: bytes
    signed: cms.SignedData
    info: cms.SignerInfo
    own: x509.Certificate
    claimed: datetime
    name: str

    @property
    def beside(self) -> list[x509.Certificate]:
        """The certificates that go along."""
        return [choice.chosen for choice in self.signed["certificates"]]


def judge_sm2(content: bytes, signature: bytes, trust: Trust, name: str) -> Judged:
    """The verdict on an SM2 signature; raises whatever a broken one makes a library raise."""
    reading = read(content, signature, name)
    found = tuple(objections(reading, trust))
    return Judged(name, "signature", name_of(reading.own), spoken(reading.claimed), "", "SM2", found)


def read(content: bytes, signature: bytes, name: str) -> Reading:
    """The parts of a signature."""
    signed = Envelope.load(signature, strict=True)["content"]
    (info,) = signed["signer_infos"]
    own = signer_of(info, [choice.chosen for choice in signed["certificates"]])
    claimed = find_unique_cms_attribute(info["signed_attrs"], "signing_time").native
    return Reading(content, signed, info, own, claimed, name)


def signer_of(info: cms.SignerInfo, beside: Sequence[x509.Certificate]) -> x509.Certificate:
    """The certificate that a signature names, letter by letter; raises StopIteration."""
    said = info["sid"].chosen
    names = (said["issuer"].dump(), said["serial_number"].native)
    return next(item for item in beside if (item.issuer.dump(), item.serial_number) == names)


def objections(reading: Reading, trust: Trust) -> Iterator[Diagnostic]:
    """Why a signature does not hold, or why that cannot be told."""
    name, signer = reading.name, name_of(reading.own)
    if not is_intact(reading):
        yield about("signature-altered", name)
        return
    path = path_of(reading.own, reading.beside, trust.roots)
    if not path:
        yield about("signature-untrusted", name, signer=signer)
    elif not is_current(reading.own, reading.claimed):
        yield about("signature-expired", name, signer=signer)
    elif not all(is_current(item, trust.at) for item in path):
        until = spoken(min(item.not_valid_after for item in path))
        yield about("signature-time-unproven", name, claimed=spoken(reading.claimed), until=until)
    else:
        yield from revocation(reading, path, trust)
    if reading.claimed > trust.at + CLOCKS:
        yield about("signature-clock", name, claimed=spoken(reading.claimed), other=spoken(trust.at))
    yield from (about("signature-loose", name, part=part) for part in loose(reading, path))


def is_intact(reading: Reading) -> bool:
    """Whether the signature is that of the content by the key of the certificate."""
    attributes = reading.info["signed_attrs"]
    digest = find_unique_cms_attribute(attributes, "message_digest").native
    kind = find_unique_cms_attribute(attributes, "content_type").dotted
    if digest != sm3(reading.content) or kind != DATA:
        return False
    signature = reading.info["signature"].native
    return is_signed(reading.own.dump(), attributes.untag().dump(), signature)


def path_of(
    own: x509.Certificate, beside: Sequence[x509.Certificate], roots: Sequence[bytes]
) -> list[x509.Certificate]:
    """The certificates from a signer to a trusted root; empty when none leads there."""
    trusted = [x509.Certificate.load(content) for content in roots]
    path = [own]
    while len(path) < LONGEST:
        issuers = [item for item in (*trusted, *beside) if is_issuer(item, path[-1])]
        if not issuers:
            return []
        path.append(issuers[0])
        if issuers[0].dump() in roots:
            return path
    return []


def is_issuer(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Whether an authority signed a certificate."""
    if issuer.subject.dump() != certificate.issuer.dump() or not issuer.ca:
        return False
    return has_signed(issuer, certificate, "tbs_certificate", "signature_value")


def has_signed(issuer: x509.Certificate, thing: Any, body: str, signature: str) -> bool:
    """Whether an authority signed a certificate or a list."""
    algorithm = thing["signature_algorithm"]["algorithm"].dotted
    if algorithm != WITH_DIGEST:
        return False
    return is_signed(issuer.dump(), thing[body].dump(), thing[signature].native)


def revocation(reading: Reading, path: Sequence[x509.Certificate], trust: Trust) -> Iterator[Diagnostic]:
    """Whether a certificate of the path was revoked, as the lists that go along or are given tell."""
    lists = [choice.chosen for choice in reading.signed["crls"] if choice.name == "crl"]
    lists += [crl.CertificateList.load(content) for content in trust.crls]
    for certificate, issuer in pairwise(path):
        current = [item for item in lists if is_list_of(item, issuer, trust.at)]
        signer = name_of(certificate)
        if not current:
            yield about("signature-revocation-unknown", reading.name, signer=signer, at=spoken(trust.at))
        elif any(certificate.serial_number in serials_of(item) for item in current):
            yield about("signature-revoked", reading.name, signer=signer)


def is_list_of(item: crl.CertificateList, issuer: x509.Certificate, at: datetime) -> bool:
    """Whether a list is one of that authority and still counts."""
    body = item["tbs_cert_list"]
    until = body["next_update"].native
    return (
        body["issuer"].dump() == issuer.subject.dump()
        and until is not None
        and at <= until
        and has_signed(issuer, item, "tbs_cert_list", "signature")
    )


def serials_of(item: crl.CertificateList) -> set[int]:
    """The numbers of the certificates that a list revokes."""
    return {entry["user_certificate"].native for entry in item["tbs_cert_list"]["revoked_certificates"]}


def loose(reading: Reading, path: Sequence[x509.Certificate]) -> Iterator[str]:
    """What nothing signs and is not as it has to be."""
    signed, info = reading.signed, reading.info
    if (signed["version"].native, info["version"].native) != ("v1", "v1"):
        yield "version"
    kinds = [item["algorithm"].dotted for item in signed["digest_algorithms"]]
    algorithms = (*kinds, info["digest_algorithm"]["algorithm"].dotted)
    if algorithms != (DIGEST, DIGEST) or info["signature_algorithm"]["algorithm"].dotted != SIGNATURE:
        yield "algorithm"
    if len(info["unsigned_attrs"]) or signed["encap_content_info"]["content_type"].dotted != DATA:
        yield "unsignedAttrs"
    known = {item.dump() for item in (reading.own, *path)}
    if path and any(item.dump() not in known for item in reading.beside):
        yield "certificates"
