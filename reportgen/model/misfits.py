"""What does not fit in a kind's data, as values: a finding's code, its place and its arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportgen.diagnostics import NOTHING
from reportgen.model.forms import Steps


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something that does not fit. `at` leads from the file's stem to it: `("tables", "某表", "rows", 3)`."""

    code: str
    at: Steps
    arguments: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


def misfit(code: str, at: Steps, **arguments: object) -> Misfit:
    """A misfit with its arguments as text."""
    return Misfit(code, at, {name: str(value) for name, value in arguments.items()})
