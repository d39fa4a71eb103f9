"""What is known of an archived report in; `metadata.xml` with the elements of DA/T 46-2009 out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape

NAMESPACE: Final = "urn:reportgen:da-t-46-2009:1"
STANDARD: Final = "DA/T 46-2009"
Facts = Mapping[str, Any]
"""`office`, `report`, `fact`: names with a text or texts; `file`, `event`, `signature`: lists of such."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element with its code in the standard (empty when it has none), its text and what is inside."""

    code: str
    name: str
    text: str
    inner: tuple[Element, ...] = ()


def make_elements(declared: Sequence[Mapping[str, Any]], facts: Facts) -> tuple[Element, ...]:
    """The elements that have a value, in the order in which the standard's data file declares them."""
    return tuple(element for entry in declared for element in repeated(entry, facts))


def repeated(entry: Mapping[str, Any], facts: Facts) -> Iterator[Element]:
    """An element, once for everything it is there for."""
    if "each" not in entry:
        yield from made(entry, facts)
        return
    for one in facts.get(entry["each"], ()):
        yield from made(entry, {**facts, "each": one})


def made(entry: Mapping[str, Any], facts: Facts) -> Iterator[Element]:
    """An element, one for each of its texts; none when it has neither text nor insides."""
    inner = make_elements(entry.get("inner", ()), facts)
    texts = values(entry, facts) or ([""] if inner else [])
    for text in texts:
        yield Element(entry["code"], entry["name"], text, inner)


def values(entry: Mapping[str, Any], facts: Facts) -> list[str]:
    """The texts of an element: of the first source that has one, else the fixed one."""
    for source in entry.get("of", ()):
        group, _, name = source.partition(".")
        value = facts.get(group, {}).get(name)
        if value:
            return [str(item) for item in (value if isinstance(value, list | tuple) else [value])]
    return [entry["text"]] if "text" in entry else []


def write_elements(elements: Sequence[Element]) -> bytes:
    """The elements as XML: the names are those of the standard."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<文书类电子文件元数据 xmlns="{NAMESPACE}" 标准="{STANDARD}">',
    ]
    lines += [line for element in elements for line in xml_lines(element, 1)]
    return "\n".join((*lines, "</文书类电子文件元数据>", "")).encode()


def xml_lines(element: Element, depth: int) -> Iterator[str]:
    """The lines of an element."""
    code = f' 编号="{element.code}"' if element.code else ""
    pad, text = " " * depth, escape(element.text)
    if not element.inner:
        yield f"{pad}<{element.name}{code}>{text}</{element.name}>"
        return
    yield f"{pad}<{element.name}{code}>{text}"
    for inner in element.inner:
        yield from xml_lines(inner, depth + 1)
    yield f"{pad}</{element.name}>"


def flaws(entry: Mapping[str, Any], texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the texts of an element: `missing`, `long`, `form`, `choice` or `characters`."""
    if entry.get("must") and not any(texts):
        yield "missing", ""
    for text in texts:
        if len(text) > entry.get("most", 2000):
            yield "long", text
        if "pattern" in entry and not re.fullmatch(entry["pattern"], text):
            yield "form", text
        if "choices" in entry and text not in entry["choices"]:
            yield "choice", text
        if not text.isprintable():
            yield "characters", text
