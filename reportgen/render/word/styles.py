"""The styles of a kind in; styles.xml and fontTable.xml out: eastAsia fonts by name everywhere, no theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from reportgen.render.geometry import has_own_latin
from reportgen.render.word.markup import Element, flag, part, twips, w
from reportgen.render.word.sheet import Sheet, Style


def draw_styles(sheet: Sheet, own: Iterable[Element]) -> bytes:
    """The part word/styles.xml; `own` are the styles that only the Word file has."""
    return part(styles_tree(sheet, own))


def styles_tree(sheet: Sheet, own: Iterable[Element]) -> Element:
    """The same as a tree."""
    paragraphs = [paragraph_style(sheet, style) for style in sheet.paragraphs.values()]
    runs = [run_style(sheet, style) for style in sheet.runs.values()]
    return w("styles", _defaults(sheet), _latent(), *_built_in(sheet), *paragraphs, *runs, *own)


def draw_font_table(sheet: Sheet) -> bytes:
    """The part word/fontTable.xml: other names tell Word which font to take where one is not installed."""
    fonts = [_font(face.name, face.others, "86") for face in map(sheet.face, sheet.fonts["roles"])]
    latin = sorted({sheet.latin(role) for role in sheet.fonts["roles"]})
    return part(w("fonts", *fonts, *(_font(name, (), "00") for name in latin)))


def _font(name: str, others: tuple[str, ...], charset: str) -> Element:
    alternative = w("altName", val=",".join(others)) if others else None
    return w(
        "font",
        alternative,
        w("charset", val=charset),
        w("family", val="auto"),
        w("pitch", val="default"),
        name=name,
    )


def fonts(sheet: Sheet, role: str, *, own_latin: bool = False) -> Element:
    """The fonts of a role; “ ” — … take the Chinese face (`hint`), Latin letters too where `own_latin`."""
    face = sheet.face(role).name
    latin = face if own_latin else sheet.latin(role)
    return w("rFonts", hint="eastAsia", ascii=latin, eastAsia=face, hAnsi=latin, cs=latin)


def _defaults(sheet: Sheet) -> Element:
    body = sheet.paragraphs["body"]
    language = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    letters = w("rPr", fonts(sheet, body.entry["font"]), *sizes(body.size), language)
    return w("docDefaults", w("rPrDefault", letters), w("pPrDefault"))


def sizes(size: Decimal) -> tuple[Element, Element]:
    """The size of letters, in half points as Word counts."""
    half_points = int(size * 2)
    return w("sz", val=half_points), w("szCs", val=half_points)


def _latent() -> Element:
    """Built-in styles that are not drawn stay out of the clerk's sight."""
    return w(
        "latentStyles",
        defLockedState="0",
        defUIPriority="99",
        defSemiHidden="1",
        defUnhideWhenUsed="1",
        defQFormat="0",
        count="376",
    )


def _built_in(sheet: Sheet) -> tuple[Element, ...]:
    """The defaults of every Word file; all paragraphs rest on Normal, which holds the rules of lines."""
    body = sheet.paragraphs["body"]
    normal = w(
        "style",
        w("name", val="Normal"),
        w("qFormat"),
        w("pPr", *line_rules(), w("spacing", before="0", after="0", line=sheet.pitch, lineRule="exact")),
        w("rPr", fonts(sheet, body.entry["font"]), *sizes(body.size)),
        type="paragraph", default="1", styleId="Normal",
    )  # fmt: skip
    letters = _default("character", "DefaultParagraphFont", "Default Paragraph Font")
    table = _default("table", "TableNormal", "Normal Table")
    table.append(w("tblPr", w("tblInd", w="0", type="dxa"), margins(0, 0)))
    return normal, letters, table, _default("numbering", "NoList", "No List")


def _default(kind: str, style_id: str, name: str) -> Element:
    marks = (w("uiPriority", val="99"), w("semiHidden"), w("unhideWhenUsed"))
    return w("style", w("name", val=name), *marks, type=kind, default="1", styleId=style_id)


def line_rules() -> tuple[Element | None, ...]:
    """What makes lines break as the grid says: kinsoku, nothing hanging or squeezed, no space added."""
    return (
        flag("widowControl", False),
        flag("kinsoku", True),
        flag("overflowPunct", False),
        flag("topLinePunct", False),
        flag("autoSpaceDE", False),
        flag("autoSpaceDN", False),
        flag("adjustRightInd", False),
        flag("snapToGrid", False),
    )


