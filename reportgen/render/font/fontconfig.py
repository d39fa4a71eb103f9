"""How faces are offered to a renderer: folders and names in; a fontconfig configuration out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path


def fontconfig(folders: Iterable[Path], cache: Path, names: Mapping[str, tuple[str, ...]]) -> str:
    """A configuration that offers the fonts of these folders and no others; names stand for families."""
    rules = "".join(alias(name, families) for name, families in names.items())
    places = "".join(f"<dir>{escape(str(folder.absolute()))}</dir>\n" for folder in folders)
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"{places}<cachedir>{escape(str(cache.absolute()))}</cachedir>\n{rules}</fontconfig>\n"
    )


def alias(name: str, families: tuple[str, ...]) -> str:
    """A rule: who asks for a font of this name gets these families."""
    strings = "".join(f"<string>{escape(family)}</string>" for family in families)
    return (
        f'<match target="pattern"><test name="family"><string>{escape(name)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong">{strings}</edit></match>\n'
    )
