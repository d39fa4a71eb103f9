"""A report begun from last year's in; the marks of its new draft that nobody has gone through yet out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic
from reportgen.model.encoding import decode
from reportgen.model.places import Places

if TYPE_CHECKING:
    from reportgen.model.review.review import Review


def check_marks(subject: Review) -> Iterator[Diagnostic]:
    """The comments over last year's figures and years that a final report still has."""
    report = subject.report
    marks = [text.partition("{")[0].strip() for text in report.kind.draft.get("marks", {}).values()]
    left = [mark for mark in marks if mark and mark.encode() in report.source]
    text, _ = decode(report.source, "") if left and not report.is_draft else (None, ())
    if text is None:
        return
    places = Places(str(report.path), text)
    for match in re.finditer(rf"(?m)^[ \t]*(#[ \t]*((?:{'|'.join(map(re.escape, left))})[^\r\n]*))", text):
        yield subject.find("draft-mark-left", places.span(*match.span(1)), text=match[2].strip())
