"""Faults against the standards of archived files, Word files and web pages, one in each document."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.verify.faults import Fault

Change = Callable[[bytes], bytes]
PIECE = b"\0" * (1 << 20)


def pdf(change: Callable[[pikepdf.Pdf], None], **saving: Any) -> Change:
    """Change a PDF by its objects."""

    def changed(content: bytes) -> bytes:
        with pikepdf.open(BytesIO(content)) as document:
            change(document)
            target = BytesIO()
            document.save(target, **saving)
        return target.getvalue()

    return changed


def part(name: str, change: Callable[[bytes], bytes]) -> Change:
    """Change a part of a Word file; one that is not there is made of nothing."""

    def changed(content: bytes) -> bytes:
        target = BytesIO()
        with ZipFile(BytesIO(content)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
            for item in old.namelist():
                new.writestr(item, change(old.read(item)) if item == name else old.read(item))
            if name not in old.namelist():
                new.writestr(name, change(b""))
        return target.getvalue()

    return changed


def swap(old: str, new: str) -> Change:
    """Put one text in the place of another that must be there."""

    def changed(content: bytes) -> bytes:
        assert old.encode() in content, old
        return content.replace(old.encode(), new.encode(), 1)

    return changed


def document_part(old: str, new: str) -> Change:
    """Change the text of a Word file."""
    return part("word/document.xml", swap(old, new))


def relation(target: str, kind: str, mode: str = "") -> Change:
    """Let the text of a Word file refer to something else."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    entry = f'<Relationship Id="rIdX" Type="{space}/{kind}" Target="{target}"{mode}/></Relationships>'
    return part("word/_rels/document.xml.rels", swap("</Relationships>", entry))


def elements(document: pikepdf.Pdf, role: str) -> list[Any]:
    """The elements of a role in the structure of a PDF."""
    found = (thing for thing in document.objects if isinstance(thing, Dictionary))
    return [thing for thing in found if thing.get("/S") == role and "/P" in thing]


def act(**action: Any) -> Change:
    """Let a PDF do something when it is opened."""

    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = document.make_indirect(Dictionary(**action))

    return pdf(change)


def link(document: pikepdf.Pdf) -> None:
    """Lay a link to an address over the first page."""
    action = Dictionary(S=Name.URI, URI=String("http://example.org/"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])


def film(document: pikepdf.Pdf) -> None:
    """Put a film on the first page."""
    note = Dictionary(Type=Name.Annot, Subtype=Name.Movie, Rect=Array([0, 0, 9, 9]))
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])
    del document.pages[0].obj.Tabs


def fonts(document: pikepdf.Pdf) -> list[Any]:
    """The fonts of a PDF that are composite."""
    found = (thing for thing in document.objects if isinstance(thing, Dictionary))
    return [thing for thing in found if "/DescendantFonts" in thing]


def strip_font(document: pikepdf.Pdf) -> None:
    """Take the outlines of a font out."""
    descriptor = fonts(document)[0].DescendantFonts[0].FontDescriptor
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


def rename_font(document: pikepdf.Pdf) -> None:
    """Give a font the name of another."""
    for font in fonts(document):
        font.DescendantFonts[0].BaseFont = Name("/ABCDEF+SimSun")


def forget_unicode(document: pikepdf.Pdf) -> None:
    """Take a font its map to characters."""
    del fonts(document)[0].ToUnicode


def drop(*path: str) -> Change:
    """Take an entry out of the catalogue of a PDF."""

    def change(document: pikepdf.Pdf) -> None:
        holder: Any = document.Root
        for key in path[:-1]:
            holder = holder[key]
        del holder[path[-1]]

    return pdf(change)


def packet(old: str, new: str) -> Change:
    """Change the XMP packet of a PDF."""

    def change(document: pikepdf.Pdf) -> None:
        document.Root.Metadata.write(swap(old, new)(document.Root.Metadata.read_bytes()))

    return pdf(change)


def attached(change: Callable[[pikepdf.Pdf, str], None], ending: str) -> Change:
    """Change the attachment of a PDF whose name ends so."""

    def changed(document: pikepdf.Pdf) -> None:
        change(document, next(name for name in document.attachments if name.endswith(ending)))

    return pdf(changed)


