"""The engine's finding codes: `findings/*.yaml` in, catalogue entries and findings out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from reportgen.diagnostics import (
    NOTHING,
    Bilingual,
    Diagnostic,
    FindingType,
    Location,
    Related,
    Severity,
)

FOLDER: Final = Path(__file__).parent / "findings"
CODE: Final = re.compile(r"^([a-z][a-z0-9-]*):", re.MULTILINE)
EMPTY: Final[Mapping[str, FindingType]] = MappingProxyType({})


def read_entry(code: str, entry: Mapping[str, object]) -> FindingType:
    """A catalogue entry from its YAML form; raises KeyError or ValueError when the entry is malformed."""

    def both(name: str, texts: object = None) -> Bilingual:
        texts = texts or entry[name]
        if not isinstance(texts, Mapping):
            raise ValueError(f"{code}.{name}")
        return Bilingual(str(texts["zh"]).strip(), str(texts["en"]).strip())

    severity = Severity(str(entry["severity"]))
    cases = entry.get("hints") or {}
    hints = {case: both(case, texts) for case, texts in cases.items()} if isinstance(cases, Mapping) else {}
    message, hint, explanation = both("message"), both("hint"), both("explanation")
    source, waivable = str(entry.get("source", "")), bool(entry.get("waivable"))
    return FindingType(code, severity, message, hint, explanation, source, hints, waivable)


class Catalogue(Mapping[str, FindingType]):
    """Finding codes with what is said of them; a file is parsed when one of its codes is asked for.

    Parsing all of them takes as long as validating a report, which has findings of two or three.
    """

    def __init__(self, texts: Sequence[str], own: Mapping[str, FindingType] = EMPTY) -> None:
        """Take the texts of the engine's files, and codes of a kind's own."""
        self._texts, self._read = texts, dict(own)
        self._homes = {code: text for text in texts for code in CODE.findall(text)} | dict.fromkeys(own, "")

    def __getitem__(self, code: str) -> FindingType:
        if code not in self._read:
            loaded = read_yaml(self._homes[code])
            self._read = {name: read_entry(name, entry) for name, entry in loaded.items()} | self._read
        return self._read[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)

    def __contains__(self, code: object) -> bool:
        return code in self._homes

    def __or__(self, own: Mapping[str, FindingType]) -> Catalogue:
        """The same codes and those of a kind."""
        return Catalogue(self._texts, own)


@cache
def engine_catalogue(but: tuple[str, ...] = ()) -> Catalogue:
    """Every code the engine itself can emit, by code; those of the catalogues `but` left out."""
    files = sorted(FOLDER.glob("*.yaml"))
    return Catalogue([file.read_text("utf-8") for file in files if file.stem not in but])


def read_yaml(text: str) -> Any:
    """The content of a catalogue, which is ours."""
    import yaml

    return yaml.load(text, Loader=yaml.CSafeLoader)


def find(
    code: str,
    location: Location,
    path: str = "",
    *,
    related: tuple[Related, ...] = (),
    severity: Severity | None = None,
    **arguments: object,
) -> Diagnostic:
    """A finding of an engine code; keyword arguments fill the message, a Bilingual in its language.

    Raises KeyError on a code of no catalogue.
    """
    words, values = sorted_out(arguments)
    return Diagnostic(engine_catalogue()[code], location, path, values, related, severity, words)


def sorted_out(arguments: Mapping[str, object]) -> tuple[Mapping[str, Bilingual], Mapping[str, str]]:
    """The arguments of a message that have a text in each language, and the others as texts."""
    words = {name: value for name, value in arguments.items() if isinstance(value, Bilingual)}
    return words, {name: str(value) for name, value in arguments.items() if name not in words} or NOTHING
