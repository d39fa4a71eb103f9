"""Ledgers that somebody edited, by hand or with care: every edit is found, and nothing hostile is obeyed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.files.reading import digest
from reportgen.records.dossier import Dossier
from reportgen.records.history import Standing, read_history
from reportgen.records.ledger import LINE_BYTES, read_ledger, write_entry
from tests.records.samples import EVENTS, codes, judged, record_of, rewritten


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """A record with five events."""
    return record_of(tmp_path_factory.mktemp("record"), *EVENTS)


@pytest.fixture(scope="module")
def ledger(dossier: Dossier) -> bytes:
    """Its ledger as it should be."""
    return dossier.ledger.read_bytes()


def with_check(body: str) -> bytes:
    """A line of that JSON with a check that fits."""
    return f'{body[:-1]},"check":"{digest(body.encode())}"}}\n'.encode()


def body_of(line: bytes) -> str:
    """A line without its check."""
    return line.decode().rpartition(',"check"')[0] + "}"


def test_a_ledger_as_the_program_writes_it_holds(dossier: Dossier, ledger: bytes) -> None:
    history = judged(dossier, ledger)
    assert (history.standing, codes(history)) == (Standing.HOLDS, [])
    assert [entry.event for entry in history.entries] == list(EVENTS)
    assert [entry.revision for entry in history.revisions] == [1, 2]
    assert b"".join(map(write_entry, history.entries)) == ledger


@settings(max_examples=250)
@given(data=st.data())
@pytest.mark.slow
def test_no_byte_can_be_changed(dossier: Dossier, ledger: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(ledger) - 2))
    bits = data.draw(st.integers(1, 255))
    changed = ledger[:at] + bytes([ledger[at] ^ bits]) + ledger[at + 1 :]
    assert judged(dossier, changed).standing is not Standing.HOLDS


@settings(max_examples=100)
@given(data=st.data())
def test_no_bytes_can_be_put_in_or_taken_out(dossier: Dossier, ledger: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(ledger) - 2))
    end = data.draw(st.integers(start, min(start + 40, len(ledger) - 2)))
    new = data.draw(st.binary(max_size=40))
    changed = ledger[:start] + new + ledger[end:]
    if changed != ledger:
        assert judged(dossier, changed).standing is not Standing.HOLDS


@given(data=st.data())
def test_lines_cannot_be_dropped_doubled_or_moved(
    dossier: Dossier, ledger: bytes, data: st.DataObject
) -> None:
    lines = ledger.splitlines(keepends=True)
    order = data.draw(st.lists(st.integers(0, len(lines) - 1), max_size=8))
    if order != list(range(len(order))):  # else it is a beginning: only the tail was removed
        history = judged(dossier, b"".join(lines[index] for index in order))
        assert history.standing is Standing.FAILS


@given(data=st.data())
def test_no_entry_before_the_last_revision_can_be_rewritten(
    dossier: Dossier, ledger: bytes, data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, 2))
    by = data.draw(st.text("甲乙丙丁", min_size=1, max_size=5))
    history = judged(dossier, rewritten(ledger, number, by=by))
    assert (history.standing, codes(history)) == (Standing.FAILS, ["ledger-witness"])


@pytest.mark.parametrize(
    ("number", "changes"),
    [
        (3, {"revision": 1}),
        (3, {"revision": 3}),
        (3, {"event": "issued"}),
        (2, {"revision": 2}),
        (4, {"number": 7}),
        (1, {"event": "signed"}),
        (1, {"number": 2}),
    ],
)
def test_events_that_cannot_follow_are_found(
    dossier: Dossier, ledger: bytes, number: int, changes: dict[str, object]
) -> None:
    history = judged(dossier, rewritten(ledger, number, **changes))
    assert history.standing is Standing.FAILS
    assert "ledger-order" in codes(history)


def test_a_removed_line_is_told_once(dossier: Dossier, ledger: bytes) -> None:
    lines = ledger.splitlines(keepends=True)
    history = judged(dossier, b"".join([*lines[:1], *lines[2:]]))
    assert codes(history) == ["ledger-chain-broken"]
    assert "第2行" in history.diagnostics[0].message()


def test_a_clock_that_went_backwards_is_a_warning(dossier: Dossier, ledger: bytes) -> None:
    history = judged(dossier, rewritten(ledger, 5, at="2020-01-01T00:00:00Z"))
    assert (history.standing, codes(history)) == (Standing.HOLDS, ["ledger-clock-back"])


@pytest.mark.parametrize("cut", [2, 10, 300])
def test_a_torn_last_line_leaves_the_answer_open(dossier: Dossier, ledger: bytes, cut: int) -> None:
    history = judged(dossier, ledger[:-cut])
    assert history.standing is Standing.UNTOLD
    assert "ledger-torn" in codes(history)
    assert len(history.entries) == len(EVENTS) - 1


def test_a_last_line_without_its_break_is_whole(dossier: Dossier, ledger: bytes) -> None:
    assert judged(dossier, ledger[:-1]).standing is Standing.HOLDS


def test_an_empty_ledger_is_none(dossier: Dossier) -> None:
    history = judged(dossier, b"")
    assert (history.standing, codes(history)[0]) == (Standing.FAILS, "ledger-empty")


HOSTILE = {
    "a megabyte": b'"' + b"x" * LINE_BYTES + b'"\n',
    "not UTF-8": b"\xff\xfe\n",
    "no JSON": b"hello\n",
    "deep": b"[" * 400_000 + b"\n",
    "a list": with_check("[]}"),
    "nothing": b"\n",
    "huge number": b'{"format":' + b"9" * 100_000 + b"}\n",
    "not a number": with_check('{"format":NaN}'),
    "null": b"null\n",
    "carriage returns": b"\r\n",
    "zeros": b"\0" * 1000 + b"\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_lines_are_findings(dossier: Dossier, ledger: bytes, name: str) -> None:
    history = judged(dossier, ledger + HOSTILE[name])
    assert (history.standing, codes(history)) == (Standing.FAILS, ["ledger-line-wrong"])
    assert len(history.diagnostics[0].message()) < 500


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "a\\b", "a\nb", "", "\ud800"]
)
def test_names_that_lead_elsewhere_are_refused(dossier: Dossier, ledger: bytes, name: str) -> None:
    first = json.loads(ledger.splitlines()[0])
    first.pop("check")
    first["files"][0]["name"] = name
    body = json.dumps(first, ensure_ascii=name == "\ud800", separators=(",", ":"))
    history = judged(dossier, with_check(body))
    assert codes(history)[0] == "ledger-line-wrong"
    assert history.standing is Standing.FAILS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('{"format":1', '{"format":2'),
        ('{"format":1', '{"format":1,"format":1'),
        ('{"format":1', '{ "format":1'),
        ('"number":1', '"number":true'),
        ('"number":1', '"number":-1'),
        ('"number":1', '"number":1.0'),
        ('"event":"issued"', '"event":"forged"'),
        ('"role":"kind"', '"role":"virus"'),
        ("T08:", "T25:"),
        ('"by":"张三"', '"by":null'),
        ('"files":[', '"files":["x",'),
        ('"previous":"000', '"previous":"xyz'),
    ],
)
def test_what_the_program_does_not_write_is_refused(
    dossier: Dossier, ledger: bytes, old: str, new: str
) -> None:
    body = body_of(ledger.splitlines(keepends=True)[0])
    assert old in body
    assert codes(judged(dossier, with_check(body.replace(old, new, 1))))[0] == "ledger-line-wrong"


def test_a_thousand_broken_lines_are_told_in_few_words(dossier: Dossier, ledger: bytes) -> None:
    assert len(judged(dossier, ledger + b"x\n" * 1000).diagnostics) == 20


@given(st.binary(max_size=300))
def test_any_bytes_are_a_ledger_that_can_be_read(content: bytes) -> None:
    ledger = read_ledger(content)
    assert not ledger.entries
    assert b"".join(line.content for line in ledger.lines) + ledger.torn == content


def test_a_ledger_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    dossier = record_of(tmp_path, "issued")
    with dossier.ledger.open("r+b") as file:
        file.truncate(65 * 1024 * 1024)
    history = read_history(dossier)
    assert (history.standing, codes(history)) == (Standing.FAILS, ["ledger-too-large"])
