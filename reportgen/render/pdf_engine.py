"""WeasyPrint as this project uses it: XHTML, faces and pictures in; a tagged PDF, finished, out."""

from __future__ import annotations

import codecs
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import cssselect2  # type: ignore[import-untyped]
import pydyf
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.html import UA_STYLESHEET
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reportgen.render.html import PICTURE_SCHEME
from reportgen.render.pdf_borders import close_tables
from reportgen.render.pdf_cells import centre_cut_cells
from reportgen.render.pdf_tags import POINTS_PER_PIXEL, mend_tags
from reportgen.render.pdf_writer import serialise
from reportgen.render.revision import declare_in_metadata, describe_properties

if TYPE_CHECKING:
    from reportgen.render.pdf_inputs import PdfAttachment, PdfInputs
    from reportgen.render.revision import Revision

VARIANT = "pdf/a-3a"
FILE = "/EmbeddedFile"

PLAIN_SHEET = """
head,title,meta,style,link,script,template{display:none}
html,body,main,section,article,header,footer,nav,div,p,h1,h2,h3,h4,h5,h6,figure,figcaption,blockquote,dl,dt,dd,ol,ul,pre
{display:block}
h1,h2,h3,h4,h5,h6{bookmark-label:content(text)}
li{display:list-item}
ol,ul{counter-reset:list-item}
ol{list-style-type:decimal}
table{display:table;box-sizing:border-box;text-indent:0}
caption{display:table-caption}
colgroup{display:table-column-group}
col{display:table-column}
thead{display:table-header-group}
tbody{display:table-row-group}
tfoot{display:table-footer-group}
tr{display:table-row}
th,td{display:table-cell}
b,strong{font-weight:bold}
img,svg{overflow:hidden}
"""
"""What a browser knows of HTML, as far as reports need it. The library's own sheet has rules for footnotes,
which make every element carry five more computed styles."""

