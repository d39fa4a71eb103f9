"""A page on which several organs stand one under another in; their lines and the word beside them out.

The word stands at the height of the middle of the names (GB/T 9704-2012 7.2.4), so that it may share a line
with one of them: it is taken out of that line and put behind the last, where the text has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Final

from reportgen.verify.layout.lines import Line, make_line
from reportgen.verify.layout.pages import sample
from reportgen.verify.layout.standard import MM

if TYPE_CHECKING:
    from reportgen.verify.layout.lines import Sheet
    from reportgen.verify.layout.protocol import Protocol
    from reportgen.verify.layout.standard import Standard

JOINT: Final = "joint"


def part_word(
    sheets: Sequence[Sheet], paragraphs: Sequence[tuple[str, str]], standard: Standard
) -> tuple[Sheet, ...]:
    """The pages with the word of a joint mark, the last of its paragraphs, as a line of its own."""
    roles = standard.layout.get("masthead", {}).get(JOINT, ())
    *names, word = [text for role, text in paragraphs if role in roles] or [""]
    if not names or not sheets:
        return tuple(sheets)
    first, *others = sheets
    return (replace(first, lines=tuple(with_word_last(first.lines, names, word))), *others)


def with_word_last(lines: Sequence[Line], names: Sequence[str], word: str) -> Iterator[Line]:
    """The lines of a page, the word behind the last of the names wherever it stands beside them."""
    said = {word, *names, *(name + word for name in names)}
    after = dropwhile(lambda line: line.text not in said, lines)
    mark = list(takewhile(lambda line: line.text in said, after))
    beside = [line for line in mark if line.text.endswith(word) and line.text not in names][:1]
    if not beside or not set(names) <= {line.text.removesuffix(word) for line in mark}:
        yield from lines
        return
    last = [line for line in mark if line.text != word][-1]
    for line in lines:
        yield from [line] if line not in beside else front(line, len(word))
        yield from [make_line(line.page, beside[0].glyphs[-len(word) :])] if line is last else []


def front(line: Line, letters: int) -> Iterator[Line]:
    """A line without its last letters; nothing when it has no others."""
    if len(line.glyphs) > letters:
        yield make_line(line.page, line.glyphs[:-letters])


def measure_joint(names: Sequence[Line], word: Line, protocol: Protocol) -> None:
    """Names equally wide, the word at their middle, the whole in the middle of the type area."""
    standard, first = protocol.standard, names[0]
    for line in names[1:]:
        ends = (line.left - first.left, line.right - first.right)
        protocol.compare("joint-edge", 0.0, [sample(end / MM, line) for end in ends])
    middle = (first.left + word.right) / 2 - standard.left - standard.width / 2
    protocol.compare("joint-centred", 0.0, [sample(middle / MM, first)])
    protocol.compare("joint-word", 0.0, [sample((word.base - (first.base + names[-1].base) / 2) / MM, word)])
