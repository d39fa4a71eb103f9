"""What comes with the program: the folder of its kinds, and each of their data files in a quickly read form.

`read/<kind>/<stem>.json` beside the kinds holds the values of `<kind>/<stem>.yaml` and the digest of the file
they were read from. For a file of another digest it counts for nothing. A test writes and holds it.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

CHECKED: Final = "checked.txt"
"""Beside the kinds: the digests of those the tests have checked, which need no checking in use."""
KEPT: Final = "read"
NUMBER: Final = re.compile(r'"\\u0000([^"]+)"')
"""A number as text, after a character that no text of a data file can hold."""


@cache
def package_folder() -> Path:
    """The kinds that come with the program: in the package when it is installed, beside it in a clone."""
    inside = Path(__file__).parents[1] / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "templates"


@cache
def checked_digests() -> frozenset[str]:
    """The digests of the kinds that came with the program."""
    file = package_folder() / CHECKED
    return frozenset(file.read_text("utf-8").split() if file.is_file() else ())


def kept_place(kind: str, stem: str) -> Path:
    """Where the values of a data file would be kept."""
    return package_folder() / KEPT / kind / f"{stem}.json"


def keep(values: Any, content: bytes) -> str:
    """The text to keep for the values of a file's content."""
    kept = {"sha256": sha256(content).hexdigest(), "values": values}
    text = json.dumps(kept, ensure_ascii=False, indent=1, default=lambda number: f"\0{number}")
    return NUMBER.sub(r"\1", text) + "\n"


@lru_cache(maxsize=64)
def recall(kind: str, stem: str, content: bytes) -> Any:
    """The values kept for the content of a file, by its folder's name and its stem; None when there are none.

    Nothing changes values, so they can be shared.
    """
    return read_kept(kept_place(kind, stem), content)


def read_kept(place: Path, content: bytes) -> Any:
    """The values kept at a place, if they are those of the content."""
    try:
        kept = json.loads(place.read_bytes(), parse_float=Decimal)
    except (OSError, ValueError):
        return None
    return kept["values"] if kept["sha256"] == sha256(content).hexdigest() else None
