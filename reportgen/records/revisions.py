"""An entry of a ledger that made a revision in; that revision as its documents say it, out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from reportgen.model.values import Date
from reportgen.render.revision import Replaced, Revision

if TYPE_CHECKING:
    from reportgen.records.ledger import Entry

NOTICES: Final = {"corrected": "更正说明", "withdrawn": "撤回说明"}
"""What the notice of an event is called in its files' names: a revision may have one of each."""
OFFICE_TIME: Final = timezone(timedelta(hours=8))
"""The day of a correction is that of the office; the ledger keeps the moment in UTC."""


def revision_of_entry(entry: Entry, stem: str) -> Revision:
    """The revision that an entry made of the report with that name, with the one it replaces, if any."""
    if entry.event != "corrected":
        return Revision(entry.revision, entry.previous)
    notice = f"{notice_name(stem, entry.event, entry.revision)}.html"
    replaced = Replaced(entry.revision - 1, day_of(entry.at), entry.why, notice)
    return Revision(entry.revision, entry.previous, replaced)


def notice_name(stem: str, event: str, revision: int) -> str:
    """The name of all files of the notice of an event, without an ending."""
    return f"{stem}.{NOTICES[event]}-{revision}"


def day_of(at: str) -> Date:
    """The day of a moment of the ledger, at the office."""
    moment = datetime.fromisoformat(at.removesuffix("Z")).replace(tzinfo=UTC).astimezone(OFFICE_TIME)
    return Date(moment.year, moment.month, moment.day)
