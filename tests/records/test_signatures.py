"""Signatures made with keys of a made-up authority: what holds, what does not, and what cannot be told."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime
from io import BytesIO
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.timestamps import DummyTimeStamper

from reportgen.errors import SignatureError
from reportgen.records.history import Standing
from reportgen.records.signatures import stamping
from reportgen.records.signatures.detached import judge_detached, sign_detached
from reportgen.records.signatures.evidence import Evidence, load_evidence
from reportgen.records.signatures.fitness import check_fit
from reportgen.records.signatures.judged import Judged, Trust, load_trust
from reportgen.records.signatures.pdf import judge_pdf
from reportgen.records.signatures.pdf_signing import Wish, sign_pdf
from reportgen.records.signatures.places import SealPlace
from reportgen.records.signatures.signers import KeySigner, load_certificates, load_pair, load_pkcs12
from reportgen.records.signatures.stamping import Service
from reportgen.records.signatures.verdicts import Times, about, reason_of
from tests.authority import DAY, NOW, YEAR, Authority
from tests.servers import served

AUTHORITY = Authority()
CONTENT = "某某市某某局2024年政府信息公开工作年度报告".encode()


def codes(judged: Judged) -> set[str]:
    return {found.code for found in judged.diagnostics}


def signed(authority: Authority = AUTHORITY, at: datetime = NOW, *, stamped: bool = False) -> bytes:
    stamper = authority.stamper(at) if stamped else None
    return sign_detached(CONTENT, authority.signer(), at=at, stamper=stamper, evidence=authority.evidence(at))


def test_the_library_brings_no_client_and_asks_nobody_by_itself() -> None:
    lines = """
