"""The bytes of a Word template in; its parts, trees and paragraphs, read once, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location, Severity
from reportgen.render.bookmarks import printed_parts
from reportgen.render.package import DOCUMENT, Package, PackageError, parse, read_package
from reportgen.render.style_ids import with_declared_ids
from reportgen.render.word.markup import Element, name
from reportgen.render.word.sheet import Sheet
from reportgen.verify.template.places import Spot, Stretch, walk_part

if TYPE_CHECKING:
    from reportgen.model.kind import Kind

STYLES: Final = "word/styles.xml"
OFF: Final = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True)
class WordTemplate:
    """A kind's Word template. Not slotted: what several checks read is read once."""

    kind: Kind
    file: str
    package: Package
    trees: Mapping[str, Element]
    styles: Element

    @property
    def document(self) -> Element:
        """The tree of the document itself."""
        return self.trees[DOCUMENT]

    @cached_property
    def sheet(self) -> Sheet:
        """The styles the kind declares."""
        return Sheet(self.kind.layout, self.kind.fonts)

    @cached_property
    def style_names(self) -> Mapping[str, str]:
        """The names of the template's styles by their ids."""
        return {
            str(style.get(name("styleId"))): value(style.find(name("name")))
            for style in self.styles.iter(name("style"))
        }

    @cached_property
    def parts(self) -> Mapping[str, tuple[Stretch, ...]]:
        """The paragraphs of the document, its headers and its footers."""
        headings = frozenset(
            str(style.get(name("styleId")))
            for style in self.styles.iter(name("style"))
            if style.find(f"{name('pPr')}/{name('outlineLvl')}") is not None
        )
        return {path: walk_part(tree, path.rpartition("/")[2], headings) for path, tree in self.trees.items()}

    @cached_property
    def spots(self) -> Mapping[Element, Spot]:
        """The place of every paragraph."""
        return {each.element: each.spot for part in self.parts.values() for each in part}

    def spot(self, element: Element) -> Spot:
        """The place of an element: of the paragraph it stands in, holds first, or comes after."""
        for holder in (element, *element.iterancestors()):
            if holder in self.spots:
                return self.spots[holder]
        inside = next((each for each in element.iter(name("p")) if each in self.spots), None)
        if inside is not None:
            return self.spots[inside]
        before = next((each for each in element.itersiblings(name("p"), preceding=True)), None)
        return self.spots.get(before, Spot()) if before is not None else Spot()

    def find(
        self, code: str, spot: Spot | None = None, severity: Severity | None = None, **arguments: Any
    ) -> Diagnostic:
        """A finding about the template, told where a person sees it."""
        where = spot.words() if spot else ""
        return find(code, Location(self.file), severity=severity, where=where, **arguments)


def open_template(kind: Kind, content: bytes, file: str) -> WordTemplate | None:
    """The template; None when it is no Word file."""
    try:
        package = read_package(with_declared_ids(content, kind))
        trees = printed_parts(package)
        styles = parse(package.parts[STYLES])
    except (PackageError, KeyError, etree.XMLSyntaxError):
        return None
    return WordTemplate(kind, file, package, trees, styles)


def value(element: Element | None, key: str = "val") -> str:
    """An attribute of WordprocessingML; empty when the element or the attribute is not there."""
    return "" if element is None else str(element.get(name(key)) or "")


def is_on(element: Element | None) -> bool:
    """Whether a switch is there and not turned off."""
    return element is not None and (element.get(name("val")) or "1") not in OFF


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
