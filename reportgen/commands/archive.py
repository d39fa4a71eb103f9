"""`archive`: a report with its record in, the archive package of one of its revisions out."""

from __future__ import annotations

import gc
import os
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from reportgen.arguments import usage_error
from reportgen.clerk import name_clerk
from reportgen.console import Console, put
from reportgen.moments import clock, read_epoch, written


def run(options: Namespace, console: Console) -> int:
    """Make the package, tell what was found, and print where it stands."""
    from reportgen.archiving import Wish, archive, metadata_skeleton
    from reportgen.issuing import Signing

    gc.enable()
    if options.form:
        put(console.out, metadata_skeleton(options.kinds))
        return 0
    if not options.output:
        raise usage_error("option-needed", "reportgen archive", name="--output")
    wish = Wish(options.revision, path_of(options.metadata), path_of(options.scan), options.kinds)
    signing = Signing(name_clerk(options.by, "archive"), at(options.at))
    made = archive(Path(options.report), wish, Path(options.output), signing)
    console.complain(made.diagnostics, json=options.format == "json")
    entry = made.entry
    key = "packed" if made.is_new else "packed already"
    console.say(key, revision=entry.revision, path=made.path, at=entry.at, by=entry.by)
    if options.format == "text":
        console.show(str(made.path))
    return 0


def path_of(given: str | None) -> Path | None:
    """A path that was given."""
    return Path(given) if given else None


def at(given: str | None) -> Callable[[], str]:
    """What says when it is archived: as given, else as the environment says, else when it is asked."""
    epoch = read_epoch(os.environ.get("SOURCE_DATE_EPOCH", ""))
    if given is None and epoch is not None:
        given = written(datetime.fromtimestamp(epoch, UTC))
    return clock(given)
