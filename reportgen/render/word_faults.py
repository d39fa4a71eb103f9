"""An error of filling a Word template in; a finding with the place as a person sees it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.errors import KindError
from reportgen.render.package import Package

TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
MARKUP: Final = re.compile(r"<[^>]*>")
NAME: Final = re.compile(r"'([^']{1,80})'")
START: Final = re.compile(r"<w:p([ >])")
LONGEST: Final = 60
ACTIVE: Final = re.compile(r"vba|macro|activex|/embeddings/|oleobject|/controls/", re.IGNORECASE)
"""What is in the names or content types of parts that may run something."""


@dataclass(slots=True)
class Trace:
    """What the template engine worked on last: a part's source with its tags mended, and what came of it."""

    source: str = ""
    rendered: str = ""


def unreadable_template(file: str) -> KindError:
    """The template is no Word file."""
    return KindError(find("word-template-unreadable", Location(file)))


def active_parts(package: Package) -> Iterator[str]:
    """Macros, embedded objects and addresses outside the file, by part or address, in order."""
    for part in sorted(package.parts):
        if ACTIVE.search(part) or ACTIVE.search(package.types.get(part, "")):
            yield part
    for source in sorted(package.relations):
        yield from (relation.target for relation in package.relations[source].values() if relation.outside)


def active_template(file: str, found: Sequence[str]) -> KindError:
    """The template holds what may run or leads elsewhere."""
    place = Location(file)
    return KindError(
        *(find("word-template-active", place, text=_short(text)) for text in dict.fromkeys(found))
    )


def broken_template(error: Exception, trace: Trace, file: str) -> KindError:
    """What the template's author needs to know; nothing of a library's own words."""
    from jinja2 import TemplateSyntaxError, UndefinedError

    place = Location(file)
    near, text = _around(trace.source, _line(error))
    if isinstance(error, TemplateSyntaxError):
        return KindError(find("word-template-syntax", place, near=near, text=text))
    if isinstance(error, UndefinedError):
        named = (NAME.findall(str(error)) or [""])[-1]
        return KindError(find("word-template-undefined", place, near=near, text=text, name=named))
    if isinstance(error, SyntaxError):
        near, text = _around(trace.rendered, _torn_line(trace.rendered))
        return KindError(find("word-template-structure", place, near=near, text=text))
    return KindError(find("word-template-forbidden", place, near=near, text=text))


def torn_tag(file: str, near: str, text: str) -> KindError:
    """A tag is cut off, or would take other text away with it."""
    return KindError(find("word-template-syntax", Location(file), near=_short(near), text=_short(text)))


def misplaced_value(file: str, near: str, text: str) -> Diagnostic:
    """A value is printed where there is no text."""
    return find("word-template-structure", Location(file), near=near, text=text)


def _line(error: Exception) -> int:
    """The line of the template's source the error came from: one line for each paragraph."""
    from jinja2 import TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line, frame = 0, error.__traceback__
    while frame:
        if frame.tb_frame.f_code.co_filename == "<template>":
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def _torn_line(rendered: str) -> int:
    """The line where markup stops being well-formed, one line for each paragraph."""
    try:
        etree.fromstring(_in_lines(rendered))
    except etree.XMLSyntaxError as error:
        return error.lineno or 0
    return 0


def _in_lines(markup: str) -> str:
    return START.sub(r"\n<w:p\1", markup)


def _around(source: str, line: int) -> tuple[str, str]:
    """The nearest fixed text above a line of what the template engine read, and the tags in it."""
    lines = _in_lines(source).split("\n")
    at = min(max(line - 1, 0), len(lines) - 1)
    above = (fixed_text(text) for text in reversed(lines[:at]))
    return next(filter(None, above), ""), _short(" ".join(TAG.findall(lines[at])) or fixed_text(lines[at]))


def fixed_text(markup: str) -> str:
    """The words of a stretch of a part without its tags."""
    return _short(MARKUP.sub("", TAG.sub("", markup)).strip())


def _short(text: str) -> str:
    clean = " ".join(MARKUP.sub("", text).split())
    return clean if len(clean) <= LONGEST else f"{clean[:LONGEST]}…"
