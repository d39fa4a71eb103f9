"""`diff`: two reports or revisions in; what is other in the second, by official term, out."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.console import Console

if TYPE_CHECKING:
    from reportgen.model.changes.change import Change


def run(options: Namespace, console: Console) -> int:
    """Print the changes, figures first; 0 whether there are any or not."""
    from reportgen.console import put

    changes, names = compared(options)
    if options.format == "json":
        from reportgen.reporters.changes import changes_json

        put(console.out, changes_json(changes, names))
    elif options.format == "html":
        from reportgen.reporters.changes_page import changes_page

        put(console.out, changes_page(changes, names, console.language) + "\n")
    else:
        from reportgen.reporters.changes import changes_text

        console.show(changes_text(changes, console.language))
    return 0


def compared(options: Namespace) -> tuple[tuple[Change, ...], tuple[str, str]]:
    """The changes, and what the two sides are called; without a second one, since the last revision."""
    from reportgen.model.changes.comparing import compare
    from reportgen.versions import last_version, open_version

    if options.new is None:
        old, name = last_version(Path(options.old), options.kinds)
        return compare(old, open_version(options.old, options.kinds)), (name, options.old)
    old = open_version(options.old, options.kinds)
    return compare(old, open_version(options.new, options.kinds)), (options.old, options.new)
