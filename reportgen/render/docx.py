"""A context in; the Word file of the report out: the kind's template filled, then finished."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from reportgen.render.environment import word_environment
from reportgen.render.finisher import Finish, finish
from reportgen.render.imprints import TARGET, Imprints
from reportgen.render.package import Package, PackageFault, read_package
from reportgen.render.signature import SignaturePlacement
from reportgen.render.word_faults import Trace, broken_template, unreadable_template

if TYPE_CHECKING:
    from reportgen.model.kind import Kind
    from reportgen.render.context import Context

TEMPLATE = "report.docx"
MARK = re.compile(rf"<\?{TARGET} (\d+)\?>")


@dataclass(frozen=True, slots=True)
class Filled:
    """A template after filling: its parts, and the numbers of the marks in the text the engine made of it."""

    package: Package
    marks: tuple[int, ...]


def render_docx(
    context: Context, kind: Kind, signature: SignaturePlacement, source_sha256: str, moment: datetime
) -> bytes:
    """The Word file; raises KindError when the template is broken, VerificationError when a text did not arrive.

    `source_sha256` is that of the report file, kept in the Word file; `moment` is the date of its properties.
    """
    imprints = Imprints(kind.texts)
    template = kind.find_file(TEMPLATE)
    filled = fill(template.read_bytes(), str(template), context, imprints)
    order = Finish(kind, context, signature, imprints, filled.marks, str(template), source_sha256, moment)
    return finish(filled.package, order)


def fill(template: bytes, file: str, context: Mapping[str, Any], imprints: Imprints) -> Filled:
    """The template with a mark wherever a value is printed; raises KindError when it is broken."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    class Template(DocxTemplate):  # type: ignore[misc]
        """What docxtpl makes of the template, seen on its way: nothing is repaired in silence."""

        def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
            trace.source = src_xml
            rendered: str = super().render_xml_part(src_xml, part, context, jinja_env)
            trace.rendered = rendered
            marks.extend(int(number) for number in MARK.findall(rendered))
            return rendered

        def fix_tables(self, xml: str) -> Any:
            etree.fromstring(xml)
            return super().fix_tables(xml)

        def render_properties(self, context: Any, jinja_env: Any = None) -> None:
            """The template's own properties are not those of the report."""

    trace, marks = Trace(), list[int]()
    try:
        read_package(template)
        filling = Template(BytesIO(template))
        filling.render(dict(context), word_environment(imprints.mark))
        target = BytesIO()
        filling.save(target)
        return Filled(read_package(target.getvalue()), tuple(marks))
    except (PackageFault, KeyError, ValueError) as error:
        raise unreadable_template(file) from error
    except (TemplateError, TypeError, etree.XMLSyntaxError) as error:
        raise broken_template(error, trace, file) from error
