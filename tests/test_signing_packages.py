"""Signed packages: whose they are can be told, and no rewriting, rolling back or swapping goes unnoticed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportgen.archiving import Wish, archive
from reportgen.errors import FileError, LedgerError
from reportgen.files.disk import Disk
from reportgen.issuing import Signing
from reportgen.records.archive.guide import GUIDE
from reportgen.records.archive.marks import SIGNED
from reportgen.records.archive.office import archive_words
from reportgen.records.archive.opening import Package, open_package
from reportgen.records.archive.zipped import write_zip
from reportgen.records.signatures.detached import sign_detached
from reportgen.records.signatures.judged import Trust
from reportgen.signing import Order, sign
from reportgen.signing_packages import sign_package
from reportgen.verify.package.fixity import altered
from reportgen.verify.package.origin import PAPER, check_origin
from reportgen.verify.package.parts import Parts
from reportgen.verify.verification import Verdict, Verification
from reportgen.verifying_packages import Demands, verify_package
from tests.authority import NOW, Authority
from tests.clocks import always
from tests.packages import archived, copied, issued_folder
from tests.records.test_signatures import appended, catalogue, note
from tests.test_archiving import Watch, bare, blank_pdf, commands_in, fail
from tests.test_verifying_packages import CONSISTENT, laid_out, put, rewritten, verdicts

__all__ = ["issued_folder"]
pytestmark = pytest.mark.slow

AUTHORITY = Authority()
STAMPED = datetime(2025, 1, 20, 20, 0, tzinfo=UTC)
LATER = datetime(2025, 1, 22, 8, 0, tzinfo=UTC)
TRUST = Trust((AUTHORITY.root.der,), LATER)
QUICK = Demands(TRUST, prove=False, signature=True)
SIGNATURE = "签名/1.p7s"


def made(content: bytes, authority: Authority = AUTHORITY) -> bytes:
    """A signature of the office, with what shows that nothing was revoked."""
    return sign_detached(content, authority.signer(), at=NOW, evidence=authority.evidence(NOW))


@pytest.fixture(scope="module")
def bag(issued_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The files of a signed package."""
    place = tmp_path_factory.mktemp("signed")
    path = archived(copied(issued_folder, place), place / "包").path
    assert sign_package(path, made) == SIGNATURE
    return open_package(path).contents


def origin(verification: Verification) -> Verdict:
    """Whether it can be told whose the package is."""
    return verdicts(verification)["1-1"]


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_a_signed_package_holds(bag: Mapping[str, bytes], tmp_path: Path, form: str) -> None:
    path = tmp_path / "包.zip"
    if form == "zip":
        path.write_bytes(write_zip(bag))
    else:
        path = laid_out(bag, tmp_path / "包")
    verification = verify_package(path, replace(QUICK, signature=False))
    assert origin(verification) is Verdict.HOLDS
    assert (verification.passed, verification.is_told) == (True, True)
    assert verdicts(verification)["1-1-original"] is Verdict.NOT_APPLICABLE
    assert verify_package(path, QUICK).passed
    (check,) = (check for check in verification.checks if check.name == "package-1-1")
    assert "某某市某某局" in check.summary.zh


