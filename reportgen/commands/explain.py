"""`explain`: a finding code in, what it means and what to do about it out."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from reportgen.console import Console
from reportgen.diagnostics import Bilingual, FindingType, Language
from reportgen.language import word


def run(options: Namespace, console: Console) -> int:
    """Print one entry, or all codes in a list."""
    from reportgen.arguments import listed, nearest, usage_error

    catalogue = all_codes(options.kinds)
    if options.code is None:
        console.show("\n".join(line(entry, console.language) for _, entry in sorted(catalogue.items())))
    elif options.code in catalogue:
        console.show(entry_text(catalogue[options.code], console.language))
    else:
        near = nearest(options.code, catalogue)
        raise usage_error("unknown-code", "reportgen explain", value=options.code, nearest=near)
    return 0


def all_codes(folders: Sequence[Path]) -> Mapping[str, FindingType]:
    """The codes of the engine and of every kind; a broken kind is passed over here."""
    from contextlib import suppress

    from reportgen.catalogue import engine_catalogue
    from reportgen.errors import ReportgenError
    from reportgen.model.kind import list_kinds, load_kind

    codes = dict(engine_catalogue())
    for entry in list_kinds(folders):
        with suppress(ReportgenError):
            codes.update(load_kind(entry.folder, folders).catalogue)
    return codes


def line(entry: FindingType, language: Language) -> str:
    """A code in the list of codes."""
    return f"{entry.code}  {severity(entry, language)}  {sample(entry.message, language)}"


def entry_text(entry: FindingType, language: Language) -> str:
    """Everything about a code."""
    parts = [
        f"{entry.code} · {severity(entry, language)}",
        sample(entry.message, language),
        "",
        text(entry.explanation, language),
        word("remedy", language) + sample(entry.hint, language),
    ]
    return "\n".join(parts + ([word("source", language) + entry.source] if entry.source else []))


def severity(entry: FindingType, language: Language) -> str:
    """The severity in words."""
    return word(f"severity {entry.severity.value}", language)


def text(both: Bilingual, language: Language) -> str:
    """The text of one language as it is written."""
    return both.en if language == "en" else both.zh


def sample(both: Bilingual, language: Language) -> str:
    """A message with an ellipsis where a finding has its values."""
    pattern = r"\{\{|\}\}|\{\w+\}"
    marks = {"{{": "{", "}}": "}"}
    return re.sub(pattern, lambda match: marks.get(match[0], "…"), text(both, language))
