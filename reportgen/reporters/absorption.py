"""What came of a reviewer's Word file in; lines for people or JSON for programs out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Language
from reportgen.language import word
from reportgen.reporters.changes import change_record, counts, lines
from reportgen.reporters.excerpts import shown
from reportgen.reporters.records import UNSAFE, record

if TYPE_CHECKING:
    from reportgen.absorbing.absorb import Absorption
    from reportgen.edited.copy import Hand
    from reportgen.model.changes.change import Change

COMMENT: Final = "comment"


def absorption_text(absorbed: Absorption, changes: Sequence[Change], language: Language) -> str:
    """The changes of the report by official term, each with who made it, then the comments."""
    said = [counted(absorbed, changes, language)]
    for change in changes:
        first, *more = lines(change, language)
        by = "、".join(str(hand) or word("untracked", language) for hand in hands_of(absorbed, change))
        said += [f"{first}  ({shown(by)})" if by else first, *more]
    for taken in absorbed.changes:
        if taken.form == COMMENT:
            place, by = shown(taken.path), shown(str(taken.hands[0]))
            said.append(f"[{word('absorbed comment', language)}] {place}  ({by})")
            said.append(f"    {shown(taken.after)}")
    return "\n".join(said)


def counted(absorbed: Absorption, changes: Sequence[Change], language: Language) -> str:
    """How many changes there are of each level, and how many comments."""
    comments = sum(taken.form == COMMENT for taken in absorbed.changes)
    if not comments:
        return counts(changes, language) or word("equal", language)
    said = (counts(changes, language), f"{word('absorbed comment', language)} {comments}")
    return word("comma", language).join(filter(None, said))


def hands_of(absorbed: Absorption, change: Change) -> tuple[Hand, ...]:
    """Who made a change, as far as the Word file tells; somebody unknown only beside others."""
    paths = {place.path for place in (change.old, change.new) if place}
    texts = {text for text in (change.before, change.after) if text}
    found = [
        taken.hands
        for taken in absorbed.changes
        if taken.form != COMMENT and (taken.path in paths or {taken.before, taken.after} & texts)
    ]
    hands = tuple(dict.fromkeys(hand for hands in found for hand in hands))
    return hands if any(hand.author for hand in hands) else ()


def absorption_json(
    absorbed: Absorption, changes: Sequence[Change], language: Language, *, written: bool
) -> str:
    """The changes with who made them, the comments and everything to be decided, as a JSON object."""
    content = {
        "written": written,
        "changes": [
            {**change_record(change), "by": [hand_record(hand) for hand in hands_of(absorbed, change)]}
            for change in changes
        ],
        "comments": [
            {"path": taken.path, "text": taken.after, "by": [hand_record(hand) for hand in taken.hands]}
            for taken in absorbed.changes
            if taken.form == COMMENT
        ],
        "findings": [record(finding, language) for finding in absorbed.diagnostics],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def hand_record(hand: Hand) -> Mapping[str, Any]:
    """The fields of a hand."""
    return {"author": hand.author, "date": hand.date}
