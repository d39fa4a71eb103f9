"""A report in; findings about the files it names, as far as a look at the folders tells, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic
from reportgen.model.values import Attachment, Cell, Chart, Heading, Picture, Prose

if TYPE_CHECKING:
    from reportgen.model.report import Report


def find_lost(report: Report) -> tuple[Diagnostic, ...]:
    """The pictures that are not in the report's folder, and other files it names that are nowhere."""
    home = report.path.parent
    pictures = (block for block in exhibits(report.values) if isinstance(block, Picture))
    found = [finding for picture in pictures if (finding := _picture(picture, home))]
    for key in report.kind.fields_of_type("file"):
        value = report.values.get(key)
        if isinstance(value, Prose) and not _is_file(home / str(value)):
            found.append(find("linked-file-missing", value.location, key, key=key, file=value))
    return tuple(found)


def exhibits(value: Any) -> Iterator[Chart | Picture]:
    """The charts and pictures in a report's values, in reading order."""
    match value:
        case Cell() | Prose():
            return
        case Chart() | Picture():
            yield value
        case Heading() | Attachment():
            yield from exhibits(value.body)
        case tuple():
            for item in value:
                yield from exhibits(item)
        case Mapping():
            for item in value.values():
                yield from exhibits(item)


def _picture(picture: Picture, home: Path) -> Diagnostic | None:
    path = home / picture.file
    code = ""
    if not _is_file(path):
        code = "picture-missing"
    elif not path.resolve().is_relative_to(home.resolve()):
        code = "picture-outside"
    return find(code, picture.location, picture.path, file=picture.file) if code else None


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a name that cannot be one is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
