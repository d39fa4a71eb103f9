"""A workbook file in; its sheets and the cells its names stand for, or the finding that refuses it, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from zipfile import ZipFile

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.importers.parts import LINKS, Element, RefusalError, elements, open_parts, read_part, relations
from reportgen.importers.squares import Grid, SquareReader, place_of

REFERENCE: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?[0-9]{1,7})")
MOST_SHEETS: Final = 100
MOST_NAMES: Final = 10_000
DOCUMENT: Final = "officeDocument"


@dataclass(frozen=True, slots=True)
class Place:
    """A square of a sheet; rows and columns from 1."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as read. `names` are those defined for one cell, `constants` those for a text."""

    file: str
    grids: Mapping[str, Grid]
    names: Mapping[str, Place]
    constants: Mapping[str, str]
    has_links: bool


def read_book(data: bytes, file: str) -> Book | Diagnostic:
    """The workbook of a file's bytes, or why it is not read."""
    try:
        with open_parts(data) as archive:
            return _read(archive, file)
    except RefusalError as refusal:
        arguments: dict[str, Any] = {"name": "", **refusal.arguments}
        return find(refusal.code, Location(file), case="" if arguments["name"] else "other", **arguments)


def _read(archive: ZipFile, file: str) -> Book:
    main = next((target for _, kind, target in relations(archive, "") if kind == DOCUMENT), "xl/workbook.xml")
    if main not in archive.NameToInfo:
        raise RefusalError("workbook-format", name=".zip")
    found = elements(read_part(archive, main))
    targets = {key: (kind, target) for key, kind, target in relations(archive, main)}
    shared = next((target for kind, target in targets.values() if kind == "sharedStrings"), "")
    texts = read_shared(read_part(archive, shared)) if shared in archive.NameToInfo else []
    grids: dict[str, Grid] = {}
    for element in [element for element in found if element.name == "sheet"][:MOST_SHEETS]:
        title = element.attributes.get("name", "")
        grid = Grid(title, element.attributes.get("state", "visible") != "visible")
        kind, target = targets.get(element.attributes.get("r:id", ""), ("", ""))
        if kind == "worksheet" and target in archive.NameToInfo:
            SquareReader(grid, texts).read(read_part(archive, target))
            grids[title] = grid
    names, constants = read_names(found)
    return Book(file, grids, names, constants, any(LINKS in name for name in archive.namelist()))


def read_shared(content: bytes) -> list[str]:
    """The texts that sheets share, without their phonetic readings."""
    texts: list[list[str]] = []
    phonetic = False
    for element in elements(content):
        if element.name == "si":
            texts.append([])
        phonetic = element.name == "rPh" or (phonetic and element.name == "t")
        if element.name == "t" and not phonetic and texts:
            texts[-1] += element.text
    return ["".join(text) for text in texts]


def read_names(found: list[Element]) -> tuple[dict[str, Place], dict[str, str]]:
    """What the defined names stand for: one cell, or a constant text."""
    names: dict[str, Place] = {}
    constants: dict[str, str] = {}
    for element in [element for element in found if element.name == "definedName"][:MOST_NAMES]:
        name, text = element.attributes.get("name", ""), "".join(element.text).strip()
        reference = REFERENCE.fullmatch(text)
        place = place_of(reference[3]) if reference else None
        if reference and place:
            sheet = (reference[1] or reference[2]).replace("''", "'")
            names[name] = Place(sheet, *place)
        elif text.startswith('"') and text.endswith('"'):
            constants[name] = text[1:-1]
    return names, constants
