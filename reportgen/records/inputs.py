"""A report in; every file its documents are made from, by relative name and SHA-256, out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import FileError
from reportgen.files.failures import stopped
from reportgen.files.reading import read_file
from reportgen.model.linked import exhibits
from reportgen.model.values import Picture
from reportgen.records.manifest import FileRecord, record
from reportgen.render.pictures import MOST_BYTES

if TYPE_CHECKING:
    from reportgen.model.kind import Kind
    from reportgen.model.report import Report


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read: where it is, and how the manifest names it."""

    path: Path
    record: FileRecord


def read_inputs(report: Report) -> tuple[Input, ...]:
    """The report as it was read, its pictures, and the files of its kind. Raises FileError.

    A picture that cannot be read is left out: that is a finding with a place, when it is drawn.
    """
    own = Input(report.path, record(report.path.name, report.source))
    return (own, *picture_inputs(report), *kind_inputs(report.kind))


def picture_inputs(report: Report) -> Iterator[Input]:
    """The pictures, each once, by the name the report gives them."""
    for name in sorted({block.file for block in exhibits(report.values) if isinstance(block, Picture)}):
        path = report.path.parent / name
        with suppress(FileError):
            yield Input(path, record(name, read_file(path, MOST_BYTES)))


def kind_inputs(kind: Kind) -> Iterator[Input]:
    """The files of a kind and of those it extends, by folder and name; hidden ones are nobody's business."""
    for folder in kind.folders:
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            if path.is_file() and not any(part.startswith((".", "__")) for part in parts):
                yield Input(path, record("/".join((folder.name, *parts)), read_file(path)))


def kind_digest(kind: Kind, inputs: tuple[Input, ...]) -> str:
    """One SHA-256 for all files of a kind."""
    names = tuple(f"{folder.name}/" for folder in kind.folders)
    lines = (
        f"{item.record.sha256}  {item.record.name}\n" for item in inputs if item.record.name.startswith(names)
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def check_unchanged(inputs: tuple[Input, ...]) -> None:
    """See that every input still holds what was read; raises FileError."""
    for item in inputs:
        try:
            now = record(item.record.name, read_file(item.path))
        except FileError:
            now = None
        if now != item.record:
            raise stopped("input-changed", item.path)
