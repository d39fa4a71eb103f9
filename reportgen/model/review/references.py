"""What a report is held against: the options that name other reports in, these reports, read once, out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic, Location, Related, Severity
from reportgen.errors import FileError, ReportgenError
from reportgen.model.values import Prose

if TYPE_CHECKING:
    from reportgen.model.kind import Kind
    from reportgen.model.report import Loaded, Report


@dataclass(frozen=True, slots=True)
class Against:
    """What a report is to be held against besides its own rules.

    `last` is last year's report instead of the one it names; `others` are reports of sister offices,
    `profile` a superior's demands instead of those it names.
    """

    last: Path | None = None
    others: tuple[Path, ...] = ()
    profile: Path | None = None


NOTHING: Against = Against()


@dataclass(frozen=True, slots=True)
class Named:
    """A file to hold a report against, and where its name stands: `path` is empty when it is an option."""

    file: Path
    location: Location
    path: str = ""


def named(report: Report, role: str, option: Path | None) -> Named | None:
    """The file that an option or the field of a role names, if any does."""
    if option is not None:
        return Named(option, Location(str(option)))
    key = report.kind.fields.get(role, "")
    given = report.values.get(key)
    if not isinstance(given, Prose):
        return None
    return Named(without_detours(report.path.parent / str(given)), given.location, key)


def without_detours(file: Path) -> Path:
    """The path without `..` inside, where that names the same file: a folder may be a link elsewhere."""
    short = Path(os.path.normpath(file))
    try:
        return short if ".." in file.parts and short.samefile(file) else file
    except (OSError, ValueError):
        return file


def read_last(
    report: Report, against: Against, kinds: Sequence[Path], *, any_organ: bool = False
) -> tuple[Report | None, tuple[Diagnostic, ...]]:
    """Last year's report when it is one that figures can be held against, and what is wrong with it.

    `any_organ` lets a report of another office be compared. Raises what reading raises when an option names
    the file.
    """
    source = named(report, "previous", against.last)
    if source is None:
        return None, ()
    try:
        loaded = read_other(source.file, kinds, report.kind)
    except ReportgenError as error:
        if not source.path:
            raise
        lost = isinstance(error, FileError) and not source.file.is_file()  # then it is found already
        return None, () if lost else (_unreadable(source, error.diagnostics),)
    if loaded.report is None:
        return None, (_unreadable(source, loaded.diagnostics),)
    stranger = _stranger(report, loaded.report, source)
    if stranger:
        alike = stranger.code == "last-year-other-organ" and any_organ
        return (loaded.report if alike else None), (stranger,)
    return loaded.report, tuple(_unsound(source, loaded.diagnostics))


def read_others(against: Against, kinds: Sequence[Path]) -> tuple[tuple[Report, ...], tuple[Diagnostic, ...]]:
    """The reports of sister offices, and a finding for each that is none; raises what reading raises."""
    loaded = {file: read_other(file, kinds) for file in against.others}
    lost = [
        find("other-unreadable", Location(str(file)), file=file.name)
        for file, other in loaded.items()
        if other.report is None
    ]
    return tuple(other.report for other in loaded.values() if other.report), tuple(lost)


def read_other(file: Path, kinds: Sequence[Path], likely: Kind | None = None) -> Loaded:
    """Another report with what is wrong in it, most likely of a certain kind; raises ReportgenError."""
    from reportgen.files.reading import read_file
    from reportgen.model.limits import FILE_BYTES
    from reportgen.model.report import read_report

    return read_report(read_file(file, FILE_BYTES), file, kinds=kinds, likely=likely)


def both(finding: Diagnostic) -> Bilingual:
    """What a finding says, in either language."""
    return Bilingual(finding.message("zh"), finding.message("en"))


def _unreadable(source: Named, found: Sequence[Diagnostic]) -> Diagnostic:
    first = found[0]
    related = (Related(first.location, first.path, both(first)),)
    return find("last-year-unreadable", source.location, source.path, related=related, file=source.file.name)


def _unsound(source: Named, found: Sequence[Diagnostic]) -> list[Diagnostic]:
    errors = [finding for finding in found if finding.level is Severity.ERROR]
    related = tuple(Related(error.location, error.path, both(error)) for error in errors)
    name, count = source.file.name, len(errors)
    unsound = find("last-year-unsound", source.location, source.path, related=related, file=name, count=count)
    return [unsound] if errors else []


def _stranger(report: Report, last: Report, source: Named) -> Diagnostic | None:
    """What keeps a report from being last year's of this one: another kind, year or office."""
    fields = report.kind.fields
    if last.kind.title != report.kind.title:
        return _other("kind", source, last.kind.title, report.kind.title)
    year, before = (int(_written(one, fields["year"])) for one in (report, last))
    if before != year - 1:
        return _other("year", source, str(before), str(year - 1))
    organs = [_written(one, fields["organ"]) for one in (last, report)]
    return _other("organ", source, *organs) if organs[0] != organs[1] else None


def _other(word: str, source: Named, given: str, wanted: str) -> Diagnostic:
    name, code = source.file.name, f"last-year-other-{word}"
    return find(code, source.location, source.path, file=name, given=given, wanted=wanted)


def _written(report: Report, key: str) -> str:
    value = report.values.get(key)
    return getattr(value, "written", None) or str(value)
