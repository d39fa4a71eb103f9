"""The HTML of a report in; its PDF out: PDF/A-3a and PDF/UA-1 in one file, nothing fetched."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from reportgen.render.pdf_records import fault, listening

if TYPE_CHECKING:
    from reportgen.render.fonts import FontSet
    from reportgen.render.pdf_inputs import PdfInputs


def render_pdf(html: str, inputs: PdfInputs) -> bytes:
    """The PDF of a report, the same bytes for the same inputs.

    Raises KindError when the kind's template or sheet asks for what there is not, ReportError when a
    character has no glyph, both with every finding.
    """
    with isolated_fonts(inputs.fonts), quiet_collector(), listening() as records:
        from reportgen.render.pdf_engine import write_pdf

        content = write_pdf(html, inputs)
    if records:
        raise fault(records, inputs.folders)
    return content


def place_of(html: str, inputs: PdfInputs, name: str, sheet: str) -> tuple[int, float] | None:
    """Where the element of an id would begin: its page, from 1, and the distance from its top in pt.

    `sheet` are rules for this layout alone; None when the page has no such element. What is wrong with the
    page is found when its PDF is made.
    """
    with isolated_fonts(inputs.fonts), quiet_collector(), listening():
        from reportgen.render.pdf_engine import find_place

        return find_place(html, inputs, name, sheet)


@contextmanager
def isolated_fonts(fonts: FontSet) -> Iterator[None]:
    """While this lasts the process knows no font but those of the set: none is borrowed from the system."""
    with TemporaryDirectory(prefix="reportgen-") as folder:
        variables = fonts.isolate(Path(folder))
        before = {name: os.environ.get(name) for name in variables}
        os.environ.update(variables)
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                os.environ.update({name: value} if value is not None else {})


@contextmanager
def quiet_collector() -> Iterator[None]:
    """While this lasts nothing is collected: a document is a million objects that all stay to the end.

    They are all young then, so what is older need not be looked at to be rid of them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        gc.collect(1)
