"""A context in; the Word file of the report out: the kind's template filled, then finished."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from reportgen.render.environment import word_environment
from reportgen.render.finisher import Finish, finish
from reportgen.render.imprints import TARGET, Imprints
from reportgen.render.package import TEMPLATE, Package, PackageError, read_package
from reportgen.render.revision import Revision
from reportgen.render.signature import SignaturePlacement
from reportgen.render.style_ids import with_declared_ids
from reportgen.render.word_faults import (
    Trace,
    broken_template,
    unreadable_template,
)

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

    from reportgen.model.kind import Kind
    from reportgen.render.context import Context

FILLED = ("word/document", "word/header", "word/footer", "word/footnotes")
"""The parts the template engine fills; all others stay as they are, byte for byte."""

END = "</w:p>"
MARK = re.compile(rf"<\?{TARGET} (\d+)\?>")


@dataclass(frozen=True, slots=True)
class Filled:
    """A template after filling: its parts, and the numbers of the marks in the text the engine made of it."""

    package: Package
    marks: tuple[int, ...]


def render_docx(
    context: Context,
    kind: Kind,
    signature: SignaturePlacement,
    source_sha256: str,
    moment: datetime,
    revision: Revision | None = None,
) -> bytes:
    """The Word file; raises KindError on a broken template, VerificationError when a text did not arrive.

    `source_sha256` is that of the report file, kept in the Word file; `moment` is the date of its properties,
    `revision` that of an issued report.
    """
    imprints = Imprints(kind.texts)
    template = kind.find_file(TEMPLATE)
    content = with_declared_ids(template.read_bytes(), kind)
    filled = fill(content, str(template), context, imprints)
    order = Finish(
        kind, context, signature, imprints, filled.marks, str(template), source_sha256, moment, revision
    )
    return finish(filled.package, order)


def fill(template: bytes, file: str, context: Mapping[str, Any], imprints: Imprints) -> Filled:
    """The template with a mark wherever a value is printed; raises KindError when it is broken."""
    from jinja2 import TemplateError

    trace, marks = Trace(), list[int]()
    package = _read_template(template, file)
    try:
        filling = watched(trace, marks)(BytesIO(template))
        filling.render(dict(context), word_environment(imprints.mark))
    except (KeyError, ValueError) as error:
        raise unreadable_template(file) from error
    except (TemplateError, TypeError, RecursionError, etree.XMLSyntaxError) as error:
        raise broken_template(error, trace, file) from error
    for part in filling.docx.part.package.iter_parts():
        path = str(part.partname).lstrip("/")
        if path.startswith(FILLED) and path in package.parts:
            package.parts[path] = part.blob
    return Filled(package, tuple(marks))


def _read_template(template: bytes, file: str) -> Package:
    """The parts of a template; raises KindError when it is none."""
    try:
        package = read_package(template)
    except (PackageError, KeyError, etree.XMLSyntaxError) as error:
        raise unreadable_template(file) from error
    return package


def watched(trace: Trace, marks: list[int]) -> type[DocxTemplate]:
    """The template engine under watch: `trace` holds what it works on, `marks` the values in what it made."""
    from docxtpl import DocxTemplate

    class Template(DocxTemplate):  # type: ignore[misc]
        """A template whose faults are not mended in silence."""

        def patch_xml(self, src_xml: str) -> str:
            return mend_tags(src_xml)

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


@lru_cache(maxsize=16)
def mend_tags(source: str) -> str:
    """A part's source with its tags put together and moved where the engine wants them; done once."""
    from docxtpl import DocxTemplate

    return str(DocxTemplate(BytesIO()).patch_xml(source))
