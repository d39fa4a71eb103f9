"""Every fixture's documents by PDF/A-3a, PDF/UA-1, the Open XML SDK and HTML; nothing comes from outside."""

from __future__ import annotations

import re
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree
from zipfile import ZipFile

import pikepdf
import pytest
import yaml

from tests import documents
from tests.documents import FIXTURES, FORMS, Document
from tests.page_transcripts import page_of

pytestmark = pytest.mark.slow  # documents are built for it

document = documents.document
TEMPLATES = sorted((FIXTURES.parent / "templates").glob("*/report.docx"))

ACTIVE = frozenset(
    {"base", "button", "embed", "form", "frame", "iframe", "link", "object", "script", "template"}
)
FETCHING = re.compile(r"@import|url\s*\(|expression|javascript:|https?:", re.IGNORECASE)
PICTURE = re.compile(r"data:(image/(?:png|jpeg|svg\+xml));base64,([A-Za-z0-9+/=]+)")
DRAWN = frozenset({"svg", "g", "path", "rect", "circle", "line", "polyline", "polygon", "defs", "clipPath"})
WORD_PARTS = re.compile(
    r"\[Content_Types\]\.xml|(_rels|word/_rels|customXml/_rels)/[\w.]*\.rels|docProps/(app|core)\.xml"
    r"|customXml/item(Props)?1\.xml|word/(document|fontTable|settings|styles|(header|footer)\d)\.xml"
    r"|word/media/picture\d+\.(png|jpeg|svg)"
)
one_document = pytest.mark.parametrize("document", ["qingxi-township-2024"], indirect=True)
PRIVATE = "给经办人看的话"
"""A comment in a fixture: it must not go out with a final report."""


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_the_pdf_passes_verapdf(document: Document, flavour: str) -> None:
    from tests.validators import judge

    verdict = judge(document.file("pdf"), flavour)
    assert verdict.failures == {}
    assert verdict.passed
    assert verdict.checks > 10_000


@pytest.mark.slow
@one_document
def test_a_broken_pdf_does_not_pass_verapdf(document: Document, tmp_path: Path) -> None:
    from tests.validators import judge

    broken = tmp_path / "broken.pdf"
    with pikepdf.open(document.file("pdf")) as pdf:
        del pdf.Root.MarkInfo, pdf.Root.Lang
        pdf.save(broken)
    assert not judge(broken, "3a").passed
    assert not judge(broken, "ua1").passed


@pytest.mark.slow
def test_the_word_file_passes_the_open_xml_sdk(document: Document) -> None:
    from tests.validators import faults_of_word

    assert faults_of_word(document.file("docx")) == []


@pytest.mark.slow
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.parent.name)
def test_the_word_template_passes_the_open_xml_sdk(template: Path) -> None:
    from tests.validators import faults_of_word

    assert faults_of_word(template) == []


@pytest.mark.slow
@one_document
def test_a_broken_word_file_does_not_pass_the_open_xml_sdk(document: Document, tmp_path: Path) -> None:
    from tests.validators import faults_of_word

    broken = tmp_path / "broken.docx"
    with ZipFile(document.file("docx")) as old, ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<w:cantSplit/>", b"<w:cantSplit w:val='often'/>"))
    assert len(faults_of_word(broken)) > 10


@pytest.mark.slow
def test_the_page_passes_the_html_checker(document: Document) -> None:
    from tests.validators import faults_of_page

    assert faults_of_page(document.file("html")) == []


@pytest.mark.slow
@one_document
def test_a_broken_page_does_not_pass_the_html_checker(document: Document, tmp_path: Path) -> None:
    from tests.validators import faults_of_page

    broken = tmp_path / "broken.html"
    broken.write_bytes(document.content("html").replace(b"<main>", b"<main align='left'>"))
    assert len(faults_of_page(broken)) == 1


def test_the_page_needs_nothing_from_outside(document: Document) -> None:
    for element in page_of(document.content("html")).iter():
        assert element.tag not in ACTIVE
        assert not [name for name in element.keys() if name.startswith("on")]  # noqa: SIM118 (an element)
        if element.tag == "style":
            assert not FETCHING.search(element.text or "")
        if "src" in element.attrib:
            check_picture(element.attrib["src"])
        if "href" in element.attrib:
            assert (document.folder / unquote(element.attrib["href"])).suffix in {".docx", ".pdf"}
            assert (document.folder / unquote(element.attrib["href"])).is_file()


