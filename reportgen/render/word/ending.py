"""A sheet in; what a report ends with out: 附件说明, 署名 and 成文日期, the attachments' own pages."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.render.word.blocks import either, loop, tag
from reportgen.render.word.markup import Element, paragraph
from reportgen.render.word.sheet import Sheet

ATTACHED = (
    ("loop.length == 1", "attachment-only"),
    ("loop.first", "attachment-first"),
    ("loop.index > 9", "attachment-tenth"),
    ("", "attachment-next"),
)
"""附件说明: turn lines stand under the name, so a number of another width has another style."""


def ending_macro(sheet: Sheet) -> Iterator[Element]:
    """The macro `ending()`: 附件说明, 署名 and 成文日期, of the letter where there is one."""
    yield tag(sheet, "{%p macro ending() %}")
    lines = either(sheet, *((when, [paragraph(sheet.id(css), "{{ line }}")]) for when, css in ATTACHED))
    yield from loop(sheet, "line in attachment_list", *lines)
    yield from loop(sheet, "line in signatures", paragraph(sheet.id("signature"), "{{ line }}"))
    date = paragraph(sheet.id("date"), "{{ date }}")
    end = paragraph(sheet.id("colophon-end"))  # word processors end a document with a paragraph of their own
    yield from either(sheet, ("signatures", [date]), ("", [end]))
    yield tag(sheet, "{%p endmacro %}")


def ending(sheet: Sheet) -> Element:
    """The line that prints it."""
    return tag(sheet, "{{p ending() }}")


def attached(sheet: Sheet) -> Iterator[Element]:
    """The attachments' own pages."""
    yield tag(sheet, "{%p for attachment in attachments %}")
    yield paragraph(sheet.id("attachment-mark"), "{{ attachment.mark }}")
    yield from loop(sheet, "line in attachment.title", paragraph(sheet.id("attachment-title"), "{{ line }}"))
    yield tag(sheet, "{{p items(attachment.items) }}")
    yield tag(sheet, "{%p endfor %}")
