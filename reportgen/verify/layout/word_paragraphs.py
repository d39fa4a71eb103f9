"""A Word file in; its paragraphs with their properties in effect, its sections and its page numbers out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.render.package import DOCUMENT, Package, parse
from reportgen.render.word.markup import name
from reportgen.verify.layout.word_styles import SETTINGS, Properties, Styles, flatten, read_styles, value_of

if TYPE_CHECKING:
    from reportgen.render.word.markup import Element

PARAGRAPH: Final = name("p")
RUN: Final = name("r")
TEXT: Final = name("t")
TABLE: Final = name("tbl")
BOX: Final = name("txbxContent")
RUN_PROPERTIES: Final = name("rPr")
FIELDS: Final = (name("instrText"), name("fldSimple"))
RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text: its words, its properties in effect and its character style."""

    text: str
    properties: Properties
    style: str


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph of a Word file: its number from 1, style, properties in effect and runs.

    `numbers_page` tells one with a field for the page's number.
    """

    number: int
    style: str
    properties: Properties
    runs: tuple[Run, ...]
    in_table: bool
    numbers_page: bool = False

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)

    @property
    def bare(self) -> str:
        """Its words without blanks."""
        return "".join(self.text.split())


@dataclass(frozen=True, slots=True)
class WordFile:
    """What of a Word file is measured: `footers` holds each footer by the pages it stands on.

    `earlier` holds those in use before the last section, `footers` those in it.
    `has_even` tells whether even pages have footers of their own.
    """

    styles: Styles
    paragraphs: tuple[WordParagraph, ...]
    sections: tuple[Element, ...]
    footers: tuple[tuple[str, tuple[WordParagraph, ...]], ...]
    has_even: bool
    earlier: tuple[tuple[str, tuple[WordParagraph, ...]], ...] = ()


def read_word(package: Package) -> WordFile:
    """The paragraphs and sections of a Word file."""
    styles = read_styles(package)
    root = parse(package.parts[DOCUMENT])
    sections = tuple(root.iter(name("sectPr")))
    footers = tuple(footers_of(package, sections, styles))
    even = SETTINGS in package.parts and b"evenAndOddHeaders" in package.parts[SETTINGS]
    earlier = tuple(footers_of(package, sections[:-1], styles))
    return WordFile(styles, tuple(paragraphs_of(root, styles)), sections, footers, even, earlier)


def paragraphs_of(root: Element, styles: Styles) -> Iterator[WordParagraph]:
    """Every paragraph of a part, in order."""
    nested = next(root.iter(BOX), None) is not None
    has_fields = next(root.iter(*FIELDS), None) is not None
    for number, paragraph in enumerate(root.iter(PARAGRAPH), 1):
        runs: Iterator[Element] = paragraph.iter(RUN)
        if nested:  # a text box inside a run has paragraphs of its own
            runs = (run for run in runs if next(run.iterancestors(PARAGRAPH)) is paragraph)
        in_table = next(paragraph.iterancestors(TABLE), None) is not None
        shows_number = has_fields and has_page_field(paragraph)
        yield read_paragraph(paragraph, runs, number, styles, in_table, shows_number)


def has_page_field(paragraph: Element) -> bool:
    """Whether a paragraph holds a field for the page's number."""
    fields = [node.text or str(node.get(name("instr"))) for node in paragraph.iter(*FIELDS)]
    return any(field.split()[:1] == ["PAGE"] for field in fields)


def read_paragraph(
    paragraph: Element,
    runs: Iterator[Element],
    number: int,
    styles: Styles,
    in_table: bool,
    numbers_page: bool,
) -> WordParagraph:
    """One paragraph: defaults, its style's chain, then what is set directly."""
    own = paragraph.find(name("pPr"))
    style = value_of(own.find(name("pStyle")) if own is not None else None) or styles.default_style
    merged = styles.in_effect(style, "pPr")
    if own is not None and len(own) > 1:
        merged = {**merged, **flatten(own)}
    base = styles.in_effect(style, "rPr")
    read = (read_run(run, base, styles) for run in runs)
    return WordParagraph(
        number, style, merged, tuple(run for run in read if run.text), in_table, numbers_page
    )


def read_run(run: Element, base: Properties, styles: Styles) -> Run:
    """One run, over the paragraph's properties its character style's, then its own."""
    own = run.find(RUN_PROPERTIES)
    text = "".join([node.text or "" for node in run.iterchildren(TEXT)])
    if own is None or not text:
        return Run(text, base, "")
    style = value_of(own.find(name("rStyle")))
    return Run(text, {**base, **(styles.resolve(style, "rPr") if style else {}), **flatten(own)}, style)


def footers_of(
    package: Package, sections: tuple[Element, ...], styles: Styles
) -> Iterator[tuple[str, tuple[WordParagraph, ...]]]:
    """The footers of the last section that has any, by `default`, `even` or `first`."""
    kinds = {}
    for section in sections:
        for reference in section.iterchildren(name("footerReference")):
            kinds[str(reference.get(name("type")))] = reference.get(RELATION)
    relations = package.relations.get(DOCUMENT, {})
    for kind, key in kinds.items():
        relation = relations.get(str(key))
        part = relation.target if relation else ""
        if part in package.parts:
            yield kind, tuple(paragraphs_of(parse(package.parts[part]), styles))
