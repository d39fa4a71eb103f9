"""A kind in; everything that is wrong with its templates and its sheet out, before anything is rendered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location, is_fatal, whole_line
from reportgen.errors import KindError
from reportgen.files.reading import read_file
from reportgen.render.html import SHEET
from reportgen.render.html import TEMPLATE as PAGE
from reportgen.render.package import TEMPLATE
from reportgen.verify.template.pages import PageCheck
from reportgen.verify.template.shapes import Shape, known_names
from reportgen.verify.template.sheet import check_sheet
from reportgen.verify.template.twins import check_headings, check_sections, check_words
from reportgen.verify.template.word import WordTemplate, open_template
from reportgen.verify.template.word_contents import check_contents, check_package, check_program
from reportgen.verify.template.word_extras import check_extras
from reportgen.verify.template.word_formatting import check_formatting
from reportgen.verify.template.word_page import check_page, check_page_numbers
from reportgen.verify.template.word_styles import check_styles
from reportgen.verify.template.word_tables import check_tables
from reportgen.verify.template.word_tags import TagCheck

if TYPE_CHECKING:
    from reportgen.model.kind import Kind

LARGEST: Final = 50_000_000
MOST: Final = 20
"""So many findings of one code are shown; then how many more there are."""

UNREAD: Final = ("html-template-syntax", "html-template-unbalanced", "html-template-missing")
"""After these it is not known what the page prints: nothing of it can be missed."""

WORD_CHECKS: Final[tuple[Callable[[WordTemplate], Iterator[Diagnostic]], ...]] = (
    check_program,
    check_package,
    check_contents,
    check_extras,
    check_formatting,
    check_styles,
    check_page,
    check_page_numbers,
    check_tables,
)


def sound_templates(kind: Kind) -> tuple[Diagnostic, ...]:
    """The findings about a kind's templates, none of them an error; raises KindError."""
    found = lint_template(kind)
    if is_fatal(found):
        raise KindError(*found)
    return found


def lint_template(kind: Kind) -> tuple[Diagnostic, ...]:
    """Everything found in `report.docx`, `report.html` and `report.css` of a kind, held against its data.

    Raises FileError when a file cannot be read, KindError when one is missing.
    """
    try:
        return _few_of_each(tuple(map(_placed, _all(kind))))
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        return (find("layout-incomplete", Location(str(kind.folder)), name=_key(error)),)


def _key(error: Exception) -> str:
    """The key of a data file that an error is about."""
    return str(error.args[0]) if isinstance(error, KeyError) and error.args else "layout.yaml, fonts.yaml"


def _all(kind: Kind) -> Iterator[Diagnostic]:
    file, page_file, sheet = (str(kind.find_file(name)) for name in (TEMPLATE, PAGE, SHEET))
    template = open_template(kind, read_file(kind.find_file(TEMPLATE), LARGEST), file)
    page = PageCheck(kind)
    told = page.run()
    yield from told
    yield from _sheet(kind, sheet)
    if template is None:
        yield find("word-template-unreadable", Location(file))
        return
    used: list[str] = []
    yield from _tags(template, known_names(kind, is_word=True), used)
    for check in WORD_CHECKS:
        yield from check(template)
    if any(each.code in UNREAD for each in told):
        return
    yield from check_sections(kind, (file, used), (page_file, page.used))
    yield from check_words(template, page.data)
    yield from check_headings(template, (page_file, page.used), page.data)


def _sheet(kind: Kind, file: str) -> Iterator[Diagnostic]:
    try:
        text = read_file(kind.find_file(SHEET), LARGEST).decode()
    except UnicodeDecodeError:
        yield find("sheet-encoding", Location(file))
        return
    yield from check_sheet(text, file)


def _tags(template: WordTemplate, known: Mapping[str, Shape], used: list[str]) -> Iterator[Diagnostic]:
    """The tags of every part; what they read is added to `used`."""
    for stretches in template.parts.values():
        check = TagCheck(template, stretches, known)
        yield from check.run()
        used.extend(sorted(check.used, key=check.used.__getitem__))


def _placed(found: Diagnostic) -> Diagnostic:
    """A finding known by its line only gets the whole of it as its place."""
    place = found.location
    if not place.line or place.column:
        return found
    source = read_file(Path(place.file), LARGEST).decode(errors="replace")
    return replace(found, location=whole_line(place.file, place.line, source))


def _few_of_each(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The first findings of each code, and a word on how many more there are."""
    unique = tuple({(each.code, each.location, each.message()): each for each in found}.values())
    counts, kept = Counter[str](), []
    for each in unique:
        counts[each.code] += 1
        if counts[each.code] <= MOST:
            kept.append(each)
    last = {each.code: each for each in kept}
    more = (
        find("template-more", last[code].location, name=code, count=count - MOST, severity=last[code].level)
        for code, count in counts.items()
        if count > MOST
    )
    return (*kept, *more)
