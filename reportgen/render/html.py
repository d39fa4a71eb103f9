"""A context in; the HTML of the report out: the source of the PDF, or the page for the website."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import KindError
from reportgen.model import formats
from reportgen.render.context import AttachmentView, Context
from reportgen.render.document_sheet import document_sheet, joint_rules, screen_sheet
from reportgen.render.environment import html_environment, place_id
from reportgen.render.geometry import Layout, closer, exact, style_of
from reportgen.render.items import Image, Item
from reportgen.render.line_ends import column_of
from reportgen.render.outer_form import LETTER, Colophon, Masthead
from reportgen.render.signature import SignaturePlacement, place_signature
from reportgen.render.stylesheet import (
    bare_pages,
    frame_rules,
    page_sheet,
    quoted,
    style_sheet,
    unplaced_rules,
)
from reportgen.render.template_faults import broken_template

if TYPE_CHECKING:
    from reportgen.model.kind import Kind
    from reportgen.render.fonts import FontSet
    from reportgen.render.revision import Revision

Target = Literal["pdf", "web"]

TEMPLATE = "report.html"
SHEET = "report.css"
PICTURE_SCHEME = "picture:"
"""How the HTML of the PDF names a picture; nothing but the build's own pictures answers to it."""


@dataclass(frozen=True, slots=True)
class Download:
    """A link of the web page to a file made in the same run."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What the web page of a corrected report says, and the link to the correction notice."""

    text: str
    label: str
    href: str


def render_html(
    context: Context,
    kind: Kind,
    fonts: FontSet,
    target: Target = "pdf",
    downloads: Mapping[str, str] | None = None,
    revision: Revision | None = None,
) -> str:
    """The report as well-formed XHTML; raises KindError when a template of the kind is broken.

    `downloads` are the files of this run by output (`docx`, `pdf`), `revision` what it is issued as: both for
    the web page.
    """
    from jinja2 import TemplateError

    environment = html_environment(kind.folders)
    names = {
        **context,
        "target": target,
        "column": partial(column_of, fonts, kind.layout),
        "ids": document_ids(context),
        "sources": picture_sources(context, target),
        "alts": {item.path: str(item.picture.alt) for item in items_of(context) if item.picture},
        "stylesheet": _stylesheet(context, kind, fonts, target),
        "downloads": _downloads(kind, downloads or {}),
        "correction": correction_of(kind, revision) if target == "web" else None,
    }
    try:
        return environment.get_template(TEMPLATE).render(names)
    except (TemplateError, TypeError) as error:
        raise broken_template(error, kind.folders) from error


def _downloads(kind: Kind, files: Mapping[str, str]) -> tuple[Download, ...]:
    labels: Mapping[str, Any] = kind.texts["downloads"]
    return tuple(
        Download(str(labels[output]), quote(name)) for output, name in files.items() if output in labels
    )


def correction_of(kind: Kind, revision: Revision | None) -> Correction | None:
    """What a page says of the revision it replaces; None when it replaces none."""
    replaced = revision.replaced if revision else None
    words = kind.texts.get("replaces")
    if revision is None or replaced is None or words is None:
        return None
    day = formats.date(replaced.date, str(kind.texts["date"]))
    text = str(words["page"]).format(
        revision=revision.number, date=day, before=replaced.number, reason=replaced.reason
    )
    text = formats.sentence(text, str(kind.texts["full-stop"]))
    return Correction(text, str(words["notice"]), quote(replaced.notice))


def document_ids(context: Context) -> Mapping[str, str]:
    """The id of every table and picture in the page, by the table's name or the item's path."""
    tables: Any = context["tables"]
    ids = {name: f"t{number}" for number, name in enumerate(tables, 1)}
    return ids | {
        item.path: f"p{place_id(item.path)}" for item in items_of(context) if item.picture or item.table
    }


def items_of(context: Context) -> Iterator[Item]:
    """Every item of the running text, that of the attachments last."""
    attached: Any = context["attachments"]
    values = (*context.values(), *(view.items for view in attached if isinstance(view, AttachmentView)))
    for value in values:
        if isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Item))


def pictures_of(context: Context) -> Mapping[str, Image]:
    """The pictures and charts of the report by their id."""
    ids = document_ids(context)
    return {ids[item.path]: item.picture for item in items_of(context) if item.picture}


def picture_files(context: Context) -> Mapping[str, tuple[str, bytes]]:
    """The media type and content of each picture by its id: all of it that the PDF engine is told."""
    return {name: picture_file(image) for name, image in pictures_of(context).items()}


