"""What a clause of a standard asks of a PDF, as a value that can be judged and reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from reportgen.diagnostics import Bilingual
from reportgen.verify.conformance.pdf_tree import PdfTree
from reportgen.verify.conformance.structure import Part

Found = Iterator[Mapping[str, object]]
ARCHIVE: Final = "ISO 19005-3:2012"
ACCESS: Final = "ISO 14289-1:2014"


@dataclass(frozen=True, slots=True)
class Material:
    """A PDF as the clauses look at it: its objects, its structure, the properties of its XMP packet."""

    tree: PdfTree
    structure: Part
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: what it asks, the code of what breaks it, and what finds that, with its values."""

    number: str
    asks: Bilingual
    code: str
    breaches: Callable[[Material], Found]
