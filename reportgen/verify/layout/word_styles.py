"""The parts of a Word file in; what its paragraphs and runs look like in effect out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportgen.render.package import Package, parse
from reportgen.render.word.markup import name

if TYPE_CHECKING:
    from reportgen.render.word.markup import Element

STYLES: Final = "word/styles.xml"
SETTINGS: Final = "word/settings.xml"
THEME: Final = "word/theme/theme1.xml"
DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DEPTH: Final = 40
"""Styles that rest on one another, at most; longer chains go in a circle."""
GROUPS: Final = frozenset({name("spacing"), name("ind"), name("rFonts")})
"""Elements whose attributes are inherited one by one."""

Properties = Mapping[str, str]
"""What holds for a paragraph or a run: `jc`, `ind.firstLine`, `sz`, `rFonts.eastAsia` and so on."""


@dataclass(slots=True)
class Styles:
    """The styles of a Word file; `resolve` follows what each rests on."""

    elements: Mapping[str, Element]
    defaults: Mapping[str, Properties]
    default_style: str
    theme_fonts: Mapping[str, str]
    kept: dict[tuple[str, str], Properties] = field(default_factory=dict)

    def resolve(self, style: str, part: str) -> Properties:
        """The properties (`pPr` or `rPr`) of a style with those of the styles it rests on."""
        key = style, part
        if key not in self.kept:
            chain = list(self.chain(style))
            merged: dict[str, str] = {}
            for element in reversed(chain):
                merged.update(flatten(element.find(name(part))))
            self.kept[key] = merged
        return self.kept[key]

    def in_effect(self, style: str, part: str) -> Properties:
        """The properties of a style over the defaults of the document."""
        key = style, f"{part} in effect"
        if key not in self.kept:
            self.kept[key] = {**self.defaults[part], **self.resolve(style, part)}
        return self.kept[key]

    def chain(self, style: str) -> Iterator[Element]:
        """A style and those it rests on."""
        for _ in range(DEPTH):
            element = self.elements.get(style)
            if element is None:
                return
            yield element
            base = element.find(name("basedOn"))
            style = value_of(base)

    def font(self, properties: Properties) -> str:
        """The font of Chinese letters, that of a theme by its name."""
        theme = properties.get("rFonts.eastAsiaTheme", "")
        if theme:
            return self.theme_fonts.get(theme[:5], "") or f"主题字体{theme}"
        return properties.get("rFonts.eastAsia", "")


def value_of(element: Element | None) -> str:
    """The `val` of an element; empty without one."""
    return "" if element is None else str(element.get(name("val")) or "")


def flatten(properties: Element | None) -> dict[str, str]:
    """The properties of an element by name; of grouped ones each attribute by itself."""
    flat: dict[str, str] = {}
    for child in () if properties is None else properties.iterchildren("*"):
        tag = str(child.tag).rpartition("}")[2]
        if child.tag in GROUPS:
            flat.update(
                {f"{tag}.{str(key).rpartition('}')[2]}": str(text) for key, text in child.attrib.items()}
            )
        else:
            flat[tag] = str(child.get(name("val")) or "1")
    if "rFonts.eastAsia" in flat and "rFonts.eastAsiaTheme" not in flat:
        flat["rFonts.eastAsiaTheme"] = ""  # a font of one's own takes the place of a theme's
    return flat


def read_styles(package: Package) -> Styles:
    """The styles of a Word file; none when it has no part for them."""
    if STYLES not in package.parts:
        return Styles({}, {"pPr": {}, "rPr": {}}, "", {})
    root = parse(package.parts[STYLES])
    styles = {str(style.get(name("styleId"))): style for style in root.iterchildren(name("style"))}
    defaults = {
        part: flatten(root.find(f"{name('docDefaults')}/{name(part + 'Default')}/{name(part)}"))
        for part in ("pPr", "rPr")
    }
    first = next(
        (
            key
            for key, style in styles.items()
            if style.get(name("type")) == "paragraph" and style.get(name("default")) in ("1", "true", "on")
        ),
        "",
    )
    return Styles(styles, defaults, first, read_theme(package))


def read_theme(package: Package) -> Mapping[str, str]:
    """The fonts of Chinese letters of a theme: `major` and `minor`."""
    if THEME not in package.parts:
        return {}
    root = parse(package.parts[THEME])
    found = {}
    for kind in ("major", "minor"):
        group = root.find(f".//{DRAWING}{kind}Font")
        if group is not None:
            scripts = {
                str(font.get("script")): str(font.get("typeface"))
                for font in group.iterchildren(f"{DRAWING}font")
            }
            own = group.find(f"{DRAWING}ea")
            found[kind] = ("" if own is None else str(own.get("typeface") or "")) or scripts.get("Hans", "")
    return found
