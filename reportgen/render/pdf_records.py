"""What the PDF library logs in; findings out: nothing it says is lost, nothing reaches the user raw."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic, Location
from reportgen.errors import KindError, ReportError, ReportgenError

LOGGER = "weasyprint"
NO_GLYPH = ".notdef"
NOT_LOADED = "Failed to load"
TWICE = "Anchor defined twice"
UNPARSED = "Error: "
"""How what stands in quotes begins where it is no part of the sheet."""
QUOTED = re.compile(r"[\"'`]([^\"'`]{1,200})[\"'`]")
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:/[^\s\"'`]{1,200}", re.IGNORECASE)
PLACE = re.compile(r" at (\d+):(\d+)")


class Recorder(logging.Handler):
    """Keeps records of warnings and errors."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one more."""
        self.records.append(record)


@contextmanager
def listening() -> Iterator[list[logging.LogRecord]]:
    """The list that fills with what the library warns of; nothing of it is printed."""
    logger, recorder = logging.getLogger(LOGGER), Recorder()
    propagated, level = logger.propagate, logger.level
    logger.addHandler(recorder)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield recorder.records
    finally:
        logger.removeHandler(recorder)
        logger.propagate = propagated
        logger.setLevel(level)


def fault(records: Sequence[logging.LogRecord], folders: Sequence[Path]) -> ReportgenError:
    """The exception that says what the records mean, each once."""
    glyphs = {record.args: record for record in records if str(record.msg).startswith(NO_GLYPH)}
    if glyphs:
        return ReportError(*(_missing_glyph(record) for record in glyphs.values()))
    texts = dict.fromkeys(record.getMessage() for record in records)
    return KindError(*(_refused(text, folders) for text in texts))


def _missing_glyph(record: logging.LogRecord) -> Diagnostic:
    character, code = record.args if isinstance(record.args, tuple) else ("", 0)
    return find("glyph-missing", Location(""), character=character, point=f"{code:04X}")


def _refused(text: str, folders: Sequence[Path]) -> Diagnostic:
    quoted, place = QUOTED.search(text), PLACE.search(text)
    what = quoted[1] if quoted else text[:60]
    if text.startswith(NOT_LOADED):
        address = ADDRESS.search(text)
        what = what if quoted or not address else address[0].rstrip(":,")
        return find("html-file-refused", Location(str(folders[0])), name=what)
    if text.startswith(TWICE):
        return find("html-id-repeated", Location(str(folders[0])), name=what)
    shown = Bilingual("这一条", "a rule") if what.startswith(UNPARSED) else what
    line, column = (int(place[1]), int(place[2])) if place else (0, 0)
    return find("html-sheet-refused", Location(str(folders[0])), what=shown, line=line, column=column)
