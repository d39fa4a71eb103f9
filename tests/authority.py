"""Certificates, lists, answers and time stamps of an authority made up for tests: no clock, no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import keys
from asn1crypto import x509 as der
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from reportgen.records.signatures.evidence import Evidence
from reportgen.records.signatures.judged import Trust
from reportgen.records.signatures.signers import KeySigner, PrivateKey

NOW = datetime(2025, 1, 20, 8, 0, tzinfo=UTC)
"""The moment at which everything here is signed."""
DAY = timedelta(days=1)
YEAR = 365 * DAY


@cache
def key(_name: str, curve: bool = False) -> PrivateKey:
    """A key of a name: always the same one in a process."""
    if curve:
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, 2048)


@dataclass(frozen=True)
class Person:
    """Somebody with a key and a certificate."""

    certificate: x509.Certificate
    key: PrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self, password: bytes | None = None) -> bytes:
        hidden = BestAvailableEncryption(password) if password else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hidden)


@dataclass(frozen=True)
class Authority:
    """A root, an office with a certificate of it, and a time stamping service."""

    name: str = "测试根证书"
    curve: bool = False
    valid: tuple[datetime, datetime] = (NOW - YEAR, NOW + YEAR)
    """Of the office's certificate."""
    stamps_valid: tuple[datetime, datetime] = (NOW - YEAR, NOW + 10 * YEAR)
    lists: str = "http://lists.invalid/"
    revoked: Sequence[tuple[int, datetime]] = field(default=())
    """Serial numbers and when they were revoked."""

    @property
    def root(self) -> Person:
        own = key(self.name)
        subject = naming(self.name)
        extensions = (
            (x509.BasicConstraints(ca=True, path_length=1), True),
            (usage("key_cert_sign", "crl_sign", "digital_signature"), True),
        )
        span = (NOW - 10 * YEAR, NOW + 30 * YEAR)
        return Person(issue(subject, own, subject, own, 1, span, extensions), own)

    @property
    def office(self) -> Person:
        return self.person("某某市某某局", 10)

    def person(
        self, name: str, serial: int, *uses: str, span: tuple[datetime, datetime] | None = None
    ) -> Person:
        """An office of that name, with a certificate for signing unless it says for what else."""
        own = key(self.name + name, self.curve)
        extensions = (
            (usage(*(uses or ("digital_signature", "content_commitment"))), True),
            (answers_at("http://answers.invalid/"), False),
            (lists_at(self.lists), False),
        )
        return Person(
            issue(
                naming(name), own, naming(self.name), self.root.key, serial, span or self.valid, extensions
            ),
            own,
        )

    @property
    def stamps(self) -> Person:
        own = key(self.name + "时间戳")
        extensions = (
            (usage("digital_signature"), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),
        )
        name = naming("测试时间戳服务")
        return Person(
            issue(name, own, naming(self.name), self.root.key, 20, self.stamps_valid, extensions), own
        )

    def signer(self, person: Person | None = None) -> KeySigner:
        """What the office signs with."""
        person = person or self.office
        return KeySigner(person.key, (person.der, self.root.der))

    def pkcs12(self, password: bytes, person: Person | None = None) -> bytes:
        person = person or self.office
        return pkcs12.serialize_key_and_certificates(
            b"office",
            person.key,
            person.certificate,
            [self.root.certificate],
            BestAvailableEncryption(password),
        )

    def crl(self, at: datetime = NOW, span: timedelta = 7 * DAY) -> bytes:
        """The list of what was revoked, as of a moment."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(naming(self.name))
        builder = builder.last_update(at - DAY).next_update(at - DAY + span)
        for serial, moment in self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.root.key, SHA256()).public_bytes(Encoding.DER)

    def ocsp(self, person: Person | None = None, at: datetime = NOW, span: timedelta = 7 * DAY) -> bytes:
        """The answer about one certificate, by the root itself."""
        person = person or self.office
        moment = dict(self.revoked).get(person.certificate.serial_number)
        builder = ocsp.OCSPResponseBuilder().add_response(
            person.certificate,
            self.root.certificate,
            SHA1(),
            ocsp.OCSPCertStatus.REVOKED if moment else ocsp.OCSPCertStatus.GOOD,
            at - DAY,
            at - DAY + span,
            moment,
            None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.root.certificate)
        return builder.sign(self.root.key, SHA256()).public_bytes(Encoding.DER)

    def stamper(self, at: datetime = NOW) -> DummyTimeStamper:
        """What stamps at a moment."""
        person = self.stamps
        private = person.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        certificate = der.Certificate.load(person.der)
        beside = SimpleCertificateStore()
        beside.register_multiple([certificate, der.Certificate.load(self.root.der)])
        return DummyTimeStamper(certificate, keys.PrivateKeyInfo.load(private), beside, fixed_dt=at)

    def evidence(self, at: datetime = NOW) -> Evidence:
        return Evidence((), (self.crl(at),), ())

    def trust(self, at: datetime = NOW) -> Trust:
        return Trust((self.root.der,), at)


def naming(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def usage(*names: str) -> x509.KeyUsage:
    known = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{name: name in names for name in known})


def answers_at(url: str) -> x509.AuthorityInformationAccess:
    where = x509.UniformResourceIdentifier(url)
    return x509.AuthorityInformationAccess(
        [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, where)]
    )


def lists_at(url: str) -> x509.CRLDistributionPoints:
    where = [x509.UniformResourceIdentifier(url)]
    return x509.CRLDistributionPoints([x509.DistributionPoint(where, None, None, None)])


def issue(
    subject: x509.Name,
    own: PrivateKey,
    issuer: x509.Name,
    by: PrivateKey,
    serial: int,
    span: tuple[datetime, datetime],
    extensions: Sequence[tuple[x509.ExtensionType, bool]],
) -> x509.Certificate:
    """A certificate."""
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer)
    builder = builder.public_key(own.public_key()).serial_number(serial)
    builder = builder.not_valid_before(span[0]).not_valid_after(span[1])
    for extension, critical in (
        *extensions,
        (x509.SubjectKeyIdentifier.from_public_key(own.public_key()), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), False),
    ):
        builder = builder.add_extension(extension, critical)
    return builder.sign(by, SHA256())
