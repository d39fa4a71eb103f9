"""A web page in; the texts of its document that readers would not see, or would see otherwise, out.

A rule is held against every text it may fit: what stands in brackets or after a colon in its selector is not
asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from lxml import etree

from reportgen.verify.conformance.contrast import every_rule, is_within, marks_of, read_selector, sheets

NOUGHT: Final = re.compile(r"0*\.?0*(px|pt|em|rem|%|mm|cm|in|vw|vh)?")
FAR: Final = re.compile(r"-\s*(\d{3,}|\d{2,}(em|rem|mm|cm|in|vw|vh|%))")
OTHER: Final = re.compile(r"(?!(none|normal|auto|initial|inherit|unset|static|relative|sticky)\b)")
HIDING: Final[Mapping[str, re.Pattern[str]]] = {
    **{"display": re.compile("none"), "visibility": re.compile("hidden|collapse")},
    **{"content-visibility": re.compile("hidden")},
    "color": re.compile(r"transparent|rgba\(.*[,/]\s*0?\.?0*\)"),
    **{"opacity": re.compile(r"0?\.[0-6]\d*$|0$|[0-6]?\d%"), "zoom": re.compile(r"0?\.?[0-4]\d*$")},
    **dict.fromkeys(("font-size", "height", "max-height", "max-width", "line-height"), NOUGHT),
    **dict.fromkeys(("text-indent", "left", "right", "top", "margin-left", "margin-top", "margin"), FAR),
    **dict.fromkeys(("position", "clip", "clip-path", "transform", "filter", "text-transform"), OTHER),
    **dict.fromkeys(("mask", "mask-image", "scale", "translate", "-webkit-text-security"), OTHER),
    **{"order": re.compile(r"-?[1-9]"), "flex-direction": re.compile(r".*reverse")},
    **{"direction": re.compile("rtl"), "unicode-bidi": re.compile(".*override")},
    **dict.fromkeys(("text-decoration", "text-decoration-line"), re.compile(".*line-through")),
}
"""What a declaration does to a text when its value fits."""
ADDED: Final = re.compile(r"""(?!normal|none|["']\s*["'])""")
PSEUDO: Final = re.compile(r":[\w-]+(\([^()]*\))?|\[[^\]]*\]")
GENERATED: Final = re.compile(r"::?(before|after|marker|first-line|first-letter)\b")
RESTYLING: Final = frozenset(
    {"del", "s", "strike", "sub", "sup", "ins", "bdo", "ruby", "rt", "rp", "details", "dialog", "marquee"}
)
"""Elements that change what a text says, without changing its letters."""
Chains = Mapping[etree._Element, tuple[frozenset[str], ...]]
"""Every element that holds text, with what itself and those around it can be named by."""
MOST: Final = 20
NAMED: Final = 30


def hidden_texts(page: etree._Element) -> Iterator[tuple[str, str]]:
    """What hides or changes a text, and how the text begins; each rule once, with the first of its texts."""
    main = page.find(".//main")
    if main is None:
        return
    chains = {**around(main), **dict(texts_below(main, above(main)))}
    yield from islice(by_elements(chains), MOST)
    yield from islice(by_attributes(chains), MOST)
    yield from islice(by_rules(page, chains), MOST)


def texts_below(
    main: etree._Element, chain: tuple[frozenset[str], ...]
) -> Iterator[tuple[etree._Element, tuple[frozenset[str], ...]]]:
    """Every element that holds text, and what those around it can be named by."""
    waiting = [(main, chain)]
    while waiting:
        element, around = waiting.pop()
        if not isinstance(element.tag, str) or element.tag == "caption":
            continue
        here = (*around, marks_of(element))
        if opening(element):
            yield element, here
        waiting += [(child, here) for child in reversed(element)]


def above(element: etree._Element) -> tuple[frozenset[str], ...]:
    """What the elements around one can be named by, the outermost first."""
    return tuple(marks_of(item) for item in reversed(list(element.iterancestors())))


def around(main: etree._Element) -> Chains:
    """The elements around the document: what hides them hides it, what changes them changes it."""
    return {item: (*above(item), marks_of(item)) for item in main.iterancestors()}


def opening(element: etree._Element) -> str:
    """How the text of an element begins; a picture is told by its alternative text."""
    main = element.find(".//main") if element.tag in ("html", "body") else None
    parts = (str(text).strip() for text in (element if main is None else main).itertext())
    text = next((part for part in parts if part), "")
    return text[:NAMED] or next((str(image.get("alt"))[:NAMED] for image in element.iter("img")), "")


def by_elements(chains: Chains) -> Iterator[tuple[str, str]]:
    """Texts in elements that strike out, raise, fold away."""
    for element in chains:
        if str(element.tag).lower() in RESTYLING:
            yield f"<{element.tag}>", opening(element)


def by_attributes(chains: Chains) -> Iterator[tuple[str, str]]:
    """Texts that are hidden where they stand."""
    for element in chains:
        if element.get("hidden") is not None:
            yield "hidden", opening(element)
        for declared in hiding(str(element.get("style") or "")):
            yield declared, opening(element)


def by_rules(page: etree._Element, chains: Chains) -> Iterator[tuple[str, str]]:
    """Texts that are hidden by a rule of the page's sheets, on a screen or on paper."""
    for sheet in sheets(page):
        for selectors, declarations in every_rule(sheet):
            for selector in selectors.split(","):
                added = GENERATED.search(selector) is not None
                found = list(generated(declarations) if added else hiding(declarations))
                text = first_match(selector, chains) if found else ""
                if text:
                    yield from ((f"{selector.strip()} {{ {declared} }}", text) for declared in found)


def first_match(selector: str, chains: Chains) -> str:
    """The first text that a selector may fit; nothing where it fits none."""
    steps = read_selector(re.sub("[+~]", " ", PSEUDO.sub("", GENERATED.sub("", selector))))
    for element, chain in chains.items() if steps else ():
        if steps[-1] <= chain[-1] and is_within(steps[:-1], chain[:-1]):
            return opening(element)
    return ""


def declarations_of(text: str) -> Iterator[tuple[str, str]]:
    """The properties a text declares, with their values."""
    for declaration in text.split(";"):
        name, _, value = (part.strip().lower() for part in declaration.partition(":"))
        yield name, value.replace("!important", "").strip()


def hiding(text: str) -> Iterator[str]:
    """The declarations that hide a text, move it away or show it otherwise."""
    for name, value in declarations_of(text):
        if value and name in HIDING:
            pattern = HIDING[name]
            found = pattern.fullmatch(value) if pattern is NOUGHT else pattern.match(value)
            if found:
                yield f"{name}: {value}"


def generated(text: str) -> Iterator[str]:
    """The declarations that put words beside a text."""
    for name, value in declarations_of(text):
        if name == "content" and ADDED.match(value):
            yield f"{name}: {value}"


def texts_outside(page: etree._Element) -> Iterator[str]:
    """The beginning of every text that stands neither in the document nor in what the page says above it."""
    body = page.find(".//body")
    if body is None or body.find("main") is None:
        return
    for child in body:
        if child.tag not in ("main", "header") and isinstance(child.tag, str) and opening(child):
            yield opening(child)
    tails = [body.text, *(child.tail for child in body)]
    yield from (str(tail).strip()[:NAMED] for tail in tails if tail and tail.strip())
