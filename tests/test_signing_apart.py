"""Signatures in files of their own: of a manifest, a revision, a package; what the record says of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from errno import ENOSPC
from itertools import count
from pathlib import Path
from signal import SIGKILL

import pytest

from reportgen import cli
from reportgen.archiving import Wish, archive
from reportgen.errors import FileError, LedgerError, SignatureError
from reportgen.files.disk import Disk
from reportgen.files.reading import digest
from reportgen.issuing import Signing
from reportgen.records.archive.opening import open_package
from reportgen.records.dossier import dossier_of
from reportgen.records.history import Standing, read_history
from reportgen.records.manifest import APART, FORMAT, NAME
from reportgen.records.release import Desk, release
from reportgen.records.signatures.events import with_signatures
from reportgen.records.signatures.judged import Trust, load_trust
from reportgen.records.standing import Parcel
from reportgen.reporters.history import history_text
from reportgen.signing import Order, sign
from reportgen.verify.verification import Verdict
from reportgen.verifying_packages import Demands, verify_package
from tests.authority import DAY, NOW, YEAR, Authority
from tests.clocks import always
from tests.packages import archived, copied, issued_folder
from tests.records.samples import contents as contents_of_folder
from tests.records.test_record import Watch, die, in_a_child
from tests.records.test_sm2 import authority_of as sm2_folder
from tests.test_verifying_packages import verdicts

__all__ = ["issued_folder"]
slow = pytest.mark.slow

AUTHORITY = Authority()
LATER = datetime(2025, 1, 22, 8, 0, tzinfo=UTC)


def order(at: datetime = LATER, level: str = "B-B", **given: object) -> Order:
    stamper = None if level == "B-B" else AUTHORITY.stamper(at)
    known = {"evidence": AUTHORITY.evidence(at), "roots": (AUTHORITY.root.der,), "by": "张三"}
    return Order(AUTHORITY.signer(), always(at), level, stamper=stamper, **{**known, **given})  # type: ignore[arg-type]


# A built folder


def folder_of(place: Path, pdf: bytes = b"%PDF") -> tuple[Parcel, Path]:
    """A set of documents put in place, with a signature of its manifest beside it."""
    (place / "r.yaml").touch()
    manifest = (
        f'{{"format": {FORMAT}, "report": {{}}, "outputs": {{"r.pdf": {{"sha256": "{digest(pdf)}"}}}}}}'
    )
    parcel = Parcel("r", {"r.pdf": pdf, NAME: manifest.encode()}, place / "r.yaml", {})
    folder = release(parcel, place / "out").folder
    (folder / APART).write_bytes(b"signature")
    return parcel, folder


def test_a_signed_manifest_is_neither_overwritten_nor_left_beside_another(tmp_path: Path) -> None:
    parcel, folder = folder_of(tmp_path)
    before = contents(folder)
    other = replace(parcel, files={**parcel.files, NAME: parcel.files[NAME] + b"\n"})
    with pytest.raises(FileError) as error:
        release(other, tmp_path / "out")
    assert {found.code for found in error.value.diagnostics} == {"output-signed"}
    assert contents(folder) == before
    assert release(other, tmp_path / "out", Desk(force=True)).folder == folder
    assert contents(folder) == {
        **other.files,
        "manifest.改动-1.json": parcel.files[NAME],
        "manifest.json.改动-1.p7s": b"signature",
    }


def test_a_signature_of_the_same_manifest_stays(tmp_path: Path) -> None:
    parcel, folder = folder_of(tmp_path)
    before = contents(folder)
    release(parcel, tmp_path / "out")
    assert contents(folder) == before


def test_the_pdf_is_signed_before_the_manifest(tmp_path: Path) -> None:
    _, folder = folder_of(tmp_path)
    before = contents(folder)
    with pytest.raises(SignatureError) as error:
        sign(folder, order())
    assert [found.code for found in error.value.diagnostics] == ["manifest-signed"]
    assert contents(folder) == before


# A record


@slow
@pytest.mark.skipif(not shutil.which("openssl"), reason="OpenSSL is not there")
def test_an_sm2_signature_of_a_revision_is_an_event_and_goes_into_the_package(
    issued_folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    report, keys = copied(issued_folder, tmp_path), sm2_folder(tmp_path)
    given = ("--sm2-key", str(keys / "office.key"), "--cert", str(keys / "office.pem"), "--by", "李四")
    more = ("--crl", str(keys / "none.crl"), "--trust", str(keys / "root.pem"))
    assert cli.run(("sign", str(report), *given, *more)) == 0
    event = read_history(dossier_of(report)).entries[-1]
    assert (event.event, event.revision, event.by) == ("signed", 1, "李四")
    assert [item.file.name for item in event.files] == [APART]
    assert cli.run(("history", str(report), *more)) == 0
    assert APART in capfd.readouterr().out
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    made = archived(report, tmp_path / "包", at=f"{soon[:19]}Z")
    assert f"data/定稿/{APART}" in made.bag
    trust = load_trust([keys / "root.pem"], datetime.now(UTC) + DAY)
    verification = verify_package(made.path, Demands(trust, prove=False))
    assert verdicts(verification)["1-1-original"] is Verdict.HOLDS
    (dossier_of(report).files / event.files[0].stored).write_bytes(b"0")
    assert cli.run(("history", str(report), *more)) == 8


@slow
def test_what_a_later_time_stamp_proves_counts_for_the_signature_below_it(
    issued_folder: Path, tmp_path: Path
) -> None:
    report, years = copied(issued_folder, tmp_path), Trust((AUTHORITY.root.der,), NOW + 3 * YEAR)
    sign(report, order())
    history = with_signatures(read_history(dossier_of(report)), years)
    assert history.standing is Standing.UNTOLD  # nobody shows that it was signed before the certificate ended
    (found,) = history.diagnostics
    assert found.code == "signature-time-unproven"
    assert "2025-01-22T08:00:00Z" in found.message("zh")
    sign(report, order(LATER + timedelta(hours=1), "B-LTA", again=True))
    history = with_signatures(read_history(dossier_of(report)), years)
    assert (history.standing, history.diagnostics) == (Standing.HOLDS, ())


@slow
def test_a_list_of_what_is_revoked_may_be_given_to_history_and_verify(
    issued_folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    living = Authority("今日根证书", valid=(now - YEAR, now + YEAR))
    report, keys = copied(issued_folder, tmp_path), tmp_path
    bad = Authority("今日根证书", valid=living.valid, revoked=((10, now - 2 * DAY),))
    for name, content in {
        "ca.pem": living.root.pem,
        "none.crl": living.crl(now),
        "revoked.crl": bad.crl(now),
    }.items():
        (keys / name).write_bytes(content)
    trust = ("--trust", str(keys / "ca.pem"))
    signed = sign(report, Order(living.signer(), always(now), by="张三"))
    pdf = Path(shutil.copy(signed.path, tmp_path / "r.pdf"))
    for command in (("history", str(report)), ("verify", str(pdf), "--quick", "--require-signature")):
        capfd.readouterr()
        assert cli.run((*command, *trust)) in (6, 8)
        assert "signature-revocation-unknown" in "".join(capfd.readouterr())
        cli.run((*command, *trust, "--crl", str(keys / "none.crl")))
        assert "signature-" not in "".join(capfd.readouterr())
        assert cli.run((*command, *trust, "--crl", str(keys / "revoked.crl"))) in (6, 8)
        assert "signature-revoked" in "".join(capfd.readouterr())


# A package


@slow
@pytest.mark.parametrize("name", ["包", "包.zip"])
def test_signing_a_package_is_an_event_of_the_record_beside_it(
    issued_folder: Path, tmp_path: Path, name: str
) -> None:
    report = copied(issued_folder, tmp_path)
    path = archived(report, tmp_path / name).path
    signed = sign(path, order())
    assert (signed.revision, signed.judged.diagnostics) == (1, ())
    trust = Trust((AUTHORITY.root.der,), LATER)
    history = with_signatures(read_history(dossier_of(report)), trust)
    assert (history.standing, history.diagnostics) == (Standing.HOLDS, ())
    event = history.entries[-1]
    assert (event.event, event.by, [item.file.name for item in event.files]) == (
        "signed",
        "张三",
        ["签名/1.p7s"],
    )
    assert history_text(history, "zh").splitlines()[-2].endswith("  签名/1.p7s")
    verification = verify_package(path, Demands(trust, prove=False, signature=True, record=report))
    assert {verdicts(verification)[item] for item in ("1-1", "1-1-record")} == {Verdict.HOLDS}
    again = archive(report, Wish(1), tmp_path / "又", Signing("李四", always("2026-01-01T00:00:00Z")))
    assert not again.is_new


@slow
def test_a_package_away_from_its_record_is_signed_and_says_that_nobody_noted_it(
    issued_folder: Path, tmp_path: Path
) -> None:
    report = copied(issued_folder, tmp_path / "here")
    path = archived(report, tmp_path / "包").path
    alone = sign(path, order())
    assert [found.code for found in alone.judged.diagnostics] == ["package-signed-unrecorded"]
    assert len(read_history(dossier_of(report)).entries) == 2
    named = sign(path, order(record=report))
    assert (named.name, named.judged.diagnostics) == ("签名/1.p7s", ())  # entered, not made once more
    assert len(read_history(dossier_of(report)).entries) == 3
    assert sign(path, order(record=report)).name == "签名/2.p7s"
    assert len(read_history(dossier_of(report)).entries) == 4
    other = copied(issued_folder, tmp_path / "other")
    before = contents(path), contents(dossier_of(other).folder)
    with pytest.raises(LedgerError) as error:
        sign(path, order(record=other))
    assert [found.code for found in error.value.diagnostics] == ["package-not-recorded"]
    assert (contents(path), contents(dossier_of(other).folder)) == before


@slow
@pytest.mark.parametrize("name", ["包", "包.zip"])
def test_a_failure_leaves_package_and_record_as_they_were(
    issued_folder: Path, tmp_path: Path, name: str
) -> None:
    report = copied(issued_folder, tmp_path / "a")
    path = archived(report, tmp_path / "a" / name).path
    before = contents(path)
    seen: list[str] = []
    watched = Disk(lambda step, _path: seen.append(step))
    sign(shutil.copytree(tmp_path / "a", tmp_path / "b") / name, order(disk=watched))
    assert "rename" in seen
    for number in range(len(seen)):
        steps = count()

        def fail(_step: str, _path: Path, number: int = number, steps: Iterator[int] = steps) -> None:
            if next(steps) == number:
                raise OSError(ENOSPC, "")

        try:
            sign(path, order(disk=Disk(fail)))
        except FileError:
            if len(read_history(dossier_of(report)).entries) == 2:
                assert contents(path) == before
                continue
        assert seen[number:] <= ["sync", "remove", "remove"]  # the event stands
        return
    raise AssertionError("the event never stood")


@slow
@pytest.mark.parametrize("name", ["包", "包.zip"])
def test_cut_off_anywhere_the_next_call_leaves_one_signature_and_one_event(
    issued_folder: Path, tmp_path: Path, name: str
) -> None:
    report = copied(issued_folder, tmp_path / "a")
    path = archived(report, tmp_path / "a" / name).path
    watch = Watch()
    sign(shutil.copytree(tmp_path / "a", tmp_path / "b") / name, order(disk=Disk(watch)))
    steps = [at for at, step in enumerate(watch.steps) if not step.startswith("sync")]
    unfinished = set()
    for at in steps:
        place = shutil.copytree(tmp_path / "a", tmp_path / str(at))
        cut = Disk(Watch(at, die))
        assert in_a_child(lambda place=place, cut=cut: sign(place / name, order(disk=cut))) == SIGKILL, at  # type: ignore[misc]
        history = read_history(dossier_of(place / report.name))
        assert history.standing is Standing.HOLDS
        signatures = [item for item in open_package(place / name).contents if item.endswith(".p7s")]
        unfinished.add((len(signatures), len(history.entries)))
        if len(history.entries) == 2:
            sign(place / name, order())
        signatures = [item for item in open_package(place / name).contents if item.endswith(".p7s")]
        assert len(signatures) == 1, at
        assert len(read_history(dossier_of(place / report.name)).entries) == 3
    assert unfinished >= {(0, 2), (1, 2)}
    assert path.exists()


def contents(path: Path) -> dict[str, bytes]:
    """The files of a folder, or the one file."""
    return contents_of_folder(path) if path.is_dir() else {"": path.read_bytes()}
