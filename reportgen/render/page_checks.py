"""A page in; an error out where it is no well-formed page, or would run something or reach elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree

from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import KindError

ACTIVE: Final = frozenset(
    {"script", "iframe", "frame", "object", "embed", "applet", "form", "input", "button", "base"}
)
"""Elements that run something, hold another page or send something."""
ADDRESSES: Final = frozenset({"href", "src", "action", "data", "srcset", "poster", "formaction", "ping"})
ELSEWHERE: Final = ("http:", "https:", "ftp:", "javascript:", "vbscript:", "//")


def check_page(page: str, file: str) -> None:
    """Raise KindError when a page is not well-formed, or not a page that stands for itself.

    `file` is the template it was made by.
    """
    try:
        root = ElementTree.fromstring(page)  # noqa: S314 (a template's text; expat bounds entities)
    except ElementTree.ParseError as error:
        line = page.split("\n")[error.position[0] - 1].strip()[:60]
        raise KindError(find("html-malformed", Location(file), text=line)) from error
    found = dict.fromkeys(active_parts(root))
    if found:
        raise KindError(*(find("html-active", Location(file), text=text) for text in found))


def active_parts(root: ElementTree.Element) -> Iterator[str]:
    """What runs something or leads elsewhere, as it stands in the page."""
    for element in root.iter():
        attributes = {key.rpartition("}")[2]: value for key, value in element.items()}
        yield from active_in(str(element.tag).rpartition("}")[2], attributes)


def active_in(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    """What of one element runs something or leads elsewhere."""
    if tag.lower() in ACTIVE:
        yield f"<{tag.lower()}>"
    for key, value in attributes.items():
        attribute = key.lower()
        address = "".join(value.split()).lower()
        if attribute.startswith("on") or (attribute in ADDRESSES and address.startswith(ELSEWHERE)):
            yield f'{attribute}="{value[:60]}"'
