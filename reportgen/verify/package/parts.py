"""An opened package in; everything that its checks ask for, read once and never trusted, out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from lxml import etree

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.model.misshapes import plain
from reportgen.model.source import read_source
from reportgen.records.archive import pieces
from reportgen.records.archive.assembling import SCAN
from reportgen.records.archive.bag import INFO, PAYLOAD, SIGNATURES, Contents, is_payload, read_info
from reportgen.records.archive.elements import NAMESPACE
from reportgen.records.archive.opening import Package
from reportgen.records.dossier import LEDGER
from reportgen.records.ledger import REVISING, Entry, Ledger, read_ledger
from reportgen.records.manifest import NAME

MOST_TOLD: Final = 20
"""Findings of one check that are told."""
LONGEST: Final = 16 * 1024 * 1024
"""Bytes of a text that is read whole."""


@dataclass(frozen=True)
class Parts:
    """A package as its checks see it. Not slotted: what several checks read is read once.

    `words` are the data of the base kind's archive.yaml.
    """

    package: Package
    words: Mapping[str, Any]

    @property
    def contents(self) -> Contents:
        """Every file by name."""
        return self.package.contents

    @cached_property
    def payload(self) -> Contents:
        """What is archived, by name below `data/`."""
        return {
            name.removeprefix(PAYLOAD): content for name, content in self.contents.items() if is_payload(name)
        }

    @cached_property
    def signatures(self) -> Contents:
        """The detached signatures, by name."""
        return {name: content for name, content in self.contents.items() if name.startswith(SIGNATURES)}

    @cached_property
    def info(self) -> Mapping[str, str]:
        """What the bag says of itself."""
        return read_info(self.contents.get(INFO, b""))

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger inside."""
        return read_ledger(self.short(f"{pieces.PROCESS}/{LEDGER}"))

    def short(self, name: str) -> bytes:
        """A file of the payload that is read whole; nothing when it is not there or absurdly long."""
        content = self.payload.get(name, b"")
        return content if len(content) <= LONGEST else b""

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What the manifest of the documents says; empty when there is none."""
        try:
            content = json.loads(self.short(f"{pieces.ISSUED}/{NAME}"))
        except (ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) else {}

    @cached_property
    def revision(self) -> Entry | None:
        """The event that made the revision inside: the one whose manifest it is."""
        made = [entry for entry in self.ledger.entries if entry.event in REVISING]
        number = self.manifest.get("revision", {})
        wanted = number.get("number") if isinstance(number, dict) else None
        return next((entry for entry in made if entry.revision == wanted), None)

    @cached_property
    def metadata(self) -> etree._Element | None:
        """The elements of DA/T 46; None when they cannot be read."""
        return read_xml(self.payload.get(pieces.DA_T_46, b""))

    @cached_property
    def stated(self) -> Mapping[str, Any]:
        """What the report itself (`report`) and the office's own file (`office`) say, by official key."""
        frozen = self.revision.named("source") if self.revision else ()
        source = frozen[0].file.name if frozen else ""
        names = {"report": f"{pieces.SOURCE}/{source}", "office": pieces.OFFICE}
        roots = {group: read_source(self.payload.get(name, b""), "")[0] for group, name in names.items()}
        return {group: plain(root) if root else {} for group, root in roots.items()}

    @property
    def is_described(self) -> bool:
        """Whether the office's own file of metadata is inside; what only that says is open without it."""
        return pieces.OFFICE in self.payload

    @cached_property
    def original(self) -> tuple[str, bytes]:
        """The PDF that counts, by its name and bytes; empty when there is none."""
        names = [
            name for name in self.payload if name.startswith(f"{pieces.ORIGINAL}/") and is_original(name)
        ]
        return (names[0], self.payload[names[0]]) if len(names) == 1 else ("", b"")

    @cached_property
    def scans(self) -> Contents:
        """The scans of signed paper."""
        return {
            name: content
            for name, content in self.payload.items()
            if name.startswith(f"{pieces.ORIGINAL}/") and name.endswith(SCAN)
        }

    def named(self, role: str) -> list[str]:
        """The texts of the elements that play a role (`title`, `file`), wherever they stand."""
        if self.metadata is None:
            return []
        name = self.words["known"][role]
        return [(element.text or "").strip() for element in self.metadata.iter(f"{{{NAMESPACE}}}{name}")]

    def find(self, code: str, name: str = "", **arguments: Any) -> Diagnostic:
        """A finding about a file of the package, or about the whole."""
        return find(code, self.package.place(name), name=name or self.package.path.name, **arguments)

    def contradiction(self, what: Bilingual, said: object, found: object, name: str = "") -> Diagnostic:
        """The finding that the package says one thing and holds another."""
        return self.find("package-contradiction", name, what=what, said=said, found=found)


def is_original(name: str) -> bool:
    """Whether a file beside the scan is the document itself."""
    return name.endswith(".pdf") and not name.endswith(SCAN)


def read_xml(content: bytes) -> etree._Element | None:
    """The root of a small XML file without a document type, so without entities; None for all else."""
    if len(content) > LONGEST or b"<!DOCTYPE" in content:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    has_type = getattr(root.getroottree().docinfo, "doctype", "")  # perhaps in another encoding
    return None if has_type else root
