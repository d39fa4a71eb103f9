"""Last year's report in; this year's draft of the same structure, and what it lacks, out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location, is_fatal
from reportgen.errors import ReportError
from reportgen.model import nodes
from reportgen.model.drafts.figures import carry, empty_figures, explain
from reportgen.model.drafts.stale_texts import edit_texts
from reportgen.model.edits.edit import Assign, Edit, Insert, Remove, Replace
from reportgen.model.edits.editing import edit_file
from reportgen.model.edits.sheet import Sheet, read_sheet
from reportgen.model.forms import Steps
from reportgen.model.kind import Kind
from reportgen.model.linked import exhibits
from reportgen.model.misshapes import spell
from reportgen.model.report import Loaded, read_report
from reportgen.model.scalars import YEAR
from reportgen.model.values import Picture


@dataclass(frozen=True, slots=True)
class Draft:
    """A new report file, what could not be taken over, and the pictures it needs beside it."""

    data: bytes
    left: tuple[Diagnostic, ...] = ()
    pictures: tuple[str, ...] = ()


def continue_report(data: bytes, last: Path, target: Path, kind: Kind) -> Draft:
    """The draft of the year after the report in `data`, which stands at `last`; it will stand at `target`.

    Raises ReportError when the file cannot be read as YAML or names no year.
    """
    loaded = read_report(data, last, kind=kind)
    sheet = read_sheet(data)
    year = year_in(sheet, kind) if sheet else None
    if sheet is None or year is None:
        where = Location(str(last))
        wrong = tuple(finding for finding in loaded.diagnostics if is_fatal((finding,)))
        raise ReportError(*wrong, find("draft-without-year", where, key=kind.fields["year"]))
    edits = [
        Assign((kind.fields["year"],), str(year + 1)),
        *reset(sheet, kind),
        *empty_figures(sheet, kind),
        *carry(sheet, loaded.report, kind),
        *explain(sheet, loaded.report, kind),
        *link(sheet, kind, last, target),
        *(edit_texts(loaded.report, sheet, year) if loaded.report else ()),
    ]
    edited = edit_file(data, only_possible(sheet, edits))
    left = (*(not_done(edit, last) for edit in edited.refused), *unsound(loaded, last))
    shown = exhibits(loaded.report.values) if loaded.report else ()
    pictures = tuple(dict.fromkeys(block.file for block in shown if isinstance(block, Picture)))
    return Draft(edited.data, tuple(left), pictures)


def year_in(sheet: Sheet, kind: Kind) -> int | None:
    """The year a report is about; None when it does not say it in four digits."""
    node = sheet.root.get(kind.fields["year"])
    text = node.text.strip().removesuffix("度").removesuffix("年") if isinstance(node, nodes.Scalar) else ""
    return int(text) if YEAR.fullmatch(text) else None


def reset(sheet: Sheet, kind: Kind) -> Iterator[Edit]:
    """What is this year's own: set back, or left out."""
    for path, text in kind.draft.get("reset", {}).items():
        if tuple(path.split(".")) in sheet.spots:
            yield Assign(tuple(path.split(".")), text)
    for path in kind.draft.get("drop", ()):
        if tuple(path.split(".")) in sheet.spots:
            yield Remove(tuple(path.split(".")))


def link(sheet: Sheet, kind: Kind, last: Path, target: Path) -> Iterator[Edit]:
    """The names of last year's report and of the files it names, as seen from the new one."""
    key = kind.fields.get("previous", "")
    for other in kind.fields_of_type("file"):
        node = sheet.root.get(other)
        if other != key and isinstance(node, nodes.Scalar) and not Path(node.text).is_absolute():
            yield Assign((other,), seen_from(last.parent / node.text, target))
    path = seen_from(last, target)
    if not key or (key,) in sheet.spots:
        yield from [Assign((key,), path)] if key else []
        return
    order = list(kind.schema["properties"])
    before = order[: order.index(key)] if key in order else []
    after = next((name for name in reversed(before) if sheet.root.get(name) is not None), None)
    yield Insert((), key, path, after)


def seen_from(file: Path, target: Path) -> str:
    """The path of a file from the folder of another."""
    return Path(os.path.relpath(file.resolve(), target.resolve().parent)).as_posix()


def only_possible(sheet: Sheet, edits: list[Edit]) -> list[Edit]:
    """The edits, of two that set one value the later, none of what is dropped or set as a whole."""
    final: dict[Any, Edit] = {}
    for edit in edits:
        key = edit.path if isinstance(edit, Assign) else repr(edit)
        final.pop(key, None)
        final[key] = edit
    whole = [e.path for e in final.values() if isinstance(e, Remove | Assign)]
    gone = [path for path in whole if not isinstance(sheet.spots[path].node, nodes.Scalar)]
    return [edit for edit in final.values() if not any(inside(edit, path) for path in gone)]


def inside(edit: Edit, path: Steps) -> bool:
    """Whether an edit touches something below a path that goes as a whole."""
    if isinstance(edit, Replace):
        return False
    at = (*edit.path, edit.key) if isinstance(edit, Insert) else edit.path
    return len(at) > len(path) and at[: len(path)] == path


def not_done(edit: Edit, last: Path) -> Diagnostic:
    """The finding about something that could not be taken over."""
    if isinstance(edit, Replace):
        return find("draft-part-left", edit.location, "", what=edit.text)
    return find("draft-part-left", Location(str(last)), spell(edit.path), what=spell(edit.path))


def unsound(loaded: Loaded, last: Path) -> Iterator[Diagnostic]:
    """The finding that last year's report is at fault itself."""
    errors = sum(is_fatal((finding,)) for finding in loaded.diagnostics)
    if errors:
        case = "" if loaded.report else "shape"
        yield find("draft-of-unsound", Location(str(last)), count=errors, case=case)
