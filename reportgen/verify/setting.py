"""The Word file and the PDF of a document in; whether both have the same lines and pages out.

LibreOffice stands in for Word, in the document's own faces. A run serves three checks: lines, pages, looks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.errors import ReportgenError
from reportgen.render.package import PackageError
from reportgen.verify.looks import compare_looks
from reportgen.verify.pages import compare_pages
from reportgen.verify.typeset import compare_lines, read_twins
from reportgen.verify.verification import Check, Verdict, left_out

if TYPE_CHECKING:
    from reportgen.render.fonts import FontSet
    from reportgen.verify.subject import Subject

NAMES: Final = ("twin-lines", "twin-pages", "twin-pictures")
SHOWN: Final = 80
"""Characters of a reason that are shown."""
ABSENT: Final = Bilingual(
    "没有安装LibreOffice；安装：{command}", "LibreOffice is not installed; install it: {command}"
)
NO_FACES: Final = Bilingual(
    "这台机器缺少报告所用的字体；用 reportgen doctor 查看",
    "fonts of the report are missing here; see reportgen doctor",
)
FOREIGN: Final = Bilingual(
    "不知道是哪一种报告，没有可用来排版的字体",
    "of no known kind of report, so there are no fonts to set it in",
)


def check_setting(subject: Subject) -> tuple[Check, ...]:
    """The lines, pages and pictures of the Word file as LibreOffice sets it, compared with the PDF's.

    Nothing when one of the two is not there; left out when LibreOffice or the fonts are not.
    """
    with setting_at_work(subject) as checks:
        return checks()


@contextmanager
def setting_at_work(subject: Subject) -> Iterator[Callable[[], tuple[Check, ...]]]:
    """LibreOffice at work until the block ends; what is yielded waits for it and compares."""
    from reportgen.render.line_ends import column_of
    from reportgen.verify.libreoffice import find_office, setting_pages

    program = find_office()
    hindered = hindrance(subject, program)
    faces = None if hindered is not None else faces_of(subject)
    if hindered is not None:
        yield lambda: hindered
    elif faces is None or program is None:
        yield lambda: absent(NO_FACES)
    else:
        column = column_of(faces, subject.layout, "body")
        with setting_pages({"docx": subject.contents["docx"]}, faces, column=column) as pages:
            yield lambda: set_and_compare(subject, pages, program)


def hindrance(subject: Subject, program: str | None) -> tuple[Check, ...] | None:
    """The answer when nothing can be set; None when it can."""
    from reportgen.verify.libreoffice import PACKAGE

    if not {"docx", "pdf"} <= subject.contents.keys():
        return ()
    if program is None:
        command = f"sudo apt-get install -y --no-install-recommends {PACKAGE}"
        return absent(Bilingual(*(text.format(command=command) for text in (ABSENT.zh, ABSENT.en))))
    return absent(FOREIGN) if subject.report is None and subject.faces is None else None


def absent(reason: Bilingual) -> tuple[Check, ...]:
    """All checks, not made."""
    return tuple(left_out(name, reason, "LibreOffice") for name in NAMES)


def faces_of(subject: Subject) -> FontSet | None:
    """The faces to set the Word file in, else those of the report's kind; None when some are missing."""
    if subject.faces or subject.report is None:
        return subject.faces
    from reportgen.render.fonts import load_fonts
    from reportgen.render.glyphs import characters_of

    try:
        return load_fonts(subject.report.kind.fonts).with_rare(characters_of(subject.report))
    except ReportgenError:
        return None


def set_and_compare(
    subject: Subject, pages: Callable[..., Mapping[str, bytes]], program: str
) -> tuple[Check, ...]:
    """The checks, once LibreOffice has made its pages."""
    from reportgen.verify.libreoffice import OfficeError, office_version

    tool = office_version(program)  # asked while it is at work
    try:
        office, cells = set_whole(subject.contents["docx"], pages)
    except OfficeError:
        return untold(subject.find("word-file-not-set", "docx", tool=tool), tool)
    lines, *others = compare_setting(subject, office, tool)
    if cells:
        lost = subject.find("office-drops-cells", "docx", tool=tool, number=len(cells))
        lines = replace(lines, diagnostics=(*lines.diagnostics, lost))
    return (lines, *others)


def set_whole(docx: bytes, pages: Callable[..., Mapping[str, bytes]]) -> tuple[bytes, Collection[str]]:
    """What LibreOffice makes of a Word file, and the cells it lost, for which it had to set it again.

    Raises OfficeError.
    """
    from reportgen.verify.dropped_rows import dropped_cells

    made = pages().get("docx", b"")
    cells = dropped_cells(docx, made) if made else ()
    return (pages(cells).get("docx", b""), cells) if cells else (made, ())


def untold(found: Diagnostic, tool: str) -> tuple[Check, ...]:
    """All checks, none of which could be made; the first says why."""
    return tuple(
        Check(name, Verdict.UNTOLD, tool=tool, diagnostics=(found,) if name == NAMES[0] else ())
        for name in NAMES
    )


def compare_setting(subject: Subject, office: bytes, tool: str) -> tuple[Check, ...]:
    """The checks, from the PDF that LibreOffice made of the Word file; empty when it made none."""
    from pypdfium2 import PdfiumError

    if not office:
        return untold(unset(subject, tool), tool)
    try:
        twins = read_twins(subject, office, tool)
    except PdfiumError:
        return untold(subject.find("pdf-not-set-beside", "pdf"), tool)
    return compare_lines(twins), compare_pages(twins), compare_looks(twins)


def unset(subject: Subject, tool: str) -> Diagnostic:
    """Why LibreOffice made nothing of the Word file."""
    from reportgen.verify.flat_odf import open_package

    try:
        open_package(subject.contents["docx"])
    except PackageError as error:
        return subject.find("word-file-refused", "docx", reason=str(error)[:SHOWN])
    return subject.find("word-file-not-set", "docx", tool=tool)
