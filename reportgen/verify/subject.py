"""The path of a built folder or a single document in; what is to be verified, read once, out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location, Related
from reportgen.model.nodes import Mapping as Keys
from reportgen.model.nodes import Node, Scalar

if TYPE_CHECKING:
    from reportgen.model.kind import Kind
    from reportgen.model.report import Report
    from reportgen.render.fonts import FontSet
    from reportgen.verify.glyphs import GlyphPage

FORMS: Final = ("docx", "pdf", "html")
ENDINGS: Final = {".docx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html"}
STEP: Final = re.compile(r"\[(?P<number>\d{1,6})\]|(?P<key>[^.\[\]]+)")


@dataclass(frozen=True)
class Subject:
    """The documents to verify, by form, with what they were made from as far as it is known.

    `names` are the files' names as findings show them. `report` is None for documents of unknown origin;
    `layout` is that of the kind, for those the standard's own. `faces` are the fonts the documents should be
    set in. `folder` is where they lie when they are those of a build. Not slotted: what several checks
    read is read once, when first asked for.
    """

    contents: Mapping[str, bytes]
    names: Mapping[str, str]
    layout: Mapping[str, Any]
    report: Report | None = None
    faces: FontSet | None = None
    manifest: Mapping[str, Any] | None = None
    folder: Path | None = None

    @property
    def kind(self) -> Kind | None:
        """The kind of the report, when there is a report."""
        return self.report.kind if self.report else None

    @cached_property
    def glyphs(self) -> tuple[GlyphPage, ...]:
        """What is painted on the pages of the PDF, glyph by glyph; empty without a PDF."""
        if "pdf" not in self.contents:
            return ()
        from reportgen.verify.glyphs import read_glyphs

        return read_glyphs(self.contents["pdf"])

    def place(self, form: str) -> Location:
        """The document of a form as the place of a finding."""
        return Location(self.names[form])

    def origin(self, path: str) -> tuple[Related, ...]:
        """Where in the report file a path (`总体情况[2].正文`) is written; nothing when it is not known."""
        node = node_at(self.report.root, path) if self.report and path else None
        return (Related(node.location, path),) if node else ()

    def find(self, code: str, form: str, path: str = "", **arguments: Any) -> Diagnostic:
        """A finding about the document of a form, with the place in the report it comes from."""
        return find(code, self.place(form), path, related=self.origin(path), **arguments)


def node_at(root: Node, path: str) -> Node | None:
    """The node of a path, or the nearest one above it that is written down."""
    node: Node = root
    for step in steps_of(path):
        below = child(node, step)
        if below is None:
            break
        node = below
    return None if node is root else node


def steps_of(path: str) -> Iterator[str | int]:
    """The keys and the numbers of a path, in order."""
    for match in STEP.finditer(path):
        yield int(match["number"]) if match["number"] else match["key"]


def child(node: Node, step: str | int) -> Node | None:
    """The node below another by a key or a number from 0."""
    if isinstance(node, Scalar):
        return None
    if isinstance(node, Keys):
        return node.get(str(step))
    if not isinstance(step, int) or not 0 <= step < len(node.items):
        return None
    return node.items[step]


def read_manifest_json(content: bytes) -> Mapping[str, Any] | None:
    """The content of a manifest; None when it is not one."""
    try:
        manifest = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return manifest if isinstance(manifest, dict) else None


def form_of(path: Path) -> str:
    """The form of a document by the ending of its name; empty for every other file."""
    return ENDINGS.get(path.suffix.lower(), "")
