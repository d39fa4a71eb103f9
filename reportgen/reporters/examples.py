"""The wrong reports that a clone holds in; for each finding code one finding as `validate` prints it, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

FOLDER: Final = Path(__file__).parents[2] / "fixtures/invalid"
CODE: Final = re.compile(r"^(?P<place>\S[^\n]*?): (?:错误|警告|提示)\[(?P<code>[a-z0-9-]+)\] ")
LONGEST: Final = 12
"""Lines of an example."""


@cache
def examples() -> Mapping[str, str]:
    """The shortest finding of every code met there; none where the program was installed alone."""
    found: dict[str, str] = {}
    for file in sorted(FOLDER.rglob("*.txt")):
        for block in file.read_text("utf-8").split("\n\n"):
            match = CODE.match(block)
            if match and block.count("\n") < LONGEST:
                text = block.strip("\n").replace(f"{FOLDER.relative_to(FOLDER.parents[1]).as_posix()}/", "")
                found[match["code"]] = min(found.get(match["code"], text), text, key=len)
    return MappingProxyType(found)