import sys
import reportgen.signing, reportgen.records.signatures.pdf_signing
from pyhanko.sign.timestamps import HTTPTimeStamper
print(*sys.modules)
HTTPTimeStamper('http://127.0.0.1:9/')
"""
    told = subprocess.run([sys.executable, "-c", lines], check=False, capture_output=True, text=True)
    modules = told.stdout.split()
    assert "pyhanko.sign.signers" in modules
    assert not {"aiohttp", "requests", "urllib3"} & set(modules)
    assert "NotImplementedError: servers are asked by stamping" in told.stderr


@pytest.mark.parametrize("curve", [False, True])
@pytest.mark.slow
def test_a_signature_holds_and_is_the_same_every_time(curve: bool) -> None:
    authority = Authority("另一根证书" if curve else "测试根证书", curve)
    judged = judge_detached(CONTENT, signed(authority), authority.trust())
    assert (judged.standing, judged.signer, judged.level) == (Standing.HOLDS, "某某市某某局", "B-B")
    assert (judged.claimed, judged.proven) == ("2025-01-20T08:00:00Z", "")
    assert signed(authority) == signed(authority)


@pytest.mark.slow
@pytest.mark.parametrize("stamped", [False, True])
def test_openssl_verifies_it(tmp_path: Path, stamped: bool) -> None:
    (tmp_path / "s.der").write_bytes(signed(stamped=stamped))
    (tmp_path / "content").write_bytes(CONTENT)
    (tmp_path / "ca.pem").write_bytes(AUTHORITY.root.pem)
    command = "openssl cms -verify -binary -inform DER -in s.der -content content -CAfile ca.pem"
    moment = ["-attime", str(int(NOW.timestamp())), "-purpose", "any", "-out", "out"]
    subprocess.run([*command.split(), *moment], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    assert (tmp_path / "out").read_bytes() == CONTENT


def test_other_content_does_not_hold() -> None:
    judged = judge_detached(CONTENT + b" ", signed(), AUTHORITY.trust())
    assert (judged.standing, codes(judged)) == (Standing.FAILS, {"signature-altered"})


@pytest.mark.parametrize("content", [b"", b"\0", CONTENT, b"0\x80" * 1000, signed()[:-1], signed() + b"\0"])
def test_what_is_no_signature_does_not_hold(content: bytes) -> None:
    judged = judge_detached(CONTENT, content, AUTHORITY.trust())
    assert (judged.standing, codes(judged)) == (Standing.FAILS, {"signature-unreadable"})


def test_without_its_root_nothing_can_be_told() -> None:
    for roots in ((), (Authority("外人").root.der,)):
        judged = judge_detached(CONTENT, signed(), Trust(roots, NOW))
        assert (judged.standing, codes(judged)) == (Standing.UNTOLD, {"signature-untrusted"})


def test_a_certificate_whose_issuer_is_not_there_is_not_altered() -> None:
    alone = KeySigner(AUTHORITY.office.key, (AUTHORITY.office.der,))
    made = sign_detached(CONTENT, alone, at=NOW, evidence=AUTHORITY.evidence())
    assert codes(judge_detached(CONTENT, made, Trust((), NOW))) == {"signature-untrusted"}
    assert judge_detached(CONTENT, made, AUTHORITY.trust()).standing is Standing.HOLDS


def test_a_root_of_the_same_name_is_another_one() -> None:
    foreign = Authority("测试根证书", curve=True)  # the same names, another key of the office
    judged = judge_detached(CONTENT, signed(foreign), Trust((Authority("外人").root.der,), NOW))
    assert judged.standing is Standing.UNTOLD


def test_without_evidence_nothing_can_be_told() -> None:
    bare = sign_detached(CONTENT, AUTHORITY.signer(), at=NOW)
    judged = judge_detached(CONTENT, bare, AUTHORITY.trust())
    assert (judged.standing, codes(judged)) == (Standing.UNTOLD, {"signature-revocation-unknown"})
    stale = judge_detached(CONTENT, signed(), AUTHORITY.trust(NOW + 30 * DAY))
    assert (stale.standing, codes(stale)) == (Standing.UNTOLD, {"signature-revocation-unknown"})


def test_an_answer_about_the_certificate_is_evidence_too() -> None:
    evidence = Evidence((), (), (AUTHORITY.ocsp(),))
    made = sign_detached(CONTENT, AUTHORITY.signer(), at=NOW, evidence=evidence)
    assert judge_detached(CONTENT, made, AUTHORITY.trust()).standing is Standing.HOLDS


def test_a_revoked_certificate_is_told_unless_a_time_stamp_is_older() -> None:
    office = AUTHORITY.office.certificate.serial_number
    revoked = Authority(revoked=((office, NOW - DAY),))
    judged = judge_detached(CONTENT, signed(revoked), revoked.trust())
    assert (judged.standing, codes(judged)) == (Standing.FAILS, {"signature-revoked"})
    later = Authority(revoked=((office, NOW + DAY),))
    made = sign_detached(
        CONTENT, later.signer(), at=NOW, stamper=later.stamper(), evidence=later.evidence(NOW + 2 * DAY)
    )
    assert judge_detached(CONTENT, made, later.trust(NOW + 2 * DAY)).standing is Standing.HOLDS


def test_an_expired_certificate_is_told_unless_a_time_stamp_is_older() -> None:
    expired = Authority(valid=(NOW - 2 * YEAR, NOW - YEAR))
    judged = judge_detached(CONTENT, signed(expired), expired.trust())
    assert (judged.standing, codes(judged)) == (Standing.FAILS, {"signature-expired"})
    since = judge_detached(CONTENT, signed(), AUTHORITY.trust(NOW + 5 * YEAR))
    assert (since.standing, codes(since)) == (Standing.UNTOLD, {"signature-time-unproven"})
    stamped = judge_detached(CONTENT, signed(stamped=True), AUTHORITY.trust(NOW + 5 * YEAR))
    assert (stamped.standing, stamped.level, stamped.proven) == (
        Standing.HOLDS,
        "B-LT",
        "2025-01-20T08:00:00Z",
    )


def test_a_time_stamp_lasts_as_long_as_its_certificate() -> None:
    judged = judge_detached(CONTENT, signed(stamped=True), AUTHORITY.trust(NOW + 11 * YEAR))
    assert judged.standing is Standing.UNTOLD
    assert "signature-stamp-untrusted" in codes(judged)


def test_a_clock_ahead_of_the_time_stamp_is_told() -> None:
    made = sign_detached(
        CONTENT,
        AUTHORITY.signer(),
        at=NOW + DAY,
        stamper=AUTHORITY.stamper(),
        evidence=AUTHORITY.evidence(),
    )
    judged = judge_detached(CONTENT, made, AUTHORITY.trust(NOW + 2 * DAY))
    assert (judged.standing, codes(judged)) == (Standing.HOLDS, {"signature-clock"})


@pytest.mark.slow
def test_no_changed_byte_of_a_signature_goes_unnoticed() -> None:
    made = signed(stamped=True)
    for place in range(0, len(made), 7):
        for bit in (0x01, 0x20):
            changed = bytearray(made)
            changed[place] ^= bit
            judged = judge_detached(CONTENT, bytes(changed), AUTHORITY.trust())
            assert judged.standing is not Standing.HOLDS, (place, bit)


def test_a_changed_part_that_nobody_signs_is_told() -> None:
    made = signed()
    place = made.index("测试根证书".encode())  # in the certificate of the root that goes along
    changed = made[:place] + "测试根证据".encode() + made[place + 15 :]
    assert "signature-loose" in codes(judge_detached(CONTENT, changed, AUTHORITY.trust()))


# Keys


def refusal(error: pytest.ExceptionInfo[SignatureError]) -> str:
    (found,) = error.value.diagnostics
    assert error.value.exit_code == 7
    return found.code


@pytest.mark.slow
def test_keys_of_every_form_sign() -> None:
    office = AUTHORITY.office
    chain = AUTHORITY.root.pem + office.pem
    signers = (
        load_pkcs12(AUTHORITY.pkcs12(b"secret"), b"secret"),
        load_pair(office.key_pem(), chain, None),
        load_pair(office.key_pem(), chain, b"needless"),
        load_pair(office.key_pem(b"secret"), chain, b"secret"),
        load_pair(
            office.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), office.der, None
        ),
    )
    made = {sign_detached(CONTENT, signer, at=NOW) for signer in signers[:4]}
    assert len(made) == 1
    assert signers[4].certificates == (office.der,)


@pytest.mark.parametrize(
    ("key", "certificates", "password", "code"),
    [
        (AUTHORITY.office.key_pem(b"secret"), AUTHORITY.office.pem, b"wrong", "key-password"),
        (AUTHORITY.office.key_pem(b"secret"), AUTHORITY.office.pem, None, "key-password"),
        (b"no key", AUTHORITY.office.pem, None, "key-unreadable"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n", AUTHORITY.office.pem, None, "key-unreadable"),
        (AUTHORITY.office.key_pem(), b"nothing", None, "certificate-unreadable"),
        (AUTHORITY.office.key_pem(), AUTHORITY.root.pem, None, "key-of-another"),
    ],
)
def test_a_key_that_cannot_sign_is_refused(
    key: bytes, certificates: bytes, password: bytes | None, code: str
) -> None:
    with pytest.raises(SignatureError) as error:
        load_pair(key, certificates, password, "office.pem")
    assert refusal(error) == code
    assert "wrong" not in str(error.value)


def test_a_short_key_is_refused() -> None:
    weak = rsa.generate_private_key(65537, 1024).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    with pytest.raises(SignatureError) as error:
        load_pair(weak, AUTHORITY.office.pem, None)
    assert refusal(error) == "key-unsuitable"


@pytest.mark.parametrize(
    ("content", "password", "code"),
    [
        (AUTHORITY.pkcs12(b"secret"), b"wrong", "key-password"),
        (AUTHORITY.pkcs12(b"secret"), None, "key-password"),
        (b"0\x82\x01", b"secret", "key-unreadable"),
        (AUTHORITY.office.pem, b"secret", "key-unreadable"),
    ],
)
def test_a_pkcs12_file_that_cannot_sign_is_refused(content: bytes, password: bytes | None, code: str) -> None:
    with pytest.raises(SignatureError) as error:
        load_pkcs12(content, password, "office.p12")
    assert refusal(error) == code


def test_files_of_roots_and_evidence_are_read(tmp_path: Path) -> None:
    (tmp_path / "roots.pem").write_bytes(AUTHORITY.root.pem + AUTHORITY.root.pem)
    (tmp_path / "list.crl").write_bytes(AUTHORITY.crl())
    (tmp_path / "answer").write_bytes(AUTHORITY.ocsp())
    assert load_trust([tmp_path / "roots.pem"], NOW) == AUTHORITY.trust()
    evidence = load_evidence([tmp_path / "list.crl"], [tmp_path / "answer"])
    assert evidence == Evidence((), (AUTHORITY.crl(),), evidence.ocsps)
    with pytest.raises(SignatureError) as error:
        load_evidence([tmp_path / "roots.pem"], [])
    assert refusal(error) == "evidence-unreadable"
    assert load_certificates(AUTHORITY.office.der, "x") == [AUTHORITY.office.certificate]


# PDF


def blank() -> bytes:
    """A PDF of one empty page."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(kept := BytesIO(), static_id=True)
    return kept.getvalue()


