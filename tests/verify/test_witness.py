"""What left the office bears witness: a ledger that was cut or rewritten is found."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportgen.errors import FileError
from reportgen.records.dossier import Dossier, dossier_of
from reportgen.records.history import History, Standing, read_history
from reportgen.records.ledger import read_ledger
from reportgen.verify.witness import with_witness
from tests.records.frozen import issued_and_corrected
from tests.records.samples import EVENTS, codes, judged, record_of, rewritten

WHOLE = (*EVENTS[:4], "corrected", "signed")


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """A record with three revisions and an event after the last."""
    return record_of(tmp_path_factory.mktemp("witness"), *WHOLE)


@pytest.fixture(scope="module")
def ledger(dossier: Dossier) -> bytes:
    """Its ledger."""
    return dossier.ledger.read_bytes()


@pytest.fixture
def page(ledger: bytes, tmp_path: Path) -> Path:
    """The web page of its third revision."""
    entry = next(entry for entry in read_ledger(ledger).entries if entry.revision == 3)
    path = tmp_path / "r.html"
    said = (("Revision", "3"), ("LedgerEntryBefore", entry.previous))
    metas = "".join(f'<meta name="{name}" content="{value}"/>' for name, value in said)
    path.write_text(f"<html><head>{metas}</head><body/></html>", "utf-8")
    return path


def heard(dossier: Dossier, ledger: bytes, *witnesses: Path) -> History:
    """The history of a record with that ledger, after hearing witnesses."""
    history = judged(dossier, ledger)
    for witness in witnesses:
        history = with_witness(history, witness)
    return history


def test_a_witness_that_agrees_says_nothing(dossier: Dossier, ledger: bytes, page: Path) -> None:
    history = heard(dossier, ledger, page)
    assert (history.standing, codes(history)) == (Standing.HOLDS, [])


def test_removal_of_the_tail_holds_by_itself_and_falls_with_a_later_witness(
    dossier: Dossier, ledger: bytes, page: Path
) -> None:
    lines = ledger.splitlines(keepends=True)
    for kept in range(1, len(lines)):
        cut = b"".join(lines[:kept])
        assert heard(dossier, cut).standing is Standing.HOLDS, kept
        there = kept >= WHOLE.index("corrected", 3) + 1
        history = heard(dossier, cut, page)
        assert history.standing is (Standing.HOLDS if there else Standing.FAILS), kept
        assert ("witness-later" in codes(history)) is not there


REWRITINGS: tuple[dict[str, object], ...] = (
    {"by": "他人"},
    {"why": "别的"},
    {"at": "2023-01-01T00:00:00Z"},
    {"files": ()},
)


@settings(max_examples=100)
@given(data=st.data())
def test_a_ledger_rewritten_from_any_line_on_is_found(
    dossier: Dossier, ledger: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    third = next(entry for entry in read_ledger(ledger).entries if entry.revision == 3)
    path = tmp_path_factory.getbasetemp() / "said.json"
    path.write_text(json.dumps({"revision": {"number": 3, "previous": third.previous}}))
    line = data.draw(st.integers(1, third.number - 1))
    changes = data.draw(st.sampled_from(REWRITINGS))
    other = rewritten(ledger, line, **changes)
    assume(other != ledger)
    history = heard(dossier, other, path)
    assert history.standing is Standing.FAILS
    assert "witness-contradicts" in codes(history)


def package(path: Path, ledger: bytes) -> Path:
    """A package with a ledger in it."""
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("包/bagit.txt", "BagIt-Version: 1.0\n")
        packed.writestr("包/data/过程/台账.jsonl", ledger)
    return path


def test_a_package_holds_the_ledger_of_its_day(dossier: Dossier, ledger: bytes, tmp_path: Path) -> None:
    lines = ledger.splitlines(keepends=True)
    early = package(tmp_path / "early.zip", b"".join(lines[:3]))
    assert codes(heard(dossier, ledger, early)) == []
    assert codes(heard(dossier, b"".join(lines[:2]), early))[-1] == "witness-later"
    assert "witness-contradicts" in codes(heard(dossier, rewritten(ledger, 2, by="他人"), early))


@pytest.mark.parametrize("name", ["r.html", "r.pdf", "r.json", "r.docx", "r.txt"])
@pytest.mark.parametrize(
    "content", [b"", b"\xff\x00", b"[" * 5000, b"<html/>", b'{"revision": {"number": 1}}']
)
def test_a_file_that_says_nothing_leaves_the_answer_open(
    dossier: Dossier, ledger: bytes, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    history = heard(dossier, ledger, path)
    assert (history.standing, codes(history)) == (Standing.UNTOLD, ["witness-silent"])


def test_a_witness_that_is_not_there_or_no_package_is_an_error(
    dossier: Dossier, ledger: bytes, tmp_path: Path
) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK")
    for name in ("none.pdf", "bad.zip"):
        with pytest.raises(FileError):
            heard(dossier, ledger, tmp_path / name)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning")
@pytest.mark.parametrize("ending", ["pdf", "html", "json"])
def test_real_documents_of_a_later_revision_witness_against_a_cut_ledger(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, ending: str
) -> None:
    path = issued_and_corrected(tmp_path_factory.getbasetemp() / "corrected")
    history = read_history(dossier_of(path))
    item = next(f for f in history.revisions[-1].named("output") if f.file.name.endswith(ending))
    witness = tmp_path / item.file.name
    witness.write_bytes((history.dossier.files / item.stored).read_bytes())
    assert with_witness(history, witness).standing is Standing.HOLDS
    whole = history.dossier.ledger.read_bytes()
    try:
        history.dossier.ledger.write_bytes(whole.splitlines(keepends=True)[0])
        cut = read_history(history.dossier)
        assert cut.standing is Standing.HOLDS
        assert codes(with_witness(cut, witness))[-1] == "witness-later"
    finally:
        history.dossier.ledger.write_bytes(whole)
