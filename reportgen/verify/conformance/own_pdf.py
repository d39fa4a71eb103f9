"""A PDF that was made of a report in; what is in it beside what a report is printed with, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from reportgen.verify.conformance.pdf_tree import PdfTree
from reportgen.verify.conformance.structure import Part, read_structure

CATALOGUE: Final = frozenset(
    {
        *("/AF", "/Extensions", "/Lang", "/MarkInfo", "/Metadata", "/Names", "/Outlines", "/OutputIntents"),
        *("/PageLayout", "/PageMode", "/Pages", "/StructTreeRoot", "/Type", "/Version", "/ViewerPreferences"),
    }
)
NAMES: Final = frozenset({"/Dests", "/EmbeddedFiles"})
PAGE: Final = frozenset(
    {
        *("/BleedBox", "/Contents", "/Group", "/MediaBox", "/Parent", "/Resources", "/StructParents"),
        *("/Tabs", "/TrimBox", "/Type"),
    }
)
"""What a catalogue, its names and a page may say: all else is there to change how the document is shown."""
BOXES: Final = ("/TrimBox", "/BleedBox")
SAID: Final = ("/ActualText", "/E")
"""What lets a text be read aloud and copied in other words than are seen."""
MOST_BYTES: Final = 16 * 1024 * 1024
"""The contents of a page that are read."""
END: Final = b"%%EOF"
SIGNED: Final = b"/ByteRange"
"""What every file with a signature holds."""


def strange_parts(tree: PdfTree) -> Iterator[tuple[str, str]]:
    """What is in a PDF of ours that no report is printed with: its name, and where it is."""
    for look in LOOKS:
        yield from look(tree)


def strange_entries(tree: PdfTree) -> Iterator[tuple[str, str]]:
    """Layers, forms, notes, what opens first: entries of the catalogue and its names."""
    yield from ((key[1:], "") for key in sorted(tree.root.keys() - CATALOGUE))
    yield from ((key[1:], "") for key in sorted(tree.dictionary(tree.root.get("/Names")).keys() - NAMES))


def strange_pages(tree: PdfTree) -> Iterator[tuple[str, str]]:
    """Pages turned, cut, scaled or written on, by their numbers."""
    for reference, number in tree.pages.items():
        page = tree.dictionary(reference)
        strange = sorted(page.keys() - PAGE)
        boxes = [key for key in BOXES if key in page and tree.value(page[key]) != whole(tree, page)]
        yield from ((key[1:], str(number)) for key in (*strange, *boxes))


def whole(tree: PdfTree, page: Mapping[str, Any]) -> Any:
    """The edges of a page, its own or those that the pages above hand down."""
    holder = page
    while "/MediaBox" not in holder and "/Parent" in holder:
        holder = tree.dictionary(holder["/Parent"])
    return tree.value(holder.get("/MediaBox"))


def other_words(tree: PdfTree) -> Iterator[tuple[str, str]]:
    """Elements and stretches of pages that are said to read otherwise than they are painted."""
    for part in read_structure(tree).within():
        yield from ((key[1:], page_of(part)) for key in SAID if key in part.entries)
        if "/Lang" in part.entries:
            yield "Lang", page_of(part)
        if "/Alt" in part.entries and part.role not in ("Figure", "Formula"):
            yield "Alt", page_of(part)
    for reference, number in tree.pages.items():
        contents = tree.dictionary(reference).get("/Contents")
        for stream in tree.value(contents) if isinstance(tree.value(contents), list) else [contents]:
            if b"/ActualText" in tree.stream(stream, MOST_BYTES):
                yield "ActualText", str(number)


def page_of(part: Part) -> str:
    """The page an element begins on; nothing where it is not known."""
    return str(part.page or "")


def later_changes(tree: PdfTree) -> Iterator[tuple[str, str]]:
    """What was written behind the end of the file: a change in the manner of a signature, or rubbish."""
    if not tree.content.rstrip().endswith(END) or tree.content.count(b"\nstartxref") > 1:
        yield END.decode(), ""


LOOKS: Final[tuple[Callable[[PdfTree], Iterator[tuple[str, str]]], ...]] = (
    strange_entries,
    strange_pages,
    other_words,
    later_changes,
)
