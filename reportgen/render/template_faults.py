"""An error of the template engine in; a finding in the kind's own template, with its place, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from reportgen.catalogue import find
from reportgen.diagnostics import Location, whole_line
from reportgen.errors import KindError

NAME = re.compile(r"'([^']{1,80})'")


def broken_template(error: Exception, folders: Sequence[Path]) -> KindError:
    """What a template's author needs to know of an error; nothing of the engine's own words."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

    if isinstance(error, TemplateNotFound):
        return KindError(find("html-template-missing", Location(str(folders[0])), name=error.name))
    place = _place(error, folders)
    if isinstance(error, TemplateSyntaxError):
        return KindError(find("html-template-syntax", place))
    if isinstance(error, UndefinedError):
        named = NAME.findall(str(error))
        return KindError(find("html-template-undefined", place, name=named[-1] if named else ""))
    return KindError(find("html-template-forbidden", place))


def _place(error: Exception, folders: Sequence[Path]) -> Location:
    """The innermost line of a template that the error went through."""
    from jinja2 import TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError):
        return (
            whole_line(error.filename, error.lineno, _source(error.filename))
            if error.filename
            else Location(str(folders[0]))
        )
    within = {str(folder) for folder in folders}
    place, trace = Location(str(folders[0])), error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if str(Path(file).parent) in within:
            place = whole_line(file, trace.tb_lineno, _source(file))
        trace = trace.tb_next
    return place


def _source(file: str) -> str:
    """The template's text as it stands."""
    return Path(file).read_text("utf-8", errors="replace")
