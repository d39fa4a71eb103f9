"""A signature in, the parts of it out that nothing signs and that are not as they have to be.

A signature covers neither its own frame nor the certificates beside it. Each of these has one right form,
which follows from the rest or is signed by somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from asn1crypto import algos, cms, core, x509
from cryptography.x509 import load_der_x509_certificate

from reportgen.records.signatures.evidence import loaded

STAMP: Final = "signature_time_stamp_token"


def loose_parts(signed: cms.SignedData, roots: Sequence[bytes]) -> Iterator[str]:
    """The names of the parts that were changed without touching what is signed."""
    (info,) = signed["signer_infos"]
    if signed["version"].native != version_of(signed):
        yield "version"
    if [item.dump() for item in signed["digest_algorithms"]] != [info["digest_algorithm"].dump()]:
        yield "digestAlgorithms"
    if info["version"].native != ("v1" if info["sid"].name == "issuer_and_serial_number" else "v3"):
        yield "signerInfo"
    if not has_form(info["digest_algorithm"]) or not has_form(info["signature_algorithm"]):
        yield "algorithm"
    beside = certificates_of(signed)
    if sum(is_named(info["sid"], item) for item in beside) != 1:
        yield "signerIdentifier"
    others = [item for item in beside if not is_named(info["sid"], item) and item.dump() not in roots]
    if not all(is_signed(item, [*beside, *loaded(roots)]) for item in others):
        yield "certificates"
    for token in tokens_of(info):
        yield from (f"timeStamp/{part}" for part in loose_parts(token, roots))
    if any(item["type"].native != STAMP for item in info["unsigned_attrs"]):
        yield "unsignedAttrs"


def version_of(signed: cms.SignedData) -> str:
    """The version that a signature has to bear (RFC 5652, 5.1)."""
    if any(choice.name == "other" for choice in signed["crls"]):
        return "v5"
    plain = signed["encap_content_info"]["content_type"].native == "data"
    return "v1" if plain and signed["signer_infos"][0]["version"].native == "v1" else "v3"


def has_form(algorithm: Any) -> bool:
    """Whether the parameters of an algorithm are those it has to have: none, or NULL, or a structure."""
    parameters = algorithm["parameters"]
    return not isinstance(parameters, core.Any) and (
        parameters is core.VOID or isinstance(parameters, core.Void | core.Null | algos.RSASSAPSSParams)
    )


def is_named(identifier: cms.SignerIdentifier, certificate: x509.Certificate) -> bool:
    """Whether it is the signer's own certificate, by every letter; it is judged by itself."""
    said = identifier.chosen
    if identifier.name != "issuer_and_serial_number":
        return bool(certificate.key_identifier == said.native)
    names = (certificate.issuer.dump(), certificate.serial_number)
    return names == (said["issuer"].dump(), said["serial_number"].native)


def certificates_of(signed: cms.SignedData) -> list[x509.Certificate]:
    """The certificates beside a signature."""
    return [choice.chosen for choice in signed["certificates"] if choice.name == "certificate"]


def is_signed(certificate: x509.Certificate, issuers: Sequence[x509.Certificate]) -> bool:
    """Whether a certificate is signed by one of the others, or by itself."""
    return any(issued(certificate, item) for item in issuers if item.subject == certificate.issuer)


def issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether an issuer's key signed a certificate."""
    try:
        load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(
            load_der_x509_certificate(issuer.dump())
        )
    except Exception:  # noqa: BLE001 (a broken certificate, an unknown algorithm: not shown to be signed)
        return False
    return True


def tokens_of(info: cms.SignerInfo) -> Iterator[cms.SignedData]:
    """The time stamps on a signature."""
    for attribute in info["unsigned_attrs"]:
        if attribute["type"].native == STAMP:
            yield from (token["content"] for token in attribute["values"])
