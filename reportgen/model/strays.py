"""A key that is not provided for in; the name that was most likely meant, or where the key belongs, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportgen.diagnostics import Listed
from reportgen.model.forms import Plain, Steps
from reportgen.model.scalars import CHECKS, Flaw, Schema, flaw

FEW: Final = 7
NEAR: Final = 0.5
LONGEST_NAME: Final = 80
HELD: Final = 4
"""Letters of a name that tell what was meant when a longer one, such as a full label, holds it."""
SHOWN: Final = 40
MOST_HOMES: Final = 3
"""Places named for a key that stands in the wrong one."""


def close(name: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """The allowed names that a wrong one is like, the most alike first, else those that it holds."""
    from difflib import get_close_matches

    if len(name) > LONGEST_NAME:
        return ()
    held = (other for other in allowed if len(other) >= HELD and other in name)
    return tuple(get_close_matches(name, allowed, 3, NEAR)) or tuple(held)[:3]


def few(allowed: Sequence[str], most: int = FEW) -> tuple[str, ...]:
    """All names when they are few, else the first."""
    return tuple(allowed if len(allowed) <= most else [*allowed[:most], "…"])


def nearest(name: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """The names to show for a wrong one: those close to it, else all when they are few, else the first."""
    return close(name, allowed) or few(allowed)


def judge_key(key: str, allowed: Sequence[str]) -> Flaw:
    """What to say of a key that is none of those allowed."""
    if near := close(key, allowed):
        return flaw("unknown-key", key=key[:SHOWN], allowed=Listed(near))
    return flaw("unknown-key", case="far", key=key[:SHOWN], allowed=Listed(few(allowed)))


def judge_stray(key: str, value: Plain, allowed: Sequence[str], at: Steps, whole: Schema) -> Flaw:
    """What to say of a key at `at` that may stand elsewhere in what the `whole` schema describes.

    A home right below comes before a name alike, a name alike before a home anywhere else.
    """
    homes = [home for home in find_homes(key, whole) if _suits(value, whole, (*home, key))]
    below = [home for home in homes if len(home) > len(at) and home[: len(at)] == at]
    if len(below) != 1 and close(key, allowed):
        return judge_key(key, allowed)
    if () in homes:
        return flaw("unknown-key", case="first-level", key=key[:SHOWN])
    if not (below or homes):
        return judge_key(key, allowed)
    owners = [".".join(home) for home in below or homes]
    return flaw("unknown-key", case="elsewhere", key=key[:SHOWN], owners=Listed(few(owners, MOST_HOMES)))


def find_homes(key: str, schema: Schema, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every mapping in which the key may stand, outer ones first."""
    properties = schema.get("properties", {})
    if key in properties:
        yield at
    for name, inner in properties.items():
        yield from find_homes(key, inner, (*at, name))


def _suits(value: Plain, schema: Schema, path: tuple[str, ...]) -> bool:
    """Whether a value is a mapping where the schema has one, and none where it has a scalar."""
    for step in path:
        schema = schema["properties"][step]
    if value is None or not ("properties" in schema or schema.get("x-type") in CHECKS):
        return True
    return isinstance(value, dict) == ("properties" in schema)
