"""Built folders, single PDFs and records signed: what stands there afterwards, and after a failure."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from reportgen import Build, build, cli, release_build
from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import FileError, ReportgenError, SignatureError, VerificationError
from reportgen.files.disk import Disk
from reportgen.files.reading import digest
from reportgen.model.kind import load_layout
from reportgen.records.dossier import Dossier
from reportgen.records.history import Standing, read_history
from reportgen.records.manifest import NAME, ours
from reportgen.records.signatures.judged import load_trust
from reportgen.records.signatures.pdf import judge_pdf
from reportgen.records.signatures.seal_picture import SealPicture, read_seal
from reportgen.render.revision import Revision
from reportgen.signing import Order, Signed, sign
from reportgen.verify.conformance.verapdf import check_verapdf
from reportgen.verify.layout.seal_place import NoPlaceError, place_seals
from reportgen.verify.signed import Asked
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, Verdict
from reportgen.verifying import verify
from tests.authority import DAY, NOW, Authority
from tests.clocks import always
from tests.records.samples import record_of
from tests.records.test_record import Watch, die, in_a_child
from tests.records.test_signatures import blank
from tests.records.test_sm2 import authority_of as sm2_folder
from tests.seals import seal
from tests.servers import served, stamping

FIXTURES = Path(__file__).parents[1] / "fixtures"
SAMPLE = FIXTURES / "qingxi-township-2024.yaml"
ROOT = Path(__file__).parents[1]
AUTHORITY = Authority()
POINTS = 72 / 25.4
OFFICES = ("清溪县柳河乡人民政府", "清溪县财政局")

pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed file .*sRGB2014.icc:ResourceWarning"
)  # WeasyPrint's own
slow = pytest.mark.slow


def picture() -> SealPicture:
    found = read_seal(seal(), "seal.png")
    assert isinstance(found, SealPicture)
    return found


def order(level: str = "B-LT", **given: Any) -> Order:
    stamper = None if level == "B-B" else AUTHORITY.stamper()
    known = {
        "signer": AUTHORITY.signer(),
        "clock": always(NOW),
        "level": level,
        "stamper": stamper,
        "evidence": AUTHORITY.evidence(),
        "roots": (AUTHORITY.root.der,),
        "by": "张三",
    }
    return Order(**{**known, **given})


def variant(folder: Path, *more: str) -> Path:
    """The sample as a final report with further lines."""
    path = folder / "r.yaml"
    text = SAMPLE.read_text("utf-8").replace("状态: 定稿", "\n".join(("状态: 定稿", *more)))
    path.write_text(text, "utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A report of one office, with room for its seal."""
    return build(variant(tmp_path_factory.mktemp("one"), "盖章: 是"))


