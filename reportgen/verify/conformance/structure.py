"""The structure tree of a PDF in; its elements with their standard roles, in reading order, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from reportgen.verify.conformance.pdf_tree import DEEPEST, PdfTree

STANDARD: Final = frozenset(
    {
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index"),
        *("NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody"),
        *("Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference"),
        *("BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure"),
        *("Formula", "Form"),
    }
)
"""The roles of ISO 32000-1 14.8.4."""


@dataclass(frozen=True, slots=True)
class Part:
    """An element: its role, the page it begins on (0: not known), its entries, and what it holds."""

    role: str
    page: int
    entries: Mapping[str, Any]
    kids: list[Part] = field(default_factory=list)

    def within(self) -> Iterator[Part]:
        """The elements below it, in reading order."""
        waiting = self.kids[::-1]
        while waiting:
            part = waiting.pop()
            yield part
            waiting += reversed(part.kids)


def read_structure(tree: PdfTree) -> Part:
    """The root of the structure; it holds nothing when the PDF is not tagged."""
    entries = tree.dictionary(tree.root.get("/StructTreeRoot"))
    roles = tree.dictionary(entries.get("/RoleMap"))
    root = Part("", 0, entries)
    waiting, seen = [(root, kid) for kid in kids(tree, entries)], set()
    while waiting:
        above, reference = waiting.pop()
        below = tree.dictionary(reference)
        if "/S" not in below or (isinstance(reference, str) and reference in seen):
            continue
        seen.add(reference if isinstance(reference, str) else "")
        page = tree.pages.get(str(below.get("/Pg")), above.page)
        part = Part(standard_role(str(below["/S"]), roles), page, below)
        above.kids.append(part)
        waiting += [(part, kid) for kid in kids(tree, below)]
    return root


def kids(tree: PdfTree, entries: Mapping[str, Any]) -> list[Any]:
    """What an element holds, the last first, so that the next to be looked at is the first."""
    held = entries.get("/K")
    listed = tree.value(held)
    return listed[::-1] if isinstance(listed, list) else [held]


def standard_role(name: str, roles: Mapping[str, Any]) -> str:
    """The role a name stands for, led on by the role map, without its `/`."""
    for _ in range(DEEPEST):
        if name[1:] in STANDARD or name not in roles:
            break
        name = str(roles[name])
    return name[1:]
