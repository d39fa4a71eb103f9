"""What collection workbooks say: figures by path, each with the cells it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.diagnostics import Diagnostic, Location
from reportgen.model.kind import Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """One text read, in the form a report writes it; `parts` are the cells it was read from or summed of."""

    text: str
    parts: tuple[tuple[Location, str], ...]


@dataclass(frozen=True, slots=True)
class Collected:
    """Everything a workbook gives. `figures` are by path, those left blank are absent.

    `fields` are the report's short fields by key; `blank` counts the cells left blank by table; of the
    tables in `rest` what is blank is 0; `tables` are those found.
    """

    file: str
    kind: Kind
    figures: Mapping[str, Entry]
    fields: Mapping[str, Entry]
    blank: Mapping[str, int]
    rest: frozenset[str]
    diagnostics: tuple[Diagnostic, ...] = field(default=())