@pytest.fixture(scope="module")
def joint(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The PDF of a report of two offices."""
    made = build(
        variant(
            tmp_path_factory.mktemp("two"), "盖章: 是", f"署名: [{'，'.join(OFFICES)}]".replace("，", ", ")
        )
    )
    assert made.passed
    return made.files["r.pdf"]


@pytest.fixture
def folder(tmp_path: Path, made: Build) -> Path:
    """A built folder."""
    return release_build(made, tmp_path / "out").folder


@pytest.fixture(scope="module")
def sealed(made: Build, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The PDF of the office, signed and sealed."""
    folder = tmp_path_factory.mktemp("sealed")
    (folder / "r.pdf").write_bytes(made.files["r.pdf"])
    return sign(folder / "r.pdf", order(seal=picture())).path.read_bytes()


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(ReportgenError) as error:
        act()
    return error.value.diagnostics[0].code


# What is signed


@slow
def test_a_built_folder_is_signed_and_still_verifies(folder: Path) -> None:
    built = (folder / "r.pdf").read_bytes()
    signed = sign(folder, order(seal=picture()))
    content = (folder / "r.pdf").read_bytes()
    assert (signed.path, signed.judged.standing) == (folder / "r.pdf", Standing.HOLDS)
    assert content.startswith(built)
    manifest = json.loads((folder / NAME).read_bytes())
    assert manifest["outputs"]["r.pdf"] == {"sha256": digest(content), "size": len(content)}
    assert manifest["signed"]["r.pdf"] == {"sha256": digest(built), "size": len(built)}
    assert set(ours(folder)) == {"r.docx", "r.html", "r.pdf", NAME}
    verification = verify(folder, prove=False, signatures=Asked(AUTHORITY.trust()))
    assert verification.passed, verification.diagnostics
    names = [check.name for check in verification.checks]
    assert names[-2:] == ["signature", "signed-content"]


@slow
@pytest.mark.parametrize("level", ["B-LT", "B-LTA"])
def test_a_signed_pdf_verifies_by_itself(made: Build, tmp_path: Path, level: str) -> None:
    (tmp_path / "r.pdf").write_bytes(made.files["r.pdf"])
    signed = sign(tmp_path / "r.pdf", order(level, seal=picture()))
    again = sign(signed.path, order(level, again=True), tmp_path / "again.pdf")
    for path in (signed.path, again.path):
        verification = verify(path, prove=False, signatures=Asked(AUTHORITY.trust(), required=True))
        assert verification.passed, verification.diagnostics


@slow
def test_what_nobody_trusts_is_told_and_does_not_pass(folder: Path) -> None:
    sign(folder, order())
    for asked in (None, Asked(AUTHORITY.trust(NOW + 30 * DAY).__class__((), NOW))):
        verification = verify(folder / "r.pdf", prove=False, signatures=asked)
        (check,) = [check for check in verification.checks if check.name == "signature"]
        assert (check.verdict, verification.passed) == (Verdict.UNTOLD, False)


@slow
def test_a_missing_signature_is_told_where_one_is_asked_for(folder: Path) -> None:
    verification = verify(folder, prove=False, signatures=Asked(AUTHORITY.trust(), required=True))
    assert [found.code for found in verification.diagnostics] == ["signature-missing"]
    assert verify(folder, prove=False, signatures=Asked(AUTHORITY.trust())).passed


@slow
def test_the_beginning_of_a_signed_file_is_held_against_the_manifest(folder: Path) -> None:
    sign(folder, order())
    manifest = json.loads((folder / NAME).read_bytes())
    manifest["signed"]["r.pdf"]["sha256"] = "0" * 64
    (folder / NAME).write_text(json.dumps(manifest), "utf-8")
    verification = verify(folder, prove=False, signatures=Asked(AUTHORITY.trust()))
    assert [found.code for found in verification.diagnostics] == ["signed-witness"]


@slow
def test_a_signed_file_is_not_built_over(folder: Path, made: Build) -> None:
    sign(folder, order())
    content = (folder / "r.pdf").read_bytes()
    assert refusal(lambda: release_build(made, folder.parent)) == "output-signed"
    assert (folder / "r.pdf").read_bytes() == content
    release_build(made, folder.parent, force=True)
    assert (folder / "r.改动-1.pdf").read_bytes() == content


@slow
def test_an_altered_file_is_not_signed(folder: Path) -> None:
    (folder / "r.pdf").write_bytes((folder / "r.pdf").read_bytes() + b"\n")
    assert refusal(lambda: sign(folder, order())) == "sign-altered"


def test_what_is_nothing_to_sign_is_said(tmp_path: Path) -> None:
    for name in ("r.docx", "r.yaml", "folder"):
        path = tmp_path / name
        path.mkdir() if name == "folder" else path.touch()
        assert refusal(partial(sign, path, order())) == "nothing-to-sign"


def test_a_single_pdf_is_signed_beside_itself_and_nothing_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(blank())
    signed = sign(path, order())
    assert signed.path == tmp_path / "r.签章.pdf"
    assert path.read_bytes() == blank()
    content = signed.path.read_bytes()
    assert refusal(lambda: sign(path, order(clock=always(NOW + DAY)))) == "name-taken"
    assert signed.path.read_bytes() == content
    assert refusal(lambda: sign(signed.path, order())) == "already-signed"
    again = sign(signed.path, order(again=True), tmp_path / "again.pdf")
    verdicts = judge_pdf(again.path.read_bytes(), AUTHORITY.trust())
    assert [(item.name, item.standing) for item in verdicts] == [
        ("签名1", Standing.HOLDS),
        ("签名2", Standing.HOLDS),
    ]


def test_without_time_stamps_the_same_input_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.pdf").write_bytes(blank())
        sign(tmp_path / f"{name}.pdf", order("B-B"))
        monkeypatch.setattr("pyhanko.pdf_utils.metadata.info.datetime", None)  # nobody asks the clock
    assert (tmp_path / "a.签章.pdf").read_bytes() == (tmp_path / "b.签章.pdf").read_bytes()


# The record


def record(folder: Path) -> Path:
    """A report with a record of which the first revision was issued."""
    dossier = record_of(folder, "issued")
    entry = read_history(dossier).entries[0]
    (pdf,) = [item for item in entry.files if item.file.name == "r.pdf"]
    assert (dossier.files / pdf.stored).exists()
    return folder / "r.yaml"


@pytest.fixture
def _real_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample record holds a PDF that can be signed."""
    monkeypatch.setattr("tests.records.samples.pdf_of", lambda _: blank())


@pytest.mark.usefixtures("_real_pdf")
def test_the_record_keeps_what_was_signed_and_who_signed(tmp_path: Path) -> None:
    path = record(tmp_path)
    signed = sign(path, order())
    history = read_history(Dossier(tmp_path / "r.记录"))
    assert (history.standing, [entry.event for entry in history.entries]) == (
        Standing.HOLDS,
        ["issued", "signed"],
    )
    event = history.entries[-1]
    assert (event.by, event.at, event.revision) == ("张三", "2025-01-20T08:00:00Z", 1)
    assert signed.path.parent == tmp_path / "r.记录/文件"
    assert digest(signed.path.read_bytes()) == event.files[0].file.sha256
    assert refusal(lambda: sign(path, order())) == "already-signed"
    assert refusal(lambda: sign(path, order(by=""))) == "issuer-unusable"


# Kills and failures


def of_folder(place: Path) -> Path:
    """A built folder that is small."""
    folder = place / "r"
    folder.mkdir(parents=True)
    outputs = {"r.pdf": blank(), "r.docx": b"word"}
    for name, content in outputs.items():
        (folder / name).write_bytes(content)
    entries = {name: {"sha256": digest(content), "size": len(content)} for name, content in outputs.items()}
    manifest = {"format": 1, "report": {"年度": "2024"}, "outputs": entries}
    (folder / NAME).write_text(json.dumps(manifest), "utf-8")
    (folder / "notes.txt").write_text("mine", "utf-8")
    return folder


def of_file(place: Path) -> Path:
    place.mkdir(parents=True)
    (place / "r.pdf").write_bytes(blank())
    return place / "r.pdf"


def of_record(place: Path) -> Path:
    place.mkdir(parents=True)
    return record(place)


def state(path: Path) -> bool:
    """Whether what is there was signed; it is whole in any case."""
    if path.suffix == ".yaml":
        history = read_history(Dossier(path.with_name("r.记录")))
        assert history.standing is Standing.HOLDS
        return len(history.entries) == 2
    if path.suffix == ".pdf":
        assert path.read_bytes() == blank()
        target = path.with_name("r.签章.pdf")
        return target.exists() and holds(target.read_bytes())
    assert set(ours(path)) == {"r.pdf", "r.docx", NAME}
    assert (path / "notes.txt").read_text("utf-8") == "mine"
    content = (path / "r.pdf").read_bytes()
    return content != blank() and holds(content)


def holds(content: bytes) -> bool:
    (judged,) = judge_pdf(content, AUTHORITY.trust())
    assert judged.standing is Standing.HOLDS
    return True


def left(path: Path) -> list[str]:
    """What lies beside, hidden files without the lock left out."""
    return sorted(item.name for item in path.parent.iterdir() if item.name != ".r.lock")


FORMS = {"folder": of_folder, "file": of_file, "record": of_record}


@slow
@pytest.mark.usefixtures("_real_pdf")
@pytest.mark.parametrize("form", FORMS)
def test_a_kill_at_any_step_leaves_all_as_before_or_signed(tmp_path: Path, form: str) -> None:
    watch = Watch()
    counted = FORMS[form](tmp_path / "count")
    sign(counted, order("B-LT", disk=Disk(watch)))
    clean = left(counted)
    seen = set()
    for at in range(len(watch.steps)):
        path = FORMS[form](tmp_path / f"at-{at}")
        act = partial(sign, path, order("B-LT", disk=Disk(Watch(at, die))))
        assert in_a_child(act) == signal.SIGKILL, at
        if path.exists() or form == "record":  # between two names of a folder the next run mends it
            seen.add(state(path))
        with suppress(ReportgenError):  # signed already
            sign(path, order("B-LT"))
        assert state(path), at
        assert left(path) == clean, at
    assert seen == {True, False}


@slow
@pytest.mark.usefixtures("_real_pdf")
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize("form", FORMS)
def test_a_failure_at_any_step_leaves_all_as_before_or_signed(tmp_path: Path, form: str, number: int) -> None:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    watch = Watch()
    sign(FORMS[form](tmp_path / "count"), order("B-B", disk=Disk(watch), evidence=None))
    for at in range(len(watch.steps)):
        path = FORMS[form](tmp_path / f"at-{at}")
        with suppress(FileError):
            sign(path, order("B-LT", disk=Disk(Watch(at, fail))))
        state(path)
        with suppress(ReportgenError):
            sign(path, order("B-LT"))
        assert state(path), at


# Seals


def test_a_seal_covers_name_and_date_slightly_below_its_middle(made: Build) -> None:
    (place,) = place_seals(made.files["r.pdf"], 42, load_layout(()))
    left, low, right, high = place.box
    assert right - left == pytest.approx(42 * POINTS)
    assert (place.office, place.words) == (OFFICES[0], f"{OFFICES[0]}印章")
    from reportgen.verify.glyphs import read_glyphs

    page = read_glyphs(made.files["r.pdf"])[place.page]
    inside = [
        glyph
        for glyph in page.glyphs
        if low < page.height - glyph.base < high and left - 40 < glyph.left < right + 40
    ]
    assert "".join(glyph.text for glyph in inside) == f"{OFFICES[0]}2025年1月10日"
    bases = sorted({round(page.height - glyph.base, 1) for glyph in inside})
    middle = (bases[0] + bases[-1]) / 2 + 5
    assert 0 < (low + high) / 2 - middle < 8 * POINTS


@slow
@pytest.mark.parametrize(("name", "page"), [("letter-2024", 0), ("document-2024", 4)])
def test_every_outer_form_has_a_place_for_the_seal(tmp_path: Path, name: str, page: int) -> None:
    text = (FIXTURES / f"{name}.yaml").read_text("utf-8").replace("盖章: 是\n", "")
    (tmp_path / "r.yaml").write_text(f"{text}盖章: 是\n", "utf-8")
    made = build(tmp_path / "r.yaml")
    (place,) = place_seals(made.files["r.pdf"], 42, load_layout(()))
    assert (place.office, place.page) == ("清溪县司法局", page)


@slow
def test_joint_seals_neither_touch_nor_cross_and_each_office_has_its_own(
    joint: bytes, tmp_path: Path
) -> None:
    one, other = place_seals(joint, 42, load_layout(()))
    assert other.box[0] - one.box[2] > 0  # side by side, as the names stand in a row
    assert one.box[1] == other.box[1]
    assert (one.office, other.office) == OFFICES
    path = tmp_path / "r.pdf"
    path.write_bytes(joint)
    first = sign(path, order(seal=picture(), office=OFFICES[1]), tmp_path / "first.pdf")
    assert refusal(lambda: sign(first.path, order(office=OFFICES[1]))) == "office-unknown"
    second = sign(first.path, order(seal=picture()), tmp_path / "second.pdf")
    verdicts = judge_pdf(second.path.read_bytes(), AUTHORITY.trust())
    assert [(item.name, item.standing) for item in verdicts] == [
        ("印章2", Standing.HOLDS),
        ("印章1", Standing.HOLDS),
    ]
    with pytest.raises(NoPlaceError):
        place_seals(joint, 90, load_layout(()))


@slow
def test_a_certificate_in_the_place_of_another_office_is_told(joint: bytes, tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(joint)

    def told(name: str) -> list[str]:
        signer = AUTHORITY.signer(AUTHORITY.person(name, 31))
        place = order(seal=picture(), office=OFFICES[0], signer=signer)
        signed = sign(path, place, tmp_path / "signed.pdf")
        (verdict, _) = judge_pdf(signed.path.read_bytes(), AUTHORITY.trust())
        assert verdict.standing is Standing.HOLDS
        signed.path.unlink()
        found = [
            [f"{item.type.severity.value} {item.code} {item.message('zh')}" for item in judged.diagnostics]
            for judged in (verdict, signed.judged)
        ]
        assert found[0] == found[1]
        return found[0]

    assert told(OFFICES[0]) == told(f"{OFFICES[0]}（公章）") == []
    (warning,) = told(OFFICES[1])
    assert warning.startswith("warning signature-other-office")
    assert all(name in warning for name in OFFICES)
    own = order(seal=picture(), signer=AUTHORITY.signer(AUTHORITY.person(OFFICES[1], 31)))
    (verdict, empty) = judge_pdf(sign(path, own, tmp_path / "own.pdf").path.read_bytes(), AUTHORITY.trust())
    assert (verdict.name, verdict.diagnostics, empty.name) == ("印章2", (), "印章1")  # by its certificate
    (hint,) = told("李四")
    assert hint.startswith("hint signature-unsure-office")
    assert "李四" in hint


@slow
@pytest.mark.parametrize("level", ["B-B", "B-LTA"])
def test_a_sealed_page_is_still_archivable_and_accessible(made: Build, tmp_path: Path, level: str) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(made.files["r.pdf"])
    content = sign(path, order(level, seal=picture())).path.read_bytes()
    checks = check_verapdf(Subject({"pdf": content}, {"pdf": "r.pdf"}, {}))
    if {check.verdict for check in checks} == {Verdict.LEFT_OUT}:
        pytest.skip("veraPDF is not there")
    assert {check.verdict for check in checks} == {Verdict.HOLDS}, [check.diagnostics for check in checks]


@slow
def test_a_seal_without_room_or_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(build(variant(tmp_path)).files["r.pdf"])
    assert refusal(lambda: sign(path, order(seal=picture()))) == "seal-no-room"
    path.write_bytes(blank())
    assert refusal(lambda: sign(path, order(seal=picture()))) == "seal-place-unknown"


# Tampering


@slow
def test_no_changed_byte_of_a_signed_file_goes_unnoticed(sealed: bytes) -> None:
    chance = random.Random(20250120)
    trust = AUTHORITY.trust()
    assert [item.standing for item in judge_pdf(sealed, trust)] == [Standing.HOLDS]
    start, end = sealed.index(b"/Contents <3"), sealed.index(b"/ByteRange")
    places = [chance.randrange(len(sealed)) for _ in range(500)]
    places += [chance.randrange(start, end) for _ in range(200)]
    for place in places:
        changed = bytearray(sealed)
        changed[place] ^= 1 << chance.randrange(8)
        verdicts = judge_pdf(bytes(changed), trust)
        assert not verdicts or any(item.standing is not Standing.HOLDS for item in verdicts), place


def exchanged(pdf: bytes) -> bytes:
    """The file with another attachment in the place of the first, as an incremental update."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    file = names[1]["/EF"]
    file["/F"] = writer.add_object(generic.StreamObject(stream_data=b"another"))
    writer.update_container(file)
    writer.write(out := BytesIO())
    return out.getvalue()


def scrolled_back(pdf: bytes) -> bytes:
    """The file before it was signed, with the end of the signed one."""
    end = pdf.index(b"%%EOF") + 6
    return pdf[:end] + pdf[pdf.rindex(b"startxref") :]


@slow
@pytest.mark.parametrize("tamper", [exchanged, scrolled_back], ids=lambda act: act.__name__)
def test_what_was_done_to_a_signed_file_is_told(sealed: bytes, tamper: Callable[[bytes], bytes]) -> None:
    verdicts = judge_pdf(tamper(sealed), AUTHORITY.trust())
    assert not verdicts or {item.standing for item in verdicts} == {Standing.FAILS}


@slow
def test_strange_bytes_never_raise_and_never_hold(sealed: bytes) -> None:
    chance = random.Random(1)
    strange = [sealed[:end] for end in range(1000, len(sealed), len(sealed) // 20)]
    strange += [b"%PDF-1.7\n/ByteRange" + chance.randbytes(size) for size in (0, 10, 1000, 10_000)]
    strange += [sealed.replace(old, new) for old, new in ((b"/Kids", b"/Prev"), (b"/Prev", b"/Size"))]
    strange += [b"%PDF-1.7 /ByteRange " + b"[" * 100_000, b"%PDF-1.7 /ByteRange " + b"<<" * 50_000]
    for content in strange:
        assert all(item.standing is not Standing.HOLDS for item in judge_pdf(content, AUTHORITY.trust()))


@slow
def test_a_signed_file_is_proved_before_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(blank())
    place = "reportgen.verify.conformance.verapdf.check_verapdf"
    wrong = find("verapdf-failed", Location("r.pdf"), clause="6.1", count=1, message="x")
    monkeypatch.setattr(place, lambda _: (Check("x", Verdict.FAILS, diagnostics=(wrong,)),))
    with pytest.raises(VerificationError):
        sign(path, order(prove=True))
    assert [item.name for item in tmp_path.iterdir()] == ["r.pdf"]
    monkeypatch.setattr(place, lambda _: (Check("x", Verdict.LEFT_OUT),))
    signed = sign(path, order(prove=True))
    assert [found.code for found in signed.judged.diagnostics] == ["signed-unproved"]
    assert signed.judged.standing is Standing.HOLDS


# The command


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """A folder with what is needed to sign."""
    folder = tmp_path / "keys"
    folder.mkdir()
    files = {
        "office.p12": AUTHORITY.pkcs12(b"secret"),
        "ca.pem": AUTHORITY.root.pem,
        "list.crl": AUTHORITY.crl(),
        "password": b"secret\n",
        "wrong": b"not it\n",
        "seal.png": seal(),
        "r.pdf": blank(),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def run(keys: Path, *arguments: str) -> int:
    """Runs `sign` on the PDF; names of files are those in the folder."""
    named = [str(keys / item) if (keys / item).exists() else item for item in arguments]
    at = () if "--at" in arguments else ("--at", "2025-01-20T16:00+08:00")
    return cli.run(("sign", str(keys / "r.pdf"), "--key", str(keys / "office.p12"), *named, *at))


def test_the_command_signs_with_a_password_from_a_file_or_the_environment(
    keys: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(keys, "--password-file", "password", "-o", str(keys / "a.pdf")) == 0
    out, err = capfd.readouterr()
    assert out == f"{keys / 'a.pdf'}\n"
    assert "某某市某某局" in err
    assert run(keys, "--password-file", "password", "-o", str(keys / "j.pdf"), "--format", "json") == 0
    assert "signature-untrusted" in {item["code"] for item in json.loads(capfd.readouterr().out)}
    monkeypatch.setenv("SEAL_PASSWORD", "secret")
    assert run(keys, "--password-env", "SEAL_PASSWORD", "-o", str(keys / "b.pdf")) == 0
    assert run(keys, "--password-env", "NOWHERE", "-o", str(keys / "c.pdf")) == 2
    assert "[environment-missing]" in capfd.readouterr().err


def test_a_wrong_password_says_so_once_and_not_what_it_was(
    keys: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(keys, "--password-file", "wrong") == 7
    err = capfd.readouterr().err
    assert err.count("[key-password]") == 1
    assert "not it" not in err
    assert run(keys) == 7
    assert not (keys / "r.签章.pdf").exists()


def test_what_a_terminal_is_asked_for_is_used(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _: "secret")
    assert run(keys) == 0


def test_nobody_is_asked_where_standard_input_was_closed(keys: Path) -> None:
    command = f'"$0" -m reportgen sign {keys / "r.pdf"} --key {keys / "office.p12"} <&-'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable], env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    assert done.returncode == 7
    assert "[key-password]" in done.stderr.decode()


def test_a_missing_file_has_the_code_of_files(keys: Path) -> None:
    assert run(keys, "--password-file", "nowhere") == 5
    assert run(keys, "--password-file", "password", "--seal", "nowhere.png") == 5


def test_no_token_is_asked_without_its_password(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(("sign", str(tmp_path / "r.pdf"), "--pkcs11", "token.so")) == 7
    assert "[key-password]" in capfd.readouterr().err


def test_nothing_is_signed_without_a_key(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(("sign", str(tmp_path / "r.pdf"))) == 2
    assert "--key" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("path", "given", "words"),
    [
        ("r.pdf", ("--key", "a.p12", "--pkcs11", "token.so"), "只能给一个"),
        ("r.pdf", ("--key", "a.p12", "--tsa", "http://127.0.0.1:9/"), "--level B-T"),
        ("r.yaml", ("--key", "a.p12", "-o", "x.pdf"), "-o 只用于"),
        ("out", ("--sm2-key", "a.key", "--cert", "a.pem", "--level", "B-LT"), "不分级别"),
        ("out", ("--sm2-key", "a.key", "--cert", "a.pem", "--seal", "a.png"), "不分级别"),
    ],
)
def test_no_option_is_left_out_unseen(
    path: str, given: tuple[str, ...], words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(("sign", path, *given)) == 2
    assert words in capfd.readouterr().err


@slow
def test_time_stamps_come_from_the_address_that_is_named(
    keys: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    given = ("--password-file", "password", "--level", "B-LT", "--crl", "list.crl", "--trust", "ca.pem")
    with served({"/tsa": stamping(AUTHORITY), "/odd": lambda _: b"odd"}) as address:
        assert run(keys, *given, "--tsa", f"{address}/tsa") == 0
        (judged,) = judge_pdf((keys / "r.签章.pdf").read_bytes(), AUTHORITY.trust())
        assert (judged.standing, judged.level) == (Standing.HOLDS, "B-LT")
        for path, code in (("odd", "stamp-refused"), ("none", "stamp-unreachable")):
            capfd.readouterr()
            target = keys / f"{path}.pdf"
            assert run(keys, *given, "--tsa", f"{address}/{path}", "-o", str(target)) == 7
            assert f"[{code}]" in capfd.readouterr().err
            assert not target.exists()


@slow
def test_evidence_is_fetched_only_when_that_is_asked(keys: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with served({"/tsa": stamping(AUTHORITY), "/crl": lambda _: AUTHORITY.crl()}) as address:
        office = Authority(lists=f"{address}/crl")
        (keys / "office.p12").write_bytes(office.pkcs12(b"secret"))
        plain = ("--password-file", "password")
        given = (*plain, "--level", "B-LT", "--trust", "ca.pem", "--tsa", f"{address}/tsa")
        assert run(keys, *given) == 7
        assert "[evidence-missing]" in capfd.readouterr().err
        assert run(keys, *given, "--fetch") == 0
    (keys / "office.p12").write_bytes(Authority(lists="http://127.0.0.1:9/").pkcs12(b"secret"))
    assert run(keys, *plain, "--fetch", "-o", str(keys / "x.pdf")) == 7
    assert "[evidence-unreachable]" in capfd.readouterr().err


def test_the_shape_of_what_is_said(keys: Path) -> None:
    signed = sign(keys / "r.pdf", order("B-B"))
    assert isinstance(signed, Signed)
    with pytest.raises(SignatureError):
        sign(keys / "r.pdf", order("B-B", signer=Authority(valid=(NOW - 9 * DAY, NOW - DAY)).signer()))
    shutil.rmtree(keys)


# Signatures of their own


@slow
def test_an_sm2_key_signs_the_manifest(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capfd: pytest.CaptureFixture[str]
) -> None:
    keys = sm2_folder(tmp_path_factory.mktemp("sm2"))
    key, certificate = ("--sm2-key", str(keys / "office.key")), ("--cert", str(keys / "office.pem"))
    more = ("--crl", str(keys / "none.crl"), "--trust", str(keys / "root.pem"))
    assert cli.run(("sign", str(folder), *key, *certificate, *more)) == 0
    assert cli.run(("sign", str(folder), *key)) == 2
    trust = load_trust([keys / "root.pem"], datetime.now(UTC))
    verification = verify(folder, prove=False, signatures=Asked(trust, required=True))
    assert verification.passed, verification.diagnostics
    manifest = (folder / NAME).read_bytes()
    (folder / NAME).write_bytes(manifest.replace(b'"format": 1', b'"format":  1'))
    changed = verify(folder, prove=False, signatures=Asked(trust))
    assert "signature-altered" in [found.code for found in changed.diagnostics]
    assert "manifest.json.p7s" in capfd.readouterr().err


@slow
def test_the_history_of_a_signed_record_judges_its_signatures(
    tmp_path: Path, keys: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from tests.test_issuing import SAMPLE as REPORT
    from tests.test_issuing import issued

    path = Path(shutil.copy(REPORT, tmp_path / "r.yaml"))
    issued(path, build(path, revision=Revision(1)))
    stamped = ("--key", str(keys / "office.p12"), "--password-file", str(keys / "password"), "--by", "李四")
    assert cli.run(("sign", str(path), *stamped, "--at", "2025-01-20T16:00+08:00")) == 0
    assert cli.run(("history", str(path))) == 0
    out = capfd.readouterr().out
    assert "李四  签章" in out
    assert cli.run(("history", str(path), "--trust", str(keys / "ca.pem"))) == 8
    assert "[signature-time-unproven]" in capfd.readouterr().err  # it is later now than the certificate
