"""Documents that are one document have no finding; each fault in one of them is found by its check."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.verify.outline.differences import Comparison
from reportgen.verify.outline.elements import Cell, Element, Outline, Table, Text
from reportgen.verify.outline.html import read_page
from reportgen.verify.outline.joining import join_pages
from reportgen.verify.outline.text_differences import same_words
from reportgen.verify.subject import Subject
from reportgen.verify.twins import check_twins
from reportgen.verify.verification import Check, Verdict
from tests import documents
from tests.documents import FIXTURES, FORMS, Document, make_document
from tests.english import unspoken
from tests.verify.faults import Fault
from tests.verify.faults.twins import DRAFT_FAULTS, FAULTS, FOLDER_FAULTS, in_word

pytestmark = pytest.mark.slow  # documents are built for it

document = documents.document
FULL = "everything-2024"
DRAFT = "jiangmen-fgj-2023"
GREEN = {"twin-words", "report-words", "text-layer", "page-furniture", "word-breaks", "word-texts"}


def subject_of(document: Document) -> Subject:
    """All that is known of a fixture's documents."""
    contents = {form: document.content(form) for form in FORMS}
    names = {form: document.file(form).name for form in FORMS}
    return Subject(contents, names, document.kind.layout, document.made.report, document.fonts)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "documents"


@pytest.fixture(scope="module")
def full(folder: Path) -> Subject:
    """A final report with every kind of block."""
    return subject_of(make_document(FIXTURES / f"{FULL}.yaml", folder))


@pytest.fixture(scope="module")
def draft(folder: Path) -> Subject:
    return subject_of(make_document(FIXTURES / f"{DRAFT}.yaml", folder))


def codes(checks: tuple[Check, ...]) -> dict[str, set[str]]:
    """The codes of what each check found."""
    return {check.name: {found.code for found in check.diagnostics} for check in checks}


def only(subject: Subject, *forms: str) -> Subject:
    """Some documents of a subject, of unknown origin."""
    kept = {form: subject.contents[form] for form in forms}
    return replace(subject, contents=kept, report=None, faces=None)


def test_nothing_is_found_in_documents_that_are_right(document: Document) -> None:
    checks = check_twins(subject_of(document))
    assert {check.name for check in checks} == GREEN
    assert all(check.verdict is Verdict.HOLDS for check in checks)
    assert [found for check in checks for found in check.diagnostics] == []


@pytest.mark.parametrize("forms", [("docx",), ("pdf",), ("html",), ("docx", "pdf"), ("html", "pdf")])
def test_nothing_is_found_in_some_of_them_alone(full: Subject, forms: tuple[str, ...]) -> None:
    assert not any(codes(check_twins(only(full, *forms))).values())


def is_found(subject: Subject, fault: Fault) -> bool:
    """Whether the check named finds a fault, with its code."""
    broken = {**subject.contents, fault.form: fault.breaks(subject.contents[fault.form])}
    checks = check_twins(replace(subject, contents=broken))
    assert [text for check in checks for text in unspoken(check)] == []
    return fault.code in codes(checks)[fault.check]


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_is_found_by_its_check(full: Subject, fault: Fault) -> None:
    assert is_found(full, fault)


@pytest.mark.slow
@pytest.mark.parametrize("fault", DRAFT_FAULTS, ids=lambda fault: fault.name)
def test_every_fault_of_a_draft_is_found_by_its_check(draft: Subject, fault: Fault) -> None:
    assert is_found(draft, fault)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FOLDER_FAULTS, ids=lambda fault: fault.name)
def test_every_fault_of_a_folder_is_found_by_its_check(full: Subject, fault: Fault, tmp_path: Path) -> None:
    assert is_found(replace(full, folder=tmp_path), fault)


def test_the_word_file_of_a_folder_has_the_formats_of_its_template(
    document: Document, tmp_path: Path
) -> None:
    subject = replace(subject_of(document), folder=tmp_path)
    check = next(check for check in check_twins(subject) if check.name == "word-format")
    assert (check.verdict, check.diagnostics) == (Verdict.HOLDS, ())
    template = f"{document.kind.name}/report.docx"
    changed = replace(subject, manifest={"inputs": {template: {"sha256": "0"}}})
    check = next(check for check in check_twins(changed) if check.name == "word-format")
    assert check.verdict is Verdict.LEFT_OUT


def test_a_finding_tells_both_texts_and_both_places(full: Subject) -> None:
    broken = {**full.contents, "docx": in_word("87654321", "87654312")(full.contents["docx"])}
    words = check_twins(replace(full, contents=broken))[0]
    (found,) = words.diagnostics  # one, not one for each of the other files
    assert found.location.file.endswith(".docx")
    assert "Word文件为“87654312”，网页和PDF为“87654321”" in found.message()
    assert found.path == "主动公开政府信息.行政规范性文件.现行有效"
    for text in ("表2第4行第4列", "PDF第5页", "“87654312”", "“87654321”", "二、主动公开政府信息情况"):
        assert text in found.message()
    line = found.related[0].location.line
    assert "87654321" in (FIXTURES / f"{FULL}.yaml").read_text("utf-8").splitlines()[line - 1]


