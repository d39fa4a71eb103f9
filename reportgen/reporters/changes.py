"""The changes between two reports in; lines for people or JSON for programs out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from reportgen.diagnostics import Language
from reportgen.language import word
from reportgen.model.changes.change import LISTED, Change, Level, Piece, Place, Sort
from reportgen.reporters.excerpts import shown
from reportgen.reporters.records import UNSAFE

AROUND: Final = 20
"""Characters that are shown of what stayed the same beside a change."""
SHORT: Final = 20
"""Characters of a text that is shown as before and after."""
CUT: Final = "…"
EMPTY: Final = "—"
MARKS: Final = {"-": ("[-", "-]"), "+": ("{+", "+}"), " ": ("", "")}


def changes_text(changes: Sequence[Change], language: Language) -> str:
    """A line of counts, then every change: its level, its place, before and after."""
    if not changes:
        return word("equal", language)
    return "\n".join((counts(changes, language), *(line for c in changes for line in lines(c, language))))


def counts(changes: Sequence[Change], language: Language) -> str:
    """How many changes there are of each level, and how many only follow."""
    made = Counter(change.level for change in changes if not change.follows)
    said = [f"{level_word(level, language)} {made[level]}" for level in LISTED if made[level]]
    follow = sum(change.follows for change in changes)
    said += [f"{word('change follows', language)} {follow}"] if follow else []
    return word("comma", language).join(said)


def level_word(level: Level, language: Language) -> str:
    """What a level is called."""
    return word(f"level {level.name.lower()}", language)


def lines(change: Change, language: Language) -> Iterator[str]:
    """One change."""
    head = f"[{level_word(change.level, language)}] "
    follows = f"  ({word('change follows', language)})" if change.follows else ""
    place = shown(change.term)
    if change.sort is Sort.CHANGED and (not change.pieces or is_short(change)):
        yield f"{head}{place}: {plain(change.before)} → {plain(change.after)}{follows}"
        return
    sort = "" if change.sort is Sort.CHANGED else word(f"change {change.sort.value}", language) + " "
    origin = origin_of(change)
    where = f"{shown(origin.said)} → {place}" if origin else place
    yield f"{head}{sort}{where}{follows}"
    text = excerpted(change.pieces) if change.pieces else plain(change.after or change.before)
    yield f"    {text}"


def is_short(change: Change) -> bool:
    """Whether both versions are seen best side by side."""
    return max(len(change.before), len(change.after)) <= SHORT


def origin_of(change: Change) -> Place | None:
    """Where something stood that was moved."""
    return change.old if change.sort is Sort.MOVED else None


def plain(text: str) -> str:
    """A text in one line; what is empty is seen."""
    return shown(text.replace("\n", " ")) or EMPTY


def excerpted(pieces: Sequence[Piece]) -> str:
    """The pieces with their marks, and of what stayed the same only what stands beside a change."""
    said = []
    for number, piece in enumerate(pieces):
        text = shown(piece.text.replace("\n", " "))
        if piece.mark == " ":
            text = cut(text, first=number == 0, last=number == len(pieces) - 1)
        before, after = MARKS[piece.mark]
        said.append(f"{before}{text}{after}")
    return "".join(said)


def cut(text: str, *, first: bool, last: bool) -> str:
    """A long stretch without its far end, or without its middle."""
    if first and len(text) > AROUND:
        return CUT + text[-AROUND:]
    if last and len(text) > AROUND:
        return text[:AROUND] + CUT
    return f"{text[:AROUND]}{CUT}{text[-AROUND:]}" if len(text) > 2 * AROUND else text


def changes_json(changes: Sequence[Change], names: tuple[str, str]) -> str:
    """Every change, figures first, as a JSON object."""
    content = {"old": names[0], "new": names[1], "changes": [change_record(change) for change in changes]}
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def change_record(change: Change) -> dict[str, Any]:
    """The fields of a change."""
    return {
        "level": change.level.name.lower(),
        "sort": change.sort.value,
        "path": change.path,
        "term": list(change.place.term),
        "before": change.old.text if change.old else None,
        "after": change.new.text if change.new else None,
        "old": place_record(change.old),
        "new": place_record(change.new),
        "pieces": [[piece.mark, piece.text] for piece in change.pieces],
        "causes": list(change.causes),
    }


def place_record(place: Place | None) -> dict[str, Any] | None:
    """Where one side of a change stands."""
    return {"path": place.path, "term": list(place.term), "line": place.line} if place else None
