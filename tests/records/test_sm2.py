"""SM2 signatures with SM3: keys and certificates by OpenSSL, so that two programs have to agree."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import x509

from reportgen.errors import SignatureError
from reportgen.records.history import Standing
from reportgen.records.signatures.detached import judge_detached
from reportgen.records.signatures.evidence import Evidence
from reportgen.records.signatures.judged import Judged, Trust, load_trust
from reportgen.records.signatures.sm2 import Envelope, Sm2Signer, load_sm2, sign_sm2
from tests.authority import Authority

CONTENT = b'{"format": 1}\n'
USER = ("-sigopt", "distid:1234567812345678")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("openssl"), reason="OpenSSL is not there"),
]


def openssl(folder: Path, *arguments: str) -> bytes:
    """Runs OpenSSL in a folder."""
    done = subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)
    return done.stdout


def make(folder: Path, name: str) -> None:
    openssl(folder, "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", f"{name}.key")


CONFIG = """
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[office]
keyUsage = critical,digitalSignature,nonRepudiation
[ca]
default_ca = own
[own]
database = index.txt
crlnumber = number
default_crl_days = 7
default_md = sm3
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return authority_of(tmp_path_factory.mktemp("sm2"))


def authority_of(folder: Path) -> Path:
    """A root and an office with keys and certificates of SM2, and a list of what was revoked: nothing."""
    (folder / "cnf").write_text(CONFIG)
    for name in ("root", "office", "other"):
        make(folder, name)
    self_signed = ("-subj", "/C=CN/O=root", "-days", "30", "-out", "root.pem")
    openssl(
        folder,
        *("req", "-x509", "-config", "cnf", "-extensions", "root", "-key", "root.key", "-sm3", "-utf8"),
        *(*USER, *self_signed),
    )
    openssl(
        folder,
        *("req", "-new", "-config", "cnf", "-key", "office.key", "-sm3", *USER, "-utf8"),
        *("-subj", "/C=CN/O=某某市某某局/CN=某某市某某局", "-out", "office.csr"),
    )
    openssl(
        folder,
        *("x509", "-req", "-in", "office.csr", "-CA", "root.pem", "-CAkey", "root.key", "-sm3", *USER),
        *("-vfyopt", "distid:1234567812345678", "-set_serial", "7", "-days", "20"),
        *("-extfile", "cnf", "-extensions", "office", "-out", "office.pem"),
    )
    (folder / "index.txt").touch()
    (folder / "number").write_text("01\n")
    revoke(folder, "none.crl")
    openssl(folder, "pkey", "-in", "office.key", "-aes256", "-passout", "pass:secret", "-out", "locked.key")
    return folder


def revoke(folder: Path, name: str) -> None:
    """A list of what is revoked, DER."""
    ca = ("ca", "-gencrl", "-config", "cnf", "-cert", "root.pem", "-keyfile", "root.key", *USER)
    openssl(folder, *ca, "-out", "crl.pem")
    openssl(folder, "crl", "-in", "crl.pem", "-outform", "DER", "-out", name)


@pytest.fixture(scope="module")
def signer(folder: Path) -> Sm2Signer:
    pair = (folder / "office.pem").read_bytes() + (folder / "root.pem").read_bytes()
    return load_sm2((folder / "office.key").read_bytes(), pair, None, "office.key")


@pytest.fixture(scope="module")
def at(signer: Sm2Signer) -> datetime:
    """When the certificate begins: OpenSSL has it begin when it is made."""
    begins: datetime = x509.Certificate.load(signer.certificates[0]).not_valid_before
    return begins.astimezone(UTC)


@pytest.fixture(scope="module")
def trust(folder: Path, at: datetime) -> Trust:
    return load_trust([folder / "root.pem"], at + timedelta(minutes=5))


def evidence(folder: Path, name: str = "none.crl") -> Evidence:
    return Evidence((), ((folder / name).read_bytes(),))


def codes(judged: Judged) -> set[str]:
    return {found.code for found in judged.diagnostics}