def check_picture(source: str) -> None:
    """A picture lies in the page itself, and one that is drawn by commands fetches nothing."""
    found = PICTURE.fullmatch(source)
    assert found
    if found[1] == "image/svg+xml":
        for element in ElementTree.fromstring(b64decode(found[2])).iter():
            assert element.tag.rpartition("}")[2] in DRAWN
            assert not [name for name in element.keys() if "href" in name]  # noqa: SIM118 (an element)


def test_the_word_file_needs_nothing_from_outside(document: Document) -> None:
    with ZipFile(document.file("docx")) as package:
        assert [name for name in package.namelist() if not WORD_PARTS.fullmatch(name)] == []
        for name in package.namelist():
            content = package.read(name)
            assert b'TargetMode="External"' not in content
            assert b"macroEnabled" not in content
        fields = re.findall(rb"<w:instrText[^>]*>([^<]*)<", package.read("word/document.xml"))
    assert fields == []


def test_the_pdf_needs_nothing_from_outside(document: Document) -> None:
    with pikepdf.open(document.file("pdf")) as pdf:
        actions = {str(thing.get("/S")) for thing in dictionaries(pdf) if thing.get("/Type") == "/Action"}
        keys = {key for thing in dictionaries(pdf) for key in thing.keys()}  # noqa: SIM118 (not a mapping)
    assert not actions
    assert not keys & {"/URI", "/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA"}


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every dictionary of a PDF, those inside others too."""
    waiting: list[object] = list(pdf.objects)
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Dictionary):
            yield thing
            waiting += [value for _, value in thing.items() if is_direct(value)]
        elif isinstance(thing, pikepdf.Array):
            waiting += [value for value in thing if is_direct(value)]


def is_direct(value: object) -> bool:
    """Whether a value is a part of what holds it and no object of its own."""
    return isinstance(value, pikepdf.Object) and not value.is_indirect


@pytest.mark.slow
def test_all_fonts_of_the_pdf_are_embedded_and_of_the_chain(document: Document) -> None:
    listed = subprocess.run(
        ["pdffonts", document.file("pdf")], capture_output=True, text=True, check=True, timeout=60
    )
    rows = [line.split() for line in listed.stdout.splitlines()[2:]]
    declared = {role["family"] for role in document.kind.fonts["roles"].values()}
    families = {row[0].partition("+")[2].removesuffix("-rare").removesuffix("-own") for row in rows}
    assert len(rows) >= 4
    assert families <= declared
    assert {tuple(row[-5:-2]) for row in rows} == {("yes", "yes", "yes")}, "embedded, subset, with Unicode"


def test_the_pdf_holds_the_report_and_the_word_file(document: Document) -> None:
    source = document.made.report.path
    with pikepdf.open(document.file("pdf")) as pdf:
        attached = {name: item.get_file().read_bytes() for name, item in pdf.attachments.items()}
        relations = {name: str(item.relationship) for name, item in pdf.attachments.items()}
        assert len(pdf.Root.AF) == 2
    word = document.file("docx").name
    assert relations == {source.name: "/Source", word: "/Alternative"}
    assert attached[word] == document.content("docx")
    assert document.is_draft == (attached[source.name] == source.read_bytes())
    kept = yaml.load(source.read_bytes(), Loader=yaml.BaseLoader)
    for key in () if document.is_draft else ("核对说明", "发文稿纸"):  # between the office and the leaders
        kept.pop(key, None)
    assert yaml.load(attached[source.name], Loader=yaml.BaseLoader) == kept


def test_comments_of_a_final_report_do_not_go_out(document: Document) -> None:
    with pikepdf.open(document.file("pdf")) as pdf:
        attached = [item.get_file().read_bytes() for item in pdf.attachments.values()]
    with ZipFile(BytesIO(document.content("docx"))) as package:
        parts = [package.read(name) for name in package.namelist()]
    remarks = [line.partition("#")[2] for line in source_lines(document) if line.startswith("#")]
    words = [word.encode() for word in (PRIVATE, "核对说明", *remarks)]
    gone = [word for word in words for text in (*attached, *parts, document.content("html")) if word in text]
    assert (gone == []) is not document.is_draft


def source_lines(document: Document) -> list[str]:
    """The lines of the report's file."""
    return document.made.report.path.read_text("utf-8").splitlines()


def test_a_fixture_has_comments_and_waivers_to_leave_out() -> None:
    text = (FIXTURES / "everything-2024.yaml").read_text("utf-8")
    assert PRIVATE in text
    assert "\n核对说明:" in text


def test_every_output_is_in_the_manifest_with_its_hash(document: Document) -> None:
    from hashlib import sha256

    recorded = {record.name: record.sha256 for record in document.made.manifest.outputs}
    made = {document.file(form).name: sha256(document.content(form)).hexdigest() for form in FORMS}
    assert recorded == made
