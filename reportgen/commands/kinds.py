"""`kinds`: the kinds of report listed, one checked, copied to a folder, or its Word template drawn anew."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.console import Console

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic

SAMPLE: Final = "sample.yaml"
"""The report of a kind that shows everything it can do."""


def run(options: Namespace, console: Console) -> int:
    """Do what the word after `kinds` says; without one, list."""
    actions = {"check": check, "copy": copy, "template": draw}
    return actions.get(options.action, show)(options, console)


def show(options: Namespace, console: Console) -> int:
    """Print each kind with its title, version and folder; raises KindError when one cannot be read."""
    from reportgen.errors import KindError
    from reportgen.language import word
    from reportgen.model.kind import broken_kinds, list_kinds

    for entry in list_kinds(options.kinds):
        version = f"{word('version', console.language)} {entry.version}"
        console.show(f"{entry.name}  {entry.title}  {version}  {entry.folder}")
    if broken := broken_kinds(options.kinds):
        raise KindError(*broken)
    return 0


def check(options: Namespace, console: Console) -> int:
    """Check a kind's folder: its data, its templates, and its sample built in memory; nothing is written."""
    from reportgen.diagnostics import is_fatal
    from reportgen.errors import KindError, ReportgenError

    found: tuple[Diagnostic, ...] = ()
    code = 0
    try:
        found = lint(options)
        if not is_fatal(found):
            found += try_sample(options)
    except ReportgenError as error:
        found, code = (*found, *error.diagnostics), error.exit_code
    if is_fatal(found):
        code = code or KindError.exit_code
    if options.format == "json":
        console.complain(found, json=True)
    elif found:
        console.complain(found, to_out=True)
    else:
        console.say("sound", name=options.folder)
    return code


def lint(options: Namespace) -> tuple[Diagnostic, ...]:
    """What is wrong with a kind's templates; raises KindError for its data, the workbook's among them."""
    from reportgen.importers.plan import make_plan
    from reportgen.model.kind import load_kind
    from reportgen.verify.template.lint import lint_template

    kind = load_kind(Path(options.folder), options.kinds)
    if kind.tables:
        make_plan(kind)
    return lint_template(kind)


def try_sample(options: Namespace) -> tuple[Diagnostic, ...]:
    """The errors met in building the kind's sample; nothing when it has none."""
    from reportgen.building import build
    from reportgen.diagnostics import Severity

    folder = Path(options.folder)
    sample = folder / SAMPLE
    if not sample.is_file():
        return ()
    fonts = Path(options.fonts) if options.fonts else None
    made = build(sample, fonts=fonts, kinds=(folder, *options.kinds))
    return tuple(each for each in made.diagnostics if each.level is Severity.ERROR)


def copy(options: Namespace, console: Console) -> int:
    """Copy a kind's own folder to a new one."""
    from reportgen.files.disk import Disk
    from reportgen.files.failures import explained, stopped
    from reportgen.files.folders import Places, remove_tree, replace_folder
    from reportgen.model.kind import load_kind

    source, target = load_kind(options.kind, options.kinds).folder, Path(options.folder).absolute()
    with explained(target):
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise stopped("name-taken", target)
        if not target.parent.is_dir():
            raise stopped("file-missing", target.parent)
        places = Places(target.parent, target.name, target.name)
        remove_tree(Disk(), places.making)
        replace_folder(Disk(), places, lambda folder: fill(folder, source), lambda _: ())
    console.show(options.folder)
    return 0


def fill(folder: Path, source: Path) -> None:
    """Write all files of one folder into another."""
    from reportgen.files.disk import Disk
    from reportgen.files.reading import read_file

    for path in sorted(source.rglob("*")):
        if path.is_dir():
            Disk().make_folder(folder / path.relative_to(source))
        else:
            Disk().write(folder / path.relative_to(source), read_file(path))


def draw(options: Namespace, console: Console) -> int:
    """Draw `report.docx` of a kind's folder from its data."""
    from reportgen.files.writing import write_file
    from reportgen.model.kind import load_kind
    from reportgen.render.word.document import draw_template

    folder = Path(options.folder)
    path = folder / "report.docx"
    kept = write_file(path, draw_template(load_kind(folder, options.kinds)), force=options.force)
    if kept:
        console.say("kept", old=path.name, new=kept.name)
    console.show(str(path))
    return 0
