"""A report in; what stands around its text in the outer form it has chosen (公文形式) out.

A `document` has a head (版头) and an imprint at its end (版记), a `letter` (信函格式) goes before the report,
which follows as its attachment; a `report` has neither (GB/T 9704-2012 7.2, 7.4, 10.1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reportgen.model.values import Block, Date, Mark, Paragraph, Prose, Segment
from reportgen.model.widths import text_width
from reportgen.render.geometry import POINTS_PER_MM, Layout, closer, exact, style_of, type_area_width
from reportgen.render.items import with_prefix
from reportgen.render.joint_mark import JointMark, joint_mark
from reportgen.render.printing import printed
from reportgen.render.signer_lines import SignerLine, signer_lines

if TYPE_CHECKING:
    from reportgen.model.report import Report

REPORT: Final = "report"
DOCUMENT: Final = "document"
LETTER: Final = "letter"

PLACE: Final = re.compile(r"\{([^{}]+)\}")
MARKINGS: Final = ("copy-number", "secrecy", "urgency")
"""The roles of what stands in the upper left corner, from above (7.2.1 to 7.2.3)."""


@dataclass(frozen=True, slots=True)
class Marking:
    """One line of the upper left corner; an empty one keeps its place. `style` is the class of its style."""

    text: Prose | None
    style: str


@dataclass(frozen=True, slots=True)
class Masthead:
    """版头: `form` is `document` or `letter`, `style` the class of the style the mark of the issuer fits in.

    `joint` stands in place of `issuer` where several organs are named.
    `markings` are three lines in a document; in a letter those that are given but the first, which stands
    beside the number (`marking`).
    """

    form: str
    style: str
    issuer: Prose
    joint: JointMark | None
    number: Prose | None
    signers: tuple[SignerLine, ...]
    marking: Prose | None
    markings: tuple[Marking, ...]


@dataclass(frozen=True, slots=True)
class Colophon:
    """版记: who else gets it, who printed it and when; `ruled` in a document, bare in a letter.

    `overleaf` when it begins a page of its own; `apart` when an empty page stands before that, and neither
    has a number.
    """

    copied: Prose | None
    printer: Prose | None
    printed: Prose | None
    ruled: bool
    overleaf: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The report as the attachment of its letter: its mark (附件1) and its title."""

    mark: Prose
    title: tuple[Prose, ...]


def form_of(report: Report) -> str:
    """The outer form a report has chosen."""
    chosen = _given(report, "form")
    return report.kind.forms.get(str(chosen), REPORT) if chosen is not None else REPORT


def issuer_of(report: Report) -> Prose:
    """发文机关标志: the first given name, else the organ's; a document's ends with 文件 (7.2.4, 10.1)."""
    name = (*(_given(report, "issuer") or ()), report.values[report.kind.fields["organ"]])[0]
    if form_of(report) == LETTER or not isinstance(name, Prose):
        return name if isinstance(name, Prose) else _computed(report, str(name), "organ")
    before, _, after = str(report.kind.texts["issuer"]).partition("{}")
    return with_prefix(name, before, after)


def joint_mark_of(report: Report) -> JointMark | None:
    """发文机关标志 of a document that names several organs; None where it names one (7.2.4)."""
    names = _given(report, "issuer") or ()
    if len(names) < 2 or form_of(report) != DOCUMENT:
        return None
    _, _, word = str(report.kind.texts["issuer"]).partition("{}")
    return joint_mark(names, _computed(report, word, "issuer"), report.kind.layout)


def issuer_style(text: str, layout: Layout, form: str) -> str | None:
    """The class of the largest style in which a mark fits one line; None when it fits in none."""
    room = type_area_width(layout) * POINTS_PER_MM
    classes: Sequence[str] = layout["masthead"][form]
    return next((css for css in classes if text_width(text) * _advance(layout, css) <= room), None)


def _advance(layout: Layout, css: str) -> Decimal:
    size = exact(style_of(layout, css)["size"])
    return size - closer(layout, size)


