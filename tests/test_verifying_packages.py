"""Verifying packages: item by item; every changed byte and every way to cheat is found, or told not to be."""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportgen import cli, partner, rebuilding
from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Location, Severity
from reportgen.errors import FileError, ReportgenError
from reportgen.files.reading import digest
from reportgen.model.kind import load_kind
from reportgen.model.report import read_report
from reportgen.records.archive.bag import DECLARED, INFO, make_bag, read_info
from reportgen.records.archive.marks import SIGNED
from reportgen.records.archive.office import archive_words
from reportgen.records.archive.opening import Package, open_package
from reportgen.records.archive.zipped import write_zip
from reportgen.records.dossier import dossier_of
from reportgen.records.signatures.judged import Trust
from reportgen.reporters.four_properties import KIND, write_report
from reportgen.reporting_packages import facts_of
from reportgen.verify.package.fixity import altered
from reportgen.verify.package.parts import Parts, read_xml
from reportgen.verify.verification import Verdict, Verification
from reportgen.verifying import verify as verify_documents
from reportgen.verifying_packages import ORDER, Demands, inspect_package, verify_package
from tests.packages import archived, copied, issued_folder
from tests.records.samples import happen
from tests.test_archiving import blank_pdf

__all__ = ["issued_folder"]
pytestmark = pytest.mark.slow

NOBODY = Trust((), datetime(2026, 1, 1, tzinfo=UTC))
QUICK = Demands(NOBODY, prove=False)
POSITIONS = 2000
"""Random positions at which a byte is changed, in a folder and in a zip."""
Bag = dict[str, bytes]


