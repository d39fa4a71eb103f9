"""How many examples a property is tried on: as many as it asks for, a quarter in `./run test -q`."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

QUICK = 25
"""Examples of a property that asks for no number, in a quick run; a hundred in a full one."""


def tried(count: int, **more: Any) -> settings:
    """The settings of a property that is worth so many examples."""
    usual = settings.default
    assert usual is not None
    return settings(max_examples=max(10, count * usual.max_examples // 100), **more)
