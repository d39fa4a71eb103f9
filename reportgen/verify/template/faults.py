"""What is wrong with one tag, before it is told where the tag stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at a line of a template file (`file` is empty for the file that is being read).

    `rule` is `syntax`, `unbalanced`, `undefined`, `filter`, `forbidden`, `unprintable`, `misplaced` or
    `missing`; `name` is the name it is about, `meant` the known name nearest to it.
    """

    rule: str
    at: int
    name: str = ""
    meant: str = ""
    file: str = ""
