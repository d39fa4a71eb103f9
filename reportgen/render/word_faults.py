"""An error of filling a Word template in; a finding with the place as a person sees it out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic, Location
from reportgen.errors import KindError

TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
MARKUP: Final = re.compile(r"<[^>]*>")
NAME: Final = re.compile(r"'([^']{1,80})'")
START: Final = re.compile(r"<w:p([ >])")
LONGEST: Final = 60


@dataclass(slots=True)
class Trace:
    """What the template engine worked on last: a part's source with its tags mended, and what came of it."""

    source: str = ""
    rendered: str = ""


def unreadable_template(file: str) -> KindError:
    """The template is no Word file."""
    return KindError(find("word-template-unreadable", Location(file)))


def broken_template(error: Exception, trace: Trace, file: str) -> KindError:
    """What the template's author needs to know; nothing of a library's own words."""
    from jinja2 import TemplateSyntaxError, UndefinedError

    place = Location(file)
    near, text = _around(trace.source, _line(error))
    if isinstance(error, TemplateSyntaxError):
        return KindError(find("word-template-syntax", place, where=after(near), text=text))
    if isinstance(error, UndefinedError):
        named = (NAME.findall(str(error)) or [""])[-1]
        return KindError(find("word-template-undefined", place, where=after(near), text=text, name=named))
    if isinstance(error, SyntaxError):
        near, text = _around(trace.rendered, _torn_line(trace.rendered))
        return KindError(find("word-template-structure", place, where=after(near), text=text))
    return KindError(find("word-template-forbidden", place, where=after(near), text=text))


def misplaced_value(file: str, near: str, text: str) -> Diagnostic:
    """A value is printed where there is no text."""
    return find("word-template-structure", Location(file), where=after(near), text=text)


def after(near: str) -> Bilingual:
    """The place of what stands after some fixed words."""
    return Bilingual(f"“{near}”之后", f"after “{near}”")


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
