"""A kind in; its Word template out, from the kind's data alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from reportgen.render.package import DOCUMENT, Package, Relation
from reportgen.render.word.blocks import items_macro, tag, type_area
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
    relations = {}
    for number, page in enumerate(sorted(PAGES), 1):
        relations["header", page] = _add(package, "header", draw_header(sheet), number)
        relations["footer", page] = _add(
            package, "footer", draw_footer(sheet, page, str(kind.texts["page-number"])), number
        )
    body = w("body", *_body(kind, sheet), section(kind.layout, relations, sheet))
    package.parts[DOCUMENT] = part(w("document", body))
    return package.write()


def _add(package: Package, name: str, content: bytes, number: int | None = None) -> str:
    """Add a part that the document refers to; gives the id of the relation."""
    path = f"word/{name}{'' if number is None else number}.xml"
    package.add(path, content, f"{WORD}.{name}+xml")
    return package.relate(DOCUMENT, Relation(f"{OFFICE}/{name}", path))


def _body(kind: Kind, sheet: Sheet) -> Iterator[Element]:
    yield from items_macro(sheet, type_area(sheet))
    yield from _loop(sheet, "line in title", paragraph(sheet.id("title"), "{{ line }}"))
    yield tag(sheet, "{%p if recipient %}")
    yield paragraph(sheet.id("recipient"), "{{ recipient }}")
    yield tag(sheet, "{%p endif %}")
    for key, field in _in_order(kind):
        yield from _field(kind, sheet, key, field.get("x-type"))
    yield from _end(sheet)


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
        yield from _loop(sheet, f"line in notes.{key}.below", paragraph(sheet.id("note"), "{{ line }}"))


def _loop(sheet: Sheet, head: str, *content: Element) -> Iterator[Element]:
    yield tag(sheet, f"{{%p for {head} %}}")
    yield from content
    yield tag(sheet, "{%p endfor %}")


def _end(sheet: Sheet) -> Iterator[Element]:
    """附件说明, 署名 and 成文日期, then the attachments' own pages."""
    yield from _loop(sheet, "line in attachment_list", *_attachment_line(sheet))
    yield from _loop(sheet, "line in signatures", paragraph(sheet.id("signature"), "{{ line }}"))
    yield paragraph(sheet.id("date"), "{{ date }}")
    yield tag(sheet, "{%p for attachment in attachments %}")
    yield paragraph(sheet.id("attachment-mark"), "{{ attachment.mark }}")
    yield from _loop(sheet, "line in attachment.title", paragraph(sheet.id("attachment-title"), "{{ line }}"))
    yield tag(sheet, "{{p items(attachment.items) }}")
    yield tag(sheet, "{%p endfor %}")


def _attachment_line(sheet: Sheet) -> Iterator[Element]:
    """附件说明: turn lines stand under the name, so a number of another width has another style."""
    places = (
        ("if loop.length == 1", "attachment-only"),
        ("elif loop.first", "attachment-first"),
        ("elif loop.index > 9", "attachment-tenth"),
        ("else", "attachment-next"),
    )
    for statement, style in places:
        yield tag(sheet, f"{{%p {statement} %}}")
        yield paragraph(sheet.id(style), "{{ line }}")
    yield tag(sheet, "{%p endif %}")
