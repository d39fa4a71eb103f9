"""The engine's finding codes: `findings/*.yaml` in, catalogue entries and findings out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from reportgen.diagnostics import (
    NOTHING,
    Bilingual,
    Diagnostic,
    FindingType,
    Location,
    Related,
    Severity,
)


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


@cache
def engine_catalogue(but: tuple[str, ...] = ()) -> Mapping[str, FindingType]:
    """Every code the engine itself can emit, by code; those of the catalogues `but` left out."""
    entries: dict[str, FindingType] = {}
    for file in sorted(files("reportgen.findings").iterdir(), key=lambda item: item.name):
        if file.name.endswith(".yaml") and file.name.removesuffix(".yaml") not in but:
            loaded = read_yaml(file.read_text("utf-8"))
            entries.update({code: read_entry(code, entry) for code, entry in loaded.items()})
    return MappingProxyType(entries)


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
    words = {name: value for name, value in arguments.items() if isinstance(value, Bilingual)}
    values = {name: str(value) for name, value in arguments.items() if name not in words} or NOTHING
    return Diagnostic(engine_catalogue()[code], location, path, values, related, severity, words)