@pytest.fixture(scope="session")
def bag(issued_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The files of a sound package."""
    place = tmp_path_factory.mktemp("archived")
    return archived(copied(issued_folder, place), place / "包").bag


def laid_out(bag: Mapping[str, bytes], folder: Path) -> Path:
    """A package as a folder."""
    for name, content in bag.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def verdicts(verification: Verification) -> dict[str, Verdict]:
    """The verdict of every item."""
    return {check.name.removeprefix("package-"): check.verdict for check in verification.checks}


def failed(verification: Verification) -> set[str]:
    """The items that do not hold."""
    return {name for name, verdict in verdicts(verification).items() if verdict is Verdict.FAILS}


def codes(verification: Verification) -> set[str]:
    """The codes of everything found."""
    return {finding.code for finding in verification.diagnostics}


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_a_sound_package_passes_and_whose_it_is_cannot_be_told(
    bag: Mapping[str, bytes], tmp_path: Path, form: str
) -> None:
    path = tmp_path / "包.zip"
    if form == "zip":
        path.write_bytes(write_zip(bag))
    else:
        path = laid_out(bag, tmp_path / "包")
    verification = verify_package(path, QUICK)
    found = verdicts(verification)
    assert tuple(found) == ORDER
    assert {name for name, verdict in found.items() if verdict is Verdict.UNTOLD} == {"1-1", "1-1-original"}
    assert {name for name, verdict in found.items() if verdict is Verdict.LEFT_OUT} == {
        "1-1-record",
        "rebuild",
    }
    applicable = {"3-2", "3-5", "4-1", "4-2", "4-4", "4-5", "4-6"}
    assert {name for name, verdict in found.items() if verdict is Verdict.NOT_APPLICABLE} == applicable
    assert (failed(verification), codes(verification)) == (set(), set())
    assert verification.passed
    assert not verification.is_told
    strict = verify_package(path, replace(QUICK, signature=True))
    assert not strict.passed


def test_with_everything_asked_the_documents_come_out_again_byte_by_byte(
    bag: Mapping[str, bytes], tmp_path: Path
) -> None:
    verification = verify_package(laid_out(bag, tmp_path / "包"), Demands(NOBODY))
    assert verification.passed
    (rebuilt,) = (check for check in verification.checks if check.name == "package-rebuild")
    assert (rebuilt.verdict, "逐字节相同" in rebuilt.summary.zh) == (Verdict.HOLDS, True)
    (formats,) = (check for check in verification.checks if check.name == "package-3-3")
    assert "veraPDF" in formats.tool


def test_documents_made_by_other_versions_are_compared_by_their_words(
    bag: Mapping[str, bytes], tmp_path: Path
) -> None:
    def older(whole: Bag) -> None:
        manifest = json.loads(whole["data/定稿/manifest.json"])
        manifest["libraries"]["weasyprint"] = "60.0"
        whole["data/定稿/manifest.json"] = json.dumps(manifest).encode()

    whole = rewritten(bag, older)
    verification = verify_package(laid_out(whole, tmp_path / "一"), Demands(NOBODY))
    (rebuilt,) = (check for check in verification.checks if check.name == "package-rebuild")
    assert (rebuilt.verdict, "比较文字" in rebuilt.summary.zh) == (Verdict.HOLDS, True)

    def other_data(whole: Bag) -> None:
        older(whole)
        source = whole["data/来源/年报.yaml"].decode()
        assert "组织培训2次" in source
        whole["data/来源/年报.yaml"] = source.replace("组织培训2次", "组织培训3次").encode()

    whole = rewritten(bag, other_data)
    verification = verify_package(laid_out(whole, tmp_path / "二"), Demands(NOBODY))
    assert "rebuild" in failed(verification)
    assert "rebuild-differs" in codes(verification)


def test_a_kind_of_another_time_is_worked_with_as_far_as_it_goes(
    bag: Mapping[str, bytes], tmp_path: Path
) -> None:
    layout = "data/种类/gbt9704/layout.yaml"
    text = bag[layout].decode()
    older = text.replace(", digit: 0.5}", "}")
    assert older != text
    parts = {
        "一": (lambda whole: whole.update({layout: older.encode()}), Verdict.FAILS),  # other bytes
        "二": (lambda whole: whole.update({layout: b"page-number: {}\n"}), Verdict.UNTOLD),
    }
    for name, (change, verdict) in parts.items():
        package = open_package(laid_out(rewritten(bag, change), tmp_path / name))
        parts_of = Parts(package, archive_words())
        with rebuilding.workshop(parts_of) as place:
            check = rebuilding.check_rebuild(parts_of, place, None)
        assert (check.verdict, "中断" in check.summary.zh) == (verdict, False), check


def test_templates_of_strangers_keep_nobody_for_ever(
    bag: Mapping[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = "{%% for word%d in text['title-words'] %%}"
    loops = "".join(loop % number for number in range(7)) + "{% endfor %}" * 7

    def hostile(whole: Bag) -> None:
        page = whole["data/种类/disclosure-annual/report.html"].decode()
        assert "{% block sections %}" in page
        page = page.replace("{% block sections %}", "{% block sections %}" + loops)
        whole["data/种类/disclosure-annual/report.html"] = page.encode()

    monkeypatch.setattr(partner, "SECONDS", 3)
    began = time.monotonic()
    parts = Parts(open_package(laid_out(rewritten(bag, hostile), tmp_path / "包")), archive_words())
    with rebuilding.workshop(parts) as place:
        check = rebuilding.check_rebuild(parts, place, None)
    assert (check.verdict, check.summary.zh) == (Verdict.UNTOLD, "重新生成时中断")
    assert time.monotonic() - began < 60


def rewritten(bag: Mapping[str, bytes], change: Callable[[Bag], None]) -> Bag:
    """A package changed and made to fit again, as a forger who knows BagIt would."""
    whole = dict(bag)
    change(whole)
    payload = {
        name.removeprefix("data/"): content for name, content in whole.items() if name.startswith("data/")
    }
    tags = {name: whole[name] for name in ("说明文件.txt", "目录文件.txt")}
    info = [pair for pair in read_info(whole[INFO]).items() if pair[0] != "Payload-Oxum"]
    return make_bag(payload, tags, info)


def test_every_changed_byte_is_found(bag: Mapping[str, bytes], tmp_path: Path) -> None:
    words = archive_words()
    assert not [*altered(Parts(Package(tmp_path, bag), words))]
    chance = random.Random(5)
    names = sorted(bag)
    small = [name for name in names if len(bag[name]) < 20_000]
    missed = []
    for number in range(POSITIONS):
        name = chance.choice(small if number % 2 else names)
        changed = bytearray(bag[name])
        place = chance.randrange(len(changed))
        changed[place] ^= 1 << chance.randrange(8)
        if next(altered(Parts(Package(tmp_path, {**bag, name: bytes(changed)}), words)), None) is None:
            missed.append((name, place))
    assert missed == []


def test_every_changed_byte_of_a_zip_is_found(bag: Mapping[str, bytes], tmp_path: Path) -> None:
    words = archive_words()
    whole = write_zip(bag)
    path = tmp_path / "包.zip"
    chance = random.Random(6)
    ends = [*range(400), *range(len(whole) - 6000, len(whole))]
    missed = []
    for number in range(POSITIONS):
        place = chance.choice(ends) if number % 2 else chance.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(changed))
        try:
            found = next(altered(Parts(open_package(path), words)), None)
        except ReportgenError:
            continue
        if found is None:
            missed.append(place)
    assert missed == []


def drop(*names: str) -> Callable[[Bag], None]:
    """Remove files."""

    def change(whole: Bag) -> None:
        for name in names:
            del whole[name]

    return change


def put(name: str, content: bytes) -> Callable[[Bag], None]:
    """Add a file, or write another in its place."""
    return lambda whole: whole.update({name: content})


def swap(whole: Bag) -> None:
    """Two files in each other's place."""
    one, other = "data/核验/核对.json", "data/核验/核验.json"
    whole[one], whole[other] = whole[other], whole[one]


def edit_with_its_hash(whole: Bag) -> None:
    """A document and its line in a manifest, and no more."""
    name = "data/定稿/年报.docx"
    old = digest(whole[name]).encode()
    whole[name] += b"\0"
    whole["manifest-sha256.txt"] = whole["manifest-sha256.txt"].replace(old, digest(whole[name]).encode())


def upper(whole: Bag) -> None:
    """The same digests in capitals."""
    lines = whole[SIGNED].decode().splitlines()
    whole[SIGNED] = "".join(f"{line[:64].upper()}{line[64:]}\n" for line in lines).encode()


def shuffled(whole: Bag) -> None:
    """The same lines in another order."""
    whole[SIGNED] = b"".join(reversed(whole[SIGNED].splitlines(keepends=True)))


PLAIN: dict[str, tuple[Callable[[Bag], None], str]] = {
    "removed": (drop("data/定稿/年报.docx"), "1-14"),
    "added beside": (put("x.txt", b"x"), "1-14"),
    "added inside": (put("data/定稿/x.txt", b"x"), "1-14"),
    "swapped": (swap, "1-14"),
    "edited with its hash": (edit_with_its_hash, "1-14"),
    "manifest removed": (drop("manifest-sha512.txt"), "1-14"),
    "tag manifest removed": (drop("tagmanifest-sha512.txt"), "1-14"),
    "SM3 list removed": (drop("sm3-manifest.txt"), "1-14"),
    "declaration removed": (drop("bagit.txt"), "1-13"),
    "declaration changed": (
        put("bagit.txt", b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"),
        "1-14",
    ),
    "capitals in a tag manifest": (upper, "1-14"),
    "order of a tag manifest": (shuffled, "1-14"),
    "fetch": (put("fetch.txt", b"http://example.org/x 1 data/x\n"), "1-14"),
    "guide removed": (drop("说明文件.txt"), "1-12"),
    "metadata removed": (drop("data/元数据/metadata.xml"), "2-10"),
    "SHA-512 removed from all": (drop("manifest-sha512.txt", "tagmanifest-sha512.txt"), "1-14"),
    "SHA-256 removed from all": (drop("manifest-sha256.txt", SIGNED), "1-14"),
    "a manifest of another algorithm": (put("manifest-md5.txt", b""), "4-3"),
    "another encoding": (
        put("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: GBK\n"),
        "1-13",
    ),
    "a mark before the declaration": (put("bagit.txt", b"\xef\xbb\xbf" + DECLARED), "1-14"),
    "other ends of lines": (
        lambda whole: whole.update({SIGNED: whole[SIGNED].replace(b"\n", b"\r\n")}),
        "1-14",
    ),
    "a signature that is none": (put("签名/1.p7s", b"x"), "1-1"),
}
"""Ways to change a package without making it fit again, with an item that fails."""


@pytest.mark.parametrize("name", PLAIN)
def test_plain_tampering_is_found(bag: Mapping[str, bytes], tmp_path: Path, name: str) -> None:
    change, item = PLAIN[name]
    whole = dict(bag)
    change(whole)
    verification = verify_package(laid_out(whole, tmp_path / "包"), QUICK)
    assert not verification.passed
    assert item in failed(verification)
    packed = tmp_path / "包.zip"
    packed.write_bytes(write_zip(whole))
    assert item in failed(verify_package(packed, QUICK))


def edit(name: str, old: str, new: str) -> Callable[[Bag], None]:
    """A stretch of a text file."""

    def change(whole: Bag) -> None:
        text = whole[name].decode()
        assert old in text
        whole[name] = text.replace(old, new).encode()

    return change


def both(*changes: Callable[[Bag], None]) -> Callable[[Bag], None]:
    """Several changes."""

    def change(whole: Bag) -> None:
        for one in changes:
            one(whole)

    return change


META = "data/元数据/metadata.xml"
PREMIS_FILE = "data/元数据/premis.xml"
METS_FILE = "data/元数据/mets.xml"
LEDGER_FILE = "data/过程/台账.jsonl"
CONSISTENT: dict[str, tuple[Callable[[Bag], None], set[str]]] = {
    "another PDF": (put("data/正本/年报.pdf", blank_pdf()), {"1-5", "1-10", "2-7", "2-8", "3-3"}),
    "another Word file": (put("data/定稿/年报.docx", b"PK"), {"1-10", "2-7", "3-3"}),
    "other data": (edit("data/来源/年报.yaml", "86", "87"), {"1-10", "2-7"}),
    "other templates": (edit("data/种类/gbt9704/report.css", "margin", "padding"), {"1-10", "2-7"}),
    "no ledger": (drop("data/过程/台账.jsonl"), {"1-5", "1-11", "2-5", "2-6", "4-7"}),
    "another person in the ledger": (edit("data/过程/台账.jsonl", "张三", "王五"), {"1-10", "2-5", "2-6"}),
    "another time in the ledger": (
        edit("data/过程/台账.jsonl", "2025-01-20", "2025-01-19"),
        {"1-10", "2-5", "2-6"},
    ),
    "packed before it was issued": (edit(INFO, "2025-01-21", "2024-01-21"), {"1-5"}),
    "another number in the metadata": (
        edit(META, "J012-WS·2024-Y-BGS-0001", "J013-WS·2024-Y-BGS-0001"),
        {"1-7"},
    ),
    "another term": (edit(META, ">永久<", ">10年<"), {"1-7"}),
    "no such term": (edit(META, ">永久<", ">长期<"), {"1-4", "1-7"}),
    "another year": (edit(META, '编号="M11">2024', '编号="M11">2023'), {"1-5", "1-7"}),
    "a year in words": (edit(META, '编号="M11">2024', '编号="M11">二〇二四'), {"1-3", "1-5", "1-7"}),
    "another date": (edit(META, '编号="M33">2025-01-10', '编号="M33">2025-01-11'), {"1-5"}),
    "another author": (edit(META, '编号="M32">清溪县柳河乡', '编号="M32">清溪县柳江乡'), {"1-5"}),
    "another item": (edit(META, '编号="M17">0001', '编号="M17">0002'), {"1-5"}),
    "more pages": (edit(META, '编号="M43">4', '编号="M43">5'), {"1-5"}),
    "no title": (edit(META, "清溪县柳河乡人民政府2024年政府信息公开工作年度报告", ""), {"2-4"}),
    "a title too long": (edit(META, '编号="M22">', f'编号="M22">{"长" * 2000}'), {"1-2", "1-12"}),
    "an invisible character": (edit(META, '编号="M22">', '编号="M22">\u200b'), {"1-6", "1-12"}),
    "an element of one's own": (edit(META, "<聚合层次", "<自造>x</自造><聚合层次"), {"2-3"}),
    "a file described twice": (edit(META, ">定稿/年报.docx<", ">定稿/年报.html<"), {"1-8", "1-10", "1-11"}),
    "an event less": (edit("data/过程/过程记录.txt", "张三", "王五"), {"1-10", "2-5"}),
    "entities": (edit(META, "<文书类", '<!DOCTYPE x [<!ENTITY a "aaaa">]>\n<文书类'), {"3-1"}),
    "broken XML": (edit(META, "</文书类电子文件元数据>", ""), {"3-1"}),
    "a list that leaves a file out": (
        edit("目录文件.txt", "data/定稿/年报.docx", "data/定稿/别的.docx"),
        {"1-12"},
    ),
    "sums that are wrong": (edit("目录文件.txt", "个文件\t", "个文件\t1"), {"2-2"}),
    "a program": (put("data/定稿/a.exe", b"MZ"), {"1-11", "1-12", "3-8", "2-1", "2-2"}),
    "a folder of one's own": (put("data/其他/a.txt", b"x"), {"1-11", "4-3"}),
    "no text": (put("data/核验/核对.json", b"\xff"), {"1-10", "2-7", "3-4"}),
    "another revision in the bag": (edit(INFO, "revision 1", "revision 2"), {"1-5"}),
    "another revision in its name": (edit(INFO, "年报-第1版", "年报-第2版"), {"1-5"}),
    "another revision in the metadata": (edit(META, "2024-第1版", "2024-第2版"), {"1-5"}),
    "another revision on the page": (edit("说明文件.txt", "第1版", "第2版"), {"1-12"}),
    "another revision in the manifest": (
        edit("data/定稿/manifest.json", '"number": 1', '"number": 2'),
        {"1-5", "2-5"},
    ),
    "another office in the bag": (edit(INFO, "清溪县柳河乡", "清溪县柳江乡"), {"1-5"}),
    "another office on the page": (edit("说明文件.txt", "立档单位：清溪县", "立档单位：清江县"), {"1-12"}),
    "a signature that nobody made": (edit("说明文件.txt", "况：没有电子签章", "况：有电子签章"), {"1-12"}),
    "another title": (edit(META, "柳河乡人民政府2024年", "柳河乡人民政府2023年"), {"1-5", "1-12"}),
    "another title above the list": (edit("目录文件.txt", "2024年", "2023年"), {"1-12"}),
    "another size in PREMIS": (edit(PREMIS_FILE, "<size>", "<size>1"), {"1-10"}),
    "another person in PREMIS": (edit(PREMIS_FILE, "张三", "王五"), {"2-5"}),
    "another digest in METS": (edit(METS_FILE, 'CHECKSUM="', 'CHECKSUM="0'), {"1-10"}),
    "another file in METS": (edit(METS_FILE, "../来源/年报.yaml", "../来源/别的.yaml"), {"1-10"}),
    "a scan of signed paper": (
        put("data/正本/年报-签署件扫描.pdf", blank_pdf()),
        {"1-10", "1-11", "1-12"},
    ),
    "every event twice": (
        lambda whole: whole.update({LEDGER_FILE: whole[LEDGER_FILE] * 2}),
        {"2-5", "2-6", "4-7"},
    ),
}
"""Ways to change a package and make its manifests fit again, with the items that fail at least."""


@pytest.mark.parametrize("name", CONSISTENT)
def test_what_contradicts_the_rest_is_found_even_when_digests_fit(
    bag: Mapping[str, bytes], tmp_path: Path, name: str
) -> None:
    change, items = CONSISTENT[name]
    verification = verify_package(laid_out(rewritten(bag, change), tmp_path / "包"), QUICK)
    assert not verification.passed
    assert items <= failed(verification) | {
        name for name, verdict in verdicts(verification).items() if verdict is Verdict.UNTOLD
    }
    assert failed(verification)
    assert "1-14" not in failed(verification)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_no_entity_is_ever_resolved(encoding: str) -> None:
    inner = "".join(f'<!ENTITY a{number + 1} "{f"&a{number};" * 10}">' for number in range(9))
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a0 "x">{inner}]><x>&a9;</x>'
    assert read_xml(text.encode(encoding)) is None
    plain = f'<?xml version="1.0" encoding="{encoding}"?><x>y</x>'
    assert read_xml(plain.encode(encoding)) is not None


def test_every_code_is_met(bag: Mapping[str, bytes], tmp_path: Path) -> None:
    def everything(whole: Bag) -> None:
        for name in ("another number in the metadata", "no title", "no ledger", "a program", "no text"):
            CONSISTENT[name][0](whole)
        drop("data/定稿/年报.docx")(whole)

    whole = rewritten(bag, everything) | {"fetch.txt": b"http://example.org/x 1 ../x\n"}
    found = codes(verify_package(laid_out(whole, tmp_path / "包"), QUICK))
    met = {"package-contradiction", "package-element", "package-file-missing", "package-file-surplus"}
    assert met | {"package-format", "package-record", "package-structure", "package-unreadable"} <= found


def test_a_zip_packed_again_is_altered_and_its_folder_is_not(
    bag: Mapping[str, bytes], tmp_path: Path
) -> None:
    shutil.make_archive(str(tmp_path / "别"), "zip", laid_out(bag, tmp_path / "a" / "年报-第1版").parent)
    verification = verify_package(tmp_path / "别.zip", QUICK)
    assert (failed(verification), codes(verification)) == ({"1-14"}, {"package-altered"})
    assert verify_package(tmp_path / "a" / "年报-第1版", QUICK).passed


def test_the_record_of_the_office_knows_the_packages_it_made(issued_folder: Path, tmp_path: Path) -> None:
    report = copied(issued_folder, tmp_path / "a")
    made = archived(report, report.with_name("包"))
    demands = replace(QUICK, record=report)
    verification = verify_package(made.path, demands)
    assert (verdicts(verification)["1-1-record"], codes(verification)) == (Verdict.HOLDS, set())
    forged = laid_out(rewritten(made.bag, put("data/正本/年报.pdf", blank_pdf())), tmp_path / "伪")
    verification = verify_package(forged, demands)
    assert verdicts(verification)["1-1-record"] is Verdict.FAILS
    assert "package-not-recorded" in codes(verification)
    happen(dossier_of(report), "signed", at="2025-02-01T00:00:00Z")
    verification = verify_package(made.path, demands)
    assert (verdicts(verification)["1-1-record"], codes(verification)) == (Verdict.HOLDS, {"package-older"})
    dossier_of(report).ledger.write_bytes(b"x")
    verification = verify_package(made.path, demands)
    assert verdicts(verification)["1-1-record"] is not Verdict.HOLDS
    assert not verification.passed


def test_a_check_that_breaks_off_or_has_nothing_to_look_at_is_never_passed_over(
    bag: Mapping[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = laid_out(bag, tmp_path / "包")
    with pytest.raises(FileError):
        verify_package(path, replace(QUICK, record=tmp_path / "没有.yaml"))

    def broken(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("reportgen.verify.package.origin.check_original", broken)
    verification = verify_package(path, QUICK)
    assert codes(verification) == {"check-broke-off"}
    assert not verification.passed


def test_documents_of_strangers_keep_nobody_for_ever(
    bag: Mapping[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = rewritten(bag, put("data/正本/年报.pdf", many_pages(100_000)))
    monkeypatch.setattr(partner, "SECONDS", 2)
    began = time.process_time()
    verification = verify_package(laid_out(whole, tmp_path / "包"), QUICK)
    assert time.process_time() - began < 10
    assert {"check-broke-off"} <= codes(verification)
    assert not verification.passed


def many_pages(count: int) -> bytes:
    """A PDF with so many empty pages."""
    leaves = " ".join(f"{number + 3} 0 R" for number in range(count))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{leaves}]>>",
        *("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",) * count,
    ]
    text, places = "%PDF-1.7\n", []
    pieces = [text]
    place = len(text)
    for number, content in enumerate(objects, 1):
        piece = f"{number} 0 obj\n{content}\nendobj\n"
        places.append(place)
        pieces.append(piece)
        place += len(piece)
    table = "".join(f"{start:010d} 00000 n \n" for start in places)
    size = len(objects) + 1
    pieces.append(f"xref\n0 {size}\n0000000000 65535 f \n{table}")
    pieces.append(f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{place}\n%%EOF\n")
    return "".join(pieces).encode()


def test_the_engine_makes_the_report_of_the_check_itself(
    bag: Mapping[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    laid_out(bag, tmp_path / "包")
    call = ["verify", "包", "--quick", "--at", "2025-02-01T20:00Z", "--report"]
    assert cli.run([*call, "报告"]) == 0
    made = tmp_path / "报告" / "四性检测报告"
    assert {path.suffix for path in made.iterdir()} == {".docx", ".pdf", ".html", ".json"}
    page = (made / "四性检测报告.html").read_text("utf-8")
    for text in (
        "2025年2月2日",
        "J012-WS·2024-Y-BGS-0001",
        digest(bag[SIGNED]),
        "不能作出检测通过的结论",
        "光盘合格性",
        "是不是这份报告的最新一版，由信息包自身不能判定",
    ):
        assert text in page
    assert verify_documents(made, prove=False).passed
    capfd.readouterr()
    assert cli.run([*call, "报告.pdf"]) == 0
    assert (tmp_path / "报告.pdf").read_bytes() == (made / "四性检测报告.pdf").read_bytes()


@pytest.mark.parametrize(
    "text", ["{{ 7 * 7 }}", "{% x %}", "\u202e𠮷\x07", "a: b # c", "- x", "'\"", "长" * 5000]
)
def test_nothing_in_a_package_can_change_what_its_report_says(
    bag: Mapping[str, bytes], tmp_path: Path, text: str
) -> None:
    inspected = inspect_package(laid_out(bag, tmp_path / "包"), QUICK)
    found = find(
        "package-structure", Location("包"), name="包", reason=Bilingual(text.replace("{", "{{"), "")
    )
    checks = (
        replace(inspected.verification.checks[0], diagnostics=(found,)),
        *inspected.verification.checks[1:],
    )
    hostile = replace(inspected.verification, checks=checks)
    tested = replace(facts_of(inspected, NOBODY.at), title=text, number=text)
    loaded = read_report(write_report(hostile, tested, load_kind(KIND)), Path("x.yaml"))
    assert loaded.report
    assert not [finding for finding in loaded.diagnostics if finding.level is Severity.ERROR]
    assert "49" not in str(loaded.report.values["检测对象"])


def test_the_command_verifies_packages_and_says_what_cannot_be_told(
    bag: Mapping[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    laid_out(bag, tmp_path / "包")
    assert cli.run(["verify", "包", "--quick"]) == 0
    out = capfd.readouterr().out
    assert "真实性1-1 来源真实性（信息包）" in out
    assert "没有发现改动，但是否真实不能判定：信息包没有电子签名" in out
    assert "核验通过" not in out
    assert cli.run(["verify", "包", "--quick", "--require-signature"]) == 8
    capfd.readouterr()
    assert cli.run(["verify", "包", "--quick", "--report", "四性.json"]) == 0
    report = json.loads((tmp_path / "四性.json").read_text("utf-8"))
    assert (report["passed"], report["standing"]) == (True, "cannot-be-told")
    assert len(report["checks"]) == len(ORDER)
    (tmp_path / "包" / "data" / "来源" / "年报.yaml").write_text("改")
    capfd.readouterr()
    assert cli.run(["verify", "包", "--quick", "--lang", "en"]) == 8
    assert "[package-file-altered]" in capfd.readouterr().out
