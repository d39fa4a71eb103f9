"""The bytes of a Word file in; its parts out, those of a Strict one by the names of a Transitional one.

ISO/IEC 29500-1 and -4: the two classes of conformance say the same under other names.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from reportgen.render.package import Package, read_package

STRICT: Final = re.compile(rb"(?<=[\"'])http://purl\.oclc\.org/ooxml/(\w+)/")
TRANSITIONAL: Final = rb"http://schemas.openxmlformats.org/\1/2006/"


def open_package(content: bytes) -> Package:
    """The parts of a Word file; raises PackageError."""
    package = read_package(content)
    for path, part in package.parts.items():
        if path.endswith(".xml"):
            package.parts[path] = STRICT.sub(TRANSITIONAL, part)
    for known in package.relations.values():
        for identifier, relation in known.items():
            known[identifier] = replace(relation, type=transitional(relation.type))
    return package


def transitional(kind: str) -> str:
    """The kind of a relation by its Transitional name."""
    return STRICT.sub(TRANSITIONAL, b'"' + kind.encode())[1:].decode()
