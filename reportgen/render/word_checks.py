"""A Word file while and after it is finished in; faults that would otherwise lose text in silence out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import KindError, VerificationError
from reportgen.render.bookmarks import Bookmark, marks_in, marks_of, paragraph_text, printed_parts, read_texts
from reportgen.render.imprints import Imprint
from reportgen.render.items import FreeTableView
from reportgen.render.package import read_package
from reportgen.render.word.markup import Element, name
from reportgen.render.word_faults import misplaced_value


def check_marks(
    trees: Iterable[Element], imprints: Sequence[Imprint], marks: Sequence[int], file: str
) -> None:
    """Every value the template engine printed is there, in a text or before a table; raises KindError.

    `marks` are those in the engine's own text, before anything parsed it; `file` is the template.
    """
    found: Counter[int] = Counter()
    for tree in trees:
        found.update(marks_in(tree))
        for astray in _astray(tree, imprints):
            raise KindError(misplaced_value(file, *_around(astray)))
        for hollow in _hollow(tree):
            raise KindError(misplaced_value(file, *_around(hollow)))
    lost = (Counter(marks) - found) + (found - Counter(marks))
    if lost:
        raise KindError(misplaced_value(file, "", imprints[min(lost)].text))


def _hollow(tree: Element) -> Iterator[Element]:
    """Cells without a paragraph, rows without cells, tables without rows: Word opens no file with one."""
    for holder, held in (("tc", "p"), ("tr", "tc"), ("tbl", "tr")):
        yield from (frame for frame in tree.iter(name(holder)) if frame.find(name(held)) is None)


def _astray(tree: Element, imprints: Sequence[Imprint]) -> Iterator[Element]:
    """Marks that stand neither in the text of a run nor, for a table's, right before a table."""
    for mark in [node for node in tree.iter() if any(True for _ in marks_of(node))]:
        following, letters = mark.getnext(), mark.getparent()
        run = None if letters is None else letters.getparent()
        if isinstance(imprints[next(marks_of(mark))].thing, FreeTableView):
            right = following is not None and following.tag == name("tbl")
        else:
            tags = [None if element is None else element.tag for element in (letters, run)]
            right = tags == [name("t"), name("r")]
        if not right:
            yield mark


def _around(element: Element) -> tuple[str, str]:
    """The words before an element, and those beside it."""
    above = takewhile(lambda node: node is not element, element.getroottree().getroot().iter())
    before = [paragraph_text(node) for node in above if node.tag == name("p")]
    row = next(element.iterancestors(name("tr")), None)
    beside = [] if row is None else list(map(paragraph_text, row.iter(name("p"))))
    return next(filter(None, reversed(before)), ""), "".join(beside)


def check_texts(content: bytes, bookmarks: Sequence[Bookmark], file: str) -> None:
    """Read the file again and compare every paragraph with what was put in; raises VerificationError."""
    texts = read_texts(printed_parts(read_package(content)).values())
    lost = [bookmark for bookmark in bookmarks if texts.get(bookmark.name) != bookmark.text]
    if lost:
        place = Location(file)
        found = (find("word-text-lost", place, mark.path, place=mark.path or mark.text) for mark in lost)
        raise VerificationError(*found)
