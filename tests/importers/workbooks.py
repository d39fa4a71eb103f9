"""Collection workbooks filled in as people, programs and strangers do it, square by square."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from reportgen.diagnostics import Diagnostic
from reportgen.importers.book import Book, read_book
from reportgen.importers.collected import Collected
from reportgen.importers.form import make_form
from reportgen.importers.plan import address, make_plan
from reportgen.importers.reading import Reader
from reportgen.model.kind import load_kind

KIND = load_kind("disclosure-annual")
PLAN = make_plan(KIND)
Change = Callable[[str], str]


@cache
def form() -> bytes:
    """The empty workbook."""
    return make_form(KIND)


@cache
def sheet_parts() -> Mapping[str, str]:
    """The part of every sheet by its title."""
    with ZipFile(BytesIO(form())) as archive:
        book = archive.read("xl/workbook.xml").decode()
    titles = re.findall(r'<sheet [^>]*name="([^"]+)"', book)
    return {title: f"xl/worksheets/sheet{number}.xml" for number, title in enumerate(titles, 1)}


def altered(
    changes: Mapping[str, Change], more: Mapping[str, bytes] | None = None, base: bytes = b""
) -> bytes:
    """The workbook with the text of some parts changed, and with more parts."""
    made = BytesIO()
    with ZipFile(BytesIO(base or form())) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = changes.get(name, str)
            new.writestr(name, change(spelt_out(old.read(name).decode())))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return made.getvalue()


def spelt_out(xml: str) -> str:
    """XML with every Chinese character as it is, not as a number."""
    return re.sub("&#([0-9]{4,6});", lambda match: chr(int(match[1])), xml)


def number(value: object) -> str:
    """What stands in a square that holds a number."""
    return f"<v>{value}</v>"


def text(value: str) -> str:
    """What stands in a square that holds a text."""
    return f"<is><t>{escape(value)}</t></is>"


def fill(squares: Mapping[str, str], base: bytes = b"") -> bytes:
    """The workbook with squares (`收到和处理申请!D7`) filled by what stands inside them."""
    by_sheet: dict[str, dict[str, str]] = {}
    for place, inside in squares.items():
        title, _, address = place.rpartition("!")
        by_sheet.setdefault(title, {})[address] = inside
    changes = {sheet_parts()[title]: filler(cells) for title, cells in by_sheet.items()}
    return altered(changes, base=base)


def filler(cells: Mapping[str, str]) -> Change:
    """Puts content into the squares of one sheet."""

    def replaced(match: re.Match[str]) -> str:
        inside = cells.get(match["at"])
        if inside is None:
            return match[0]
        form = ' t="inlineStr"' if inside.startswith("<is>") else ""
        error = ' t="e"' if inside.startswith("<v>#") else ""
        return f'<c r="{match["at"]}"{match["style"] or ""}{form}{error}>{inside}</c>'

    pattern = re.compile(r'<c r="(?P<at>[A-Z]+[0-9]+)"(?P<style> s="[0-9]+")?(?: t="\w+")? ?(?:/>|>.*?</c>)')
    return lambda xml: pattern.sub(replaced, xml)


def read(data: bytes, file: str = "采集表.xlsx") -> Collected:
    """What a workbook of the kind says; it must be readable."""
    book = read_book(data, file)
    assert isinstance(book, Book), book
    return Reader(book, PLAN).read()


def with_shared_texts(data: bytes) -> bytes:
    """The workbook as Excel saves it: texts in a part of their own, some with phonetic readings."""
    texts: list[str] = []

    def share(xml: str) -> str:
        return re.sub(r' t="inlineStr"(/?)>(?:<is><t(?: [^>]*)?>([^<]*)</t></is>)', shared, xml)

    def shared(match: re.Match[str]) -> str:
        texts.append(f"<si><r><t>{match[2]}</t></r><rPh><t>zhu</t></rPh></si>")
        return f' t="s"><v>{len(texts) - 1}</v>'

    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="shared" Type="{kind}" Target="/xl/sharedStrings.xml"/></Relationships>'
    made = altered(dict.fromkeys(sheet_parts().values(), share), base=data)
    rels = {"xl/_rels/workbook.xml.rels": lambda xml: xml.replace("</Relationships>", relation)}
    return altered(rels, {"xl/sharedStrings.xml": f"<sst>{''.join(texts)}</sst>".encode()}, base=made)


def codes(data: bytes) -> dict[str, str]:
    """The findings about a workbook: the code at each cell; what is blank is left out."""
    book = read_book(data, "采集表.xlsx")
    found = (book,) if isinstance(book, Diagnostic) else Reader(book, PLAN).read().diagnostics
    return {finding.location.cell: finding.code for finding in found if finding.code != "workbook-blank"}


B = "收到和处理申请"
BASICS = {"基本信息!B4": number(2024), "基本信息!B5": text("云湖市统计局"), "基本信息!B6": text("部门")}
SLOTS = {
    slot.path: f"{table}!{address(slot.row, slot.column)}"
    for table, slots in PLAN.tables.items()
    for slot in slots
    if not slot.is_total
}
