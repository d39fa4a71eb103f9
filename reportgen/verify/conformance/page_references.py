"""A web page in; what runs in it and what it reaches outside of itself out."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from lxml import etree

ACTIVE: Final = frozenset(
    {
        *("script", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "input", "button"),
        *("base", "select", "textarea", "audio", "video", "template", "portal"),
    }
)
FETCHED: Final = ("src", "srcset", "poster", "data", "background", "manifest", "xlink:href")
SENT: Final = ("action", "formaction", "ping", "cite", "longdesc")
STYLE: Final = re.compile(
    r"""@import\s*(?:url\()?\s*["']?([^"')\s;]+)|url\(\s*["']?([^"')]+)""", re.IGNORECASE
)
SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
PICTURE: Final = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml)(;base64)?,", re.IGNORECASE)
RUNNING: Final = re.compile(r"\s*(javascript|vbscript|data:text/html)", re.IGNORECASE)


def active_parts(page: etree._Element) -> Iterator[str]:
    """What runs: elements, event attributes, addresses that are programs, pages that lead on."""
    for element in page.iter(etree.Element):
        tag = str(element.tag).lower()
        if tag in ACTIVE:
            yield f"<{tag}>"
        if tag == "meta" and str(element.get("http-equiv")).lower() == "refresh":
            yield '<meta http-equiv="refresh">'
        for key, value in element.attrib.items():
            name = str(key).lower()
            if name.startswith("on") or (name in (*FETCHED, *SENT, "href") and RUNNING.match(str(value))):
                yield name
        if tag == "img":
            yield from active_drawing(str(element.get("src") or ""))


def active_drawing(source: str) -> Iterator[str]:
    """What runs or fetches in a picture that is drawn by commands."""
    root = drawing(source)
    for element in root.iter(etree.Element) if root is not None else ():
        tag = str(element.tag).rpartition("}")[2].lower()
        if tag in ("script", "foreignobject", "iframe", "image", "use", "a"):
            yield f"<svg> <{tag}>"
        yield from (f"<svg> {key}" for key in map(str, element.attrib) if key.lower().startswith("on"))


def drawing(source: str) -> etree._Element | None:
    """The tree of a picture drawn by commands that lies in its address; None when there is none."""
    found = PICTURE.match(source)
    if not found or found[1].lower() != "svg+xml":
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    body = source[found.end() :]
    try:
        return etree.fromstring(b64decode(body) if found[2] else unquote(body).encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def outside_references(page: etree._Element) -> Iterator[tuple[str, bool]]:
    """Every address outside of the page, and whether it is fetched without being asked for."""
    for element in page.iter(etree.Element):
        tag = str(element.tag).lower()
        for key in FETCHED:
            address = element.get(key)
            if address is not None and not PICTURE.match(address.strip()):
                yield address, True
        for text in (element.get("style"), element.text if tag == "style" else None):
            yield from ((address, True) for address in style_references(text or ""))
        address = element.get("href")
        if address is not None and (tag == "link" or is_outside(address)):
            yield address, tag == "link"


def style_references(text: str) -> Iterator[str]:
    """The addresses in a style sheet that lead out of the page."""
    for match in STYLE.finditer(text):
        address = (match[1] or match[2]).strip()
        if not PICTURE.match(address) and not address.startswith("#"):
            yield address


def is_outside(address: str) -> bool:
    """Whether a link leads to more than a place of this page or a file beside it."""
    plain = address.strip()
    return bool(SCHEME.match(plain)) or plain.startswith(("/", "\\")) or ".." in unquote(plain).split("/")


def broken_links(page: etree._Element, folder: Path | None) -> Iterator[str]:
    """The links to files beside the page that are not there."""
    if folder is None:
        return
    for element in page.iter("a"):
        address = unquote((element.get("href") or "").partition("#")[0].partition("?")[0])
        if address and "\0" not in address and not is_outside(address) and not (folder / address).is_file():
            yield address
