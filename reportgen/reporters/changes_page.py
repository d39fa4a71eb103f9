"""The changes between two reports in; a page that shows them, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Language
from reportgen.language import word
from reportgen.model.changes.change import Change
from reportgen.reporters.changes import counts, level_word, origin_of
from reportgen.reporters.excerpts import shown

if TYPE_CHECKING:
    from jinja2 import Template

WORDS: Final = ("differences", "change place", "change before", "change after", "change level", "equal")


def changes_page(changes: Sequence[Change], names: tuple[str, str], language: Language) -> str:
    """The page in HTML, self-contained."""
    return page_template().render(
        language={"zh": "zh-CN"}.get(language, language),
        names=[shown(name) for name in names],
        counts=counts(changes, language),
        changes=[change_view(change, language) for change in changes],
        words={key.replace(" ", "_"): word(key, language) for key in WORDS},
    )


@cache
def page_template() -> Template:
    """The template of the page."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string((files("reportgen.reporters") / "changes.html").read_text("utf-8"))


def change_view(change: Change, language: Language) -> Mapping[str, Any]:
    """What the page shows of a change."""
    origin = origin_of(change)
    sort = "" if change.sort.value == "changed" else word(f"change {change.sort.value}", language)
    return {
        "level": change.level.name.lower(),
        "level_word": level_word(change.level, language),
        "sort": sort,
        "follows": word("change follows", language) if change.follows else "",
        "term": shown(change.term),
        "origin": shown(origin.said) if origin else "",
        "before": side(change, "-"),
        "after": side(change, "+"),
    }


def side(change: Change, mark: str) -> list[tuple[bool, str]]:
    """One version in stretches, each with whether it is other than in the other version."""
    if not change.pieces:
        text = change.before if mark == "-" else change.after
        return [(True, shown(text))] if text else []
    return [(piece.mark != " ", shown(piece.text)) for piece in change.pieces if piece.mark in (" ", mark)]