def masthead_of(report: Report) -> Masthead | None:
    """版头 of a document or a letter; None for a plain report."""
    form = form_of(report)
    if form == REPORT:
        return None
    issuer, layout = issuer_of(report), report.kind.layout
    given = [
        Marking(text, "copy-number" if role == "copy-number" else "marking")
        for role in MARKINGS
        if (text := _text(report, role))
    ]
    style = issuer_style(str(issuer), layout, form) or str(layout["masthead"][form][-1])
    number = _text(report, "number")
    if form == LETTER:
        first = given[0].text if given else None
        return Masthead(form, style, issuer, None, number, (), first, tuple(given[1:]))
    empty = [Marking(None, "marking")] * (len(MARKINGS) - len(given))
    signers = signer_lines(_given(report, "signers") or (), number, report.kind)
    joint = joint_mark_of(report)
    return Masthead(form, style, issuer, joint, number, signers, None, (*given, *empty))


def colophon_of(report: Report) -> Colophon | None:
    """版记: always in a document, in a letter only for those who get a copy; None when there is none."""
    form, copies = form_of(report), _given(report, "copied")
    copied = _copied(report, copies) if copies else None
    if form == REPORT or (form == LETTER and copied is None):
        return None
    if form == LETTER:
        return Colophon(copied, None, None, ruled=False)
    printer = _text(report, "printer") or _computed(report, str(_given(report, "organ")), "organ")
    return Colophon(copied, printer, _printed(report), ruled=True)


def _copied(report: Report, names: Sequence[Prose]) -> Prose:
    """抄送机关 with the words around them."""
    before, _, after = str(report.kind.texts["copied"]).partition("{}")
    return with_prefix(_joined(report, "copied", names, "copied-joint"), before, after)


def _printed(report: Report) -> Prose:
    """印发日期 with its word; that of the report where no other is given."""
    role = "printed" if _given(report, "printed") is not None else "date"
    key, texts = report.kind.fields[role], report.kind.texts
    date = report.values.get(key)
    node = report.root.get(key)
    location = node.location if node else report.root.location
    segments = printed(date, texts) if isinstance(date, Date) else ()
    segments = segments or (Segment(str(texts["gap"]), Mark.GAP),)
    before, _, after = str(texts["printed"]).partition("{}")
    return with_prefix(Prose(key, segments, location), before, after)


def letter_lines(report: Report) -> tuple[Prose, ...]:
    """The title of the letter as given, or the kind's own; to be broken as titles are."""
    given = _given(report, "letter-title")
    if given:
        return tuple(given)
    path = report.kind.fields["letter-title"]
    forms = report.kind.texts["letter"]["title"]
    return tuple(
        _computed(report, fill(report, form), "organ", f"{path}[{number}]")
        for number, form in enumerate(forms)
    )


def letter_blocks(report: Report) -> tuple[Block, ...]:
    """The text of the letter as given, or the kind's own; none in other forms."""
    if form_of(report) != LETTER:
        return ()
    given: tuple[Block, ...] | None = _given(report, "letter-body")
    if given:
        return given
    path = report.kind.fields["letter-body"]
    paths = (f"{path}[{number}]" for number in range(len(report.kind.texts["letter"]["body"])))
    return tuple(
        Paragraph(_computed(report, fill(report, form), "organ", at), at)
        for at, form in zip(paths, report.kind.texts["letter"]["body"], strict=True)
    )


def fill(report: Report, form: str) -> str:
    """A form of the kind with `{官方名}` replaced by the report's values; a value is never read as a form."""
    texts = report.kind.texts
    return PLACE.sub(
        lambda match: "".join(part.text for part in printed(report.values[match[1]], texts)), form
    )


def _given(report: Report, role: str) -> Any:
    """The value of the field that plays this part; None when there is none."""
    return report.values.get(report.kind.fields.get(role, ""))


def _text(report: Report, role: str) -> Prose | None:
    value = _given(report, role)
    return value if isinstance(value, Prose) and str(value) else None


def _joined(report: Report, role: str, names: Sequence[Prose], space: str) -> Prose:
    """Several names as one text."""
    joint = Segment(str(report.kind.texts[space]))
    segments = [segment for name in names for segment in (*name.segments, joint)][:-1]
    return replace(names[0], path=report.kind.fields[role], segments=tuple(segments))


def _computed(report: Report, text: str, role: str, path: str = "") -> Prose:
    key = report.kind.fields[role]
    node = report.root.get(key)
    location = node.location if node else report.root.location
    return Prose(path or key, (Segment(text),), location, computed=True)
