"""`new`: a kind, and last year's report if there is one, in; a new draft, written, out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from reportgen.console import Console


def run(options: Namespace, console: Console) -> int:
    """Write the draft, and say what could not be taken over."""
    from reportgen.files.reading import read_file
    from reportgen.files.writing import write_file
    from reportgen.model.drafts.next_year import Draft, continue_report
    from reportgen.model.drafts.skeleton import write_skeleton
    from reportgen.model.kind import load_kind
    from reportgen.model.limits import FILE_BYTES

    kind, target = load_kind(options.kind, options.kinds), Path(options.output)
    if options.last:
        last = Path(options.last)
        draft = continue_report(read_file(last, FILE_BYTES), last, target, kind)
    else:
        draft = Draft(write_skeleton(kind, str(options.year or last_year())))
    kept = write_file(target, draft.data, force=options.force)
    if options.last:
        take_pictures(draft.pictures, Path(options.last).parent, target.parent)
    console.complain(draft.left)
    if kept:
        console.say("kept", old=target.name, new=kept.name)
    console.say("drafted", name=target)
    return 0


def take_pictures(names: Sequence[str], old: Path, new: Path) -> None:
    """Copy the pictures of last year's report beside the new one, where there is none of that name."""
    from reportgen.files.disk import Disk
    from reportgen.files.reading import read_file
    from reportgen.files.writing import write_file

    for name in names:
        source, goal = (old / name).resolve(), (new / name).resolve()
        inside = source.is_relative_to(old.resolve()) and goal.is_relative_to(new.resolve())
        if inside and source.is_file() and not goal.exists():
            for folder in reversed(goal.relative_to(new.resolve()).parents[:-1]):
                if not (new / folder).is_dir():
                    Disk().make_folder(new / folder)
            write_file(goal, read_file(source))


def last_year() -> int:
    """The year that reports are written about now: the one that is over."""
    from datetime import UTC, datetime

    return datetime.now(UTC).year - 1
