"""`form`: a kind in, the workbook by which departments hand in their figures out."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from reportgen.console import Console


def run(options: Namespace, console: Console) -> int:
    """Write the workbook; another's file of that name stops it, or with `--force` is kept."""
    from reportgen.files.writing import write_file
    from reportgen.importers.form import make_form
    from reportgen.model.kind import load_kind

    path = Path(options.output)
    kept = write_file(path, make_form(load_kind(options.kind, options.kinds)), force=options.force)
    if kept:
        console.say("kept", old=path.name, new=kept.name)
    console.show(str(path))
    return 0
