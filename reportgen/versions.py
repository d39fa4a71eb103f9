"""A file, a package, or a revision as `report.yaml@2`, in; the report in it, to be compared, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.errors import KindError, ReportError
from reportgen.files.folders import is_folder
from reportgen.model.changes.comparing import Side
from reportgen.model.report import read_report
from reportgen.records.dossier import ENDING, Dossier, dossier_of
from reportgen.records.restoring import digests_of, holding, kinds_of, revision_of, source_of

if TYPE_CHECKING:
    from reportgen.model.report import Loaded, Report
    from reportgen.records.ledger import Entry

REVISION: Final = re.compile(r"(?P<report>.+)@(?P<number>[1-9][0-9]{0,8})", re.DOTALL)


def open_version(name: str, kinds: Sequence[Path]) -> Side:
    """The report of a file, a record's last revision, an archive package, or a revision by its number.

    A file that bears the whole name is taken before a revision. Raises FileError, ReportError when it cannot
    be read as a report, LedgerError when the record does not hold, UsageError when it has no such revision.
    """
    match = REVISION.fullmatch(name)
    if match and not Path(name).exists():
        dossier = dossier_of(Path(match["report"]))
        return frozen_side(dossier, revision_of(holding(dossier), int(match["number"])), kinds)
    path = Path(name)
    if is_folder(path) and path.name.endswith(ENDING):
        return last_version(path, kinds)[0]
    if is_folder(path) or path.suffix.lower() == ".zip":
        return packed_side(path)
    return present_side(path, kinds)


def last_version(path: Path, kinds: Sequence[Path]) -> tuple[Side, str]:
    """The last revision of a report, and what it is called."""
    dossier = dossier_of(path)
    entry = revision_of(holding(dossier), None)
    return frozen_side(dossier, entry, kinds), f"{path}@{entry.revision}"


def present_side(path: Path, kinds: Sequence[Path]) -> Side:
    """The report of a file as it is, with its pictures."""
    from reportgen.files.reading import read_file
    from reportgen.model.limits import FILE_BYTES

    return with_pictures(readable(read_report(read_file(path, FILE_BYTES), path, kinds=kinds)))


def packed_side(path: Path) -> Side:
    """The report inside an archive package, read by the kind inside."""
    from reportgen.files.failures import stopped
    from reportgen.files.reading import read_file
    from reportgen.rebuilding import workshop
    from reportgen.records.archive.office import archive_words
    from reportgen.records.archive.opening import open_package
    from reportgen.verify.package.parts import Parts

    with workshop(Parts(open_package(path), archive_words())) as place:
        if place is None:
            raise stopped("file-missing", path)
        report = readable(read_report(read_file(place.report), place.report, kinds=(place.kinds,)))
        return with_pictures(report)


def with_pictures(report: Report) -> Side:
    """A report with the digests of the pictures that lie beside it."""
    from reportgen.records.inputs import picture_inputs

    return Side(report, {item.record.name: item.record.sha256 for item in picture_inputs(report)})


def frozen_side(dossier: Dossier, entry: Entry, kinds: Sequence[Path]) -> Side:
    """The report of a revision as it was frozen, read by its kind as that was.

    A kind that this program no longer takes gives way to the one it has now: figures and texts are the same.
    """
    name, source = source_of(dossier, entry)
    with kinds_of(dossier, entry) as frozen:
        try:
            report = readable(read_report(source, Path(name), kinds=(frozen,)))
        except KindError:
            report = readable(read_report(source, Path(name), kinds=kinds))
    return Side(report, digests_of(entry))


def readable(loaded: Loaded) -> Report:
    """The report; raises ReportError when its shape is wrong."""
    if loaded.report is None:
        raise ReportError(*loaded.diagnostics)
    return loaded.report
