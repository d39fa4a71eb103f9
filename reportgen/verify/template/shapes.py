"""A kind in; every name its templates may use, with what stands behind it, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from types import MappingProxyType, UnionType
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin, get_type_hints

from reportgen.model.assembly import TableNotes
from reportgen.model.values import Cell, Date, Prose
from reportgen.render.context import AttachmentView
from reportgen.render.grids import TableView
from reportgen.render.html import Correction, Download
from reportgen.render.items import FreeTableView, Image, Item
from reportgen.render.outer_form import Colophon, Enclosure, Masthead

if TYPE_CHECKING:
    from reportgen.model.kind import Kind

NOTHING: Final[Mapping[str, Shape]] = MappingProxyType({})
PRINTED: Final = (Prose, Cell, Date, str, int)
"""What both templates can print as text, as `render/printing.py` does."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What stands behind a name: whether it prints as text, the names below it, what a loop over it gives.

    `rest` is what every other name below it is, when any is allowed; `is_block` says that it takes the place
    of whole paragraphs; `is_anything` that nothing is known of it.
    """

    prints: bool = False
    fields: Mapping[str, Shape] = field(default_factory=lambda: NOTHING)
    rest: Shape | None = None
    item: Shape | None = None
    is_block: bool = False
    is_anything: bool = False

    def below(self, name: str) -> Shape | None:
        """What a name below it stands for; None when there is no such name."""
        return self if self.is_anything else self.fields.get(name, self.rest)

    def each(self) -> Shape | None:
        """What one round of a loop over it sees; None when it is nothing to loop over."""
        return self if self.is_anything else self.item


ANYTHING: Final = Shape(prints=True, is_block=True, is_anything=True)
TEXT: Final = Shape(prints=True)
FLAG: Final = Shape()


def list_of(item: Shape) -> Shape:
    """A list of things of one shape."""
    return Shape(item=item, rest=None)


def record(names: Mapping[str, Shape]) -> Shape:
    """A group of names; a loop over it gives the names."""
    return Shape(fields=names, item=TEXT)


@cache
def shape_of(hint: Any, *, is_word: bool) -> Shape:
    """The shape of a type of the context; Word can also print pictures and free tables."""
    origin, inner = get_origin(hint), [each for each in get_args(hint) if each is not Ellipsis]
    if origin in (UnionType, Union):
        return _either([shape_of(each, is_word=is_word) for each in inner if each is not type(None)])
    if origin is tuple:
        return list_of(_either([shape_of(each, is_word=is_word) for each in inner]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return Shape(rest=shape_of(inner[1], is_word=is_word), item=TEXT)
    if not isinstance(hint, type):
        return ANYTHING
    return Shape(
        prints=(issubclass(hint, PRINTED) and hint is not bool) or (is_word and hint is Image),
        fields={name: shape_of(each, is_word=is_word) for name, each in _attributes(hint)},
        is_block=is_word and hint is FreeTableView,
    )


def _attributes(owner: type) -> Iterator[tuple[str, Any]]:
    """The fields and properties of a dataclass with their types."""
    if not is_dataclass(owner):
        return
    hints = get_type_hints(owner)
    yield from ((each.name, hints[each.name]) for each in fields(owner))
    for name, value in vars(owner).items():
        if isinstance(value, property):
            yield name, get_type_hints(value.fget)["return"]


def _either(shapes: list[Shape]) -> Shape:
    """What is one of several shapes."""
    if len(shapes) == 1:
        return shapes[0]
    names = {name: shape for each in shapes for name, shape in each.fields.items()}
    item = next((each.item for each in shapes if each.item), None)
    return Shape(all(each.prints for each in shapes), names, item=item)


def known_names(kind: Kind, *, is_word: bool) -> Mapping[str, Shape]:
    """The names of the context (`render/context.py`), and those that only the page has."""

    def of(hint: Any) -> Shape:
        return shape_of(hint, is_word=is_word)

    names: dict[str, Shape] = {
        key: _field(kind, key, entry, of(Item)) for key, entry in kind.schema["properties"].items()
    }
    lines, flag = of(tuple[Prose, ...]), FLAG
    names |= dict.fromkeys(("title", "signatures", "attachment_list"), lines)
    names |= dict.fromkeys(("recipient", "date", "draft_mark"), of(Prose))
    names |= dict.fromkeys(("page_title", "organ", "language"), TEXT)
    names |= {"draft": flag, "sealed": flag, "attachments": list_of(of(AttachmentView))}
    names |= {"masthead": of(Masthead), "colophon": of(Colophon), "enclosure": of(Enclosure)}
    names |= {"text": _constant(kind.texts)}
    names |= {"tables": record(dict.fromkeys(kind.tables, of(TableView)))}
    names |= {"notes": record(dict.fromkeys(kind.tables, of(TableNotes)))}
    return names if is_word else names | _page_names(of(Download))


def _page_names(download: Shape) -> dict[str, Shape]:
    """What `render_html` adds."""
    addresses = Shape(rest=TEXT, item=TEXT)
    named = dict.fromkeys(("ids", "sources", "alts"), addresses)
    page = {"target": TEXT, "stylesheet": TEXT, "downloads": list_of(download)}
    return named | page | {"correction": shape_of(Correction, is_word=False)}


def _field(kind: Kind, key: str, entry: Mapping[str, Any], item: Shape) -> Shape:
    """What a field of the schema is in the context."""
    form = entry.get("x-type", entry.get("type"))
    if form == "table":
        return _nested(path.split(".")[1:] for path in kind.tables[key].figures)
    if form == "object":
        return record({name: _field(kind, name, below, item) for name, below in entry["properties"].items()})
    shapes = {
        "blocks": list_of(item),
        "lines": list_of(TEXT),
        "flag": FLAG,
        "figures": Shape(rest=ANYTHING, item=TEXT),
        "attachments": list_of(ANYTHING),
        "array": ANYTHING,
    }
    return shapes.get(str(form), TEXT)


def _nested(paths: Iterator[list[str]]) -> Shape:
    """The figures of a table, nested as their names are."""
    groups: dict[str, list[list[str]]] = {}
    for first, *others in paths:
        groups.setdefault(first, []).append(others)
    return record({name: _nested(iter(below)) if below != [[]] else CELL for name, below in groups.items()})


CELL: Final = shape_of(Cell, is_word=False)


def _constant(value: Any) -> Shape:
    """What a text of text.yaml is."""
    if isinstance(value, Mapping):
        return record({str(key): _constant(each) for key, each in value.items()})
    if isinstance(value, list):
        return list_of(_either([_constant(each) for each in value] or [TEXT]))
    return TEXT if isinstance(value, str | int) and not isinstance(value, bool) else FLAG
