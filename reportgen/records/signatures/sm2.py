"""An SM2 key, its certificate and bytes in, a detached signature with SM3 out (GB/T 35275-2017, GM/T 0010).

It has the form of CMS with numbers of its own for what is in it, so that common programs do not take it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

from asn1crypto import algos, cms, core, keys, pem, x509
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.hashes import SM3, Hash
from gmalg import SM2

from reportgen.records.signatures.detached import choices
from reportgen.records.signatures.evidence import Evidence
from reportgen.records.signatures.signers import load_certificates, refused

SIGNED: Final = "1.2.156.10197.6.1.4.2.2"
DATA: Final = "1.2.156.10197.6.1.4.2.1"
DIGEST: Final = "1.2.156.10197.1.401"
SIGNATURE: Final = "1.2.156.10197.1.301.1"
WITH_DIGEST: Final = "1.2.156.10197.1.501"
CURVE: Final = "1.2.156.10197.1.301"
USER: Final = b"1234567812345678"
"""The identifier that everybody uses who agreed on none (GM/T 0009)."""
MOST_ROUNDS: Final = 10_000_000


class Envelope(core.Sequence):  # type: ignore[misc]
    """What such a signature is wrapped in."""

    _fields: ClassVar = [
        ("content_type", core.ObjectIdentifier),
        ("content", cms.SignedData, {"explicit": 0}),
    ]


@dataclass(frozen=True, slots=True)
class Sm2Signer:
    """An SM2 key with its certificate and those that lead to its root, DER."""

    key: bytes
    certificates: tuple[bytes, ...]


def load_sm2(key: bytes, certificates: bytes, password: bytes | None, name: str) -> Sm2Signer:
    """The signer of a private key file (PEM or DER) and its certificate file; raises SignatureError."""
    from cryptography.hazmat.primitives.serialization import Encoding

    secret = secret_of(private_key(key, password, name), name)
    found = [item.public_bytes(Encoding.DER) for item in load_certificates(certificates, name)]
    own = SM2(secret).generate_pk(secret)
    matching = [content for content in found if point_of(x509.Certificate.load(content)) == own]
    if not matching:
        raise refused("key-of-another", name)
    others = sorted(set(found) - {matching[0]})
    return Sm2Signer(secret, (matching[0], *others))


def private_key(content: bytes, password: bytes | None, name: str) -> keys.PrivateKeyInfo:
    """The private key of a file, opened with its password where it is locked; raises SignatureError."""
    try:
        blocks = list(pem.unarmor(content, multiple=True)) if pem.detect(content) else [("", {}, content)]
        kind, der = next((kind, der) for kind, _, der in blocks if kind != "EC PARAMETERS")
        if kind == "EC PRIVATE KEY":
            return keys.PrivateKeyInfo.wrap(keys.ECPrivateKey.load(der), "ec")
        if kind == "ENCRYPTED PRIVATE KEY":
            der = unlocked(keys.EncryptedPrivateKeyInfo.load(der), password, name)
        return keys.PrivateKeyInfo.load(der, strict=True)
    except (ValueError, TypeError, KeyError, StopIteration):
        raise refused("key-unreadable", name) from None


def unlocked(locked: keys.EncryptedPrivateKeyInfo, password: bytes | None, name: str) -> bytes:
    """What a password locks (PKCS#5 v2, AES); raises SignatureError when it is another one."""
    how = locked["encryption_algorithm"]
    if how.encryption_cipher != "aes" or how.kdf != "pbkdf2" or how.kdf_iterations > MOST_ROUNDS:
        raise refused("key-unreadable", name)
    given = password or b""
    key = hashlib.pbkdf2_hmac(how.kdf_hmac, given, how.kdf_salt, how.kdf_iterations, how.key_length)
    opener = Cipher(AES(key), modes.CBC(how.encryption_iv)).decryptor()
    padded = opener.update(locked["encrypted_data"].native) + opener.finalize()
    plain = padded[: -padded[-1]] if padded else b""
    try:
        keys.PrivateKeyInfo.load(plain, strict=True)
    except (ValueError, TypeError):
        raise refused("key-password", name) from None
    return plain


def secret_of(key: keys.PrivateKeyInfo, name: str) -> bytes:
    """The number that an SM2 key is; raises SignatureError when it is a key of another kind."""
    try:
        curve = key["private_key_algorithm"]["parameters"].chosen.dotted
        if curve != CURVE:
            raise refused("key-unsuitable", name)
        secret: int = key["private_key"].parsed["private_key"].native
    except (ValueError, AttributeError, KeyError, TypeError):
        raise refused("key-unsuitable", name) from None
    return secret.to_bytes(32, "big")


def point_of(certificate: x509.Certificate) -> bytes:
    """The public key of a certificate, uncompressed; empty when it is none of SM2."""
    public = certificate["tbs_certificate"]["subject_public_key_info"]
    try:
        if public["algorithm"]["parameters"].chosen.dotted != CURVE:
            return b""
    except (ValueError, AttributeError, KeyError, TypeError):
        return b""
    return bytes(public["public_key"].native)


def sm3(content: bytes) -> bytes:
    """The SM3 of bytes."""
    hasher = Hash(SM3())
    hasher.update(content)
    return hasher.finalize()


def sign_sm2(content: bytes, signer: Sm2Signer, *, at: datetime, evidence: Evidence | None = None) -> bytes:
    """A detached signature of bytes; equal inputs give equal bytes."""
    moment = at.astimezone(UTC).replace(microsecond=0)
    attributes = cms.CMSAttributes(
        [
            attribute("content_type", cms.ContentType(DATA)),
            attribute("signing_time", cms.Time({"utc_time": core.UTCTime(moment)})),
            attribute("message_digest", core.OctetString(sm3(content))),
        ]
    )
    own = x509.Certificate.load(signer.certificates[0])
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": own.issuer, "serial_number": own.serial_number}
                    )
                }
            ),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": DIGEST}),
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": SIGNATURE}),
            "signature": raw_signature(signer.key, attributes.dump()),
        }
    )
    parts: dict[str, Any] = {
        "version": "v1",
        "digest_algorithms": [algos.DigestAlgorithm({"algorithm": DIGEST})],
        "encap_content_info": {"content_type": DATA},
        "certificates": [x509.Certificate.load(item) for item in signer.certificates],
        "signer_infos": [info],
    }
    if evidence and evidence.crls:
        parts["crls"] = list(choices(Evidence((), evidence.crls)))
    return bytes(Envelope({"content_type": SIGNED, "content": cms.SignedData(parts)}).dump())