def picture_sources(context: Context, target: Target) -> Mapping[str, str]:
    """What stands in `src`, by the item's path: a name for the PDF, the picture itself for the web page."""
    ids = document_ids(context)
    pictures = (item for item in items_of(context) if item.picture)
    if target == "pdf":
        return {item.path: f"{PICTURE_SCHEME}{ids[item.path]}" for item in pictures}
    return {item.path: data_uri(item.picture) for item in pictures if item.picture}


def picture_file(image: Image) -> tuple[str, bytes]:
    """A picture's media type and content; a drawing goes in as a drawing."""
    return ("image/svg+xml", image.svg.encode()) if image.svg else (image.media, image.data)


def data_uri(image: Image) -> str:
    """A picture as text."""
    media, data = picture_file(image)
    return f"data:{media};base64,{b64encode(data).decode()}"


def _stylesheet(context: Context, kind: Kind, fonts: FontSet, target: Target) -> Any:
    """All rules of the page; the geometry of the paper holds for print only."""
    from markupsafe import Markup

    layout, ids = kind.layout, document_ids(context)
    stack = fonts.stack if target == "pdf" else partial(office_stack, kind.fonts)
    placed = frame_rules if target == "pdf" else unplaced_rules
    tables: Any = context["tables"]
    masthead: Masthead | None = context["masthead"]  # type: ignore[assignment]
    signers = masthead.signers if masthead else ()
    items = tuple(items_of(context))
    own = kind.find_file(SHEET).read_text("utf-8")
    mark = "".join(str(context["draft_mark"]))
    paper = "\n".join(
        (
            page_sheet(layout, kind.texts, stack, mark),
            *bare_pages(*_bare(context)),
            style_sheet(layout, stack),
            *(placed(layout) if masthead else ()),
            *(joint_rules(masthead.joint, target) if masthead and masthead.joint else ()),
            document_sheet(tables, items, _signature(context, layout, fonts), signers, ids, layout),
        )
    )
    if target == "web":
        screen = screen_sheet(tables, items, signers, ids)
        letters = "\n".join(latin_faces(kind.fonts))
        paper = f"{letters}\n@media screen{{\n{screen}\n}}\n@media print{{\n{paper}\n}}"
    if "<" in own or "&" in own:
        raise KindError(find("html-sheet-markup", Location(str(kind.find_file(SHEET)))))
    return Markup(f"{own}\n{paper}")  # noqa: S704 (the kind's rules and numbers, no text of a report)


def _bare(context: Context) -> Iterator[str]:
    """The pages without a number: a letter's first, and 版记 with the empty page before it."""
    masthead, colophon = context["masthead"], context["colophon"]
    if isinstance(masthead, Masthead) and masthead.form == LETTER:
        yield ":first"
    if isinstance(colophon, Colophon) and colophon.apart:
        yield "apart"


def office_stack(fonts: Mapping[str, Any], role: str, own: bool = False) -> str:
    """The fonts a reader's machine may have for a role: its letters, the office font, its like, any serif."""
    declared = fonts["roles"][role]
    letters = (latin_family(declared["latin"]),) if declared.get("latin") and not own else ()
    names = dict.fromkeys((*letters, declared["office"], *declared.get("names", ())))
    return ",".join((*map(quoted, names), "serif"))


def latin_family(key: str) -> str:
    """The name under which a page knows the Latin letters of a declared font."""
    return f"rg-{key}"


def latin_faces(fonts: Mapping[str, Any]) -> Iterator[str]:
    """Letters and digits of the Latin fonts, taken on the reader's machine from whatever is as wide.

    Without them a figure is set in the digits of some Chinese font, too wide for its column.
    """
    span = ",".join(f"U+{codes}" for codes in fonts["latin"])
    used = dict.fromkeys(role["latin"] for role in fonts["roles"].values() if role.get("latin"))
    for key in used:
        names = fonts["files"][key].get("names", ())
        if names:
            source = ",".join(f"local({quoted(name)})" for name in names)
            yield f"@font-face{{font-family:{quoted(latin_family(key))};src:{source};unicode-range:{span}}}"


def _signature(context: Context, layout: Layout, fonts: FontSet) -> SignaturePlacement:
    """The places of the names and the date; both twins measure them with the same faces."""
    names: Any = context["signatures"]
    return place_signature(
        [str(name) for name in names],
        str(context["date"]),
        bool(context["sealed"]),
        style_measure(fonts, layout, "signature"),
        layout,
    )


def style_measure(fonts: FontSet, layout: Layout, css_class: str) -> Callable[[str], Decimal]:
    """The width in pt of a text as a style sets it."""
    style = style_of(layout, css_class)
    size = exact(style["size"])
    return lambda text: fonts.width(text, style["font"], size, -closer(layout, size))


def figure_measure(fonts: FontSet, layout: Layout) -> Callable[[str], Decimal]:
    """The width in pt of a figure as the tables set it."""
    return style_measure(fonts, layout, "figure")