UA_IDENTIFICATION = (
    b'<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""'
    b' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>'
    b'<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""'
    b' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>'
    b'<rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>"
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
"""PDF/UA-1 said in a PDF/A file, where a foreign namespace has to be described (ISO 19005-3 6.6.2.3)."""


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Gives the pictures of the build and files of the folders it was told of, nothing else."""

    def __init__(self, pictures: Mapping[str, tuple[str, bytes]], folders: Sequence[Path]) -> None:
        """Take the pictures by URL, with their media type, and the folders that may be read."""
        super().__init__(allowed_protocols=("file",), allow_redirects=False)
        self.pictures = pictures
        self.folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 (the library's signature)
        """The content of a URL; raises PermissionError for all that is not ours."""
        if url in self.pictures:
            media, data = self.pictures[url]
            return URLFetcherResponse(url, data, {"Content-Type": media})
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if (
            parts.scheme != "file"
            or parts.netloc
            or not any(path.is_relative_to(folder) for folder in self.folders)
        ):
            raise PermissionError(url)
        return URLFetcherResponse(url, path.read_bytes(), {})


class Page(HTML):  # type: ignore[misc]
    """A report's HTML; well-formed XML is read by the fast parser."""

    def __init__(self, text: str, fetcher: Fetcher, base: Path) -> None:
        """Parse the text; relative addresses are looked up from `base`."""
        try:
            root = ElementTree.fromstring(text)  # noqa: S314 (a template's text; expat bounds entities)
        except ElementTree.ParseError:
            super().__init__(string=text, base_url=str(base), url_fetcher=fetcher)
            return
        self.base_url = base.absolute().as_uri() + "/"
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [plain_sheet()] if not forms else [UA_STYLESHEET]


@cache
def plain_sheet() -> CSS:
    """The small sheet, parsed."""
    return CSS(string=PLAIN_SHEET)


def write_pdf(html: str, inputs: PdfInputs) -> bytes:
    """Lay the page out, paint it, attach the files, finish it."""
    pictures = {PICTURE_SCHEME + name: file for name, file in inputs.pictures.items()}
    page = Page(html, Fetcher(pictures, inputs.folders), inputs.folders[0])
    document = page.render(pdf_variant=VARIANT)
    close_tables(document)
    centre_cut_cells(document)
    document.metadata.created = document.metadata.modified = inputs.date.strftime("%Y-%m-%dT%H:%M:%SZ")
    files = sorted(inputs.attachments, key=lambda item: text_string(item.name))

    def finish(document: Document, pdf: pydyf.PDF) -> None:
        claim_accessibility(pdf, inputs.revision)
        mend_tags(document, pdf)
        describe_files(pdf, files)
        pdf.write = lambda output, *_: output.write(serialise(pdf, identify(html, inputs)))

    with warnings.catch_warnings():
        # The library leaves the file of its colour profile to be closed by itself.
        warnings.simplefilter("ignore", ResourceWarning)
        content: bytes = document.write_pdf(
            finisher=finish,
            pdf_variant=VARIANT,
            uncompressed_pdf=True,
            attachments=[attachment(item, inputs.date) for item in files],
        )
    return content


def find_place(html: str, inputs: PdfInputs, name: str, sheet: str) -> tuple[int, float] | None:
    """The page, from 1, and the distance from its top in pt at which the element of an id begins.

    `sheet` are further rules for this layout alone.
    """
    pictures = {PICTURE_SCHEME + name: file for name, file in inputs.pictures.items()}
    page = Page(html, Fetcher(pictures, inputs.folders), inputs.folders[0])
    document = page.render(stylesheets=[CSS(string=f"#{name}{{-weasy-anchor:attr(id)}}{sheet}")])
    for number, laid in enumerate(document.pages, 1):
        if name in laid.anchors:
            return number, laid.anchors[name][1] * POINTS_PER_PIXEL
    return None


def identify(html: str, inputs: PdfInputs) -> bytes:
    """The file identifier (ISO 32000-1 14.4): 16 bytes that depend on all that went into the file."""
    digest = sha256(html.encode())
    for item in inputs.attachments:
        digest.update(sha256(item.data).digest())
    for name, (_, data) in sorted(inputs.pictures.items()):
        digest.update(sha256(name.encode() + data).digest())
    return digest.digest()[:16]


def text_string(text: str) -> bytes:
    """A text as PDF orders it: what is not ASCII is UTF-16 with its mark."""
    return text.encode() if text.isascii() else codecs.BOM_UTF16_BE + text.encode("utf-16-be")


def attachment(item: PdfAttachment, date: datetime) -> Attachment:
    """The library's attachment; it can be used once."""
    return Attachment(
        string=item.data,
        name=item.name,
        description=item.description,
        relationship=item.relationship,
        created=date,
        modified=date,
    )


def describe_files(pdf: pydyf.PDF, files: Sequence[PdfAttachment]) -> None:
    """Give the attached files their names in any script, their media types, and list each once."""
    streams = [
        item for item in pdf.objects if isinstance(item, pydyf.Stream) and item.extra.get("Type") == FILE
    ]
    for stream, file in zip(streams, files, strict=True):
        stream.extra["Subtype"] = "/" + file.media.replace("/", "#2f")
    names = (item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Filespec")
    for specification, file in zip(names, files, strict=True):
        specification["F"].string = file.name
    if files:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def claim_accessibility(pdf: pydyf.PDF, revision: Revision | None) -> None:
    """Write PDF/UA-1 into the metadata of a PDF/A file, and which revision it is."""
    said = UA_IDENTIFICATION
    if revision:
        said = said.replace(b"</rdf:Bag>", describe_properties() + b"</rdf:Bag>")
        said += declare_in_metadata(revision)
    number = int(pdf.catalog["Metadata"].split()[0])
    stream = pdf.objects[number]
    stream.stream = [part.replace(b"</rdf:RDF>", said + b"</rdf:RDF>") for part in stream.stream]
