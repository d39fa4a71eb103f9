"""The comments of a copy in; the comments of the report's file, each beside what it speaks of, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from reportgen.absorbing.plan import Change, Plan
from reportgen.edited.copy import Comment
from reportgen.model.edits.edit import Remark
from reportgen.model.edits.editing import edit_file
from reportgen.model.edits.sheet import read_sheet
from reportgen.model.forms import Steps
from reportgen.model.quoting import UNPRINTABLE

ODD: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
MARK: Final = "批注"
NOBODY: Final = "未署名"


def remark_text(comment: Comment) -> str:
    """A comment as a comment of YAML: `批注（张三 2024-01-15）：…`."""
    by = " ".join(filter(None, (comment.hand.author or NOBODY, comment.hand.date)))
    return UNPRINTABLE.sub("", ODD.sub(" ", f"{MARK}（{by}）：{comment.text}")).strip()


def wanted_remarks(plan: Plan) -> Iterator[tuple[Steps, str, Comment]]:
    """Every comment with the path it belongs to: that of its paragraph, else of the one before."""
    path: Steps = ()
    waiting: list[Comment] = []
    for paired in plan.pairing.paragraphs:
        current = plan.current.get(paired.number)
        if current is not None and plan.owners[current.number]:
            path = plan.draft.sheet.nearest(plan.owners[current.number][-1]) or path
        comments = [*waiting, *paired.paragraph.comments]
        waiting = [] if path else comments
        if path:
            yield from ((path, remark_text(comment), comment) for comment in comments)
    first = plan.draft.sheet.root.entries[0].key.text
    yield from (((first,), remark_text(comment), comment) for comment in waiting)


def put_remarks(plan: Plan, data: bytes) -> tuple[bytes, tuple[Change, ...]]:
    """The file with every comment that is not there yet, and those that were put in."""
    sheet = read_sheet(data)
    lines = Counter(line.strip() for line in sheet.text.splitlines()) if sheet else Counter()
    edits, changes = [], []
    for path, text, comment in wanted_remarks(plan):
        if lines[f"# {text}"]:
            lines[f"# {text}"] -= 1
            continue
        edits.append(Remark(path, text))
        changes.append(Change("comment", shown(path), "", comment.text, (comment.hand,)))
    edited = edit_file(data, edits)
    refused = [edits.index(edit) for edit in edited.refused if edit in edits]
    return edited.data, tuple(change for n, change in enumerate(changes) if n not in refused)


def shown(path: Steps) -> str:
    """A path as it is shown."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")
