"""An XMP packet in, its properties as texts out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
XMP: Final = "{http://ns.adobe.com/xap/1.0/}"
PDF: Final = "{http://ns.adobe.com/pdf/1.3/}"
PDFA: Final = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA: Final = "{http://www.aiim.org/pdfua/ns/id/}"


def read_xmp(packet: bytes) -> Mapping[str, str]:
    """The properties by name (`{namespace}name`), several values joined by `; `; none when it is no XMP."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(packet, parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    found: dict[str, str] = {}
    for description in root.iter(f"{RDF}Description"):
        found |= {str(name): str(text) for name, text in description.attrib.items()}
        for item in description:
            values = [str(value.text or "") for value in item.iter(f"{RDF}li")]
            found[str(item.tag)] = "; ".join(values) if values else str(item.text or "")
    return found
