"""A report in; the names that hold a mark or a number which the program prints itself out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.values import Attachment, Prose

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

ENDS: Final = re.compile("[：:，,。；;、]+$")
NUMBERS: Final = re.compile(r"附件[0-9]{0,2}[：:]|[0-9]{1,2}[.．、](?![0-9])")
ROLES: Final = ("recipient", "copied", "printer", "issuer", "signature", "attachments")


def check_typed_marks(subject: Review) -> Iterator[Diagnostic]:
    """Marks after names (7.3.2, 7.3.4) and numbers before those of attachments: they would come out twice."""
    for role in ROLES:
        value = subject.report.values.get(subject.report.kind.fields.get(role, ""))
        for item in value if isinstance(value, tuple) else (value,):
            name = item.title if isinstance(item, Attachment) else item
            if isinstance(name, Prose):
                yield from _typed(subject, name, is_numbered=isinstance(item, Attachment))


def _typed(subject: Review, name: Prose, *, is_numbered: bool) -> Iterator[Diagnostic]:
    text = str(name)
    for match in (NUMBERS.match(text) if is_numbered else None, ENDS.search(text)):
        if match:
            yield subject.find("mark-typed", name.location, name.path, given=text, mark=match[0])