def test_a_zip_is_signed_like_its_folder(bag: Mapping[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(write_zip({name: content for name, content in bag.items() if name != SIGNATURE}))
    assert sign_package(path, made) == SIGNATURE
    assert path.read_bytes() == write_zip(bag)
    assert sign_package(path, made) == "签名/2.p7s"
    assert origin(verify_package(path, QUICK)) is Verdict.HOLDS


def test_without_the_root_or_with_another_one_whose_it_is_cannot_be_told(
    bag: Mapping[str, bytes], tmp_path: Path
) -> None:
    path = laid_out(bag, tmp_path / "包")
    for roots in ((), (Authority("别的根证书").root.der,)):
        verification = verify_package(path, replace(QUICK, trust=Trust(roots, LATER), signature=False))
        assert origin(verification) is Verdict.UNTOLD
        assert not verification.passed


@pytest.mark.parametrize("name", CONSISTENT)
def test_a_package_rewritten_to_fit_is_found(bag: Mapping[str, bytes], tmp_path: Path, name: str) -> None:
    whole = rewritten(bag, CONSISTENT[name][0]) | {SIGNATURE: bag[SIGNATURE]}
    assert origin(verify_package(laid_out(whole, tmp_path / "包"), QUICK)) is Verdict.FAILS


def test_rolled_back_swapped_and_restamped_sets_are_found(
    bag: Mapping[str, bytes], issued_folder: Path, tmp_path: Path
) -> None:
    place = tmp_path / "other"
    other = archived(copied(issued_folder, place), place / "包", at="2025-01-22T02:00:00Z").bag
    whole = {**other, SIGNATURE: bag[SIGNATURE]}
    assert origin(verify_package(laid_out(whole, tmp_path / "一"), QUICK)) is Verdict.FAILS

    def back(whole: dict[str, bytes]) -> None:
        whole["bag-info.txt"] = whole["bag-info.txt"].replace(b"2025-01-21", b"2025-01-20")

    whole = rewritten(bag, back) | {SIGNATURE: bag[SIGNATURE]}
    assert origin(verify_package(laid_out(whole, tmp_path / "二"), QUICK)) is Verdict.FAILS
    forged = {**rewritten(bag, back)}
    forged[SIGNATURE] = made(forged[SIGNED], Authority("伪造的根证书"))
    assert origin(verify_package(laid_out(forged, tmp_path / "三"), QUICK)) is Verdict.UNTOLD
    stripped = {name: content for name, content in bag.items() if name != SIGNATURE}
    assert not verify_package(laid_out(stripped, tmp_path / "四"), QUICK).passed


def test_no_changed_byte_of_a_signature_goes_unnoticed(bag: Mapping[str, bytes], tmp_path: Path) -> None:
    words = archive_words()
    chance = random.Random(7)
    missed = []
    for _ in range(200):
        changed = bytearray(bag[SIGNATURE])
        place = chance.randrange(len(changed))
        changed[place] ^= 1 << chance.randrange(8)
        parts = Parts(Package(tmp_path, {**bag, SIGNATURE: bytes(changed)}), words)
        assert not [*altered(parts)]
        if check_origin(parts, TRUST).verdict is Verdict.HOLDS:
            missed.append(place)
    assert missed == []


def test_an_altered_package_is_not_signed(bag: Mapping[str, bytes], tmp_path: Path) -> None:
    whole = {**bag, "data/来源/年报.yaml": b"x"}
    path = laid_out(whole, tmp_path / "包")
    with pytest.raises(LedgerError) as error:
        sign_package(path, made)
    assert error.value.diagnostics[0].code == "package-file-altered"
    assert open_package(path).contents == whole


@pytest.mark.parametrize("form", ["folder", "zip", "signed folder"])
def test_cut_off_at_any_step_the_package_is_as_before_or_signed(
    bag: Mapping[str, bytes], tmp_path: Path, form: str
) -> None:
    plain = dict(bag) if form == "signed folder" else {n: c for n, c in bag.items() if n != SIGNATURE}

    def fresh(name: str) -> Path:
        path = tmp_path / name / ("包.zip" if form == "zip" else "包")
        path.parent.mkdir()
        if form != "zip":
            return laid_out(plain, path)
        path.write_bytes(write_zip(plain))
        return path

    watch = Watch()
    sign_package(fresh("count"), made, Disk(watch))
    for at in range(watch.steps):
        path = fresh(str(at))
        with suppress(FileError):
            sign_package(path, made, Disk(Watch(at, fail)))
        left = open_package(path).contents
        assert {name: left[name] for name in plain} == plain
        assert not [*altered(Parts(open_package(path), archive_words()))]
        sign_package(path, made)
        assert len(open_package(path).contents) >= len(plain) + 1


def test_a_signed_pdf_that_was_added_to_is_found_in_a_package_that_fits(
    issued_folder: Path, tmp_path: Path
) -> None:
    report = copied(issued_folder, tmp_path / "office")
    order = Order(AUTHORITY.signer(), always(NOW), roots=(AUTHORITY.root.der,), by="张三")
    sign(report, order)
    bag = archived(report, tmp_path / "office" / "包").bag
    name = "data/正本/年报.pdf"
    for number, change in enumerate((note, catalogue)):
        whole = rewritten(bag, put(name, appended(bag[name], change)))
        verification = verify_package(
            laid_out(whole, tmp_path / str(number)), replace(QUICK, signature=False)
        )
        assert verdicts(verification)["1-1-original"] is Verdict.FAILS
    cut = rewritten(bag, put(name, bag["data/定稿/年报.pdf"]))
    verification = verify_package(laid_out(cut, tmp_path / "cut"), replace(QUICK, signature=False))
    assert verdicts(verification)["2-7"] is Verdict.FAILS


def test_signed_on_paper_alone_is_said(issued_folder: Path, tmp_path: Path) -> None:
    report = copied(issued_folder, tmp_path)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(blank_pdf())
    path = archived(report, tmp_path / "包", scan=scan).path

    def said() -> tuple[Verdict, str]:
        checks = verify_package(path, replace(QUICK, signature=False)).checks
        (check,) = (check for check in checks if check.name == "package-1-1-original")
        return check.verdict, check.summary.zh

    assert said() == (Verdict.UNTOLD, PAPER.zh)
    sign_package(path, made)
    assert said() == (Verdict.NOT_APPLICABLE, f"{PAPER.zh}；由信息包的签名证明")


def test_what_the_office_added_is_kept_over_a_signature(issued_folder: Path, tmp_path: Path) -> None:
    report = copied(issued_folder, tmp_path)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(blank_pdf())
    archived(report, tmp_path / "包", scan=scan)
    sign(report, Order(AUTHORITY.signer(), always(STAMPED), by="张三"))
    again = archive(report, Wish(), tmp_path / "又", Signing("李四", always("2025-01-22T00:00:00Z")))
    assert again.is_new
    assert "archive-metadata-needed" not in [finding.code for finding in again.diagnostics]
    assert {"data/元数据/著录补充.yaml", "data/正本/年报-签署件扫描.pdf"} <= set(again.bag)


def test_a_final_goes_all_the_way_and_its_package_tells_of_it(issued_folder: Path, tmp_path: Path) -> None:
    report = copied(issued_folder, tmp_path / "office")
    stamper, evidence = AUTHORITY.stamper(STAMPED), AUTHORITY.evidence(STAMPED)
    order = Order(
        AUTHORITY.signer(),
        always(STAMPED),
        level="B-LT",
        stamper=stamper,
        evidence=evidence,
        roots=(AUTHORITY.root.der,),
        by="张三",
    )
    sign(report, order)
    path = archived(report, tmp_path / "office" / "包").path
    sign(path, order)
    demands = Demands(TRUST, signature=True, record=report)
    verification = verify_package(path, demands)
    assert [finding.code for finding in verification.diagnostics] == []
    assert (verification.passed, verification.is_told) == (True, True)
    assert {verdicts(verification)[name] for name in ("1-1", "1-1-original", "1-1-record", "rebuild")} == {
        Verdict.HOLDS
    }
    assert set(open_package(path).contents) >= {"data/正本/年报.pdf", "data/定稿/年报.pdf", SIGNATURE}
    place = tmp_path / "bare" / "包"
    place.parent.mkdir()
    path.rename(place)
    (place / "root.pem").write_bytes(AUTHORITY.root.pem)
    for command in commands_in(open_package(place).contents[GUIDE].decode()):
        done = bare(command, place, tmp_path / "tools")
        assert done.returncode == 0, (command, done)
        assert "改动" not in done.stdout
        if command.startswith("pdfsig"):
            assert "Signature is Valid" in done.stdout


def test_the_command_of_the_page_inside_verifies_the_signature(
    bag: Mapping[str, bytes], tmp_path: Path
) -> None:
    path = laid_out(bag, tmp_path / "包")
    commands: list[str] = commands_in(bag[GUIDE].decode())
    (check,) = (command for command in commands if "openssl cms" in command)

    def run() -> int:
        return bare(check, path, tmp_path / "tools").returncode

    (path / "root.pem").write_bytes(AUTHORITY.root.pem)
    assert run() == 0
    with (path / SIGNED).open("ab") as file:
        file.write(b"\n")
    assert run() != 0
