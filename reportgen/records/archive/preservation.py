"""The files and events of a package in; the same said as PREMIS 3 and as METS out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

PREMIS: Final = "http://www.loc.gov/premis/v3"
METS: Final = "http://www.loc.gov/METS/"
XLINK: Final = "http://www.w3.org/1999/xlink"
RESERVED: Final = str.maketrans({mark: f"%{ord(mark):02X}" for mark in '%#? "<>[]{}|^`\\'})
"""What has another meaning in an address than in the name of a file."""
HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Described:
    """A file of a package: its name there, what it is, its format, size in bytes and SHA-256."""

    name: str
    what: str
    format: str
    size: int
    sha256: str


def write_premis(files: Sequence[Described], events: Sequence[Mapping[str, str]]) -> bytes:
    """Objects with their fixity, events and agents (PREMIS 3.0)."""
    agents = list(dict.fromkeys(event["by"] for event in events))
    parts = [f'<premis xmlns="{PREMIS}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0">']
    parts += [premis_object(file) for file in files]
    parts += [premis_event(number, event) for number, event in enumerate(events, 1)]
    parts += [premis_agent(name) for name in agents]
    return (HEAD + "\n".join((*parts, "</premis>", ""))).encode()


def premis_object(file: Described) -> str:
    """A file as PREMIS describes it."""
    return (
        f'<object xsi:type="file">{identifier("object", "local", file.name)}<objectCharacteristics>'
        "<fixity><messageDigestAlgorithm>SHA-256</messageDigestAlgorithm>"
        f"<messageDigest>{file.sha256}</messageDigest></fixity><size>{file.size}</size>"
        f"<format><formatDesignation><formatName>{escape(file.format)}</formatName></formatDesignation></format>"
        f"</objectCharacteristics><originalName>{escape(file.name)}</originalName></object>"
    )


def premis_event(number: int, event: Mapping[str, str]) -> str:
    """An event as PREMIS describes it."""
    linked = identifier("linkingAgent", "name", event["by"])
    detail = (
        f"<eventDetailInformation><eventDetail>{escape(event['why'])}</eventDetail></eventDetailInformation>"
    )
    return (
        f"<event>{identifier('event', 'ledger', str(number))}<eventType>{escape(event['what'])}</eventType>"
        f"<eventDateTime>{event['at']}</eventDateTime>{detail if event['why'] else ''}{linked}</event>"
    )


def premis_agent(name: str) -> str:
    """A person as PREMIS describes one."""
    return f"<agent>{identifier('agent', 'name', name)}<agentName>{escape(name)}</agentName></agent>"


def identifier(what: str, kind: str, value: str) -> str:
    """An identifier, which PREMIS names after what it identifies."""
    name = f"{what}Identifier"
    return f"<{name}><{name}Type>{kind}</{name}Type><{name}Value>{escape(value)}</{name}Value></{name}>"


def write_mets(title: str, files: Sequence[Described], metadata: Mapping[str, str]) -> bytes:
    """The map of a package (METS 1): its files, and its metadata by kind (`OTHER`, `PREMIS`) and name.

    Addresses lead from the folder in which the map lies.
    """
    parts = [f'<mets xmlns="{METS}" xmlns:xlink="{XLINK}" LABEL={quoteattr(title)}>']
    for number, (kind, name) in enumerate(metadata.items(), 1):
        other = ' OTHERMDTYPE="DA/T 46-2009"' if kind == "OTHER" else ""
        reference = f'<mdRef LOCTYPE="URL" MDTYPE="{kind}"{other} xlink:href={quoteattr(address(name))}/>'
        parts.append(
            f'<amdSec ID="md-{number}"><digiprovMD ID="md-{number}-1">{reference}</digiprovMD></amdSec>'
        )
    listed = [mets_file(number, file) for number, file in enumerate(files, 1)]
    parts += [
        "<fileSec><fileGrp>",
        *listed,
        "</fileGrp></fileSec>",
        f"<structMap><div LABEL={quoteattr(title)}>",
    ]
    parts += [
        f'<div LABEL={quoteattr(file.what)}><fptr FILEID="file-{number}"/></div>'
        for number, file in enumerate(files, 1)
    ]
    return (HEAD + "\n".join((*parts, "</div></structMap></mets>", ""))).encode()


def mets_file(number: int, file: Described) -> str:
    """A file as METS lists it."""
    fixity = f'SIZE="{file.size}" CHECKSUM="{file.sha256}" CHECKSUMTYPE="SHA-256"'
    place = f'<FLocat LOCTYPE="URL" xlink:href={quoteattr(address(file.name))}/>'
    return f'<file ID="file-{number}" {fixity}>{place}</file>'


def address(name: str) -> str:
    """The address of a file, seen from a folder beside the others."""
    return f"../{name}".translate(RESERVED)