PLACES = (SealPlace("印章1"), SealPlace("印章2"))


def sign(pdf: bytes, level: str = "B-LT", authority: Authority = AUTHORITY, name: str = "印章1") -> bytes:
    """A PDF signed by an office; the first makes the places of both."""
    places = () if b"/ByteRange" in pdf else PLACES
    stamper = None if level == "B-B" else authority.stamper()
    wish = Wish(NOW, level, name, places, stamper=stamper, evidence=authority.evidence())
    return sign_pdf(pdf, authority.signer(), wish)


@pytest.fixture(scope="module")
def first() -> bytes:
    """A PDF that one of two offices has signed."""
    return sign(blank())


@pytest.fixture(scope="module")
def both(first: bytes) -> bytes:
    """A PDF that both offices have signed."""
    return sign(first, name="印章2")


def verdicts(pdf: bytes, at: datetime = NOW) -> list[tuple[Standing, set[str]]]:
    return [(judged.standing, codes(judged)) for judged in judge_pdf(pdf, AUTHORITY.trust(at))]


def test_a_pdf_that_nobody_signed_has_no_verdicts() -> None:
    assert judge_pdf(blank(), AUTHORITY.trust()) == ()


def test_two_offices_sign_and_both_signatures_hold(both: bytes) -> None:
    first, second = judge_pdf(both, AUTHORITY.trust())
    assert (first.name, second.name, first.level) == ("印章1", "印章2", "B-LT")
    assert (first.standing, second.standing) == (Standing.HOLDS, Standing.HOLDS)


