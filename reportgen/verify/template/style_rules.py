"""The styles part of a Word file in; what each style comes to, with what it inherits, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from reportgen.diagnostics import Bilingual
from reportgen.render.word.markup import Element, name
from reportgen.verify.template.word import OFF, value

DEEPEST: Final = 20
POINTS_PER_TWIP: Final = 0.05


@dataclass(frozen=True, slots=True)
class Property:
    """One thing a style says: where it stands, what holds when nothing is said, and how people read it.

    `keys` are attributes that may hold it, the first that is there counts.
    """

    label: Bilingual
    element: str
    keys: tuple[str, ...] = ("val",)
    default: str = ""
    unit: str = ""
    is_look: bool = False


def _length(zh: str, en: str, element: str, *keys: str, unit: str = "pt") -> Property:
    return Property(Bilingual(zh, en), element, keys, "0", unit)


def _switch(zh: str, en: str, element: str, default: str = "off", *, is_look: bool = False) -> Property:
    return Property(Bilingual(zh, en), element, ("val",), default, "switch", is_look)


PARAGRAPH: Final = (
    _length("段前间距", "space before", "spacing", "before"),
    _length("段后间距", "space after", "spacing", "after"),
    Property(Bilingual("行距", "line pitch"), "spacing", ("line",), "240", "pt"),
    Property(Bilingual("行距方式", "line rule"), "spacing", ("lineRule",), "auto", "rule"),
    _length("左缩进", "left indent", "ind", "left", "start"),
    _length("右缩进", "right indent", "ind", "right", "end"),
    _length("首行缩进", "first line indent", "ind", "firstLine"),
    _length("悬挂缩进", "hanging indent", "ind", "hanging"),
    _length("按字符的左缩进", "left indent in characters", "ind", "leftChars", "startChars", unit="count"),
    _length("按字符的首行缩进", "first line indent in characters", "ind", "firstLineChars", unit="count"),
    _length("按字符的悬挂缩进", "hanging indent in characters", "ind", "hangingChars", unit="count"),
    _length("按行的段前间距", "space before in lines", "spacing", "beforeLines", unit="count"),
    _length("按行的段后间距", "space after in lines", "spacing", "afterLines", unit="count"),
    Property(Bilingual("对齐方式", "alignment"), "jc", ("val",), "left", "side"),
    _switch("与下段同页", "keep with next", "keepNext"),
    _switch("段前分页", "page break before", "pageBreakBefore"),
    _switch("孤行控制", "widow control", "widowControl", "on"),
    _switch("按中文习惯控制首尾字符", "forbidden characters at line ends", "kinsoku", "on"),
    _switch("允许标点溢出边界", "hanging punctuation", "overflowPunct", "on"),
    _switch("允许行首标点压缩", "punctuation compressed at line start", "topLinePunct"),
    _switch("自动调整中文与西文的间距", "space between Chinese and Latin", "autoSpaceDE", "on"),
    _switch("自动调整中文与数字的间距", "space between Chinese and digits", "autoSpaceDN", "on"),
    _switch("自动调整右缩进", "right indent adjusted to the grid", "adjustRightInd", "on"),
    _switch("对齐网格", "snap to grid", "snapToGrid", "on"),
    _switch("同样式段落间不加空格", "no space between paragraphs of this style", "contextualSpacing"),
    Property(Bilingual("大纲级别", "outline level"), "outlineLvl", ("val",), "9", "count"),
    Property(Bilingual("自动编号", "automatic numbering"), "numPr", ("present",), "off", "switch"),
)
LETTERS: Final = (
    Property(Bilingual("中文字体", "Chinese font"), "rFonts", ("eastAsia",)),
    Property(Bilingual("西文字体", "Latin font"), "rFonts", ("ascii",)),
    Property(Bilingual("西文字体", "Latin font"), "rFonts", ("hAnsi",)),
    Property(Bilingual("字号", "size"), "sz", ("val",), "20", "half"),
    _length("字符间距", "letter spacing", "spacing", "val"),
    Property(Bilingual("字符缩放", "character scaling"), "w", ("val",), "100", "count"),
    _length("字符升降", "raised or lowered letters", "position", "val", unit="half"),
    _switch("隐藏文字", "hidden text", "vanish"),
    _switch("加粗", "bold", "b", is_look=True),
    _switch("倾斜", "italics", "i", is_look=True),
)
GROUPS: Final = {"pPr": PARAGRAPH, "rPr": LETTERS}
LEADS: Final = tuple(each for each in PARAGRAPH if each.keys[0] in ("firstLine", "hanging"))
"""Two ways to say where the first line starts: who says one takes the other back."""

SIDES: Final = {"start": "left", "end": "right"}

Rules = Mapping[Property, str]


@dataclass(frozen=True)
class StyleBook:
    """The styles of one part, by id. Not slotted: what is asked for is worked out once."""

    tree: Element
    worked_out: dict[Element, Rules] = field(default_factory=dict)

    @cached_property
    def styles(self) -> Mapping[str, Element]:
        """Every style by its id."""
        return {value(style, "styleId"): style for style in self.tree.iter(name("style"))}

    @cached_property
    def defaults(self) -> Rules:
        """What holds where no style says anything."""
        known = {each: each.default for group in GROUPS.values() for each in group}
        for holder in self.tree.iter(name("rPrDefault"), name("pPrDefault")):
            known |= own_rules(holder)
        return known

    def rules(self, style: Element) -> Rules:
        """What a style comes to."""
        return self._rules(style, DEEPEST)

    def _rules(self, style: Element, depth: int) -> Rules:
        known = self.worked_out.get(style)
        if known is None:
            base = self._base(style)
            above = self.defaults if base is None or not depth else self._rules(base, depth - 1)
            own = own_rules(style)
            leading = dict.fromkeys(LEADS, "0") if any(lead in own for lead in LEADS) else {}
            known = self.worked_out[style] = {**above, **leading, **own}
        return known

    def _base(self, style: Element) -> Element | None:
        return self.styles.get(value(style.find(name("basedOn"))))


def own_rules(holder: Element) -> Rules:
    """What a style itself says."""
    return dict(_own(holder))


def _own(holder: Element) -> Iterator[tuple[Property, str]]:
    for group, properties in GROUPS.items():
        inside = holder.find(name(group))
        if inside is None:
            continue
        said = {child.tag: child for child in inside}
        for each in properties:
            element = said.get(name(each.element))
            if element is not None and (text := _read(each, element)) is not None:
                yield each, text


def _read(each: Property, element: Element) -> str | None:
    """What an element says of a property, in one form however it is written; None when it is silent."""
    if each.unit == "switch":
        return "off" if (element.get(name("val")) or "1") in OFF else "on"
    text = next((str(element.get(name(key))) for key in each.keys if element.get(name(key))), None)
    return SIDES.get(text, text) if text else None


def shown(each: Property, text: str) -> Bilingual:
    """A value as people read it."""
    show = SHOWN.get(each.unit)
    try:
        return show(text) if show else Bilingual(text or "（未设）", text or "(none)")
    except ValueError:
        return Bilingual(text, text)


def _points(share: float) -> Callable[[str], Bilingual]:
    def show(text: str) -> Bilingual:
        number = f"{int(text) * share:g}"
        return Bilingual(f"{number}磅", f"{number} pt")

    return show


def _from(words: Mapping[str, tuple[str, str]]) -> Callable[[str], Bilingual]:
    return lambda text: Bilingual(*words.get(text, (text, text)))


SHOWN: Final[Mapping[str, Callable[[str], Bilingual]]] = {
    "pt": _points(POINTS_PER_TWIP),
    "half": _points(0.5),
    "switch": _from({"on": ("开", "on"), "off": ("关", "off")}),
    "rule": _from(
        {"auto": ("倍数", "multiple"), "exact": ("固定值", "exactly"), "atLeast": ("最小值", "at least")}
    ),
    "side": _from(
        {
            "left": ("左对齐", "left"),
            "right": ("右对齐", "right"),
            "center": ("居中", "centred"),
            "both": ("两端对齐", "justified"),
        }
    ),
}