def paragraph_style(sheet: Sheet, style: Style) -> Element:
    """One paragraph style; a built-in name (`base`) is kept, so that Word knows it, and ours is its alias."""
    base = style.entry.get("base")
    names = (w("name", val=base), w("aliases", val=style.name)) if base else (w("name", val=style.name),)
    return w(
        "style", *names, w("basedOn", val="Normal"), w("uiPriority", val="1"), w("qFormat"),
        w("pPr", *_paragraph_rules(sheet, style)), w("rPr", *_letters(sheet, style)),
        type="paragraph", customStyle=None if base else "1", styleId=style.id,
    )  # fmt: skip


def _paragraph_rules(sheet: Sheet, style: Style) -> tuple[Element | None, ...]:
    entry = style.entry
    outline = entry.get("outline")
    return (
        w("keepNext") if entry.get("keep-next") else None,
        w("pageBreakBefore") if entry.get("page-break") else None,
        w("shd", val="clear", color="auto", fill=entry["fill"]) if "fill" in entry else None,
        _tab(sheet, style),
        _spacing(sheet, entry),
        _indent(sheet, style),
        w("contextualSpacing") if entry.get("joined") else None,
        w("jc", val=entry.get("align", "left")),
        w("outlineLvl", val=int(outline) - 1) if outline else None,
    )


def _tab(sheet: Sheet, style: Style) -> Element | None:
    """The stop that sets the second half of a line against the right edge."""
    if "tab" not in style.entry:
        return None
    return w("tabs", w("tab", val=style.entry["tab"], pos=tab_stop(sheet, style)))


def tab_stop(sheet: Sheet, style: Style) -> int:
    """Where a line of two halves ends, in twips."""
    inset = Decimal(str(style.entry.get("inset", 0))) * (style.size - sheet.closer(style.size))
    before, _ = sheet.beside(style)
    return before + sheet.area - twips(inset, "pt")


def _spacing(sheet: Sheet, entry: Any) -> Element:
    """Space before and after in lines of the grid; the line itself exact unless it holds pictures."""
    before, after = (int(Decimal(str(entry.get(side, 0))) * sheet.pitch) for side in ("before", "after"))
    pitch = entry.get("pitch")
    if pitch == "auto":
        return w("spacing", before=before, after=after, line="240", lineRule="auto")
    line = twips(pitch, "pt") if pitch else sheet.pitch
    return w("spacing", before=before, after=after, line=line, lineRule="exact")


def _indent(sheet: Sheet, style: Style) -> Element | None:
    """Indents in characters: `indent` of the first line, `hang` of the others, `inset` of both sides."""
    character = style.size - sheet.closer(style.size)
    first, others, inset = (Decimal(str(style.entry.get(key, 0))) for key in ("indent", "hang", "inset"))
    before, behind = sheet.beside(style)
    if not (first or others or inset or before or behind):
        return None
    left = twips((others + inset) * character, "pt") + before
    right = twips(inset * character, "pt") + behind
    lead = twips((first - others) * character, "pt")
    first_line = {"firstLine": lead} if lead >= 0 else {"hanging": -lead}
    return w("ind", left=left, right=right or None, **first_line)


def _letters(sheet: Sheet, style: Style) -> tuple[Element | None, ...]:
    entry = style.entry
    closer = twips(sheet.closer(style.size), "pt")
    return (
        fonts(sheet, entry["font"], own_latin=has_own_latin(entry)),
        w("color", val=entry["color"]) if "color" in entry else None,
        w("spacing", val=-closer) if closer else None,
        *sizes(style.size),
    )


def named(kind: str, identifier: str, label: str, base: str, *rules: Element) -> Element:
    """A style of our own: `kind` is paragraph, character or table."""
    about = (w("name", val=label), w("basedOn", val=base), w("uiPriority", val="1"), w("qFormat"))
    return w("style", *about, *rules, type=kind, customStyle="1", styleId=identifier)


def run_style(sheet: Sheet, style: Style) -> Element:
    """One character style."""
    letters = w("rPr", *run_letters(sheet, style.entry))
    return named("character", style.id, style.name, "DefaultParagraphFont", letters)


def run_letters(sheet: Sheet, entry: Mapping[str, Any]) -> tuple[Element | None, ...]:
    """What a character style says of its letters."""
    background = entry.get("background")
    return (
        fonts(sheet, entry["font"], own_latin=has_own_latin(entry)) if "font" in entry else None,
        w("shd", val="clear", color="auto", fill=background) if background else None,
    )


def margins(x: int, y: int) -> Element:
    """The space between a cell's edge and its text, in twips."""
    widths = {"top": y, "left": x, "bottom": y, "right": x}
    return w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in widths.items()))
