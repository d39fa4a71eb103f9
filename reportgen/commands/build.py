"""`build`: a report in, its documents in a folder out, all of them or none."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.console import Console

if TYPE_CHECKING:
    from reportgen.building import Build
    from reportgen.records.release import Released

STEPS = 3


def run(options: Namespace, console: Console) -> int:
    """Build, tell what was found, write, and print the path of every file."""
    made = make(options, console)
    released = write(made, options, console)
    for old, new in released.kept.items():
        console.say("kept", old=old, new=new)
    if options.format == "text":
        console.show("\n".join(str(released.folder / name) for name in made.files))
    return 0


def make(options: Namespace, console: Console) -> Build:
    """The documents, in memory; what was found is told even when nothing comes of it."""
    from reportgen.building import build

    bar = console.progress(STEPS)
    try:
        made = build(
            Path(options.report),
            outputs=[name.strip() for name in options.to.split(",") if name.strip()],
            fonts=options.fonts,
            kinds=options.kinds,
            epoch=read_epoch(os.environ.get("SOURCE_DATE_EPOCH", "")),
            helped=True,
            on_step=lambda step: bar.step(console.word(f"step {step}")),
        )
    finally:
        bar.end()
    return made


def write(made: Build, options: Namespace, console: Console) -> Released:
    """Release the documents, or say where those that failed verification lie."""
    from reportgen.building import release_build
    from reportgen.errors import VerificationError
    from reportgen.records.release import REJECTED, Desk

    desk = Desk(options.force, on_wait=lambda: console.say("waiting"))
    folder = Path(options.output)
    try:
        released = release_build(made, folder, desk=desk)
    except VerificationError:
        console.say("rejected", folder=folder / f"{made.report.path.stem}{REJECTED}")
        raise
    console.complain(made.diagnostics, json=options.format == "json")
    return released


def read_epoch(given: str) -> int | None:
    """The time that SOURCE_DATE_EPOCH asks for; raises UsageError when it is no number of seconds."""
    from reportgen.arguments import usage_error

    if not given:
        return None
    if not (given.isascii() and given.isdigit() and int(given) < 253402300800):
        raise usage_error("wrong-epoch", "SOURCE_DATE_EPOCH", value=given)
    return int(given)
