"""A web page in; its texts that stand out too little from what is behind them out.

Only rules that declare colours are read, with the selectors a page of ours uses; what a rule of another form
says is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

Colour = tuple[int, int, int]
Waiting = tuple[etree._Element, tuple[frozenset[str], ...], Colour, Colour]
"""An element, what those around it can be named by, and the colours of text and ground around it."""

COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING: Final = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
COMPOUND: Final = re.compile(r"(?P<tag>\*|[a-z][a-z0-9]*)?(?P<rest>(?:[.#][\w-]+)*)", re.IGNORECASE)
NAMES: Final = {
    **{"black": (0, 0, 0), "silver": (192, 192, 192), "gray": (128, 128, 128), "grey": (128, 128, 128)},
    **{"white": (255, 255, 255), "maroon": (128, 0, 0), "red": (255, 0, 0), "purple": (128, 0, 128)},
    **{"fuchsia": (255, 0, 255), "green": (0, 128, 0), "lime": (0, 255, 0), "olive": (128, 128, 0)},
    **{"yellow": (255, 255, 0), "navy": (0, 0, 128), "blue": (0, 0, 255), "teal": (0, 128, 128)},
    **{"aqua": (0, 255, 255), "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211)},
    **{"darkgray": (169, 169, 169), "orange": (255, 165, 0), "pink": (255, 192, 203)},
}
INHERITING: Final = frozenset({"inherit", "currentcolor", "transparent", "none", "unset", "initial"})
MOST: Final = 20
"""Findings of one page."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector as steps from the outermost to the element, its weight, and the colours it declares."""

    steps: tuple[frozenset[str], ...]
    weight: tuple[int, int, int, int]
    colours: Mapping[str, str]


def find_low_contrast(page: etree._Element, least: float) -> list[tuple[str, float]]:
    """The beginning of every text whose contrast is below the least, with its contrast."""
    rules = sorted(read_rules(page), key=lambda rule: rule.weight)
    found: dict[tuple[Colour, Colour], tuple[str, float]] = {}
    waiting: list[Waiting] = [(page, (), (0, 0, 0), (255, 255, 255))]
    while waiting and len(found) < MOST:
        element, above, text_colour, ground = waiting.pop()
        chain = (*above, marks_of(element))
        declared = declared_colours(element, chain, rules)
        text_colour = resolve(declared.get("color", ""), text_colour)
        ground = resolve(declared.get("background", ""), ground)
        text = str(element.text or "").strip()
        ratio = contrast(text_colour, ground)
        if text and ratio < least and element.tag not in ("style", "title", "script"):
            found.setdefault((text_colour, ground), (text, ratio))
        waiting += [(child, chain, text_colour, ground) for child in element if isinstance(child.tag, str)]
    return list(found.values())


def read_rules(page: etree._Element) -> Iterator[Rule]:
    """The rules of the page's sheets that declare colours for a screen."""
    order = 0
    for sheet in sheets(page):
        for selectors, declarations in every_rule(STRING.sub('""', sheet), paper=False):
            colours = read_colours(declarations)
            for selector in selectors.split(",") if colours else ():
                order += 1
                steps = read_selector(selector)
                if steps:
                    yield Rule(steps, (*specificity(steps), order), colours)


def sheets(page: etree._Element) -> Iterator[str]:
    """The style sheets of a page, without comments."""
    yield from (COMMENT.sub("", str(style.text or "")) for style in page.iter("style"))


def every_rule(sheet: str, *, paper: bool = True) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of every rule, with those that hold on paper only where asked for."""
    position = 0
    while (start := sheet.find("{", position)) >= 0:
        prelude = sheet[position:start].rpartition(";")[2].strip()
        end = closing(sheet, start)
        body = sheet[start + 1 : end]
        if prelude.startswith(("@media", "@supports", "@layer")):
            if paper or "print" not in prelude:
                yield from every_rule(body, paper=paper)
        elif not prelude.startswith("@"):
            yield prelude, body
        position = end + 1


def closing(sheet: str, start: int) -> int:
    """Where the brace that opens at a place is closed; the end of the sheet when it is not."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(sheet, start):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return len(sheet)


def read_colours(declarations: str) -> dict[str, str]:
    """The colours a rule declares: of the text, and of what is behind it."""
    found: dict[str, str] = {}
    if "color" not in declarations and "background" not in declarations:
        return found
    for declaration in declarations.split(";"):
        name, _, value = (part.strip().lower() for part in declaration.partition(":"))
        if name in ("color", "background-color", "background") and value:
            found[name.removesuffix("-color") if name != "color" else name] = value.replace(
                "!important", ""
            ).strip()
    return found


def read_selector(selector: str) -> tuple[frozenset[str], ...]:
    """The steps of a selector; none when it is of a form that is not judged."""
    steps = []
    for part in selector.replace(">", " ").split():
        match = COMPOUND.fullmatch(part)
        if not match:
            return ()
        marks = re.findall(r"[.#][\w-]+", match["rest"])
        tag = (match["tag"] or "*").lower()
        steps.append(frozenset((*marks, *([tag] if tag != "*" else []))))
    return tuple(steps)


def specificity(steps: Sequence[frozenset[str]]) -> tuple[int, int, int]:
    """The weight of a selector: ids, classes, tags."""
    marks = [mark for step in steps for mark in step]
    ids, classes = (sum(mark[0] == sign for mark in marks) for sign in "#.")
    return ids, classes, len(marks) - ids - classes


def marks_of(element: etree._Element) -> frozenset[str]:
    """What selectors can name an element by."""
    classes = (f".{name}" for name in str(element.get("class") or "").split())
    return frozenset((str(element.tag).lower(), f"#{element.get('id')}", *classes))


def declared_colours(
    element: etree._Element, chain: Sequence[frozenset[str]], rules: Sequence[Rule]
) -> dict[str, str]:
    """The colours that hold for an element, the strongest rule last."""
    found: dict[str, str] = {}
    for rule in rules:
        if rule.steps[-1] <= chain[-1] and is_within(rule.steps[:-1], chain[:-1]):
            found.update(rule.colours)
    found.update(read_colours(str(element.get("style") or "")))
    return found


def is_within(steps: Sequence[frozenset[str]], chain: Sequence[frozenset[str]]) -> bool:
    """Whether the elements around one fit the outer steps of a selector."""
    above = iter(chain)
    return all(any(step <= marks for marks in above) for step in steps)


def resolve(value: str, before: Colour) -> Colour:
    """The colour a declaration gives; the one before where it gives none that is known."""
    for word in re.findall(r"#[0-9a-f]+|rgba?\([^)]*\)|[a-z]+", value):
        if word[0] == "#" and len(word) in (4, 5, 7, 9):
            digits = word[1:] if len(word) > 5 else "".join(2 * digit for digit in word[1:])
            return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
        if word.startswith("rgb("):
            numbers = re.findall(r"\d+", word)
            if len(numbers) == 3 and "%" not in word:
                return int(numbers[0]), int(numbers[1]), int(numbers[2])
        if word in NAMES:
            return NAMES[word]
        if word in INHERITING:
            return before
    return before


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of two colours' luminances (WCAG 2.1, 1.4.3): 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """The relative luminance of a colour of sRGB: 0 to 1."""
    shares = (part / 255 for part in colour)
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
