"""A kind's page template with those it is built on in; findings out about their tags, names and markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

from jinja2 import TemplateNotFound, TemplateSyntaxError

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.render.environment import html_environment
from reportgen.render.html import TEMPLATE
from reportgen.render.page_checks import active_in
from reportgen.verify.template.faults import Fault
from reportgen.verify.template.reading import Reading
from reportgen.verify.template.shapes import known_names
from reportgen.verify.template.sheet import Declaration, check_declaration, check_sheet
from reportgen.verify.template.syntax import Page
from reportgen.verify.template.tags import PAIRS, TAG, find_tags, pair_tags

if TYPE_CHECKING:
    from reportgen.model.kind import Kind

CODES: Final[Mapping[str, str]] = {
    "syntax": "html-template-syntax",
    "undefined": "html-template-undefined",
    "filter": "html-template-filter",
    "forbidden": "html-template-forbidden",
    "unprintable": "html-template-forbidden",
    "misplaced": "html-template-forbidden",
    "missing": "html-template-missing",
}


@dataclass
class PageCheck:
    """Checks `report.html` and what it extends and imports. Not slotted: it caches.

    `sources` are the files read, by path; `used` the dotted names they read, in order.
    """

    kind: Kind
    pages: dict[str, Page | None] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    used: tuple[str, ...] = ()
    found: list[Diagnostic] = field(default_factory=list)

    def run(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong."""
        filters = html_environment(self.kind.folders).filters
        reading = Reading(known_names(self.kind, is_word=False), self.load, filters)
        page = self.load(TEMPLATE)
        if page is None and not self.found:
            place = Location(str(self.kind.folder))
            self.found.append(find("html-template-missing", place, name=TEMPLATE))
        if page:
            self.found += map(self._tell, reading.read(page))
            self.used = tuple(reading.used)
        for file, source in self.sources.items():
            self.found += _markup(file, source)
        return tuple(self.found)

    @cached_property
    def data(self) -> str:
        """The fixed text of all files together."""
        return "\n".join(TAG.sub("", source) for source in self.sources.values())

    def load(self, name: str) -> Page | None:
        """A template by the name others use for it; None when there is none or it cannot be read."""
        if name not in self.pages:
            self.pages[name] = self._read(name)
        return self.pages[name]

    def _read(self, name: str) -> Page | None:
        environment: Any = html_environment(self.kind.folders)
        try:
            source, file, _ = environment.loader.get_source(environment, name)
        except TemplateNotFound:
            return None
        except UnicodeDecodeError:
            self.found.append(find("sheet-encoding", Location(str(self.kind.folder / name))))
            return None
        self.sources[str(file)] = source
        try:
            return Page(str(file), environment.parse(source))
        except (TemplateSyntaxError, RecursionError) as error:
            self.found += _broken(source, str(file), getattr(error, "lineno", 1))
            return Page(str(file), environment.parse(""))

    def _tell(self, fault: Fault) -> Diagnostic:
        return find(CODES[fault.rule], Location(fault.file, fault.at), name=fault.name)


def _broken(source: str, file: str, line: int) -> Iterator[Diagnostic]:
    """The tags without their other half; where all have one, the line Jinja stumbled over."""
    lonely = [pair.first or pair.last for pair in pair_tags(list(find_tags(source, 1))) if not pair.is_whole]
    for tag in filter(None, lonely):
        other = PAIRS.get(tag.word) or next(
            (first for first, last in PAIRS.items() if last == tag.word), "if"
        )
        yield find("html-template-unbalanced", Location(file, tag.at), text=tag.text[:60], name=other)
    if not lonely:
        yield find("html-template-syntax", Location(file, line))


def _markup(file: str, source: str) -> Iterator[Diagnostic]:
    """What runs something, leads elsewhere, or sets what the layout rules."""
    reader = MarkupReader(file)
    reader.feed(TAG.sub(lambda match: "\n" * match[0].count("\n"), source))
    reader.close()
    yield from reader.found


class MarkupReader(HTMLParser):
    """Reads the fixed markup of a template."""

    def __init__(self, file: str) -> None:
        """Take the path of the file, for the findings."""
        super().__init__()
        self.file = file
        self.found: list[Diagnostic] = []
        self.in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        line = self.getpos()[0]
        attributes = {key: value or "" for key, value in attrs}
        for text in active_in(tag, attributes):
            self.found.append(find("html-active", Location(self.file, line), text=text))
        for text in attributes.get("style", "").split(";"):
            self.found += check_declaration(Declaration(line, "", text.strip(), on_screen=False), self.file)
        self.in_style = tag == "style"

    def handle_data(self, data: str) -> None:
        """Look at a sheet within the page."""
        if self.in_style:
            self.found += check_sheet(data, self.file, self.getpos()[0])

    def handle_endtag(self, tag: str) -> None:
        """Leave a sheet."""
        self.in_style = self.in_style and tag != "style"
