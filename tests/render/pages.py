"""A report file in; its context, HTML and PDF out, set in small faces made on the spot."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from reportgen.model.kind import Kind
from reportgen.model.report import Report, read_report
from reportgen.render.context import Context, build_context
from reportgen.render.font.store import Store
from reportgen.render.fonts import FontSet, Places, load_fonts
from reportgen.render.html import Target, figure_measure, picture_files, render_html
from reportgen.render.illustrations import illustrate
from reportgen.render.pdf import render_pdf
from reportgen.render.pdf_inputs import PdfAttachment, PdfInputs
from tests.render.typefaces import LATIN, even, make_font

FIXTURES = Path(__file__).parents[2] / "fixtures"
PIXEL = 0.75
"""Points of a CSS pixel: the PDF engine scales every page by it."""
DATE = datetime(2024, 1, 12, tzinfo=UTC)
ROLES = {"仿宋": "rg-fang", "楷体": "rg-kai", "黑体": "rg-hei", "小标宋": "rg-title", "宋体": "rg-song"}


def make_fonts(folder: Path, text: str) -> FontSet:
    """Five roles whose faces have the characters of a text, Chinese ones an em wide, others half an em."""
    fonts = folder / "fonts"
    fonts.mkdir()
    chinese = sorted({character for character in text if character > "\u00ff"} | set("—“”…·"))
    make_font(fonts / "body.ttf", even(chinese), name="Body")
    make_font(fonts / "latin.ttf", even(LATIN, 1024), name="Latin", upm=2048)
    file = {"package": "fonts-small", "licence": "OFL-1.1"}
    declared = {
        "files": {"body": {"file": "body.ttf", **file}, "latin": {"file": "latin.ttf", **file}},
        "roles": {
            role: {"office": role, "family": family, "chain": ["body"], "latin": "latin"}
            for role, family in ROLES.items()
        },
        "latin": ["0020-007E"],
        "characters": "".join(chinese),
    }
    return load_fonts(declared, places=Places((fonts,), Store((folder / "kept",))))


@dataclass(frozen=True)
class Printed:
    """A report with everything that is made of it, each when it is first asked for."""

    report: Report
    fonts: FontSet

    @property
    def kind(self) -> Kind:
        return self.report.kind

    @cached_property
    def context(self) -> Context:
        images, findings = illustrate(self.report, self.fonts)
        assert not findings
        return build_context(self.report, images, figure_measure(self.fonts, self.kind.layout))

    def html(self, target: Target = "pdf", downloads: Mapping[str, str] | None = None) -> str:
        return render_html(self.context, self.kind, self.fonts, target, downloads)

    def inputs(self, attachments: tuple[PdfAttachment, ...] = ()) -> PdfInputs:
        return PdfInputs(self.fonts, picture_files(self.context), self.kind.folders, attachments, DATE)

    def pdf(self, attachments: tuple[PdfAttachment, ...] = ()) -> bytes:
        return render_pdf(self.html(), self.inputs(attachments))


class Plain(yaml.SafeDumper):
    """Writes what stands in two places twice."""

    def ignore_aliases(self, data: object) -> bool:
        return data is data


def load(path: Path, kind: Kind, **changes: Any) -> Report:
    """The report of a file, with other values for some of its keys; None leaves a key out."""
    data = path.read_bytes()
    if changes:
        values = {**yaml.load(data, Loader=yaml.BaseLoader), **changes}
        kept = {key: value for key, value in values.items() if value is not None}
        data = yaml.dump(kept, Dumper=Plain, allow_unicode=True, sort_keys=False).encode()
    loaded = read_report(data, path, kind=kind)
    assert loaded.report, loaded.diagnostics
    return loaded.report


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page: where it stands, in pt from the lower left of the page, and its text."""

    y: float
    x: float
    end: float
    size: float
    text: str


def lines_of(pdf: bytes, page: int) -> tuple[TextLine, ...]:
    """The lines of a page from its top, blanks left out; `page` counts from 0, from the end when negative."""
    rows: dict[float, list[tuple[float, float, str]]] = {}
    for x, y, size, character in _characters(pdf, page):
        rows.setdefault(round(y, 2), []).append((x, size, character))
    return tuple(
        TextLine(y, row[0][0], row[-1][0], row[0][1], "".join(character for *_, character in row))
        for y, row in ((y, sorted(rows[y])) for y in sorted(rows, reverse=True))
    )


def _characters(pdf: bytes, page: int) -> Iterator[tuple[float, float, float, str]]:
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(pdf)
    text = document[page % len(document)].get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if character.strip():
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            yield x.value, y.value, raw.FPDFText_GetFontSize(text, index) * PIXEL, character
    document.close()
