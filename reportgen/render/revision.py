"""Which issued revision a document is in; what its files say of that out. Unissued documents say nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportgen.model.values import Date

NAMESPACE: Final = "urn:reportgen:record:1:"
NONE_BEFORE: Final = "0" * 64
"""What stands for the ledger entry before the first."""

PROPERTIES: Final = ("Revision", "LedgerEntryBefore")
"""The names under which the PDF and the Word file say it."""

DESCRIBED: Final = (
    '<rdf:li rdf:parseType="Resource">'
    f"<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>record</pdfaSchema:prefix>"
    "<pdfaSchema:schema>Issued revision</pdfaSchema:schema>"
    "<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
)
PROPERTY: Final = (
    '<rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>{description}</pdfaProperty:description>"
    "<pdfaProperty:name>{name}</pdfaProperty:name>"
    "<pdfaProperty:valueType>{type}</pdfaProperty:valueType></rdf:li>"
)
"""A foreign namespace in the metadata of a PDF/A file has to be described (ISO 19005-3 6.6.2.3)."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a corrected revision says of itself on the web: the revision it replaces, when and why.

    `notice` is the file name of the correction notice.
    """

    number: int
    date: Date
    reason: str
    notice: str


@dataclass(frozen=True, slots=True)
class Revision:
    """The number of an issued revision, from 1, and the SHA-256 of the ledger entry before its own."""

    number: int
    previous: str = NONE_BEFORE
    replaced: Replaced | None = None

    @property
    def properties(self) -> tuple[tuple[str, str], ...]:
        """Names and values, as the PDF and the Word file give them."""
        return tuple(zip(PROPERTIES, (str(self.number), self.previous), strict=True))


def declare_on_page(page: str, revision: Revision | None) -> str:
    """A page whose head says which revision it is; the page as it is when it was not issued."""
    if revision is None:
        return page
    said = "".join(f'<meta name="{name}" content="{value}"/>\n' for name, value in revision.properties)
    return page.replace("</head>", f"{said}</head>", 1)


def describe_properties() -> bytes:
    """The description of the properties in a PDF's metadata, an item of its list of schemas."""
    said = (("Number of the issued revision", "Integer"), ("SHA-256 of the ledger entry before", "Text"))
    items = (
        PROPERTY.format(name=name, description=description, type=kind)
        for name, (description, kind) in zip(PROPERTIES, said, strict=True)
    )
    return DESCRIBED.format(properties="".join(items)).encode()


def declare_in_metadata(revision: Revision) -> bytes:
    """The properties themselves, a description in a PDF's metadata."""
    values = "".join(f"<record:{name}>{value}</record:{name}>" for name, value in revision.properties)
    return (
        '<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""'
        f' xmlns:record="{NAMESPACE}">{values}</rdf:Description>'
    ).encode()
