"""Two versions of a paragraph in; one with the differences marked out: numbers and words whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from lxml import etree

from reportgen.edited.stretches import Stretch, compare
from reportgen.redlining.marking import GONE, INSERTED, UNTRACKED, Pen
from reportgen.render.bookmarks import text_element
from reportgen.render.word.markup import Element, name, w

RUN, LETTERS, RUN_PROPERTIES = name("r"), name("t"), name("rPr")
FRAME: Final = frozenset(name(tag) for tag in ("pPr", "bookmarkStart", "bookmarkEnd", "proofErr"))
FIRST_ODD: Final = 0xF0000
"""What is no letter stands in the text as a character of a private plane, the same for the same."""
NEAR: Final = 1
"""Changes with so many characters between them are one."""
MUCH: Final = 0.7
"""When more than so much of a text changed, the whole is exchanged."""
STOPS: Final = "，。；：、！？"


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a paragraph, or what stands there instead, with the properties of its run."""

    text: str
    properties: bytes
    thing: Element | None = None


@dataclass(slots=True)
class Alphabet:
    """The characters that stand for what is no letter, by what it is."""

    known: dict[bytes, str] = field(default_factory=dict)

    def letter(self, thing: Element, key: bytes = b"") -> str:
        """The character of a thing."""
        return self.known.setdefault(key or digest(thing), chr(FIRST_ODD + len(self.known)))


def digest(thing: Element) -> bytes:
    """What makes a thing the same as another."""
    return etree.tostring(thing, method="c14n")


def letters_of(paragraph: Element, alphabet: Alphabet, keys: dict[str, bytes]) -> list[Letter]:
    """The characters of a paragraph in order; `keys` tell pictures by what they show, not by their number."""
    found: list[Letter] = []
    for child in paragraph:
        if child.tag in FRAME:
            continue
        if child.tag != RUN:
            found.append(Letter(alphabet.letter(child), b"", child))
            continue
        properties = child.find(RUN_PROPERTIES)
        said = b"" if properties is None else digest(properties)
        for thing in child:
            if thing.tag == LETTERS:
                found += [Letter(letter, said) for letter in thing.text or ""]
            elif thing.tag != RUN_PROPERTIES:
                found.append(Letter(alphabet.letter(thing, picture_key(thing, keys)), said, thing))
    return found


def picture_key(thing: Element, keys: dict[str, bytes]) -> bytes:
    """What a picture shows and how large; nothing for what is no picture."""
    if thing.tag != name("drawing"):
        return b""
    shown = [keys.get(str(value), b"") for node in thing.iter() for value in node.attrib.values()]
    sizes = [f"{node.get('cx')}x{node.get('cy')}" for node in thing.iter() if node.get("cx")]
    found = b"".join(shown)
    return found + "".join(sizes).encode() if found else b""


def text_of(letters: Sequence[Letter]) -> str:
    """The characters as one text."""
    return "".join(letter.text for letter in letters)


def stretches_between(old: str, new: str) -> tuple[Stretch, ...]:
    """What to mark between two texts: near changes are one, a text that is mostly new is exchanged."""
    found: list[Stretch] = []
    for stretch in compare(old, new):
        before = found[-1] if found else None
        between = old[before.end : stretch.start] if before else ""
        if before and len(between) <= NEAR and not set(between) & set(STOPS):
            found[-1] = Stretch(before.start, stretch.end, before.text + between + stretch.text)
        else:
            found.append(stretch)
    changed = sum(max(stretch.end - stretch.start, len(stretch.text)) for stretch in found)
    if len(found) > 1 and changed > MUCH * max(len(old), len(new)):
        return (Stretch(0, len(old), new),)
    return tuple(found)


def merge(old: Element, new: Element, pen: Pen, pictures: dict[str, bytes]) -> Element:
    """The new paragraph with what was other in the old one marked."""
    alphabet = Alphabet()
    before, after = (letters_of(paragraph, alphabet, pictures) for paragraph in (old, new))
    mark_properties(old, new, pen)
    if [(a.text, a.properties) for a in before] == [(a.text, a.properties) for a in after]:
        return new
    marks = [child for child in new if child.tag in FRAME]
    ends = [mark for mark in marks if mark.tag == name("bookmarkEnd")]
    starts = [mark for mark in marks if mark.tag != name("bookmarkEnd")]
    for child in list(new):
        new.remove(child)
    new.extend(starts)
    new.extend(merged_runs(before, after, pen))
    new.extend(ends)
    return new


def merged_runs(before: Sequence[Letter], after: Sequence[Letter], pen: Pen) -> Iterator[Element]:
    """The runs of both, what is old marked as deleted before what is new in its place."""
    done = place = 0
    for start, end, text in stretches_between(text_of(before), text_of(after)):
        kept = start - done
        yield from runs_of(after[place : place + kept])
        place += kept
        yield from (marked(run, GONE, pen) for run in runs_of(before[start:end]))
        yield from (marked(run, INSERTED, pen) for run in runs_of(after[place : place + len(text)]))
        place, done = place + len(text), end
    yield from runs_of(after[place:])


def marked(run: Element, tag: str, pen: Pen) -> Element:
    """A run, marked; what is no run stands as it is."""
    return pen.run(tag, run) if run.tag == RUN else run


def runs_of(letters: Sequence[Letter]) -> Iterator[Element]:
    """Runs of characters that are set alike."""
    for (properties, is_run), group in groupby(letters, key=lambda one: (one.properties, is_in_run(one))):
        if not is_run:
            yield from (deepcopy(letter.thing) for letter in group if letter.thing is not None)
            continue
        run = w("r", etree.fromstring(properties) if properties else None)
        for thing, part in groupby(group, key=lambda one: one.thing):
            run.append(
                text_element("".join(letter.text for letter in part)) if thing is None else deepcopy(thing)
            )
        yield run


def is_in_run(letter: Letter) -> bool:
    """Whether something stands in a run."""
    parent = None if letter.thing is None else letter.thing.getparent()
    return letter.thing is None or (parent is not None and parent.tag == RUN)


def mark_properties(old: Element, new: Element, pen: Pen) -> None:
    """Note what the properties of the paragraph were, when they were others."""
    before, after = old.find(name("pPr")), new.find(name("pPr"))
    if said(before) == said(after):
        return
    if after is None:
        after = w("pPr")
        new.insert(0, after)
    pen.formerly(after, None if before is None else deepcopy(before))


def said(properties: Element | None) -> list[bytes]:
    """What the properties of a paragraph say, that a change of them can take back."""
    return [] if properties is None else [digest(child) for child in properties if child.tag not in UNTRACKED]
