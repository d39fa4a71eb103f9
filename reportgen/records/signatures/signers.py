"""A key file in, what can sign with it out: PKCS#12, or a key and its certificate in PEM or DER."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
    pkcs12,
)

from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import SignatureError

PEM: Final = re.compile(
    rb"-----BEGIN CERTIFICATE-----[^-]{1,100000}-----END CERTIFICATE-----", re.ASCII | re.DOTALL
)
MOST_CERTIFICATES: Final = 1000
LEAST_RSA: Final = 2048
"""Bits: a shorter key proves nothing any more."""

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
Certificates = Sequence[x509.Certificate]


class Signer(Protocol):
    """What can sign: a key in memory, on a token, in a service; certificates are DER, the signer's own first.

    `algorithm` names what `sign` makes: `rsassa_pkcs1v15` or `ecdsa`, both with SHA-256.
    """

    @property
    def algorithm(self) -> str:
        """The algorithm of the key."""

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """The certificate of the key, then those that lead to its root."""

    def sign(self, content: bytes) -> bytes:
        """The signature of bytes; raises SignatureError."""


@dataclass(frozen=True, slots=True)
class KeySigner:
    """A key held in memory. RSA and ECDSA (RFC 6979) give equal signatures for equal bytes."""

    key: PrivateKey
    certificates: tuple[bytes, ...]

    @property
    def algorithm(self) -> str:
        """The algorithm of the key."""
        return "rsassa_pkcs1v15" if isinstance(self.key, rsa.RSAPrivateKey) else "ecdsa"

    def sign(self, content: bytes) -> bytes:
        """The signature of bytes."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(content, padding.PKCS1v15(), SHA256())
        return self.key.sign(content, ec.ECDSA(SHA256(), deterministic_signing=True))


def refused(code: str, name: str, **arguments: Any) -> SignatureError:
    """The error of a finding about a key, a certificate or a token; never says a password."""
    return SignatureError(find(code, Location(name), name=name, **arguments))


def load_pkcs12(content: bytes, password: bytes | None, name: str = "PKCS#12") -> KeySigner:
    """The signer in a PKCS#12 file; `name` is shown in messages. Raises SignatureError."""
    try:
        found = pkcs12.load_pkcs12(content, password or None)
    except ValueError as error:
        code = "key-password" if "password" in str(error).lower() else "key-unreadable"
        raise refused(code, name) from None
    except (TypeError, UnsupportedAlgorithm):
        raise refused("key-unreadable", name) from None
    if found.key is None or found.cert is None:
        raise refused("key-unreadable", name)
    others = [item.certificate for item in found.additional_certs]
    return key_signer(found.key, [found.cert.certificate, *others], name)


def load_pair(key: bytes, certificates: bytes, password: bytes | None, name: str = "key") -> KeySigner:
    """The signer of a private key file and its certificate file, further certificates behind it.

    Raises SignatureError.
    """
    return key_signer(load_key(key, password or None, name), load_certificates(certificates, name), name)


def load_key(content: bytes, password: bytes | None, name: str) -> object:
    """The private key of a PEM or DER file; raises SignatureError."""
    load = load_pem_private_key if b"-----BEGIN" in content else load_der_private_key
    try:
        return load(content, password)
    except TypeError:  # a password where none is needed, or none where one is
        if password is not None:
            return load_key(content, None, name)
        raise refused("key-password", name) from None
    except ValueError as error:
        said = str(error).lower()
        code = "key-password" if "password" in said or "decrypt" in said else "key-unreadable"
        raise refused(code, name) from None
    except UnsupportedAlgorithm:
        raise refused("key-unreadable", name) from None


def load_certificates(content: bytes, name: str) -> list[x509.Certificate]:
    """The certificates of a PEM or DER file, in order; raises SignatureError when there is none."""
    try:
        if b"-----BEGIN" not in content:
            return [x509.load_der_x509_certificate(content)]
        found = [x509.load_pem_x509_certificate(item) for item in PEM.findall(content)[:MOST_CERTIFICATES]]
    except ValueError:
        found = []
    if not found:
        raise refused("certificate-unreadable", name)
    return found


def key_signer(key: object, certificates: Certificates, name: str) -> KeySigner:
    """The signer of a key, its own certificate put first; raises SignatureError."""
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise refused("key-unsuitable", name)
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size < LEAST_RSA:
        raise refused("key-unsuitable", name)
    own = public(key)
    matching = [item for item in certificates if public(item) == own]
    if not matching:
        raise refused("key-of-another", name)
    others = [item for item in certificates if item != matching[0]]
    return KeySigner(key, in_order(matching[0], others))


def public(owner: PrivateKey | x509.Certificate) -> bytes:
    """The public key of a key or certificate; empty when it is of an unknown kind."""
    try:
        return owner.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (ValueError, UnsupportedAlgorithm):
        return b""


def in_order(own: x509.Certificate, others: Certificates) -> tuple[bytes, ...]:
    """A certificate and the others, each once, in an order that does not depend on the file."""
    rest = {item.public_bytes(Encoding.DER) for item in others}
    first = own.public_bytes(Encoding.DER)
    return (first, *sorted(rest - {first}))
