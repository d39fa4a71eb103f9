"""What does not fit in a kind's data, as values: a finding's code, the place in the merged data, its arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.diagnostics import NOTHING

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Misfit:
    """One thing that does not fit. `at` leads from the file's stem to the value: `("tables", "某表", "rows", 3)`."""

    code: str
    at: Steps
    arguments: Mapping[str, str] = field(default_factory=lambda: NOTHING)


def misfit(code: str, at: Steps, **arguments: object) -> Misfit:
    """A misfit with its arguments as text."""
    return Misfit(code, at, {name: str(value) for name, value in arguments.items()})
