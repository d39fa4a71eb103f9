"""A kind's folders in; the two sandboxed environments its templates are filled in out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from jinja2 import FileSystemLoader, Undefined
from markupsafe import Markup, escape

from reportgen.model.expressions import StrictEnvironment
from reportgen.model.values import Cell, Mark, Prose, Segment
from reportgen.render.printing import printed

ID_LENGTH = 12

Texts = Mapping[str, object]


def html_environment(folders: Sequence[Path], texts: Texts) -> StrictEnvironment:
    """The environment of `report.html`: values are escaped, what is not final is marked.

    `folders` are the kind's own and those it extends, nearest first; templates are found in them by name.
    """
    loader = FileSystemLoader([str(folder) for folder in folders])
    return _environment(loader, lambda value: print_html(value, texts))


def word_environment(texts: Texts, places: dict[str, str]) -> StrictEnvironment:
    """The environment of `report.docx`: values are escaped and stand between processing instructions.

    `<?rg open ID?>…<?rg close ID?>` is a value of the report, `<?rg gap?>…<?rg plain?>` and
    `<?rg unchecked?>…<?rg plain?>` a marked stretch of it. `places` is filled with ID -> path while
    rendering.
    """
    return _environment(None, lambda value: print_word(value, texts, places))


def _environment(
    loader: FileSystemLoader | None, finalize: Callable[[object], object]
) -> StrictEnvironment:
    return StrictEnvironment(
        loader=loader, autoescape=True, finalize=finalize, trim_blocks=True, lstrip_blocks=True
    )


def print_html(value: object, texts: Texts) -> object:
    """A value as HTML; raises TypeError for a value that has no printed form."""
    if isinstance(value, Markup | Undefined):
        return value
    return Markup("".join(map(_html_segment, printed(value, texts))))


def _html_segment(segment: Segment) -> str:
    text = str(escape(segment.text))
    return text if segment.mark is Mark.PLAIN else f'<mark class="{segment.mark.value}">{text}</mark>'


def print_word(value: object, texts: Texts, places: dict[str, str]) -> object:
    """A value as text of WordprocessingML between its marks; raises TypeError for what has no printed form."""
    if isinstance(value, Markup | Undefined):
        return value
    text = "".join(map(_word_segment, printed(value, texts)))
    if not isinstance(value, Prose | Cell) or not value.path:
        return Markup(text)
    place = place_id(value.path)
    places[place] = value.path
    return Markup(f"<?rg open {place}?>{text}<?rg close {place}?>")


def _word_segment(segment: Segment) -> str:
    text = str(escape(segment.text))
    return text if segment.mark is Mark.PLAIN else f"<?rg {segment.mark.value}?>{text}<?rg plain?>"


def place_id(path: str) -> str:
    """A short name for a place of the report: the same place has the same name in every build."""
    return sha256(path.encode()).hexdigest()[:ID_LENGTH]
