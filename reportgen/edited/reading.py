"""The bytes of a Word file in; its paragraphs as they read with every change accepted out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from reportgen.edited.copy import Comment, EditedCopy, EditedParagraph, Hand, Square, Strange
from reportgen.edited.opening import open_package
from reportgen.edited.pages import guess_pages
from reportgen.edited.runs import COME, ERASED, Runs, hand_of
from reportgen.render.bookmarks import PREFIX
from reportgen.render.package import DOCUMENT, Package, PackageError, parse
from reportgen.render.properties import read_map, read_map_source
from reportgen.render.word.markup import Element, name

MOST_PARAGRAPHS: Final = 6_000
STYLES: Final = "word/styles.xml"
COMMENTS: Final = "/comments"
NOTES: Final = ("/footnotes", "/endnotes")
START, END = name("bookmarkStart"), name("bookmarkEnd")
PARAGRAPH, TABLE, ROW, CELL = (name(tag) for tag in ("p", "tbl", "tr", "tc"))
MERGED: Final = (name("gridSpan"), name("vMerge"))
HOLDERS: Final = frozenset(
    name(tag) for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")
)


class CopyError(Exception):
    """A file is no Word file that can be read within limits."""


def read_copy(content: bytes) -> EditedCopy:
    """A Word file that came back; raises CopyError when it cannot be read.

    It may be anybody's: without bookmarks of ours `bookmarks` is empty.
    """
    try:
        package = open_package(content)
        comments = dict(read_comments(package))
        styles = tree_of(package, STYLES) if STYLES in package.parts else None
        reader = CopyReader(comments, styles)
        for part in printed(package):
            reader.read_part(part, tree_of(package, part))
        bookmarks, source = read_map(package), read_map_source(package)
    except (PackageError, KeyError, ValueError, etree.XMLSyntaxError, RecursionError) as error:
        raise CopyError(str(error)) from error
    if not reader.paragraphs:
        raise CopyError("no paragraphs")
    strange = tuple(read_notes(package))
    merged = frozenset(reader.merged)
    return EditedCopy(tuple(reader.paragraphs), bookmarks, source, reader.erased, strange, merged)


def printed(package: Package) -> tuple[str, ...]:
    """The parts that are printed, the document first."""
    others = sorted(path for path in package.parts if path.startswith(("word/header", "word/footer")))
    return (DOCUMENT, *others)


def tree_of(package: Package, part: str) -> Element:
    """The tree of a part; raises ValueError on a document type, which no word processor writes."""
    root = parse(package.parts[part])
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("document type")
    return root


def style_names(styles: Element | None) -> Mapping[str, str]:
    """The names of the styles by their ids, which word processors give anew."""
    return {
        str(style.get(name("styleId"))): str(named.get(name("val")))
        for style in (() if styles is None else styles.iterchildren(name("style")))
        if (named := style.find(name("name"))) is not None
    }


def related(package: Package, *endings: str) -> Iterator[str]:
    """The parts that the document refers to in such a way."""
    for relation in package.relations.get(DOCUMENT, {}).values():
        if relation.type.endswith(endings) and relation.target in package.parts:
            yield relation.target


def read_comments(package: Package) -> Iterator[tuple[str, Comment]]:
    """The comments of a file by their ids."""
    for part in related(package, COMMENTS):
        for comment in tree_of(package, part).iterchildren(name("comment")):
            lines = [Runs().read(paragraph).text for paragraph in comment.iter(PARAGRAPH)]
            said = " ".join(line.strip() for line in lines if line.strip())
            yield str(comment.get(name("id"))), Comment(hand_of(comment), said)


def read_notes(package: Package) -> Iterator[Strange]:
    """The footnotes and endnotes, which no file of ours has."""
    for part in related(package, *NOTES):
        for note in tree_of(package, part):
            if note.get(name("type")) in (None, "normal"):
                said = "".join(Runs().read(paragraph).text for paragraph in note.iter(PARAGRAPH)).strip()
                if said:
                    yield Strange("footnote", said)


@dataclass(slots=True)
class CopyReader:
    """Goes through the parts of a file; what the deleted end of a paragraph leaves is read into the next."""

    comments: Mapping[str, Comment]
    styles: Element | None
    names: Mapping[str, str] = field(init=False)
    paragraphs: list[EditedParagraph] = field(default_factory=list)
    erased: dict[str, tuple[Hand, ...]] = field(default_factory=dict)
    merged: set[tuple[str, int]] = field(default_factory=set)
    part: str = ""
    page: int = 1
    guessed: Mapping[Element, int] = field(default_factory=dict)
    ordinal: int = 0
    tables: int = 0
    runs: Runs = field(default_factory=Runs)
    loose: list[Comment] = field(default_factory=list)
    said: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.names = style_names(self.styles)

    def read_part(self, part: str, root: Element) -> None:
        """Read all paragraphs of a part; a header or footer stands on no page of its own."""
        self.part, self.page, self.ordinal, self.tables, self.runs = part, 0, 0, 0, Runs()
        body = root.find(name("body")) if part == DOCUMENT else root
        if part == DOCUMENT and body is not None:
            self.page = 1
            seen = next(body.iter(name("lastRenderedPageBreak")), None) is not None
            self.guessed = {} if seen else guess_pages(body, self.styles)
        self.holder(root if body is None else body, None)
        if self.runs.text or self.runs.marks:
            self.close("", None)

    def holder(self, node: Element, square: Square | None) -> None:
        """Read what stands in a body, a cell or a frame around paragraphs."""
        for child in node:
            if child.tag == PARAGRAPH:
                self.paragraph(child, square)
            elif child.tag == TABLE:
                self.table(child)
            elif child.tag == START:
                self.runs.mark(child)
            elif child.tag in HOLDERS:
                self.holder(child, square)

    def table(self, table: Element) -> None:
        """Read a table; one inside another counts as a further one."""
        number, self.tables = self.tables, self.tables + 1
        rows = [row for row in table.iter(ROW) if nearest(row, TABLE) is table]
        if any(True for row in rows for _ in row.iter(*MERGED)):
            self.merged.add((self.part, number))
        for index, row in enumerate(rows):
            gone = row.find(f"{name('trPr')}/{name('del')}")
            if gone is not None:
                self.erase(row, hand_of(gone))
                continue
            inserted = row.find(f"{name('trPr')}/{name('ins')}")
            cells = [cell for cell in row.iter(CELL) if nearest(cell, ROW) is row]
            for column, cell in enumerate(cells):
                if inserted is not None:
                    self.runs.hands[hand_of(inserted)] = None
                self.holder(cell, (number, index, column))

    def erase(self, row: Element, hand: Hand) -> None:
        """Note that a row was deleted, with all that stands in it."""
        for start in row.iter(START):
            self.erased[str(start.get(name("name")))] = (hand,)
        for reference in row.iter(name("commentReference")):
            self.keep_comment(str(reference.get(name("id"))))

    def paragraph(self, node: Element, square: Square | None) -> None:
        """Read a paragraph, after what the one before left when its end was deleted."""
        end = node.find(f"{name('pPr')}/{name('rPr')}")
        gone, come = first_of(end, ERASED), first_of(end, COME)
        before = len(self.runs.text), len(self.runs.marks)
        self.runs.read(node)
        self.page = self.guessed.get(node, self.page + self.runs.breaks)
        self.runs.breaks = 0
        for change in (gone, come):
            if change is not None:
                self.runs.hands[hand_of(change)] = None
        if gone is None:
            style = style_of(node)
            self.close(self.names.get(style, style), square)
        elif len(self.runs.text) == before[0]:  # nothing is left of it
            own = self.runs.marks[before[1] :]
            self.erased |= dict.fromkeys(own, tuple(self.runs.hands))
            del self.runs.marks[before[1] :]
            if not self.runs.text:
                self.drop_runs()

    def drop_runs(self) -> None:
        """Begin anew after a paragraph of which nothing is left, but keep its comments."""
        for identifier in self.runs.comments:
            self.keep_comment(identifier)
        self.runs = Runs(marks=self.runs.marks)

    def keep_comment(self, identifier: str) -> None:
        """Keep the comment on something deleted for the next paragraph."""
        if identifier in self.comments and identifier not in self.said:
            self.said.add(identifier)
            self.loose.append(self.comments[identifier])

    def close(self, style: str, square: Square | None) -> None:
        """Take up a paragraph that is complete."""
        if len(self.paragraphs) >= MOST_PARAGRAPHS:
            raise ValueError("too many paragraphs")
        runs, self.runs = self.runs, Runs()
        self.ordinal += 1
        fresh = [known for known in runs.comments if known not in self.said]
        self.said.update(fresh)  # of one over several paragraphs each has a mark
        said = [self.comments[known] for known in fresh if known in self.comments]
        self.paragraphs.append(
            EditedParagraph(
                self.part,
                self.ordinal,
                self.page,
                self.part == DOCUMENT and not self.guessed,
                runs.text,
                runs.was,
                tuple(dict.fromkeys(mark for mark in runs.marks if mark.startswith(PREFIX))),
                style,
                square,
                tuple(runs.hands),
                tuple(runs.pictures),
                tuple(runs.strange),
                (*self.loose, *said),
            )
        )
        self.loose = []


def first_of(properties: Element | None, tags: tuple[str, ...]) -> Element | None:
    """The first of some elements that properties hold."""
    found = () if properties is None else (properties.find(tag) for tag in tags)
    return next((element for element in found if element is not None), None)


def nearest(node: Element, tag: str) -> Element | None:
    """The nearest element of a kind around a node."""
    return next(node.iterancestors(tag), None)


def style_of(paragraph: Element) -> str:
    """The id of a paragraph's style, empty when it has none."""
    style = paragraph.find(f"{name('pPr')}/{name('pStyle')}")
    return "" if style is None else str(style.get(name("val")))