def attribute(name: str, value: core.Asn1Value) -> cms.CMSAttribute:
    """One signed attribute."""
    return cms.CMSAttribute({"type": name, "values": (value,)})


def raw_signature(key: bytes, content: bytes) -> bytes:
    """The SM2 signature of bytes (GM/T 0009), its random number drawn from key and content."""
    public = SM2(key).generate_pk(key)
    r, s = SM2(key, USER, public, rnd_fn=drawn(key, content)).sign(content)
    numbers = {"r": int.from_bytes(r, "big"), "s": int.from_bytes(s, "big")}
    return bytes(algos.DSASignature(numbers).dump())


def drawn(key: bytes, content: bytes) -> Callable[[int], int]:
    """Numbers that nobody can guess without the key, the same for the same content."""
    state = hashlib.sha256(content).digest()

    def draw(bits: int) -> int:
        nonlocal state
        state = hmac.digest(key, state, "sha256")
        return int.from_bytes(hmac.digest(key, state + b"draw", "sha512"), "big") >> (512 - bits)

    return draw


def is_signed(certificate: bytes, content: bytes, signature: bytes) -> bool:
    """Whether the key of a certificate made an SM2 signature of bytes."""
    point = point_of(x509.Certificate.load(certificate))
    numbers = algos.DSASignature.load(signature, strict=True)
    pair = [numbers[name].native for name in ("r", "s")]
    if not point or any(not 0 < number < 1 << 256 for number in pair):
        return False
    r, s = (number.to_bytes(32, "big") for number in pair)
    return bool(SM2(uid=USER, pk=point).verify(content, r, s))