def appended(pdf: bytes, change: Any) -> bytes:
    """A PDF with an incremental update."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    writer.write(out := BytesIO())
    return out.getvalue()


def note(writer: IncrementalPdfFileWriter) -> None:
    """Adds a note to the first page."""
    page = writer.root["/Pages"]["/Kids"][0]
    shown = generic.ArrayObject([generic.NumberObject(number) for number in (0, 0, 9, 9)])
    names = {"/Type": "/Annot", "/Subtype": "/Text"}
    entries = {generic.pdf_name(key): generic.pdf_name(value) for key, value in names.items()}
    entry = generic.DictionaryObject({**entries, generic.pdf_name("/Rect"): shown})
    page["/Annots"].append(writer.add_object(entry))
    writer.mark_update(page.container_ref)
    writer.update_container(page["/Annots"])


def catalogue(writer: IncrementalPdfFileWriter) -> None:
    """Opens the file with another look."""
    writer.root[generic.pdf_name("/PageLayout")] = generic.pdf_name("/TwoColumnLeft")
    writer.update_root()


def store(writer: IncrementalPdfFileWriter) -> None:
    """Adds evidence that nothing signs."""
    writer.root["/DSS"]["/CRLs"].append(writer.add_object(generic.StreamObject(stream_data=AUTHORITY.crl())))
    writer.update_container(writer.root["/DSS"]["/CRLs"])


@pytest.mark.parametrize(
    ("change", "code", "standing"),
    [
        (note, "signature-changed-after", Standing.FAILS),
        (catalogue, "signature-changed-after", Standing.FAILS),
        (store, "signature-appended", Standing.UNTOLD),
    ],
)
def test_what_is_appended_is_told(both: bytes, change: Any, code: str, standing: Standing) -> None:
    *_, (found_standing, found) = verdicts(appended(both, change))
    assert (found_standing, found) == (standing, {code})


def test_bytes_behind_the_end_are_told(both: bytes) -> None:
    *_, (standing, found) = verdicts(both + b"\n% more\n")
    assert (standing, found) == (Standing.FAILS, {"signature-not-whole"})


def test_a_stripped_signature_leaves_its_place_empty(first: bytes, both: bytes) -> None:
    assert both.startswith(first)
    assert verdicts(first) == [(Standing.HOLDS, set()), (Standing.UNTOLD, {"signature-field-empty"})]


@pytest.mark.parametrize("level", ["B-B", "B-T", "B-LT", "B-LTA"])
def test_every_level_is_recognised(level: str) -> None:
    made = sign(blank(), level)
    judged, *rest = judge_pdf(made, AUTHORITY.trust())
    bare = {"signature-revocation-unknown", "signature-stamp-untrusted"}
    assert judged.level == level
    assert codes(judged) <= (bare if level in ("B-B", "B-T") else set())
    assert (judged.standing is Standing.HOLDS) == (level in ("B-LT", "B-LTA"))
    assert [item.form for item in rest] == (["timestamp"] if level == "B-LTA" else []) + ["field"]
    later = judge_pdf(made, AUTHORITY.trust(NOW + 5 * YEAR))[0]
    assert (later.standing is Standing.HOLDS) == (level in ("B-LT", "B-LTA"))


def test_a_stripped_time_stamp_is_told() -> None:
    made = sign(blank(), "B-LTA")
    ends = [match.end() for match in re.finditer(rb"%%EOF\n", made)]
    judged, *_ = judge_pdf(made[: ends[-2]], AUTHORITY.trust())
    assert (judged.standing, judged.level) == (Standing.FAILS, "B-LT")
    assert codes(judged) == {"signature-stripped"}


def test_the_padding_and_the_letters_of_a_signature_are_told(first: bytes) -> None:
    start = first.index(b"/Contents <") + len(b"/Contents <")
    end = first.index(b">", start)
    letter = next(place for place in range(start, end) if first[place : place + 1].isalpha())
    for place, new in ((letter, first[letter : letter + 1].swapcase()), (end - 1, b"1")):
        changed = first[:place] + new + first[place + 1 :]
        judged, *_ = judge_pdf(changed, AUTHORITY.trust())
        assert (judged.standing, codes(judged)) == (Standing.FAILS, {"signature-loose"})


def test_an_office_without_the_right_certificate_is_told() -> None:
    person = AUTHORITY.person("只能加密的", 11, "key_encipherment")
    made = sign_detached(CONTENT, AUTHORITY.signer(person), at=NOW, evidence=AUTHORITY.evidence())
    judged = judge_detached(CONTENT, made, AUTHORITY.trust())
    assert (judged.standing, codes(judged)) == (Standing.FAILS, {"signature-unsuitable"})


def test_a_stamp_of_something_else_does_not_hold() -> None:
    class Elsewhere(DummyTimeStamper):
        def request_tsa_response(self, req: Any) -> Any:
            req["message_imprint"]["hashed_message"] = bytes(32)
            return super().request_tsa_response(req)

    stamper = AUTHORITY.stamper()
    stamper.__class__ = Elsewhere
    made = sign_detached(CONTENT, AUTHORITY.signer(), at=NOW, stamper=stamper, evidence=AUTHORITY.evidence())
    judged = judge_detached(CONTENT, made, AUTHORITY.trust())
    assert (judged.standing, codes(judged)) == (Standing.FAILS, {"signature-stamp-wrong"})


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE, "signature-weak"),
        (AdESIndeterminate.GENERIC, "signature-untold"),
    ],
)
def test_reasons_that_leave_the_answer_open(reason: AdESIndeterminate, code: str) -> None:
    status: Any = SimpleNamespace(trust_problem_indic=reason)
    assert reason_of(status, Times(NOW, None, NOW)) == code
    assert Judged("x", "signature", diagnostics=(about(code, "x"),)).standing is Standing.UNTOLD


def refused_when_signing(level: str = "B-B", authority: Authority = AUTHORITY, **options: Any) -> str:
    wish = Wish(NOW, level, places=PLACES, **options)
    with pytest.raises(SignatureError) as error:
        sign_pdf(options.pop("pdf", blank()), authority.signer(), wish)
    return refusal(error)


def test_what_cannot_be_signed_is_refused() -> None:
    expired = Authority(valid=(NOW - 2 * YEAR, NOW - YEAR))
    assert refused_when_signing(authority=expired) == "certificate-expired"
    assert refused_when_signing("B-T") == "stamp-needed"
    assert refused_when_signing("B-LT", stamper=AUTHORITY.stamper()) == "evidence-missing"
    assert refused_when_signing("B-T", stamper=Service("http://127.0.0.1:9/")) == "stamp-unreachable"
    with pytest.raises(SignatureError) as error:
        Service("file:///etc/passwd")
    assert refusal(error) == "stamp-refused"
    with pytest.raises(SignatureError) as error:
        sign_pdf(b"%PDF-1.7 and no more", AUTHORITY.signer(), Wish(NOW))
    assert refusal(error) == "signing-failed"


def told(authority: Authority, form: str) -> Evidence:
    if form == "list":
        return Evidence((), (authority.crl(),))
    return Evidence((), (), (authority.ocsp(),))


@pytest.mark.parametrize("form", ["list", "answer"])
def test_a_certificate_not_for_signing_or_revoked_signs_nothing(form: str) -> None:
    for use in ("key_encipherment", "key_cert_sign"):
        with pytest.raises(SignatureError) as error:
            check_fit(AUTHORITY.person("另有用途的", 11, use).der, NOW)
        assert refusal(error) == "certificate-unsuitable"
    check_fit(AUTHORITY.person("只能签名的", 12, "content_commitment").der, NOW)
    others, own = Authority(revoked=[(11, NOW)]), Authority(revoked=[(10, NOW - DAY)])
    elsewhere = Authority("另一个根", revoked=[(10, NOW)])
    other, revoking = (told(item, form) for item in (others, own))
    check_fit(own.office.der, NOW, other.with_more(told(elsewhere, "list")))
    for level in ("B-B", "B-LT"):
        code = refused_when_signing(level, own, stamper=own.stamper(), evidence=revoking)
        assert code == "certificate-revoked"


@pytest.mark.parametrize("wrong", ["nonce", "message_imprint", "certificates", "expired"])
def test_a_service_that_answers_something_else_is_refused_by_its_address(wrong: str) -> None:
    def answer(request: bytes) -> bytes:
        question = tsp.TimeStampReq.load(request)
        if wrong == "nonce":
            question["nonce"] = 1
        if wrong == "message_imprint":
            question["message_imprint"]["hashed_message"] = bytes(32)
        given = old.stamper().request_tsa_response(tsp.TimeStampReq.load(question.dump(force=True)))
        if wrong == "certificates":
            given["time_stamp_token"]["content"]["certificates"] = []
        stamped: bytes = given.dump(force=True)
        return stamped

    old = Authority(stamps_valid=(NOW - YEAR, NOW - DAY)) if wrong == "expired" else AUTHORITY
    with served({"/tsa": answer}) as address:
        code = refused_when_signing("B-T", stamper=Service(f"{address}/tsa"))
    assert code == ("certificate-expired" if wrong == "expired" else "stamp-refused")


def test_an_answer_that_trickles_in_is_not_awaited_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = count(step=stamping.SECONDS // 3)
    monkeypatch.setattr(stamping, "monotonic", lambda: next(moments))
    drops: Any = SimpleNamespace(read1=lambda _: b"x")
    with pytest.raises(TimeoutError):
        stamping.read_within(drops)
    whole = iter((b"a", b"b", b""))
    assert stamping.read_within(SimpleNamespace(read1=lambda _: next(whole))) == b"ab"  # type: ignore[arg-type]


def test_a_password_in_an_address_is_not_shown() -> None:
    with pytest.raises(SignatureError) as error:
        Service("http://name:secret@127.0.0.1:9/a").ask(b"")
    assert "127.0.0.1:9/a" in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.slow
def test_a_later_time_stamp_carries_an_older_one_on() -> None:
    old = Authority(valid=(NOW - YEAR, NOW + YEAR), stamps_valid=(NOW - YEAR, NOW + YEAR))
    made = sign(blank(), "B-LTA", old)
    assert judge_pdf(made, old.trust(NOW + 2 * YEAR))[0].standing is Standing.UNTOLD
    moment = NOW + 300 * DAY
    new = Authority(valid=(NOW, NOW + 2 * YEAR), stamps_valid=(NOW, NOW + 10 * YEAR))
    wish = Wish(*(moment, "B-LTA", "印章2"), stamper=new.stamper(moment), evidence=new.evidence(moment))
    renewed = sign_pdf(made, new.signer(), wish)
    verdicts = judge_pdf(renewed, new.trust(NOW + 9 * YEAR))
    assert [(item.form, item.standing) for item in verdicts] == [
        ("signature", Standing.HOLDS),
        ("timestamp", Standing.HOLDS),
        ("signature", Standing.HOLDS),
        ("timestamp", Standing.HOLDS),
    ]
