"""`import`: filled-in workbooks in; a report with their figures, or findings at their cells, out."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.console import Console
from reportgen.errors import ReportError

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic
    from reportgen.importers.collected import Collected


def run(options: Namespace, console: Console) -> int:
    """Read every workbook, add them up when asked, write the report; nothing is written beside an error."""
    from reportgen.diagnostics import is_fatal
    from reportgen.files.writing import write_file
    from reportgen.importers.sums import trace

    collected, found = collect(options)
    entered = None
    if collected and not is_fatal(found):
        entered, more = prepare(Path(options.output), collected)
        found += more
    if options.format == "json":
        console.complain(found, json=True)
    elif found:
        console.complain(found, to_out=True)
    if entered is None or collected is None or is_fatal(found):
        return ReportError.exit_code
    if options.trace:
        write_file(Path(options.trace), trace(collected).encode(), force=options.force)
    write(Path(options.output), *entered)
    console.say(
        "imported",
        name=options.output,
        count=len(collected.figures) + len(collected.fields),
        changed=entered[2],
    )
    return 0


def collect(options: Namespace) -> tuple[Collected | None, tuple[Diagnostic, ...]]:
    """What the workbooks say together; None when one cannot be read or they do not go together."""
    from reportgen.arguments import usage_error
    from reportgen.files.reading import read_file
    from reportgen.importers.collected import Collected
    from reportgen.importers.parts import LARGEST_FILE
    from reportgen.importers.reading import read_workbook
    from reportgen.importers.sums import add_workbooks, find_mixture, find_repeats

    if len(options.workbooks) > 1 and not options.sum:
        raise usage_error("several-workbooks", "reportgen import")
    files = [read_file(Path(name), LARGEST_FILE) for name in options.workbooks]
    read = [
        read_workbook(data, name, options.kinds) for data, name in zip(files, options.workbooks, strict=True)
    ]
    good = [each for each in read if isinstance(each, Collected)]
    bad = tuple(each for each in read if not isinstance(each, Collected))
    found = (*bad, *(finding for each in good for finding in each.diagnostics))
    if bad:
        return None, found
    mixture = tuple(find_mixture(good))
    if mixture:
        return None, (*found, *mixture)
    found += tuple(find_repeats(list(zip(files, good, strict=True))))
    return (add_workbooks(good) if len(good) > 1 else good[0]), found


def prepare(
    path: Path, collected: Collected
) -> tuple[tuple[bytes | None, bytes, int] | None, tuple[Diagnostic, ...]]:
    """The report before, if there was one, after, and how many of its values change."""
    from reportgen.catalogue import find
    from reportgen.diagnostics import Location
    from reportgen.files.reading import read_file
    from reportgen.importers.entering import enter
    from reportgen.importers.sources import name_sources
    from reportgen.model.drafts.skeleton import write_skeleton
    from reportgen.model.limits import FILE_BYTES

    before = read_file(path, FILE_BYTES) if os.path.lexists(path) else None
    found = check_target(before, path, collected) if before is not None else ()
    if found:
        return None, found
    year = collected.fields.get(collected.kind.fields["year"])
    blank = write_skeleton(collected.kind, year.text if year else None)
    entered = enter(before if before is not None else blank, collected)
    refused = tuple(find("import-refused", Location(str(path)), each, place=each) for each in entered.refused)
    return (before, name_sources(entered.data, collected), entered.changed), refused


def check_target(before: bytes, path: Path, collected: Collected) -> tuple[Diagnostic, ...]:
    """What keeps a report from taking the figures: it cannot be read, or is of another kind or year."""
    from reportgen.catalogue import find
    from reportgen.diagnostics import Diagnostic, Location
    from reportgen.model import nodes
    from reportgen.model.report import choose_kind
    from reportgen.model.source import read_source

    root, found = read_source(before, str(path))
    if root is None:
        return found
    kind, own = collected.kind, choose_kind(root, ())
    if isinstance(own, Diagnostic):
        return (own,)
    if own.name != kind.name:
        return (find("workbook-kinds-mixed", Location(str(path)), kind=own.name, first=kind.name,
                     other_file=collected.file),)  # fmt: skip
    year = root.get(kind.fields["year"])
    entry = collected.fields.get(kind.fields["year"])
    if (
        entry
        and isinstance(year, nodes.Scalar)
        and year.text not in ("", entry.text, kind.vocabulary["unknown"])
    ):
        key, place = kind.fields["year"], year.location
        values: dict[str, Any] = {"value": entry.text, "first": year.text, "place": place}
        return (find("workbook-fields-mixed", entry.parts[0][0], key, key=key, **values),)
    return ()


def write(path: Path, before: bytes | None, after: bytes, _: int) -> None:
    """Write the report, new or in the place of what it was."""
    from reportgen.files.writing import rewrite_file, write_file

    if before is None:
        write_file(path, after)
    elif before != after:
        rewrite_file(path, before, after)