def test_a_signature_holds_and_is_the_same_every_time(
    folder: Path, signer: Sm2Signer, trust: Trust, at: datetime
) -> None:
    moment = at + timedelta(minutes=1)
    made = sign_sm2(CONTENT, signer, at=moment, evidence=evidence(folder))
    judged = judge_detached(CONTENT, made, trust)
    assert (judged.standing, judged.signer, judged.level) == (Standing.HOLDS, "某某市某某局", "SM2")
    assert sign_sm2(CONTENT, signer, at=moment, evidence=evidence(folder)) == made


def test_openssl_agrees_with_the_signature(folder: Path, signer: Sm2Signer, at: datetime) -> None:
    made = sign_sm2(CONTENT, signer, at=at)
    signed = Envelope.load(made)["content"]
    info = signed["signer_infos"][0]
    (folder / "signed").write_bytes(info["signed_attrs"].untag().dump())
    (folder / "signature").write_bytes(info["signature"].native)
    openssl(folder, "x509", "-in", "office.pem", "-pubkey", "-noout", "-out", "office.pub")
    command = ("dgst", "-sm3", "-verify", "office.pub", *USER, "-signature", "signature", "signed")
    assert b"OK" in openssl(folder, *command)


def test_what_does_not_hold_and_what_cannot_be_told(
    folder: Path, signer: Sm2Signer, trust: Trust, at: datetime
) -> None:
    moment = at + timedelta(minutes=1)
    made = sign_sm2(CONTENT, signer, at=moment, evidence=evidence(folder))
    bare = sign_sm2(CONTENT, signer, at=moment)
    early = sign_sm2(CONTENT, signer, at=at - timedelta(days=1), evidence=evidence(folder))
    later = Trust(trust.roots, at + timedelta(days=25))
    assert codes(judge_detached(CONTENT + b" ", made, trust)) == {"signature-altered"}
    assert codes(judge_detached(CONTENT, bare, trust)) == {"signature-revocation-unknown"}
    assert codes(judge_detached(CONTENT, early, trust)) == {"signature-expired"}
    assert codes(judge_detached(CONTENT, made, later)) == {"signature-time-unproven"}
    for roots in ((), (Authority().root.der,)):
        judged = judge_detached(CONTENT, made, Trust(roots, trust.at))
        assert (judged.standing, codes(judged)) == (Standing.UNTOLD, {"signature-untrusted"})


def test_a_revoked_certificate_is_told(folder: Path, signer: Sm2Signer, trust: Trust, at: datetime) -> None:
    day = (at - timedelta(days=1)).strftime("%y%m%d%H%M%SZ")
    until = (at + timedelta(days=20)).strftime("%y%m%d%H%M%SZ")
    (folder / "index.txt").write_text(f"R\t{until}\t{day}\t07\tunknown\t/O=x\n")
    revoke(folder, "some.crl")
    made = sign_sm2(CONTENT, signer, at=at, evidence=evidence(folder, "some.crl"))
    assert codes(judge_detached(CONTENT, made, trust)) == {"signature-revoked"}


def test_no_changed_byte_goes_unnoticed(folder: Path, signer: Sm2Signer, trust: Trust, at: datetime) -> None:
    made = sign_sm2(CONTENT, signer, at=at + timedelta(minutes=1), evidence=evidence(folder))
    for place in range(0, len(made), 11):
        changed = bytearray(made)
        changed[place] ^= 0x20
        judged = judge_detached(CONTENT, bytes(changed), trust)
        assert judged.standing is not Standing.HOLDS, place


def test_a_locked_key_needs_its_password_and_its_own_certificate(folder: Path, signer: Sm2Signer) -> None:
    own = (folder / "office.pem").read_bytes()
    locked = (folder / "locked.key").read_bytes()
    assert load_sm2(locked, own, b"secret", "x").key == signer.key
    for key, certificate, password, code in (
        (locked, own, b"wrong", "key-password"),
        ((folder / "other.key").read_bytes(), own, None, "key-of-another"),
        (Authority(curve=True, name="c").office.key_pem(), own, None, "key-unsuitable"),
        (b"nothing", own, None, "key-unreadable"),
    ):
        with pytest.raises(SignatureError) as error:
            load_sm2(key, certificate, password, "x")
        assert error.value.diagnostics[0].code == code
