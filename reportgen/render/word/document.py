"""A kind in; its Word template out, from the kind's data alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from reportgen.render.package import DOCUMENT, Package, Relation
from reportgen.render.word.around import Sections, colophon, letter, masthead
from reportgen.render.word.blocks import items_macro, loop, tag
from reportgen.render.word.ending import attached, ending, ending_macro
from reportgen.render.word.markup import Element, paragraph, part, w
from reportgen.render.word.own_styles import own_styles
from reportgen.render.word.page import PAGES, draw_footer, draw_header, section
from reportgen.render.word.settings import draw_settings
from reportgen.render.word.sheet import Sheet
from reportgen.render.word.styles import draw_font_table, draw_styles
from reportgen.render.word.tables import draw_table

if TYPE_CHECKING:
    from reportgen.model.kind import Kind

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def draw_template(kind: Kind) -> bytes:
    """The file report.docx of a kind: named styles, fixed words and table labels as text, values as tags."""
    sheet = Sheet(kind.layout, kind.fonts)
    package = Package({})
    package.add(DOCUMENT, b"", f"{WORD}.document.main+xml")
    package.relate("", Relation(f"{OFFICE}/officeDocument", DOCUMENT))
    _add(package, "styles", draw_styles(sheet, own_styles(sheet)))
    _add(package, "settings", draw_settings(kind.layout))
    _add(package, "fontTable", draw_font_table(sheet))
    sections = _sections(package, sheet, str(kind.texts["page-number"]))
    body = w("body", *_body(kind, sheet, sections), section(kind.layout, sections.last, sheet))
    package.parts[DOCUMENT] = part(w("document", body))
    return package.write()


def _sections(package: Package, sheet: Sheet, words: str) -> Sections:
    """Headers and footers: those of the last section may be bare, those of others always have a number."""
    last, others = {}, {}
    for number, page in enumerate(sorted(PAGES), 1):
        last["header", page] = others["header", page] = _add(package, "header", draw_header(sheet), number)
        last["footer", page] = _add(
            package, "footer", draw_footer(sheet, page, words, bare="colophon and colophon.apart"), number
        )
    for number, page in enumerate(sorted(PAGES), len(PAGES) + 1):
        others["footer", page] = _add(package, "footer", draw_footer(sheet, page, words), number)
    return Sections(last, others)


def _add(package: Package, name: str, content: bytes, number: int | None = None) -> str:
    """Add a part that the document refers to; gives the id of the relation."""
    path = f"word/{name}{'' if number is None else number}.xml"
    package.add(path, content, f"{WORD}.{name}+xml")
    return package.relate(DOCUMENT, Relation(f"{OFFICE}/{name}", path))


def _body(kind: Kind, sheet: Sheet, sections: Sections) -> Iterator[Element]:
    yield from items_macro(sheet, sheet.area)
    yield from ending_macro(sheet)
    yield from masthead(sheet)
    yield from loop(sheet, "line in title", paragraph(sheet.id("title"), "{{ line }}"))
    yield tag(sheet, "{%p if recipient %}")
    yield paragraph(sheet.id("recipient"), "{{ recipient }}")
    yield tag(sheet, "{%p endif %}")
    body = kind.fields.get("letter-body", "")
    yield from letter(sheet, body, sections)
    for key, field in _in_order(kind):
        if key != body:
            yield from _field(kind, sheet, key, field.get("x-type"))
    yield tag(sheet, "{%p if not enclosure %}")
    yield ending(sheet)
    yield tag(sheet, "{%p endif %}")
    yield from attached(sheet)
    yield from colophon(sheet, sections)


def _in_order(kind: Kind) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The fields of the schema in the order a report gives them."""
    fields = kind.schema["properties"]
    for key in kind.schema.get("order", fields):
        yield key, fields[key]


def _field(kind: Kind, sheet: Sheet, key: str, form: str | None) -> Iterator[Element]:
    """What the document shows of a field: its heading, then running text or a table with its notes."""
    heading = kind.texts.get("headings", {}).get(key)
    if heading:
        yield paragraph(sheet.id("level-1"), str(heading))
    if form == "blocks":
        yield tag(sheet, f"{{{{p items({key}) }}}}")
    if form == "table":
        yield draw_table(sheet, kind.tables[key])
        yield from loop(sheet, f"line in notes.{key}.below", paragraph(sheet.id("note"), "{{ line }}"))
