"""A Word template in; findings out about styles that are not those of the kind's layout and fonts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lxml import etree

from reportgen.diagnostics import Bilingual, Diagnostic, Severity
from reportgen.render.word.markup import Element, name
from reportgen.render.word.own_styles import own_styles
from reportgen.render.word.styles import styles_tree
from reportgen.verify.template.style_rules import SIDES, Property, Rules, StyleBook, own_rules, shown
from reportgen.verify.template.word import WordTemplate, local, value

SLACK: Final = 1
"""Programs round lengths: so many units (twips) may differ."""

FEW: Final = 3
FRAMES: Final = (
    ("tblCellMar", "w", "单元格边距（二十分之一磅）", "cell margins (twentieths of a point)"),
    ("tblBorders", "sz", "框线宽度（八分之一磅）", "width of lines (eighths of a point)"),
)
NAMING: Final = ("pStyle", "rStyle", "tblStyle")
DRAWN: Final = ("paragraph", "character")


def check_styles(template: WordTemplate) -> Iterator[Diagnostic]:
    """Missing styles, then each style beside the one the kind's data draw, then fonts of themes.

    What many styles say wrongly, as they inherit it, is told once.
    """
    declared = StyleBook(styles_tree(template.sheet, own_styles(template.sheet)))
    book = StyleBook(template.styles)
    wrong: dict[tuple[Property, str, str], list[str]] = {}
    for model in declared.styles.values():
        if value(model, "type") not in DRAWN or value(model, "default"):
            continue
        style = book.styles.get(value(model, "styleId"))
        if style is None:
            yield template.find("word-template-style-missing", name=_label(model))
            continue
        lost = _font_of(model) and not _font_of(style)
        if lost:
            yield template.find("word-template-font", name=_label(model))
        for each, found, expected in _differences(_rules(book, style), _rules(declared, model)):
            if not (lost and each.element == "rFonts"):
                wrong.setdefault((each, found, expected), []).append(_label(model))
    for (each, found, expected), names in wrong.items():
        yield _unlike(template, each, (found, expected), names)
    for model in declared.styles.values():
        style = book.styles.get(value(model, "styleId"))
        if value(model, "type") == "table" and not value(model, "default"):
            yield from _table_style(template, model, style)
    yield from _theme_fonts(template)
    for identifier in _unknown(template):
        yield template.find("word-template-style-missing", name=identifier)


def _unknown(template: WordTemplate) -> Iterator[str]:
    """The ids of styles that something names and the file does not have, each once."""
    named = (node for tree in template.trees.values() for node in tree.iter(*map(name, NAMING)))
    yield from dict.fromkeys(key for node in named if (key := value(node)) not in template.style_names)


def _table_style(template: WordTemplate, model: Element, style: Element | None) -> Iterator[Diagnostic]:
    """Lines and padding of the tables' style."""
    if style is None:
        yield template.find("word-template-style-missing", name=_label(model))
        return
    for tag, key, zh, en in FRAMES:
        found, expected = _frame(style, tag, key), _frame(model, tag, key)
        if found != expected:
            yield template.find(
                "word-template-geometry",
                names=_listed([_label(model)]),
                what=Bilingual(zh, en),
                found=_sides(found),
                expected=_sides(expected),
            )


def _frame(style: Element, tag: str, key: str) -> Mapping[str, str]:
    """The lengths of a table style's lines or padding by side."""
    held = style.find(f"{name('tblPr')}/{name(tag)}")
    sides = () if held is None else tuple(held)
    return {SIDES.get(local(side), local(side)): value(side, key) for side in sides if value(side, key)}


def _sides(lengths: Mapping[str, str]) -> str | Bilingual:
    return "/".join(dict.fromkeys(lengths.values())) or Bilingual("没有", "nothing")


def _unlike(
    template: WordTemplate, each: Property, values: tuple[str, str], names: Sequence[str]
) -> Diagnostic:
    """A finding on a property that some styles have otherwise than the layout."""
    found, expected = values
    return template.find(
        "word-template-geometry",
        severity=Severity.WARNING if each.is_look else None,
        names=_listed(names),
        what=each.label,
        found=shown(each, found),
        expected=shown(each, expected),
    )


def _listed(names: Sequence[str]) -> Bilingual:
    """Some names, and how many more."""
    some, more = names[:FEW], len(names) - FEW
    zh, en = "、".join(f"“{name}”" for name in some), ", ".join(f"“{name}”" for name in some)
    return Bilingual(f"{zh}等{len(names)}个", f"{en} and {more} more") if more > 0 else Bilingual(zh, en)


def _label(style: Element) -> str:
    """The name of a style as Word shows it: ours, where it is another name of a built-in one."""
    return value(style.find(name("aliases"))) or value(style.find(name("name")))


def _font_of(style: Element) -> str:
    """The Chinese font a style names itself."""
    return value(style.find(f"{name('rPr')}/{name('rFonts')}"), "eastAsia")


def _differences(found: Rules, wanted: Rules) -> Iterator[tuple[Property, str, str]]:
    """What differs: the property, what was found, what is wanted."""
    for each, expected in wanted.items():
        text = found.get(each, each.default)
        if _differs(each, expected, text):
            yield each, text, expected


def _rules(book: StyleBook, style: Element) -> Rules:
    """What a style comes to; a character style says only what it says itself."""
    return book.rules(style) if value(style, "type") == "paragraph" else own_rules(style)


def _differs(each: Property, expected: str, found: str) -> bool:
    if expected == found:
        return False
    try:
        return each.unit not in ("pt", "half") or abs(int(expected) - int(found)) > SLACK
    except ValueError:
        return True


def _theme_fonts(template: WordTemplate) -> Iterator[Diagnostic]:
    """Fonts that the theme names, wherever they are set: they beat the named ones."""
    for holder in template.styles.iter(name("rFonts")):
        if _is_themed(holder):
            style = next(holder.iterancestors(name("style")), None)
            label = "" if style is None else _label(style)
            yield template.find("word-template-theme-font", name=label or "docDefaults")
    for tree in template.trees.values():
        for holder in filter(_is_themed, tree.iter(name("rFonts"))):
            yield template.find("word-template-theme-font-here", template.spot(holder))


def _is_themed(fonts: Element) -> bool:
    return any(etree.QName(key).localname.endswith("Theme") for key in map(str, fonts.attrib))
