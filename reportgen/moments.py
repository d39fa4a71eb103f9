"""When something is done: as the command line or the environment says, else now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from reportgen.arguments import usage_error


def clock(given: str | None) -> Callable[[], str]:
    """What says when something is done: as given, else when it is asked; raises UsageError."""
    if given is None:
        return lambda: written(datetime.now(UTC))
    moment = read_moment(given)
    return lambda: moment


def read_moment(given: str | None) -> str:
    """A moment in UTC as the ledger writes it, now when none is given; raises UsageError."""
    if given is None:
        return written(datetime.now(UTC))
    try:
        moment = datetime.fromisoformat(given)
        if moment.tzinfo:
            return written(moment.astimezone(UTC))
    except (ValueError, OverflowError):
        pass
    raise usage_error("wrong-moment", "--at", value=given)


def written(moment: datetime) -> str:
    """A moment to the second."""
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def read_epoch(given: str) -> int | None:
    """The time that SOURCE_DATE_EPOCH asks for; raises UsageError when it is no number of seconds."""
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and int(given) < 253402300800):
        raise usage_error("wrong-epoch", "SOURCE_DATE_EPOCH", value=given)
    return int(given)
