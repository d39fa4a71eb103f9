"""`correct`: a report that changed after it was issued in; its next revision with the notice out."""

from __future__ import annotations

import gc
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.clerk import name_clerk
from reportgen.commands.build import STEPS
from reportgen.commands.issue import maker
from reportgen.commands.validate import against
from reportgen.console import Console
from reportgen.moments import clock

if TYPE_CHECKING:
    from reportgen.correcting import Corrected


def run(options: Namespace, console: Console) -> int:
    """Correct or take back, tell what was found and what changed, and print where each file is kept."""
    from reportgen.reporters.changes import counts

    gc.enable()
    done = make(options, console)
    console.complain(done.diagnostics, json=options.format == "json")
    said = counts(done.changes, console.language)
    console.say(done.entry.event, revision=done.entry.revision, folder=done.dossier.folder, counts=said)
    if options.format == "text":
        console.show("\n".join(f"{path}  {name}" for name, path in done.files))
    return 0


def make(options: Namespace, console: Console) -> Corrected:
    """The event in the record, with a bar while its documents and those of the notice are made."""
    from reportgen.correcting import Desk, Wish, correct
    from reportgen.issuing import Signing

    following = Path(options.next) if options.next else None
    wish = Wish(options.reason, tuple(options.approved), following, options.withdraw)
    bar = console.progress(STEPS if options.withdraw else 2 * STEPS)
    signing = Signing(name_clerk(options.by, "correct"), clock(options.at))
    desk = Desk(signing, maker(options, bar, console), against(options), options.kinds)
    try:
        return correct(Path(options.report), wish, desk)
    finally:
        bar.end()
