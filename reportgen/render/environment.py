"""A kind's folders in; the two sandboxed environments its templates are filled in out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    Template,
    Undefined,
    nodes,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup, escape

from reportgen.model.expressions import StrictEnvironment
from reportgen.model.values import Mark, Segment
from reportgen.render.line_ends import Column, with_line_ends, with_marks_parted
from reportgen.render.printing import printed

ID_LENGTH = 12

Texts = Mapping[str, object]


@lru_cache(maxsize=8)
def html_environment(folders: tuple[Path, ...]) -> StrictEnvironment:
    """The environment of `report.html`: values are escaped, what is not final is marked.

    `folders` are the kind's own and those it extends, nearest first. A template is found in the nearest
    folder by its name (`report.html`), in a certain one with that folder's name (`gbt9704/report.html`).
    What they print besides their values are the words of `text` in the context.
    """
    near = FileSystemLoader([str(folder) for folder in folders])
    named = PrefixLoader({folder.name: FileSystemLoader(str(folder)) for folder in folders})

    @pass_context
    def finalize(context: Context, value: object) -> object:
        return print_html(value, context["text"])

    loader = ChoiceLoader([near, named])
    environment = StrictEnvironment(
        loader=loader, autoescape=True, finalize=finalize, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["lines"] = print_lines
    return environment


def word_environment(mark: Callable[[object], str]) -> StrictEnvironment:
    """The environment of `report.docx`: `mark` keeps a value and gives the markup that stands for it."""

    @pass_context  # so that constants are not printed once and for all when the template is compiled
    def finalize(_: object, value: object) -> object:
        return value if isinstance(value, Markup | Undefined) else Markup(mark(value))  # noqa: S704 (our own mark)

    return WordEnvironment(autoescape=True, finalize=finalize)


class WordEnvironment(StrictEnvironment):
    """Compiles each template once in a process: half of the time of filling it."""

    def from_string(
        self, source: str | nodes.Template, globals: Any = None, template_class: Any = None
    ) -> Template:
        """The template of a text."""
        if not isinstance(source, str):
            return super().from_string(source, globals, template_class)
        return Template.from_code(self, _compiled(source), self.make_globals(globals), None)


@lru_cache(maxsize=16)
def _compiled(source: str) -> CodeType:
    @pass_context
    def finalize(_: object, value: object) -> object:
        return value

    return StrictEnvironment(autoescape=True, finalize=finalize).compile(source)


def print_html(value: object, texts: Texts) -> object:
    """A value as HTML; raises TypeError for a value that has no printed form."""
    if isinstance(value, Markup | Undefined):
        return value
    return Markup("".join(map(_html_segment, printed(value, texts))))  # noqa: S704 (escaped by segment)


@pass_context
def print_lines(
    context: Context,
    value: object,
    width: Decimal | None = None,
    style: str = "body",
    *,
    follows: bool = False,
) -> Markup:
    """Running text as HTML; on paper with the places where a word processor ends lines.

    `width` in mm is that of a column of a table; `style` is the class of the paragraph; a text that
    `follows` others stands on their line.
    """
    segments = printed(value, context["text"])
    if context["target"] != "pdf":
        return Markup("".join(map(_html_segment, segments)))  # noqa: S704 (escaped by segment)
    stretches = groupby(segments, key=lambda segment: segment.mark)
    joined = [Segment("".join(segment.text for segment in group), mark) for mark, group in stretches]
    column: Column = context["column"](style if width is None else "cell", width)
    first = with_marks_parted(joined[0].text, column) if follows and joined and _is_plain(joined[0]) else ""
    rest = joined[1:] if first else joined
    return Markup("".join((first, *(_paper_segment(segment, column) for segment in rest))))  # noqa: S704 (escaped by segment)


def _is_plain(segment: Segment) -> bool:
    return segment.mark is Mark.PLAIN


def _paper_segment(segment: Segment, column: Column) -> str:
    return with_line_ends(segment.text, column) if _is_plain(segment) else _html_segment(segment)


def _html_segment(segment: Segment) -> str:
    text = str(escape(segment.text))
    return text if segment.mark is Mark.PLAIN else f'<mark class="{segment.mark.value}">{text}</mark>'


def place_id(path: str) -> str:
    """A short name for a place of the report: the same place has the same name in every build."""
    return sha256(path.encode()).hexdigest()[:ID_LENGTH]
