"""A Word file in; the PDF LibreOffice makes of it, and its lines page by page, out: the stand-in for Word.

LibreOffice reads `overflowPunct` the wrong way round and ignores `autoSpaceDE`/`autoSpaceDN` and the sets of
`noLineBreaksBefore`/`noLineBreaksAfter`. All are put right in flat ODF on the way, for the comparison only.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape
from zipfile import ZipFile

CORRECTIONS = (
    (re.compile(rb'style:punctuation-wrap="[a-z]+"'), b'style:punctuation-wrap="simple"'),
    (re.compile(rb'style:text-autospace="[a-z-]+"'), b'style:text-autospace="none"'),
)
HEAD = b'<config:config-item-set config:name="ooo:configuration-settings">'
KINSOKU = """<config:config-item-map-indexed config:name="ForbiddenCharacters"><config:config-item-map-entry>
<config:config-item config:name="Language" config:type="string">zh</config:config-item>
<config:config-item config:name="Country" config:type="string">CN</config:config-item>
<config:config-item config:name="Variant" config:type="string"/>
<config:config-item config:name="BeginLine" config:type="string">{before}</config:config-item>
<config:config-item config:name="EndLine" config:type="string">{after}</config:config-item>
</config:config-item-map-entry></config:config-item-map-indexed>"""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PATIENCE = 180
SAME_LINE = 2.0
"""Letters whose feet are less than this many points apart stand on one line."""


@dataclass(frozen=True)
class Line:
    """A line of a page: its text without spaces, its left edge and its baseline from the top in pt.

    `size` is that of its first letter as a share of the document's largest.
    """

    text: str
    left: float
    base: float
    size: float


@dataclass(frozen=True, order=True)
class Letter:
    """A letter on a page: its baseline from the top, its left edge, itself and its size."""

    base: float
    left: float
    character: str
    size: float


def convert(docx: Path, folder: Path, environment: Mapping[str, str]) -> Path:
    """The PDF of a Word file as LibreOffice sets it; `environment` points to the fonts (FONTCONFIG_FILE)."""
    flat = _run(docx, "fodt", folder, environment)
    content = flat.read_bytes()
    for pattern, right in CORRECTIONS:
        content = pattern.sub(right, content)
    flat.write_bytes(content.replace(HEAD, HEAD + _kinsoku(docx)))
    return _run(flat, "pdf", folder, environment)


def _kinsoku(docx: Path) -> bytes:
    """The forbidden sets of a Word file as LibreOffice keeps them."""
    with ZipFile(docx) as archive:
        settings = ElementTree.fromstring(archive.read("word/settings.xml"))
    sets = [settings.find(f"{{{W}}}noLineBreaks{side}") for side in ("Before", "After")]
    before, after = (escape("" if found is None else found.get(f"{{{W}}}val", "")) for found in sets)
    return KINSOKU.format(before=before, after=after).encode()


def resave(docx: Path, folder: Path, environment: Mapping[str, str]) -> Path:
    """The Word file as LibreOffice saves it."""
    folder.mkdir(parents=True, exist_ok=True)
    return _run(docx, "docx", folder, environment)


def _run(source: Path, form: str, folder: Path, environment: Mapping[str, str]) -> Path:
    profile = folder / "profile"
    command = ["soffice", f"-env:UserInstallation={profile.absolute().as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", form, "--outdir", str(folder), str(source)]
    done = subprocess.run(
        command,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        text=True,
    )
    target = folder / f"{source.stem}.{form}"
    if not target.is_file():
        raise AssertionError(f"LibreOffice made no {form}: {done.stdout} {done.stderr}")
    return target


def read_lines(pdf: Path) -> list[list[Line]]:
    """The lines of every page, from the top, letters joined from the left."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [_letters(page) for page in document]
    finally:
        document.close()
    largest = max(letter.size for page in pages for letter in page)
    return [_join(page, largest) for page in pages]


def _letters(page: Any) -> list[Letter]:
    import pypdfium2.raw as raw

    text, height, letters = page.get_textpage(), page.get_height(), []
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if character.strip():
            x, y = raw.c_double(), raw.c_double()
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            size = raw.FPDFText_GetFontSize(text, index)
            letters.append(Letter(height - y.value, x.value, character, size))
    text.close()
    return letters


def _join(letters: list[Letter], largest: float) -> list[Line]:
    lines: list[list[Letter]] = []
    for letter in sorted(letters):
        if lines and letter.base - lines[-1][-1].base < SAME_LINE:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    ordered = (sorted(line, key=lambda letter: letter.left) for line in lines)
    return [
        Line("".join(x.character for x in line), line[0].left, line[0].base, line[0].size / largest)
        for line in ordered
    ]
