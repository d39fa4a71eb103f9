"""The name of a fixture in; its documents out: built once in a session, the Word file set by LibreOffice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

from reportgen import Build, build, release_build
from reportgen.model.kind import Kind
from reportgen.render.fonts import FontSet, load_fonts
from reportgen.render.glyphs import characters_of
from reportgen.verify.libreoffice import set_pages

FIXTURES = Path(__file__).parents[1] / "fixtures"
NAMES = tuple(sorted(path.stem for path in FIXTURES.glob("*.yaml")))
FORMS = ("docx", "pdf", "html")


@dataclass(frozen=True)
class Document:
    """A fixture's build, written into `folder` by its release."""

    made: Build
    folder: Path

    @property
    def name(self) -> str:
        """The stem of all its files."""
        return self.made.report.path.stem

    @property
    def kind(self) -> Kind:
        return self.made.report.kind

    @property
    def is_draft(self) -> bool:
        return self.made.report.is_draft

    def file(self, form: str) -> Path:
        """The file of an output."""
        return self.folder / f"{self.name}.{form}"

    def content(self, form: str) -> bytes:
        """What is in the file of an output."""
        return self.file(form).read_bytes()

    @cached_property
    def fonts(self) -> FontSet:
        """The faces the document is set in."""
        return load_fonts(self.kind.fonts).with_rare(characters_of(self.made.report))

    @cached_property
    def word_pdf(self) -> Path:
        """The Word file as LibreOffice sets it in the same faces."""
        target = self.folder.parent / f"{self.name}-libreoffice.pdf"
        target.write_bytes(set_pages({self.name: self.content("docx")}, self.fonts)[self.name])
        return target


@cache
def make_document(source: Path, folder: Path) -> Document:
    """A report, built and released below a folder."""
    made = build(source)
    return Document(made, release_build(made, folder).folder)


@pytest.fixture(scope="session", params=NAMES)
def document(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Document:
    """Each fixture in turn."""
    source = FIXTURES / f"{request.param}.yaml"
    return make_document(source, tmp_path_factory.getbasetemp() / "documents")