def replace(document: pikepdf.Pdf, name: str) -> None:
    """Put another content into an attachment."""
    document.attachments[name].obj.EF.F.write(b"other")


def relate(document: pikepdf.Pdf, name: str) -> None:
    """Say that an attachment is something else."""
    document.attachments[name].obj.AFRelationship = Name.Unspecified


def loosen(document: pikepdf.Pdf, name: str) -> None:
    """Do not say what an attachment is."""
    del document.attachments[name].obj.AFRelationship


def remove(document: pikepdf.Pdf, name: str) -> None:
    """Take an attachment out."""
    del document.attachments[name]


def hide_title(document: pikepdf.Pdf) -> None:
    document.Root.ViewerPreferences.DisplayDocTitle = False


def rename_tag(document: pikepdf.Pdf) -> None:
    elements(document, "/P")[0].S = Name.Absatz


def skip_heading(document: pikepdf.Pdf) -> None:
    elements(document, "/H2")[0].S = Name.H4


def figure_without_text(document: pikepdf.Pdf) -> None:
    """Turn a paragraph into a figure that says nothing."""
    elements(document, "/P")[0].S = Name.Figure


def turn_header(document: pikepdf.Pdf) -> None:
    """Let the first label of a row head what is below it."""
    for cell in elements(document, "/TH"):
        held = cell.get("/A", [])
        for item in held if isinstance(held, Array) else [held]:
            if item.get("/Scope") == "/Row":
                item.Scope = Name.Column
                return
    raise AssertionError


def producer(document: pikepdf.Pdf) -> None:
    document.docinfo["/Producer"] = String("Another 1.0")


def forget_headers(document: pikepdf.Pdf) -> None:
    for role in ("/TH", "/TD"):
        for cell in elements(document, role):
            if "/A" in cell:
                del cell["/A"]


def smooth_picture(document: pikepdf.Pdf) -> None:
    picture = document.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    picture.Interpolate = True
    document.pages[0].obj.Resources.XObject = Dictionary(X=picture)


