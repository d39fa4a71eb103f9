"""`build`: a report in, its documents in a folder out, all of them or none."""

from __future__ import annotations

import gc
import os
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.commands.validate import against
from reportgen.commands.verify import report_of, write_report
from reportgen.console import Console
from reportgen.console import write as write_line
from reportgen.moments import read_epoch

if TYPE_CHECKING:
    from reportgen.building import Build
    from reportgen.progress import Progress
    from reportgen.records.release import Released
    from reportgen.records.unchanged import Unchanged

STEPS = 3
REPORT = "核验报告.html"
"""What lies beside a set that failed verification."""


def run(options: Namespace, console: Console) -> int:
    """Build, tell what was found, write, and print the path of every file."""
    standing = find_standing(options)
    if standing:
        console.say("unchanged", folder=standing.folder)
        if standing.told:
            console.say("unchanged findings", count=standing.told, report=options.report)
        console.show("\n".join(str(standing.folder / name) for name in standing.names))
        return 0
    gc.enable()  # a long report makes more garbage than memory should hold
    made = make(options, console)
    if options.report_file:
        write_report(made.verification, Path(options.report_file), console)
    beside = write_beside(made, options, console) if made.passed else {}
    released = write(made, options, console, beside)
    for old, new in released.kept.items():
        console.say("kept", old=old, new=new)
    if options.format == "text":
        paths = (*(released.folder / name for name in made.files), *beside)
        console.show("\n".join(map(str, paths)))
    return 0


def write_beside(made: Build, options: Namespace, console: Console) -> Mapping[Path, bytes]:
    """Make and release the sheet for the leaders in a folder of its own, where the report asks for one."""
    from reportgen.building import release_build
    from reportgen.dispatch import asks_for_sheet, make_sheet
    from reportgen.errors import VerificationError
    from reportgen.records.release import REJECTED

    if not asks_for_sheet(made.report):
        return {}
    sheet = make_sheet(
        made.report,
        outputs_of(options.to),
        fonts=options.fonts,
        kinds=options.kinds,
        epoch=read_epoch(os.environ.get("SOURCE_DATE_EPOCH", "")),
        proven=options.prove,
    )
    if sheet is None:
        return {}
    folder = Path(options.output)
    try:
        released = release_build(sheet, folder, force=options.force, on_wait=lambda: console.say("waiting"))
    except VerificationError:
        console.say("rejected", folder=folder / f"{sheet.report.path.stem}{REJECTED}")
        raise
    return {released.folder / name: content for name, content in sheet.files.items()}


def find_standing(options: Namespace) -> Unchanged | None:
    """The set as it stands, when building would change nothing and nothing but files is asked for."""
    if options.force or options.prove or options.report_file or options.format != "text":
        return None
    from reportgen.records.unchanged import find_unchanged

    return find_unchanged(Path(options.report), Path(options.output), asked(options))


def asked(options: Namespace) -> dict[str, object]:
    """The options that make one set other than another."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    names = (options.last, options.profile, *(options.compare or ()))
    folders = (options.fonts, *options.kinds)
    return {
        "to": outputs_of(options.to),
        "epoch": epoch,
        "held": [str(Path(name).absolute()) if name else "" for name in names],
        "folders": [str(folder.absolute()) if folder else "" for folder in folders],
    }


def state_of(made: Build, options: Namespace, beside: Mapping[Path, bytes]) -> Mapping[str, Any]:
    """What is noted to know the set again, and what was made `beside` it."""
    from hashlib import sha256

    from reportgen.model.review.references import named
    from reportgen.records.manifest import NAME
    from reportgen.records.unchanged import Looked, note_state

    held, report = against(options), made.report
    linked = (named(report, "previous", held.last), named(report, "demands", held.profile))
    files = (*(item.file for item in linked if item), *held.others)
    read = {str(item.path.absolute()): item.record.sha256 for item in made.inputs}
    read |= {str(path.absolute()): sha256(content).hexdigest() for path, content in beside.items()}
    folders = (*report.kind.folders, *options.kinds, *([options.fonts] if options.fonts else []))
    absolute = [tuple(path.absolute() for path in paths) for paths in (files, made.fonts, folders)]
    looked = Looked(read, *absolute)
    return note_state(looked, asked(options), made.files[NAME], len(made.diagnostics))


def make(options: Namespace, console: Console) -> Build:
    """The documents, in memory; what was found is told even when nothing comes of it."""
    from reportgen.building import build

    bar = console.progress(STEPS)
    try:
        made = build(
            Path(options.report),
            outputs=outputs_of(options.to),
            fonts=options.fonts,
            kinds=options.kinds,
            against=against(options),
            epoch=read_epoch(os.environ.get("SOURCE_DATE_EPOCH", "")),
            helped=True,
            proven=options.prove,
            on_step=lambda step: tell_step(console.word(f"step {step}"), bar, console),
            on_fonts=FontNews(bar, console),
        )
    finally:
        bar.end()
    return made


def outputs_of(given: str | None) -> list[str]:
    """The formats asked for; none when the kind decides. An empty text is a format that there is not."""
    names = [name.strip() for name in (given or "").split(",")]
    return [] if given is None else [name for name in names if name] or [given]


def tell_step(words: str, bar: Progress, console: Console) -> None:
    """Say what is done next, in the bar or, when asked to say more, in a line."""
    bar.step(words)
    if console.verbose and not bar.shown:
        write_line(console.err, words)


@dataclass(slots=True)
class FontNews:
    """Says that faces are made, which takes long and happens once: in the bar, or in one line without."""

    bar: Progress
    console: Console
    told: bool = False

    def __call__(self, done: int, total: int) -> None:
        """Hear how much is done."""
        if self.bar.shown:
            self.bar.draw(done, total, self.console.word("fonts"))
        elif not self.told:
            self.console.say("fonts")
        self.told = True


def write(made: Build, options: Namespace, console: Console, beside: Mapping[Path, bytes]) -> Released:
    """Release the documents, or say where those that failed verification lie."""
    from reportgen.building import release_build
    from reportgen.errors import VerificationError
    from reportgen.records.release import REJECTED

    folder = Path(options.output)
    aside = {} if made.passed else {REPORT: report_of(made.verification, Path(REPORT), console).encode()}
    try:
        released = release_build(
            made,
            folder,
            force=options.force,
            aside=aside,
            state=state_of(made, options, beside),
            on_wait=lambda: console.say("waiting"),
        )
    except VerificationError:
        console.say("rejected", folder=folder / f"{made.report.path.stem}{REJECTED}")
        raise
    console.complain(made.diagnostics, json=options.format == "json")
    return released
