"""The files of a document in; what stands around its text out: margins, properties, what is attached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdfium2

from tests.page_transcripts import page_of
from tests.transcripts import Layout, Text, marked, named
from tests.word_transcripts import WORD, WordReader, part_of

CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
DC = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
REFERENCES = {"header": "页眉", "footer": "页脚"}
PAGES = {"default": "单页", "even": "双页", "first": "首页"}
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself; `status` is the draft mark, empty in a final document."""

    title: str
    author: str
    language: str
    status: str
    date: str


def word_properties(docx: bytes) -> Properties:
    """The properties of a Word file."""
    core = part_of(docx, "docProps/core.xml")
    names = (f"{DC}title", f"{DC}creator", f"{DC}language", f"{CORE}contentStatus", f"{TERMS}created")
    title, author, language, status, date = (core.findtext(name, "") for name in names)
    return Properties(title, author, language, status, date[:10])


def pdf_properties(pdf: bytes) -> Properties:
    """The properties of a PDF: those of its dictionary, which its XMP metadata must repeat."""
    with pikepdf.open(BytesIO(pdf)) as document:
        info, root = document.docinfo, document.Root
        said = {str(key): str(value) for key, value in info.items()}
        with document.open_metadata() as metadata:
            assert metadata.get("dc:title") == said["/Title"]
            assert metadata.get("dc:creator") == [said["/Author"]]
            assert metadata.get("dc:description", "") == said.get("/Subject", "")
        date = said["/CreationDate"].removeprefix("D:")
        day = f"{date[:4]}-{date[4:6]}-{date[6:8]}"
        return Properties(said["/Title"], said["/Author"], str(root.Lang), said.get("/Subject", ""), day)


def page_properties(html: bytes, date: str) -> Properties:
    """The properties of a web page, which bears no date of its own."""
    page = page_of(html)
    said = {meta.get("name"): meta.get("content", "") for meta in page.iter("meta")}
    title, language = page.findtext("head/title", ""), page.get("lang", "")
    return Properties(title, said.get("author", ""), language, said.get("description", ""), date)


def margins(docx: bytes, layout: Layout) -> Iterator[tuple[str, Text]]:
    """What a Word file prints above and below its text: the pages it is for, and the paragraphs."""
    targets = relations(docx)
    reader = WordReader(named(layout, "id"))
    for kind, word in REFERENCES.items():
        for reference in part_of(docx, "word/document.xml").iter(f"{WORD}{kind}Reference"):
            for part in reader.parts(part_of(docx, f"word/{targets[reference.get(RELATION, '')]}")):
                assert isinstance(part, Text)
                yield f"{PAGES[reference.get(f'{WORD}type', '')]}{word}", part


def relations(docx: bytes) -> Mapping[str, str]:
    """The targets of the document's relations by their ids."""
    tree = part_of(docx, "word/_rels/document.xml.rels")
    return {relation.get("Id", ""): relation.get("Target", "") for relation in tree}


def described(docx: bytes, pdf: bytes, html: bytes, layout: Layout) -> str:
    """All of it for people to read."""
    date = word_properties(docx).date
    lines = ["Word", *(f"  {line}" for line in word_lines(docx, layout))]
    lines += ["PDF", *(f"  {line}" for line in pdf_lines(pdf))]
    lines += ["网页", *(f"  {line}" for line in page_lines(html, date))]
    return "\n".join((*lines, ""))


def word_lines(docx: bytes, layout: Layout) -> Iterator[str]:
    """What the Word file has around its text."""
    yield property_line(word_properties(docx))
    for place, text in margins(docx, layout):
        yield f"{place}：【{text.style}】{marked(text.runs)}"
    with ZipFile(BytesIO(docx)) as package:
        yield "部件：" + "、".join(sorted(package.namelist()))


def pdf_lines(pdf: bytes) -> Iterator[str]:
    """What the PDF has around its text."""
    yield property_line(pdf_properties(pdf))
    with pikepdf.open(BytesIO(pdf)) as document:
        for name, attached in sorted(document.attachments.items()):
            yield f"附件：{name}（{attached.relationship}，{attached.description}，{media_of(attached)}）"
    outline: Any = pypdfium2.PdfDocument(pdf)
    for mark in outline.get_toc():
        yield f"书签：{'　' * mark.level}{mark.get_title()}（第{mark.get_dest().get_index() + 1}页）"
    outline.close()


def media_of(attached: Any) -> str:
    """The media type of an attached file."""
    return str(attached.get_file().mime_type)


def page_lines(html: bytes, date: str) -> Iterator[str]:
    """What the web page has around its text."""
    yield property_line(page_properties(html, date))
    header = page_of(html).find("body/header")
    assert header is not None
    for element in header.iter():
        text = "".join(element.itertext()).strip()
        if element.tag == "a":
            yield f"链接：{text}（{element.get('href')}）"
        elif element.tag == "div":
            yield "信息栏：" + "＝".join(part.text or "" for part in element)
        elif element.get("class") == "banner":
            yield f"横幅：{text}"


def property_line(found: Properties) -> str:
    """Properties in one line."""
    status = f"，{found.status}" if found.status else ""
    return f"属性：{found.title}，{found.author}，{found.language}，{found.date}{status}"
