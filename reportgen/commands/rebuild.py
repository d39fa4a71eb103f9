"""`rebuild`: the number of a revision in; its documents made again, and how they compare, out."""

from __future__ import annotations

import gc
import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.commands.build import STEPS, FontNews, tell_step
from reportgen.console import Console
from reportgen.moments import read_epoch

if TYPE_CHECKING:
    from reportgen.building import Build
    from reportgen.model.report import Loaded
    from reportgen.remaking import Remade
    from reportgen.render.revision import Revision


def run(options: Namespace, console: Console) -> int:
    """Make again, say whether it is the same, write, and print the path of every file."""
    from reportgen.records.dossier import dossier_of
    from reportgen.remaking import put

    gc.enable()
    remade = make(options, console)
    released = put(remade, dossier_of(Path(options.report)), Path(options.output))
    key = "remade equal" if remade.is_equal else "remade alike"
    same = "、".join(remade.same)
    console.say(key, revision=remade.entry.revision, count=len(remade.files), same=same or "-")
    if options.format == "text":
        console.show("\n".join(str(released.folder / name) for name in remade.files))
    else:
        console.complain(remade.findings, json=True)
    return 0


def make(options: Namespace, console: Console) -> Remade:
    """The documents of the revision, in memory, with a bar."""
    from reportgen.building import build
    from reportgen.remaking import remake

    bar = console.progress(STEPS)

    def make_documents(loaded: Loaded, kinds: Path, revision: Revision) -> Build:
        return build(
            loaded,
            fonts=options.fonts,
            kinds=(kinds,),
            epoch=read_epoch(os.environ.get("SOURCE_DATE_EPOCH", "")),
            helped=True,
            revision=revision,
            on_step=lambda step: tell_step(console.word(f"step {step}"), bar, console),
            on_fonts=FontNews(bar, console),
        )

    try:
        return remake(Path(options.report), options.revision, make_documents)
    finally:
        bar.end()
