"""A context in; the Word file of the report out: the kind's template filled, then finished."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from reportgen.render.bookmarks import printed_parts
from reportgen.render.environment import word_environment
from reportgen.render.finisher import Finish, finish
from reportgen.render.imprints import TARGET, Imprints
from reportgen.render.package import Package, PackageError, read_package
from reportgen.render.signature import SignaturePlacement
from reportgen.render.word_faults import Trace, broken_template, torn_tag, unreadable_template
from reportgen.render.word_tags import find_torn_tag

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

    from reportgen.model.kind import Kind
    from reportgen.render.context import Context

TEMPLATE = "report.docx"
END = "</w:p>"
MARK = re.compile(rf"<\?{TARGET} (\d+)\?>")


@dataclass(frozen=True, slots=True)
class Filled:
    """A template after filling: its parts, and the numbers of the marks in the text the engine made of it."""

    package: Package
    marks: tuple[int, ...]


def render_docx(
    context: Context, kind: Kind, signature: SignaturePlacement, source_sha256: str, moment: datetime
) -> bytes:
    """The Word file; raises KindError on a broken template, VerificationError when a text did not arrive.

    `source_sha256` is that of the report file, kept in the Word file; `moment` is the date of its properties.
    """
    imprints = Imprints(kind.texts)
    template = kind.find_file(TEMPLATE)
    filled = fill(template.read_bytes(), str(template), context, imprints)
    order = Finish(kind, context, signature, imprints, filled.marks, str(template), source_sha256, moment)
    return finish(filled.package, order)


def fill(template: bytes, file: str, context: Mapping[str, Any], imprints: Imprints) -> Filled:
    """The template with a mark wherever a value is printed; raises KindError when it is broken."""
    from jinja2 import TemplateError

    trace, marks = Trace(), list[int]()
    filling = _open_template(template, file, trace, marks)
    try:
        filling.render(dict(context), word_environment(imprints.mark))
    except (TemplateError, TypeError, RecursionError, etree.XMLSyntaxError) as error:
        raise broken_template(error, trace, file) from error
    target = BytesIO()
    filling.save(target)
    return Filled(read_package(target.getvalue()), tuple(marks))


def _open_template(template: bytes, file: str, trace: Trace, marks: list[int]) -> DocxTemplate:
    """The template as its engine takes it; raises KindError when it is no Word file or has torn tags."""
    try:
        torn = find_torn_tag(printed_parts(read_package(template)).values())
        filling = watched(trace, marks)(BytesIO(template))
        filling.init_docx()
    except (PackageError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise unreadable_template(file) from error
    if torn:
        raise torn_tag(file, *torn)
    return filling


def watched(trace: Trace, marks: list[int]) -> type[DocxTemplate]:
    """The template engine under watch: `trace` holds what it works on, `marks` the values in what it made."""
    from docxtpl import DocxTemplate

    class Template(DocxTemplate):  # type: ignore[misc]
        """A template whose faults are not mended in silence."""

        def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
            trace.source = src_xml.replace(END, END + "\n")  # so that tags between paragraphs have lines too
            rendered: str = super().render_xml_part(trace.source, part, context, jinja_env)
            trace.rendered = rendered.replace(END + "\n", END)
            marks.extend(int(number) for number in MARK.findall(trace.rendered))
            return trace.rendered

        def fix_tables(self, xml: str) -> Any:
            etree.fromstring(xml)
            return super().fix_tables(xml)

        def render_properties(self, context: Any, jinja_env: Any = None) -> None:
            """The template's own properties are not those of the report."""

    return Template
