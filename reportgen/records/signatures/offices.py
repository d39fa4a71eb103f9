"""A certificate and the names of the places for seals in; whether it signs where another office does, out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from asn1crypto import x509

from reportgen.diagnostics import Diagnostic
from reportgen.records.signatures.places import SealPlace
from reportgen.records.signatures.verdicts import about

NAMES: Final = ("organization_name", "organizational_unit_name", "common_name")
SEAL: Final = "印章"


def other_office(name: str, own: x509.Certificate, offices: Mapping[str, str]) -> Iterator[Diagnostic]:
    """That a certificate is not that of the office whose place it signs in; nothing for a place without one.

    `offices` gives the office of every field. Only a certificate of another office of the same document is
    certainly in the wrong place: how an authority writes a name is its own matter.
    """
    office, said = plain(offices.get(name, "")), names_of(own)
    if not office or office in said:
        return
    others = [other for other in offices.values() if plain(other) in said]
    signer = "、".join(said) or "?"
    if others:
        yield about("signature-other-office", name, office=office, signer=others[0])
    elif not any(one in office or office in one for one in said):
        yield about("signature-unsure-office", name, office=office, signer=signer)


def own_places(places: Sequence[SealPlace], certificate: bytes) -> tuple[SealPlace, ...]:
    """The places of the very office that a certificate (DER) names."""
    said = names_of(x509.Certificate.load(certificate))
    return tuple(place for place in places if plain(place.office) in said)


def names_of(certificate: x509.Certificate) -> tuple[str, ...]:
    """Every name of an organization that a certificate bears, once."""
    subject = certificate.subject.native
    found = (subject.get(key, "") for key in NAMES)
    listed = (item for value in found for item in (value if isinstance(value, list) else [value]))
    return tuple(dict.fromkeys(filter(None, map(plain, listed))))


def plain(name: str) -> str:
    """A name without what does not tell it from another: widths of letters, blanks, the word for a seal."""
    normal = unicodedata.normalize("NFKC", str(name))
    said = "".join(char for char in normal if char.isprintable() and not char.isspace())
    return said.removesuffix(SEAL)[:200]