def test_a_changed_figure_is_held_against_the_report_in_its_own_table(full: Subject) -> None:
    broken = {**full.contents, "docx": in_word("87654321", "87654312")(full.contents["docx"])}
    report = next(c for c in check_twins(replace(full, contents=broken)) if c.name == "report-words")
    assert [(found.code, found.path) for found in report.diagnostics] == [
        ("twin-cell-differs", "主动公开政府信息.行政规范性文件.现行有效")
    ]


def test_many_differences_are_counted(full: Subject) -> None:
    page = full.contents["html"].decode().replace("。", "．").encode()
    words = check_twins(replace(full, contents={**full.contents, "html": page}))[0]
    found = [item for item in words.diagnostics if item.location.file.endswith(".html")]
    assert len(found) == 21
    assert found[-1].code == "twin-more-differences"
    assert int(found[-1].arguments["number"]) > 0


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04", b"<a", b"\xff" * 99], ids=repr)
def test_what_is_no_document_is_a_finding_and_no_traceback(full: Subject, content: bytes) -> None:
    subject = replace(full, contents=dict.fromkeys(FORMS, content))
    found = codes(check_twins(subject))["twin-words"]
    assert {"word-unreadable", "pdf-unreadable"} <= found


def test_entities_and_bombs_are_not_expanded(full: Subject) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><html><main><p>&b;</p></main></html>'
    assert read_page(bomb.encode(), full.layout).elements == ()
    target = BytesIO()
    with ZipFile(target, "w") as package:
        package.writestr("[Content_Types].xml", "<a/>")
        package.writestr("word/document.xml", bomb)
    found = check_twins(replace(only(full, "docx"), contents={"docx": target.getvalue()}))
    assert codes(found)["twin-words"] == {"word-unreadable"}


def test_a_structure_that_holds_itself_cannot_be_read(full: Subject) -> None:
    target = BytesIO()
    with pikepdf.open(BytesIO(full.contents["pdf"])) as pdf:
        pdf.Root.StructTreeRoot.K[0].K.append(pdf.Root.StructTreeRoot.K[0])
        pdf.save(target)
    checks = check_twins(replace(only(full, "pdf"), contents={"pdf": target.getvalue()}))
    assert codes(checks)["twin-words"] == {"pdf-unreadable"}


def test_a_pdf_without_a_structure_is_judged_by_its_pages(full: Subject) -> None:
    target = BytesIO()
    with pikepdf.open(BytesIO(full.contents["pdf"])) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(target)
    checks = check_twins(replace(only(full, "pdf"), contents={"pdf": target.getvalue()}))
    assert {check.name for check in checks} == {"text-layer", "page-furniture"}
    assert not any(codes(checks).values())


words = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=9)
texts = st.builds(Text, words, st.sampled_from([0, 2]))
rows = st.lists(st.builds(lambda word: Cell((Text(word),)), words), min_size=1, max_size=3).map(tuple)
tables = st.builds(lambda found: Table(None, 0, tuple(found)), st.lists(rows, min_size=1, max_size=3))
outlines = st.lists(texts | tables, max_size=7, unique_by=lambda item: item.text)


def differences(one: list[Element], other: list[Element]) -> list[str]:
    """The forms of all differences of two outlines."""
    compared = Comparison(Outline("docx", tuple(one)), Outline("html", tuple(other)))
    return [difference.form for difference in compared.differences()]


@given(outlines)
def test_an_outline_is_equal_to_itself(outline: list[Element]) -> None:
    assert differences(outline, outline) == []


@given(outlines, outlines)
def test_every_difference_is_found(one: list[Element], other: list[Element]) -> None:
    assert bool(differences(one, other)) == (one != other)


@given(outlines, st.data())
def test_one_element_more_is_one_difference(outline: list[Element], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(outline)))
    more = [*outline[:place], Text("多出来的一段话，别处没有。"), *outline[place:]]
    assert differences(outline, more) == ["missing"]
    assert differences(more, outline) == ["missing"]


@given(st.lists(words, min_size=2, max_size=5), st.data())
def test_a_line_may_end_at_a_blank_and_nowhere_else_lose_one(lines: list[str], data: st.DataObject) -> None:
    blanks = data.draw(st.lists(st.sampled_from(["", " "]), min_size=len(lines), max_size=len(lines)))
    text = "".join(blank + line for blank, line in zip(["", *blanks[1:]], lines, strict=True))
    ends = [sum(map(len, lines[:count])) for count in range(1, len(lines))]
    broken = Text("".join(lines), ends=tuple(ends))
    assert same_words(Text(text), broken)
    assert same_words(Text(broken.text), broken)
    inside = Text(lines[0] + " " + "".join(lines[1:]))
    assert not same_words(inside, Text(broken.text, ends=tuple(ends[1:])))


def test_a_paragraph_that_a_page_parts_is_one_again() -> None:
    whole = Outline("docx", (Text("一段很长的话。"), Text("下一段。")))
    first = Text("一段很", page=1, marks=((1, 0),))
    second = Text("长的话。", page=2, marks=((2, 0),))
    parted = Outline("pdf", (first, second, Text("下一段。", page=2, marks=((2, 1),))))
    joined = join_pages(parted, whole)
    assert [element.text for element in joined.elements] == ["一段很长的话。", "下一段。"]
    changed = replace(second, text="长的事。")
    joined = join_pages(Outline("pdf", (first, changed, parted.elements[2])), whole)
    assert [found.form for found in Comparison(whole, joined).differences()] == ["text"]
