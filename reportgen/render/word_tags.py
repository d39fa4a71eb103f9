"""The parts of a Word template in; the first tag that would lose text in silence out, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from reportgen.render.bookmarks import paragraph_text
from reportgen.render.word.markup import Element, name

TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
HALF: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
REMOVING: Final = re.compile(r"[{][{%#](p|tr|tc)\s")
"""A tag that takes its whole paragraph, row or cell away with everything in it."""


def find_torn_tag(trees: Iterable[Element]) -> tuple[str, str] | None:
    """The fixed text above, and the text, of a paragraph whose tags are cut off or take other text away."""
    above = ""
    for paragraph in (paragraph for tree in trees for paragraph in tree.iter(name("p"))):
        text = paragraph_text(paragraph)
        fixed = TAG.sub("", text).strip()
        if HALF.search(fixed) or any(_loses(paragraph, tag) for tag in TAG.findall(text)):
            return above, text
        above = fixed or above
    return None


def _loses(paragraph: Element, tag: str) -> bool:
    """Whether there is more than the tag in what the tag takes away."""
    taken = REMOVING.match(tag)
    if not taken:
        return False
    holder: Element | None = paragraph
    while holder is not None and holder.tag != name(taken[1]):
        holder = holder.getparent()
    if holder is None:
        return True
    held = "".join(map(paragraph_text, holder.iter(name("p"))))
    return held.strip() != tag.strip()
