"""Checks as values, and the place in a report that a finding about a document names."""

from __future__ import annotations

from pathlib import Path

from reportgen import load_report
from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Location
from reportgen.verify.subject import Subject, form_of
from reportgen.verify.verification import Check, Verdict, Verification, check_catalogue, judged, left_out

FIXTURE = Path(__file__).parents[2] / "fixtures" / "jiangmen-fgj-2023.yaml"
FOUND = find("foreign-font", Location("a.pdf"), name="SimSun")


def test_a_check_holds_unless_something_found_is_an_error() -> None:
    assert judged("twin-words", ()).verdict is Verdict.HOLDS
    assert judged("twin-words", (FOUND,)).verdict is Verdict.FAILS


def test_what_cannot_be_told_fails_and_what_was_not_asked_for_does_not() -> None:
    absent = left_out("twin-words", Bilingual("没有", "absent"))
    assert Verification("a.pdf", (absent, Check("twin-words", Verdict.HOLDS))).passed
    assert not Verification("a.pdf", (absent, Check("twin-words", Verdict.UNTOLD))).passed
    assert Verification("a.pdf", (judged("twin-words", (FOUND,)),)).diagnostics == (FOUND,)


def test_every_check_has_a_title_and_an_explanation_in_both_languages() -> None:
    for entry in check_catalogue().values():
        assert all((entry.title.zh, entry.title.en, entry.explanation.zh, entry.explanation.en, entry.source))


def test_a_finding_names_the_place_in_the_report_it_comes_from() -> None:
    report = load_report(FIXTURE).report
    assert report
    subject = Subject({"pdf": b""}, {"pdf": "a.pdf"}, report.kind.layout, report)
    found = subject.find("foreign-font", "pdf", "总体情况[1].正文", name="x")
    line = found.related[0].location.line
    assert "聚焦" in FIXTURE.read_text("utf-8").splitlines()[line - 1]
    assert subject.origin("没有[3]") == ()


def test_documents_are_told_by_the_ending_of_their_names() -> None:
    assert [form_of(Path(name)) for name in ("a.PDF", "a.docx", "b.htm", "b.html", "a.doc")] == [
        *("pdf", "docx", "html", "html", ""),
    ]


def test_a_verification_in_which_every_check_was_left_out_proves_nothing() -> None:
    left = Check("report-source", Verdict.LEFT_OUT)
    assert not Verification("a.pdf", (left,)).passed
    assert Verification("a.pdf", (left, Check("twin-words", Verdict.HOLDS))).passed