def change_author(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "某某局"


def bomb(content: bytes) -> bytes:
    """A Word file that unfolds to more than is reasonable."""
    target = BytesIO(content)
    with ZipFile(target, "a", ZIP_DEFLATED) as package, package.open("word/media/big.bin", "w") as entry:
        for _ in range(260):
            entry.write(PIECE)
    return target.getvalue()


DTD = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OBJECT = "word/embeddings/oleObject1.bin"
OUTSIDE = ' TargetMode="External"'
DRAFT = re.compile(r'<meta name="description" content="[^"]*"/>\s*')


def without_draft(content: bytes) -> bytes:
    """A page that does not say it is a draft."""
    found = DRAFT.sub("", content.decode(), count=1)
    assert found.encode() != content
    return found.encode()


ARCHIVE = (
    ("a PDF that is cut off", lambda content: content[: len(content) // 2], "pdf-unreadable"),
    ("no PDF at all", lambda _: b"%PDF-1.7\nnothing", "pdf-unreadable"),
    ("a password", pdf(lambda _: None, encryption=pikepdf.Encryption(owner="o", user="u")), "pdf-unreadable"),
    ("encryption", pdf(lambda _: None, encryption=pikepdf.Encryption(owner="o", user="")), "pdf-encrypted"),
    ("a strange head", swap("%PDF-1.7", "%PDX-1.7"), "pdf-forbidden"),
    ("no identifier", swap("/ID", "/IE"), "pdf-no-identifier"),
    ("the mark of the head lost", lambda content: content[:9] + b"abcdef" + content[15:], "pdf-forbidden"),
    ("a script", act(S=Name.JavaScript, JS=String("app.alert(1)")), "pdf-active"),
    ("an action that launches", act(S=Name.Launch, F=String("x.exe")), "pdf-active"),
    ("a link to an address", pdf(link), "pdf-leads-away"),
    ("links visited at will", pdf(film), "pdf-tab-order"),
    ("a film", pdf(film), "pdf-multimedia"),
    ("no XMP packet", drop("/Metadata"), "pdf-not-identified"),
    ("an XMP packet of PDF/A-3b", packet('conformance="A"', 'conformance="B"'), "pdf-not-identified"),
    ("an XMP packet without PDF/UA", packet("<pdfuaid:part>1", "<pdfuaid:part>2"), "pdf-not-identified"),
    ("no language", drop("/Lang"), "pdf-no-language"),
    ("no mark of tags", drop("/MarkInfo"), "pdf-not-tagged"),
    ("no structure", drop("/StructTreeRoot"), "pdf-not-tagged"),
    ("a tag of one's own", pdf(rename_tag), "pdf-tag-unknown"),
    ("a title that is not shown", pdf(hide_title), "pdf-title-hidden"),
    ("no output intent", drop("/OutputIntents"), "pdf-no-output-intent"),
    ("a figure without a text", pdf(figure_without_text), "pdf-figure-no-text"),
    ("a level of headings skipped", pdf(skip_heading), "pdf-heading-skipped"),
    ("tables without headers", pdf(forget_headers), "pdf-table-no-headers"),
    ("the label of a row said to head a column", pdf(turn_header), "pdf-table-no-headers"),
    ("a picture that is smoothed", pdf(smooth_picture), "pdf-interpolate"),
    ("a font without characters", pdf(forget_unicode), "pdf-font-no-unicode"),
    ("an attachment that says nothing", attached(loosen, ".yaml"), "pdf-attachment-loose"),
)
ATTACHED = (
    ("the report replaced", attached(replace, ".yaml"), "attachment-differs"),
    ("the Word file inside replaced", attached(replace, ".docx"), "attachment-differs"),
    ("the report taken out", attached(remove, ".yaml"), "attachment-missing"),
    ("the Word file taken out", attached(remove, ".docx"), "attachment-missing"),
    ("the relation of the report changed", attached(relate, ".yaml"), "attachment-relation"),
)
PROPERTIES = (
    ("pdf", "another title in the XMP packet", packet("年度报告</rdf:li>", "报告</rdf:li>")),
    ("pdf", "another author in the PDF", pdf(change_author)),
    ("pdf", "another producer in the PDF", pdf(producer)),
    ("docx", "another title in the Word file", part("docProps/core.xml", swap("年度报告<", "报告<"))),
    ("docx", "another day in the Word file", part("docProps/core.xml", swap("T00:00:00Z", "T08:00:00Z"))),
    ("docx", "no draft mark in the Word file", part("docProps/core.xml", swap(">草稿<", "><"))),
    ("html", "no draft mark in the page", without_draft),
    ("html", "another author in the page", swap('name="author" content="', 'name="author" content="某')),
)
WORD = (
    ("a Word file that is no archive", lambda content: content[:100], "docx-unreadable"),
    ("a Word file that unfolds without end", bomb, "docx-unreadable"),
    ("macros", part("word/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0"), "word-macro"),
    ("an embedded object", part(OBJECT, lambda _: b"\xd0\xcf"), "word-embedded"),
    (
        "a picture fetched from an address",
        relation("http://example.org/a.png", "image", OUTSIDE),
        "word-external",
    ),
    ("a link", relation("http://example.org/", "hyperlink", OUTSIDE), "word-external"),
    ("entities", document_part("<w:document", f"{DTD}<w:document"), "word-entities"),
    ("a part cut off", part("word/styles.xml", lambda content: content[:-40]), "word-part-broken"),
    (
        "a field that fetches",
        document_part("<w:sectPr", "<w:p><w:r><w:instrText>DDE x y</w:instrText></w:r></w:p><w:sectPr"),
        "word-active-field",
    ),
    (
        "a font of the theme",
        part("word/styles.xml", swap("w:eastAsia=", 'w:eastAsiaTheme="minorEastAsia" w:eastAsia=')),
        "word-theme-font",
    ),
    ("no map to the report", part("customXml/item1.xml", lambda _: b"<x/>"), "word-map-missing"),
)
PAGE = (
    ("a page that is none", lambda _: b"", "html-unreadable"),
    ("a script", swap("<main>", "<script>1</script><main>"), "html-script"),
    ("an event", swap("<main>", '<main onclick="x()">'), "html-script"),
    ("a form", swap("<main>", '<form action="/"></form><main>'), "html-script"),
    (
        "a picture from outside",
        swap("<main>", '<main><img src="http://example.org/a.png" alt="x"/>'),
        "html-external",
    ),
    ("a sheet that fetches", swap("<style>", "<style>@import 'http://example.org/a.css';"), "html-external"),
    ("a link to an address", swap("<main>", '<main><a href="http://example.org/">x</a>'), "html-external"),
    ("no language", swap(' lang="zh-CN"', ""), "html-no-language"),
    (
        "a paragraph written from the right",
        swap('<p class="body"', '<p dir="rtl" class="body"'),
        "html-strange-attribute",
    ),
    (
        "a paragraph of another language",
        swap('<p class="body"', '<p lang="ja" class="body"'),
        "html-strange-attribute",
    ),
    (
        "a paragraph read aloud otherwise",
        swap('<p class="body"', '<p aria-label="x" class="body"'),
        "html-strange-attribute",
    ),
    ("a label of several rows that heads one", swap('scope="rowgroup"', 'scope="row"'), "html-scope-differs"),
    ("a label of a column that heads a row", swap('scope="col"', 'scope="row"'), "html-scope-differs"),
    ("a word put in above the document", swap("<header>", "<header><p>已核</p>"), "html-note-differs"),
    ("no width of the screen", swap('name="viewport"', 'name="view"'), "html-no-viewport"),
    ("a table without a caption", swap("caption>", "div>"), "html-table-no-caption"),
    ("a header without direction", swap('scope="', 'class="'), "html-table-no-scope"),
    ("a level of headings skipped", lambda content: content.replace(b"h2", b"h4"), "html-heading-skipped"),
    ("two main headings", swap("<main>", "<main><h1>x</h1>"), "html-no-main-heading"),
    (
        "a picture without a text",
        swap("<main>", '<main><img src="data:image/png;base64,AA=="/>'),
        "html-image-no-text",
    ),
    ("an id borne twice", swap("<main>", '<main id="t1">'), "html-id-repeated"),
    ("grey letters", swap("color: #000;", "color: #999;"), "html-low-contrast"),
    (
        "red letters on a red ground",
        swap("<main>", '<main><p style="color:#f00;background:#c00">x</p>'),
        "html-low-contrast",
    ),
    (
        "a script in a drawing",
        swap("<main>", '<main><img alt="x" src="data:image/svg+xml,%3Csvg%3E%3Cscript/%3E%3C/svg%3E"/>'),
        "html-script",
    ),
)


def on_second_page(key: str, value: Any) -> Change:
    """Let the second page say something more."""

    def change(document: pikepdf.Pdf) -> None:
        document.pages[1].obj[key] = value

    return pdf(change)


def in_catalogue(key: str, value: Any) -> Change:
    """Let the catalogue say something more."""

    def change(document: pikepdf.Pdf) -> None:
        document.Root[key] = value

    return pdf(change)


def in_paragraph(key: str) -> Change:
    """Let a paragraph be read otherwise than it is painted."""

    def change(document: pikepdf.Pdf) -> None:
        elements(document, "/P")[0][key] = String("另一句话")

    return pdf(change)


def attach_more(document: pikepdf.Pdf) -> None:
    """Attach a file more, as the rules have it."""
    more = pikepdf.AttachedFileSpec(document, b"more", filename="more.txt")
    more.obj.AFRelationship = Name.Data
    document.attachments["more.txt"] = more
    document.Root.AF.append(more.obj)


def say_otherwise(document: pikepdf.Pdf) -> None:
    """Let a stretch of a page be copied in other words than it shows."""
    page = document.pages[0]
    content = page.Contents.read_bytes()
    changed = re.sub(rb"/MCID (\d+)", rb"/MCID \1 /ActualText (x)", content, count=1)
    assert changed != content
    page.Contents = document.make_stream(changed)


STAMP = Array([Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([9, 9, 99, 99]), F=4)])
STRANGE = (
    ("a page turned upside down", on_second_page("/Rotate", 180)),
    ("a page cut at its edges", on_second_page("/CropBox", Array([0, 300, 595, 842]))),
    ("a page twice as large", on_second_page("/UserUnit", 2)),
    ("a page trimmed", on_second_page("/TrimBox", Array([0, 0, 99, 99]))),
    ("a stamp on a page", on_second_page("/Annots", STAMP)),
    ("pages of other labels", in_catalogue("/PageLabels", Dictionary(Nums=Array([0, Dictionary(S=Name.r)])))),
    ("a portfolio", in_catalogue("/Collection", Dictionary(Type=Name.Collection))),
    ("a jump on opening", in_catalogue("/OpenAction", Array([]))),
    ("a paragraph read in other words", in_paragraph("/ActualText")),
    ("a paragraph described as a picture is", in_paragraph("/Alt")),
    ("a paragraph said to be of another language", in_paragraph("/Lang")),
    ("a stretch copied in other words", pdf(say_otherwise)),
    ("something behind the end of the file", lambda content: content + b"\nmore"),
)
"""What other programs put into a PDF that shows the same words."""
HIDDEN = {
    "a paragraph that is not displayed": ".body{display:none}",
    "a row that is folded away": "tr:nth-child(3){visibility:collapse}",
    "pale text": "p{opacity:.1}",
    "letters of no size": ".body{font-size:0}",
    "text moved off the page": ".body{text-indent:-9999px}",
    "text placed elsewhere": ".body{position:absolute;left:1px}",
    "text cut away": ".body{clip-path:inset(50%)}",
    "text of no height": ".body{max-height:0;overflow:hidden}",
    "text hidden on paper": "@media print{.body{display:none}}",
    "text made small by a transformation": ".body{transform:scale(0)}",
    "letters of no colour": ".body{color:transparent}",
    "words put before a text": '.body::before{content:"9"}',
    "letters of another case": "body{text-transform:uppercase}",
    "figures read from the right": "td{unicode-bidi:bidi-override;direction:rtl}",
    "paragraphs in reverse": "main{display:flex;flex-direction:column-reverse}",
}
"""Rules of a sheet that let the page show other words than are in it."""
UNSEEN = (
    *((name, swap("</style>", f"{rule}</style>"), "html-text-hidden") for name, rule in HIDDEN.items()),
    ("text struck out", swap('<p class="body">', '<p class="body"><del>废</del>'), "html-text-hidden"),
    ("a raised digit", swap('<p class="body">', '<p class="body"><sup>2</sup>'), "html-text-hidden"),
    ("text hidden where it stands", swap('<p class="body"', '<p class="body" hidden=""'), "html-text-hidden"),
    ("text outside of the document", swap("</main>", "</main><p>附言</p>"), "html-text-outside"),
)
FAULTS: tuple[Fault, ...] = (
    *(Fault(name, "pdf", breaks, "archive-format", code) for name, breaks, code in ARCHIVE),
    Fault("a font without outlines", "pdf", pdf(strip_font), "embedded-fonts", "font-not-embedded"),
    Fault("a font of another chain", "pdf", pdf(rename_font), "embedded-fonts", "foreign-font"),
    *(Fault(name, "pdf", breaks, "archive-format", "pdf-strange-part") for name, breaks in STRANGE),
    *(Fault(name, "pdf", breaks, "attachments", code) for name, breaks, code in ATTACHED),
    Fault("an attachment more", "pdf", pdf(attach_more), "attachments", "attachment-strange"),
    *(Fault(name, form, breaks, "metadata", "metadata-differs") for form, name, breaks in PROPERTIES),
    Fault(
        "no title in the page", "html", swap("<title>", "<title></title><i>"), "metadata", "metadata-missing"
    ),
    *(Fault(name, "docx", breaks, "word-safety", code) for name, breaks, code in WORD),
    *(Fault(name, "html", breaks, "page-safety", code) for name, breaks, code in (*PAGE, *UNSEEN)),
    Fault("a byte changed", "html", lambda content: content + b" ", "manifest", "output-not-as-recorded"),
)
PROVED: tuple[Fault, ...] = (
    Fault("no mark of tags, proved", "pdf", drop("/MarkInfo"), "verapdf-3a", "verapdf-failed"),
    Fault("no language, proved", "pdf", drop("/Lang"), "verapdf-ua1", "verapdf-failed"),
    Fault(
        "a value of no schema",
        "docx",
        document_part("<w:cantSplit/>", '<w:cantSplit w:val="often"/>'),
        "open-xml",
        "open-xml-invalid",
    ),
    Fault(
        "children in the wrong order",
        "docx",
        document_part("<w:body><w:p>", "<w:body><w:sectPr/><w:p>"),
        "open-xml",
        "open-xml-invalid",
    ),
    Fault("an attribute of old", "html", swap("<main>", '<main align="left">'), "html-valid", "html-invalid"),
)
"""What only other programs find."""
