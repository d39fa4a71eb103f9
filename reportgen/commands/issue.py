"""`issue`: a final report in, its first revision in the record out."""

from __future__ import annotations

import gc
import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.clerk import name_clerk
from reportgen.commands.build import STEPS, FontNews, tell_step
from reportgen.commands.validate import against
from reportgen.console import Console
from reportgen.moments import clock, read_epoch

if TYPE_CHECKING:
    from reportgen.building import Build
    from reportgen.issuing import Issued, Make
    from reportgen.model.report import Loaded
    from reportgen.progress import Progress
    from reportgen.render.revision import Revision


def run(options: Namespace, console: Console) -> int:
    """Issue, tell what was found, and print where each document is kept."""
    gc.enable()
    issued = make(options, console)
    console.complain(issued.diagnostics, json=options.format == "json")
    key = "issued" if issued.is_new else "issued already"
    entry = issued.entry
    console.say(key, revision=entry.revision, folder=issued.dossier.folder, at=entry.at, by=entry.by)
    if options.format == "text":
        console.show("\n".join(f"{path}  {name}" for name, path in issued.outputs))
    return 0


def make(options: Namespace, console: Console) -> Issued:
    """The revision in the record, with a bar while its documents are made."""
    from reportgen.issuing import Signing, issue

    bar = console.progress(STEPS)
    signing = Signing(name_clerk(options.by, "issue"), clock(options.at))
    make_documents = maker(options, bar, console)
    try:
        return issue(
            Path(options.report), signing, make_documents, against=against(options), kinds=options.kinds
        )
    finally:
        bar.end()


def maker(options: Namespace, bar: Progress, console: Console) -> Make:
    """What makes the documents of a revision, or of a notice, as the options ask for."""
    from reportgen.building import build

    def make_documents(loaded: Loaded, revision: Revision | None) -> Build:
        return build(
            loaded,
            fonts=options.fonts,
            kinds=options.kinds,
            epoch=read_epoch(os.environ.get("SOURCE_DATE_EPOCH", "")),
            helped=True,
            revision=revision,
            on_step=lambda step: tell_step(console.word(f"step {step}"), bar, console),
            on_fonts=FontNews(bar, console),
        )

    return make_documents
