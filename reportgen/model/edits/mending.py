"""A report file in; the same with every certain remedy put in, and what changed line by line, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.edits.edit import Edit, Replace
from reportgen.model.edits.editing import edit_file

ROUNDS: Final = 1000
"""So often a file is read again at most: a long text shows only so many findings at a time."""
CONTEXT: Final = 3
LINES: Final = re.compile("\r\n|\r|\n")

Findings = Callable[[bytes], Sequence[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Mended:
    """A file's content after mending, and how many places were mended."""

    data: bytes
    count: int


def mend(data: bytes, find: Findings) -> Mended:
    """The content with every remedy that is certain; `find` gives the findings about a content."""
    count = 0
    refused: set[Edit] = set()
    for _ in range(ROUNDS):
        wanted = [edit for edit in remedies(find(data)) if edit not in refused]
        edited = edit_file(data, wanted)
        done = len(wanted) - len(edited.refused)
        if edited.data == data or not done:
            break
        # Places move once a file has changed: what was refused is asked for again in the next round.
        data, count, refused = edited.data, count + done, set()
    return Mended(data, count)


def remedies(found: Sequence[Diagnostic]) -> tuple[Replace, ...]:
    """The edits that findings ask for, but those an office gave a reason to leave."""
    edits = (Replace(f.location, f.fix) for f in found if f.fix is not None and not f.reason)
    return tuple(dict.fromkeys(edits))


def show_changes(name: str, before: bytes, after: bytes) -> str:
    """What changed, as a unified diff; remedies change lines, they neither add nor remove any."""
    old, new = (LINES.split(data.decode("utf-8-sig")) for data in (before, after))
    changed = [number for number, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    parts = [f"--- {name}", f"+++ {name}"]
    for first, last in hunks(changed):
        start, end = max(0, first - CONTEXT), min(len(old), last + CONTEXT + 1)
        end -= end == len(old) and not old[-1]
        parts += [f"@@ -{start + 1},{end - start} +{start + 1},{end - start} @@"]
        parts += hunk(old[start:end], new[start:end])
    return "\n".join(parts)


def hunks(changed: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of changed lines that stand so near to each other that their contexts meet."""
    breaks = [0, *(n for n, (one, other) in enumerate(pairwise(changed), 1) if other - one > 2 * CONTEXT)]
    for start, end in pairwise((*breaks, len(changed))):
        yield changed[start], changed[end - 1]


def hunk(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The lines of a hunk: of each run of changed lines the old ones, then the new ones."""
    for same, group in groupby(zip(old, new, strict=True), lambda pair: pair[0] == pair[1]):
        pairs = list(group)
        if same:
            yield from (f" {line}" for line, _ in pairs)
        else:
            yield from (f"-{line}" for line, _ in pairs)
            yield from (f"+{line}" for _, line in pairs)
