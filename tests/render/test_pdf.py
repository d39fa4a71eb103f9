"""The PDF: the grid of the standard, tags, attachments, nothing borrowed, nothing fetched, the same bytes."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest

from reportgen.errors import KindError, ReportError
from reportgen.model.kind import Kind
from reportgen.render.pdf import render_pdf
from reportgen.render.pdf_inputs import PdfAttachment
from tests.render.pages import DATE, FIXTURES, Printed, lines_of, load

pytestmark = pytest.mark.slow  # documents are built for it

PITCH = 28.95
MM = 72 / 25.4
LEFT, BOTTOM = 28 * MM, 35 * MM
FILES = (
    PdfAttachment("报告.yaml", "种类: 报告\n".encode(), "application/yaml", "报告的数据", "Source"),
    PdfAttachment("report.docx", b"PK\3\4", "application/x-word", "Word文件", "Alternative"),
)


@pytest.fixture(scope="module")
def content(everything: Printed) -> bytes:
    return everything.pdf(FILES)


@pytest.fixture(scope="module")
def pdf(content: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(content)) as opened:
        yield opened


@pytest.fixture(scope="module")
def page(everything: Printed) -> ElementTree.Element:
    """The page the PDF is made of."""
    return ElementTree.fromstring(everything.html())


@pytest.fixture(scope="module")
def drafted(draft: Printed) -> bytes:
    return draft.pdf()


@pytest.fixture(scope="module")
def prose(kind: Kind, everything: Printed) -> bytes:
    """Four pages of one paragraph after the other."""
    text = "报告年度信息公开工作条例，" * 40
    report = load(FIXTURES / "qingxi-township-2024.yaml", kind, 引言=None, 总体情况=[text] * 6)
    return Printed(report, everything.fonts).pdf()


def test_what_a_pdf_is_made_of_can_be_sent_to_another_process(everything: Printed) -> None:
    sent = everything.inputs(FILES)
    received = pickle.loads(pickle.dumps(sent))
    assert received.pictures == sent.pictures
    assert len(sent.pictures) > 3


def test_a_page_holds_22_lines_of_28_characters(prose: bytes) -> None:
    lines = lines_of(prose, 1)[:-1]
    assert len(lines) == 22
    assert max(len(line.text) for line in lines) == 28
    gaps = {round(first.y - second.y, 2) for first, second in pairwise(lines)}
    assert gaps == {PITCH}


def test_lines_begin_at_the_type_area_and_paragraphs_two_characters_in(prose: bytes) -> None:
    starts = {round(line.x - LEFT, 1) for line in lines_of(prose, 1)[:-1]}
    assert starts == {0.0, 31.5}


def test_page_numbers_stand_outside_one_character_in(content: bytes) -> None:
    odd, even = lines_of(content, 0)[-1], lines_of(content, 1)[-1]
    assert (odd.text, even.text) == ("—1—", "—2—")
    assert round(even.x - LEFT, 1) == 14.0
    assert round((210 - 26) * MM - odd.end, 1) == 28.0
    assert odd.size == pytest.approx(14, abs=0.01)


def test_a_page_number_is_seven_millimetres_below_the_type_area(content: bytes, everything: Printed) -> None:
    number = lines_of(content, 0)[-1]
    dash = float(everything.kind.layout["page-number"]["dash"])
    top_of_character = number.y + 1802 / 2048 * 14
    assert BOTTOM - (top_of_character - dash * 14) == pytest.approx(7 * MM, abs=0.1)


def test_a_draft_is_marked_on_every_page(drafted: bytes) -> None:
    with pikepdf.open(BytesIO(drafted)) as opened:
        pages = len(opened.pages)
        assert opened.docinfo["/Subject"] == "草稿"
    tops = [lines_of(drafted, page)[0] for page in range(pages)]
    assert {line.text for line in tops} == {"草稿"}


def test_the_signature_stands_by_the_rule(drafted: bytes) -> None:
    lines = lines_of(drafted, -1)
    name, date = lines[-3:-1]
    assert (name.text, date.text) == ("江门市发展和改革局", "2024年1月12日")
    assert date.x - name.x == pytest.approx(31.5, abs=0.3)
    assert (210 - 26) * MM - name.end - 15.75 == pytest.approx(31.5, abs=0.3)


@pytest.mark.parametrize(("sealed", "paragraphs"), [("否", 12), ("否", 13), ("否", 16), ("是", 12)])
def test_the_signature_never_stands_on_a_page_without_text(
    kind: Kind, everything: Printed, sealed: str, paragraphs: int
) -> None:
    changes = {"总体情况": ["无。"], "其他需要报告的事项": ["无。"] * paragraphs, "盖章": sealed}
    report = load(FIXTURES / "qingxi-township-2024.yaml", kind, **changes)
    texts = [line.text for line in lines_of(Printed(report, everything.fonts).pdf(), -1)]
    assert texts[texts.index("清溪县柳河乡人民政府") - 1] == "无。"


def test_a_label_over_rows_that_go_on_overleaf_is_centred_in_its_part(
    kind: Kind, everything: Printed
) -> None:
    report = load(FIXTURES / "qingxi-township-2024.yaml", kind, 总体情况=["无。"], 引言=None, 标题=["年报"])
    lines = lines_of(Printed(report, everything.fonts).pdf(), 0)
    label, first = (next(line.y for line in lines if text in line.text) for text in ("年度办", "（一）予以"))
    last = min(line.y for line in lines if line.size == pytest.approx(9, abs=0.1))
    assert last < first - 15
    assert label == pytest.approx((first + last) / 2, abs=6)


def test_the_title_is_set_in_its_own_size_in_balanced_lines(content: bytes) -> None:
    title = lines_of(content, 0)[:3]
    assert [line.text for line in title] == [
        "云屏山彝族哈尼族拉祜族傣族自治县",
        "人力资源和社会保障局2024年",
        "政府信息公开工作年度报告",
    ]
    assert {round(line.size) for line in title} == {22}


def test_metadata_names_the_report(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/Title"]).endswith("2024年政府信息公开工作年度报告")
    assert str(pdf.docinfo["/Author"]).startswith("云屏山")
    assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20240112000000Z"
    assert str(pdf.Root.Lang) == "zh-CN"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["pdfuaid:part"] == "1"


def test_sections_and_attachments_are_bookmarks(pdf: pikepdf.Pdf, everything: Printed) -> None:
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    attached: Any = everything.context["attachments"]
    names = ["".join(map(str, view.title)) for view in attached]
    assert titles == [*everything.kind.texts["headings"].values(), *names]


def test_files_are_attached_with_relationships_types_and_dates(pdf: pikepdf.Pdf) -> None:
    assert sorted(pdf.attachments) == ["report.docx", "报告.yaml"]
    specification: Any = pdf.attachments["报告.yaml"]
    assert specification.relationship == pikepdf.Name.Source
    file = specification.get_file()
    assert file.read_bytes() == FILES[0].data
    assert file.mime_type == "application/yaml"
    assert file.creation_date == file.mod_date == DATE
    assert pdf.attachments["report.docx"].relationship == pikepdf.Name.Alternative
    assert len(pdf.Root.AF) == 2


def fonts_of(pdf: pikepdf.Pdf) -> set[str]:
    fonts = (font for page in pdf.pages for font in page.Resources.Font.values())
    return {str(font.BaseFont).partition("+")[2] for font in fonts}


def test_only_declared_faces_are_embedded(pdf: pikepdf.Pdf, everything: Printed) -> None:
    assert fonts_of(pdf) <= everything.fonts.families()


def test_the_same_inputs_give_the_same_bytes(everything: Printed, content: bytes) -> None:
    assert everything.pdf(FILES) == content


def test_the_identifier_tells_other_contents_apart(everything: Printed, pdf: pikepdf.Pdf) -> None:
    other = (replace(FILES[0], data=b"x"), FILES[1])
    with pikepdf.open(BytesIO(everything.pdf(other))) as changed:
        assert changed.trailer.ID[0] != pdf.trailer.ID[0]


def elements(pdf: pikepdf.Pdf, *wanted: str) -> list[Any]:
    """The structure elements of these types, in reading order."""
    found, waiting = [], [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found += [element] if str(element.S) in wanted else []
            waiting += reversed(list(element.get("/K", [])))
    return found


def test_a_table_over_two_pages_is_one_table(pdf: pikepdf.Pdf, page: ElementTree.Element) -> None:
    rows = [len(elements_in(table, "/TR")) for table in elements(pdf, "/Table")]
    assert rows == [len(list(table.iter("tr"))) for table in page.iter("table")]
    assert max(rows) == 29


def elements_in(element: Any, wanted: str) -> list[Any]:
    kids = [kid for kid in element.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [kid for kid in kids if str(kid.S) == wanted] + [
        x for kid in kids for x in elements_in(kid, wanted)
    ]


def test_every_figure_names_its_headers(pdf: pikepdf.Pdf) -> None:
    names = {bytes(cell.ID) for cell in elements(pdf, "/TH")}
    listed = {bytes(name) for name in list(pdf.Root.StructTreeRoot.IDTree.Kids[0].Names)[::2]}
    assert names == listed
    assert len(names) == len(elements(pdf, "/TH"))
    cells = [cell for cell in elements(pdf, "/TD") if "/Headers" in cell.A]
    headers = [[bytes(name) for name in cell.A.Headers] for cell in cells]
    assert all(name in names for row in headers for name in row)
    assert sum(len(row) == 6 for row in headers) >= 19 * 5


def test_header_cells_say_what_they_head(pdf: pikepdf.Pdf) -> None:
    assert {str(cell.A.Scope) for cell in elements(pdf, "/TH")} == {"/Row", "/Column"}


def test_what_is_repeated_is_no_part_of_the_text(pdf: pikepdf.Pdf, page: ElementTree.Element) -> None:
    for sheet in pdf.pages:
        data = sheet.Contents.read_bytes()
        assert b"/Artifact\nBMC" in data
    cells = [str(cell.A.Scope) for cell in elements(pdf, "/TH")]
    heads = [(cell.get("scope") or "").removesuffix("group") for cell in page.iter("th")]
    assert cells.count("/Column") == heads.count("col")
    assert cells.count("/Row") == heads.count("row")


def test_pictures_have_words(pdf: pikepdf.Pdf, page: ElementTree.Element) -> None:
    words = [str(figure.Alt) for figure in elements(pdf, "/Figure")]
    assert words == [picture.get("alt") for picture in page.iter("img")]
    assert all(words)


def test_figures_are_told_where_they_are_painted(pdf: pikepdf.Pdf, content: bytes) -> None:
    figures = elements(pdf, "/Figure")
    told = {(number_of(pdf, figure.Pg), *map(float, figure.A.BBox)) for figure in figures}
    painted = list(painted_pictures(content))
    assert painted
    for picture in painted:
        assert any(picture == pytest.approx(figure, abs=0.5) for figure in told), (picture, told)


def number_of(pdf: pikepdf.Pdf, page: pikepdf.Object) -> int:
    """The number of a page, from 0."""
    return next(number for number, each in enumerate(pdf.pages) if each.objgen == page.objgen)


def painted_pictures(content: bytes) -> Iterator[tuple[float, ...]]:
    """Page and bounds, in points from its foot, of every picture of pixels."""
    document = pypdfium2.PdfDocument(content)
    for number, page in enumerate(document):
        for picture in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
            yield number, *picture.get_bounds()


@pytest.fixture
def own(kind: Kind, everything: Printed, tmp_path: Path) -> Printed:
    """A small report of a kind whose sheet can be changed."""
    folder = tmp_path / "disclosure-annual"
    shutil.copytree(kind.folder, folder)
    shutil.copy(kind.find_file("report.css"), folder)
    own_kind = replace(kind, folders=(folder, *kind.folders[1:]))
    report = load(FIXTURES / "qingxi-township-2024.yaml", own_kind, 总体情况=["无。"])
    return Printed(report, everything.fonts)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("h1 { background: url(http://example.com/a.png) }", "html-file-refused"),
        ("h1 { background: url(file:///etc/hostname) }", "html-file-refused"),
        ("h1 { background: url(../../../../etc/hostname) }", "html-file-refused"),
        ("@import url(ftp://example.com/a.css);", "html-file-refused"),
        ("body { colour: red }", "html-sheet-refused"),
        ("p:unheard-of { color: red }", "html-sheet-refused"),
    ],
)
def test_a_sheet_reaches_no_network_and_no_other_file(own: Printed, rule: str, code: str) -> None:
    sheet = own.kind.folder / "report.css"
    sheet.write_text(rule + "\n" + sheet.read_text("utf-8"), "utf-8")
    with pytest.raises(KindError) as caught:
        own.pdf()
    assert {finding.code for finding in caught.value.diagnostics} == {code}
    assert all(finding.message() for finding in caught.value.diagnostics)


def test_a_sheet_may_use_a_picture_of_its_own_folder(own: Printed) -> None:
    from PIL import Image

    Image.new("RGB", (4, 4)).save(own.kind.folder / "mark.png")
    sheet = own.kind.folder / "report.css"
    sheet.write_text(sheet.read_text("utf-8") + "h1 { background: url(mark.png) }", "utf-8")
    assert own.pdf().startswith(b"%PDF-1.7")


def test_a_character_without_a_glyph_stops_the_pdf(everything: Printed) -> None:
    html = everything.html().replace("年度报告</span>", "年度报告\U0010fffd</span>", 1)
    with pytest.raises(ReportError) as caught:
        render_pdf(html, everything.inputs())
    assert [(f.code, f.arguments["point"]) for f in caught.value.diagnostics] == [("glyph-missing", "10FFFD")]


def test_html_that_is_not_xml_is_read_all_the_same(own: Printed) -> None:
    html = own.html().replace("</body>", "<p>行<br></body>")
    assert render_pdf(html, own.inputs()).startswith(b"%PDF-1.7")


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
@pytest.mark.parametrize("which", ["everything", "draft"])
def test_verapdf_finds_nothing(
    flavour: str, which: str, everything: Printed, draft: Printed, tmp_path: Path
) -> None:
    from tests.validators import judge

    report = {"everything": everything, "draft": draft}[which]
    path = tmp_path / "report.pdf"
    path.write_bytes(report.pdf(FILES))
    verdict = judge(path, flavour)
    assert dict(verdict.failures) == {}
    assert verdict.passed
    assert verdict.checks > 20_000
