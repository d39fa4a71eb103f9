"""What a report is held against: the options that name other reports in, these reports, read once, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.model.values import Prose

if TYPE_CHECKING:
    from reportgen.model.report import Report


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


def last_year(report: Report, against: Against) -> Path | None:
    """Where last year's report is, when it is named anywhere."""
    key = report.kind.fields.get("previous", "")
    named = report.values.get(key)
    if against.last or not isinstance(named, Prose):
        return against.last
    return report.path.parent / str(named)


def read_other(path: Path, kinds: Sequence[Path]) -> Report | None:
    """Another report, as far as it can be read; what is wrong inside it is its own business."""
    from reportgen.errors import ReportgenError
    from reportgen.files.reading import read_file
    from reportgen.model.limits import FILE_BYTES
    from reportgen.model.report import read_report

    try:
        return read_report(read_file(path, FILE_BYTES), path, kinds=kinds).report
    except ReportgenError:
        return None
