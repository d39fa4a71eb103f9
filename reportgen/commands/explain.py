"""`explain`: a finding code in, what it means and what to do about it out."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from reportgen.console import Console
from reportgen.diagnostics import Bilingual, FindingType, Language
from reportgen.language import word
from reportgen.sources import source_text
from reportgen.verify.verification import CheckType, check_catalogue

Catalogue = Mapping[str, FindingType]

VALUE: Final = re.compile(r"\{\{|\}\}|\{\w+\}")
BRACES: Final[Mapping[str, str]] = {"{{": "{", "}}": "}"}


def run(options: Namespace, console: Console) -> int:
    """Print one entry, or all codes: in a list, or as a page."""
    if options.code in check_catalogue():
        console.show(check_text(check_catalogue()[options.code], console.language))
        return 0
    catalogues = read_catalogues(options.kinds)
    codes = {code: entry for catalogue in catalogues.values() for code, entry in catalogue.items()}
    if options.code is not None:
        console.show(entry_text(find_entry(options.code, codes), console.language))
    elif options.markdown:
        console.show("\n".join(page(catalogues, console.language)))
    else:
        lines = {code: line(codes[code], console.language) for code in codes}
        lines |= {name: check_line(entry, console.language) for name, entry in check_catalogue().items()}
        console.show("\n".join(lines[name] for name in sorted(lines)))
    return 0


def read_catalogues(folders: Sequence[Path]) -> Mapping[str, Catalogue]:
    """The codes of the engine, under no title, and of every kind by its title; broken kinds are left out."""
    from reportgen.catalogue import engine_catalogue
    from reportgen.errors import ReportgenError
    from reportgen.model.kind import list_kinds, load_kind

    catalogues: dict[str, Catalogue] = {"": engine_catalogue()}
    for entry in list_kinds(folders):
        with suppress(ReportgenError):
            catalogues[entry.title] = load_kind(entry.folder, folders).catalogue
    return catalogues


def find_entry(code: str, codes: Catalogue) -> FindingType:
    """The entry of a code; raises UsageError with the nearest code when there is none."""
    from reportgen.arguments import ALIKE, nearest, usage_error

    if code not in codes:
        meant = nearest(code, (*codes, *check_catalogue()), ALIKE)
        case = "" if meant else "far"
        raise usage_error("unknown-code", "reportgen explain", value=code, nearest=meant, case=case)
    return codes[code]


def line(entry: FindingType, language: Language) -> str:
    """A code in the list of codes."""
    return f"{entry.code}  {severity(entry, language)}  {sample(entry.message, language)}"


def entry_text(entry: FindingType, language: Language) -> str:
    """Everything about a code."""
    parts = [
        f"{entry.code} · {severity(entry, language)}",
        sample(entry.message, language),
        "",
        sample(entry.explanation, language),
        *(word("remedy", language) + remedy for remedy in remedies(entry, language)),
    ]
    return "\n".join(parts + ([rests_on(entry.source, language)] if entry.source else []))


def rests_on(source: str, language: Language) -> str:
    """What a code or a check rests on."""
    return word("source", language) + source_text(source, language)


def check_line(entry: CheckType, language: Language) -> str:
    """A check in the list of codes."""
    return f"{entry.name}  {word('check', language)}  {entry.title.fill(language, {})}"


def check_text(entry: CheckType, language: Language) -> str:
    """Everything about a check of finished documents."""
    title = f"{entry.name} · {word('check', language)}"
    words = (entry.title.fill(language, {}), "", entry.explanation.fill(language, {}))
    return "\n".join((title, *words, rests_on(entry.source, language)))


def checks_page(language: Language) -> Iterator[str]:
    """All checks as a section of the page."""
    yield f"\n## {word('checks', language)}"
    for entry in check_catalogue().values():
        yield f"\n### {entry.name}\n"
        yield f"{escaped(entry.title.fill(language, {}))}\n"
        yield escaped(entry.explanation.fill(language, {})) + "\n"
        yield "- " + rests_on(entry.source, language)


def page(catalogues: Mapping[str, Catalogue], language: Language) -> Iterator[str]:
    """All codes as a page in Markdown, with an example of each that a wrong report shows."""
    from reportgen.reporters.examples import examples

    shown = examples()
    yield f"# {word('codes', language)}"
    yield ""
    yield word("codes intro", language)
    for title, catalogue in catalogues.items():
        if catalogue:
            yield f"\n## {title or word('codes of the program', language)}"
        for code in sorted(catalogue):
            entry = catalogue[code]
            yield f"\n### {code}\n"
            colon, message = word("colon", language), escaped(sample(entry.message, language))
            yield f"{severity(entry, language)}{colon}{message}\n"
            yield escaped(sample(entry.explanation, language)) + "\n"
            yield from (f"- {word('remedy', language)}{escaped(each)}" for each in remedies(entry, language))
            if entry.source:
                yield "- " + rests_on(entry.source, language)
            if code in shown:
                yield f"\n{word('example', language)}\n\n```text\n{shown[code]}\n```"
    yield from checks_page(language)


def remedies(entry: FindingType, language: Language) -> list[str]:
    """What to do, one hint for each case."""
    return [sample(hint, language) for hint in (entry.hint, *entry.hints.values())]


def escaped(words: str) -> str:
    """A text that Markdown prints as it is."""
    return re.sub(r"([\\`*_<>\[\]|])", r"\\\1", words)


def severity(entry: FindingType, language: Language) -> str:
    """The severity in words."""
    return word(f"severity {entry.severity.value}", language)


def sample(both: Bilingual, language: Language) -> str:
    """A text with an ellipsis where a finding has its values."""
    return VALUE.sub(lambda match: BRACES.get(match[0], "…"), both.en if language == "en" else both.zh)
