"""Who does something: as named, else as this machine knows the user."""

from __future__ import annotations

from getpass import getuser

from reportgen.arguments import usage_error


def name_clerk(given: str | None, verb: str) -> str:
    """The name for the ledger; raises UsageError when none was given and the machine knows none."""
    if given is not None:
        return given
    try:
        return getuser()
    except (KeyError, OSError):
        raise usage_error("option-needed", f"reportgen {verb}", name="--by") from None
