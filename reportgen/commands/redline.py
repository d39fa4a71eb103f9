"""`redline`: two Word files or reports in; the tracked changes between them, as Word file or PDF, out."""

from __future__ import annotations

import gc
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.console import Console

if TYPE_CHECKING:
    from reportgen.errors import ReportgenError
    from reportgen.model.report import Report
    from reportgen.records.dossier import Dossier

WORD, PDF = ".docx", ".pdf"
MOST_BYTES: Final = 256 * 1024 * 1024


def run(options: Namespace, console: Console) -> int:
    """Write the file, unless both are the same: then that is said."""
    gc.enable()
    from reportgen.arguments import usage_error
    from reportgen.edited.reading import CopyError
    from reportgen.files.writing import write_file
    from reportgen.moments import read_moment
    from reportgen.redlining.redline import TrackedError, count_changes, redline

    target = Path(options.output)
    if target.suffix.lower() not in (WORD, PDF):
        raise usage_error("redline-output", "-o", name=options.output)
    moment = read_moment(options.at)
    made: list[bytes] = []
    for name in (options.old, options.new):
        made.append(word_file(name, options))
        try:
            redline(made[-1], made[-1], "", moment)
        except (CopyError, TrackedError) as error:
            raise unusable(name, error) from error
    content = redline(made[0], made[1], options.by or console.word("redline author"), moment)
    count = count_changes(content)
    if not count:
        console.say("redline equal", old=options.old, new=options.new)
        return 0
    if target.suffix.lower() == PDF:
        content = printed(content, options)
    write_file(target, content, force=options.force)
    console.say("redlined", name=target, count=count)
    return 0


def unusable(name: str, error: Exception) -> ReportgenError:
    """What is wrong with a file that no changes can be marked in."""
    from reportgen.catalogue import find
    from reportgen.diagnostics import Location
    from reportgen.errors import FileError
    from reportgen.redlining.redline import TrackedError

    code = "redline-tracked" if isinstance(error, TrackedError) else "redline-unreadable"
    return FileError(find(code, Location(name), name=name))


def word_file(name: str, options: Namespace) -> bytes:
    """The Word file of a name: the file, that of a revision or a package, or of a report as it is."""
    from reportgen.files.folders import is_folder
    from reportgen.files.reading import read_file
    from reportgen.records.dossier import ENDING, dossier_of
    from reportgen.versions import REVISION, open_version

    match, path = REVISION.fullmatch(name), Path(name)
    kept: bytes | None = None
    if match and not path.exists():
        kept = frozen(dossier_of(Path(match["report"])), int(match["number"]))
    elif is_folder(path) and path.name.endswith(ENDING):
        kept = frozen(dossier_of(path), None)
    elif is_folder(path) or path.suffix.lower() == ".zip":
        return packed(name)
    elif path.suffix.lower() == WORD:
        kept = read_file(path, MOST_BYTES)
    return drawn(open_version(name, options.kinds).report, options) if kept is None else kept


def frozen(dossier: Dossier, number: int | None) -> bytes | None:
    """The Word file that a record keeps of a revision, of the last one without a number."""
    from reportgen.files.reading import read_file
    from reportgen.records.restoring import holding, revision_of

    entry = revision_of(holding(dossier), number)
    items = (item for item in entry.named("output") if item.file.name.endswith(WORD))
    return next((read_file(dossier.files / item.stored, MOST_BYTES) for item in items), None)


def packed(name: str) -> bytes:
    """The Word file of the revision in an archive package; raises FileError when it has none."""
    from reportgen.edited.reading import CopyError
    from reportgen.records.archive.bag import PAYLOAD
    from reportgen.records.archive.opening import open_package
    from reportgen.records.archive.pieces import ISSUED

    contents = open_package(Path(name)).contents
    start = f"{PAYLOAD}{ISSUED}/"
    for file in sorted(contents):
        if file.startswith(start) and file.endswith(WORD):
            return contents[file]
    raise unusable(name, CopyError(name))


def drawn(report: Report, options: Namespace) -> bytes:
    """The Word file of a report."""
    from reportgen.building import Order, in_silence, prepare
    from reportgen.documents import make_word

    order = Order(("docx",), options.fonts, options.kinds, None, in_silence, in_silence)
    return make_word(prepare(report, ("docx",), order)[0])


def printed(content: bytes, options: Namespace) -> bytes:
    """The file as LibreOffice prints it with its changes shown; raises MissingError without LibreOffice."""
    from reportgen.catalogue import find
    from reportgen.diagnostics import Location
    from reportgen.errors import MissingError
    from reportgen.model.kind import list_kinds, load_kind
    from reportgen.render.fonts import load_fonts
    from reportgen.verify.libreoffice import PACKAGE, OfficeError, set_pages

    kind = load_kind(list_kinds(options.kinds)[0].folder, options.kinds)
    try:
        return set_pages({"redline": content}, load_fonts(kind.fonts, options.fonts))["redline"]
    except (OfficeError, KeyError) as error:
        raise MissingError(find("redline-no-office", Location("LibreOffice"), package=PACKAGE)) from error
