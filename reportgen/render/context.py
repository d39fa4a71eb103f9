"""A report in; the one context both templates draw from out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from reportgen.diagnostics import Location
from reportgen.model.values import Attachment, Block, Date, Mark, Prose, Segment
from reportgen.render.geometry import type_area_width
from reportgen.render.grids import Measure, TableView, read_box, read_cell, view_table
from reportgen.render.items import Flattener, Image, Item, note_prefixes, numbered_prefixes, with_prefix
from reportgen.render.outer_form import (
    LETTER,
    Enclosure,
    colophon_of,
    form_of,
    letter_blocks,
    masthead_of,
)
from reportgen.render.printing import printed
from reportgen.render.signature import GAP, share_rows
from reportgen.render.title import attachment_title, report_title, title_of
from reportgen.render.word_headings import read_headings

if TYPE_CHECKING:
    from reportgen.model.report import Report, TableNotes

Context = Mapping[str, object]

EMPTY: Mapping[str, object] = {"blocks": (), "lines": (), "attachments": (), "table": {}, "figures": {}}
"""What a field of that type is in the context when the report does not give it; of any other type, None."""


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """An attachment bound with the report: its mark (附件1), its title's lines and its text."""

    mark: Prose
    title: tuple[Prose, ...]
    items: tuple[Item, ...]
    path: str


def build_context(report: Report, images: Mapping[str, Image], measure: Measure) -> Context:
    """Everything the templates may name; the table in docs/maintainers/architecture.md is the contract.

    `images` holds the image of each chart and picture by its path; `measure` gives the width in pt of a
    figure as it is set in the tables.
    """
    layout = report.kind.layout
    flattener = Flattener(report.kind.texts, images, type_area_width(layout), read_cell(layout))
    notes = _notes(report)
    fields = report.kind.schema["properties"]
    letter = report.kind.fields.get("letter-body", "")
    first = flattener.flatten(letter_blocks(report))  # its pictures are numbered before the report's
    own = {key: _value(report, flattener, key, field) for key, field in fields.items() if key != letter}
    return {
        **own,
        **({letter: first} if letter else {}),
        **_head(report),
        **_end(report, flattener),
        "text": {**report.kind.texts, "headings": read_headings(report.kind)},
        "tables": _tables(report, measure, notes),
        "notes": notes,
    }


def _value(report: Report, flattener: Flattener, key: str, field: Mapping[str, Any]) -> object:
    value = report.values.get(key)
    if value is None:
        return EMPTY.get(field.get("x-type", field.get("type", "")))
    if field.get("x-type") == "blocks":
        return flattener.flatten(cast("tuple[Block, ...]", value))
    return value


def _given(report: Report, role: str) -> Any:
    """The value of the field that plays this part in every document."""
    return report.values.get(report.kind.fields[role])


def describe_report(report: Report) -> Mapping[str, str]:
    """What all documents of a report say of themselves: `page_title`, `organ`, `language`, `draft_mark`."""
    return {
        "page_title": "".join(str(line) for line in title_of(report)),
        "organ": str(_given(report, "organ")),
        "language": report.kind.language,
        "draft_mark": str(_draft_mark(report)),
    }


def _head(report: Report) -> Context:
    return {
        **describe_report(report),
        "title": title_of(report),
        "recipient": _recipient(report),
        "draft": report.is_draft,
        "draft_mark": _draft_mark(report),
        "masthead": masthead_of(report),
    }


def _end(report: Report, flattener: Flattener) -> Context:
    attachments = _given(report, "attachments") or ()
    return {
        "signatures": _signatures(report),
        "date": _date(report),
        "sealed": bool(_given(report, "sealed")),
        "attachment_list": _attachment_list(report, attachments),
        "attachments": _attachments(report, flattener, attachments),
        "enclosure": _enclosure(report, attachments),
        "colophon": colophon_of(report),
    }


def _signatures(report: Report) -> tuple[Prose, ...]:
    """The names under the text; those of a joint document under seals, row by row.

    None in a kind that is not signed.
    """
    if report.kind.unsigned:
        return ()
    names: tuple[Prose, ...] = _given(report, "signature") or (_given(report, "organ"),)
    if len(names) < 2 or not _given(report, "sealed"):
        return names
    rows = iter(names)
    return tuple(
        _row([next(rows) for _ in gaps], gaps) for gaps in share_rows([*map(str, names)], report.kind.layout)
    )


def _row(names: Sequence[Prose], gaps: Sequence[int]) -> Prose:
    """Names side by side as one text."""
    if len(names) == 1:
        return names[0]
    parts = [
        part
        for name, gap in zip(names, gaps, strict=True)
        for part in (*([Segment(GAP * gap)] if gap else []), *name.segments)
    ]
    return replace(names[0], segments=tuple(parts), computed=True, origins=())


def _recipient(report: Report) -> Prose | None:
    lines = _given(report, "recipient")
    if not lines:
        return None
    before, _, after = str(report.kind.texts["recipient"]).partition("{}")
    joint = Segment(str(report.kind.texts["joint"]))
    segments = [segment for line in lines for segment in (*line.segments, joint)][:-1]
    joined = replace(lines[0], path=report.kind.fields["recipient"], segments=tuple(segments))
    return with_prefix(joined, before, after)


def _draft_mark(report: Report) -> Prose:
    key = report.kind.fields["status"]
    text = str(report.kind.texts["draft-mark"]) if report.is_draft else ""
    return Prose(key, (Segment(text),) if text else (), place(report, key), computed=True)


def _date(report: Report) -> Prose:
    key = report.kind.fields["date"]
    date = report.values.get(key)
    if isinstance(date, Prose):
        return date
    segments = printed(date, report.kind.texts) if isinstance(date, Date) else ()
    return Prose(key, segments or (Segment(str(report.kind.texts["gap"]), Mark.GAP),), place(report, key))


def place(report: Report, key: str) -> Location:
    """Where a key's value stands in the report file; the file itself when the key is not given."""
    node = report.root.get(key)
    return node.location if node else report.root.location


def _attachment_list(report: Report, attachments: tuple[Attachment, ...]) -> tuple[Prose, ...]:
    """附件说明 (GB/T 9704-2012 7.3.4): one line for each attachment, numbered when there are several."""
    texts, names = report.kind.texts, [item.title for item in attachments]
    if form_of(report) == LETTER:
        names.insert(0, _named(report))
    if len(names) == 1:
        return (with_prefix(names[0], str(texts["attachments"]).partition("{}")[0]),)
    prefixes = numbered_prefixes(str(texts["attachments-several"]), len(names), room=False)
    return tuple(with_prefix(name, prefix) for prefix, name in zip(prefixes, names, strict=True))


def _named(report: Report) -> Prose:
    """The report's title in one line."""
    lines = report_title(report)
    return replace(lines[0], segments=(Segment("".join(map(str, lines))),))


def _attachments(
    report: Report, flattener: Flattener, attachments: tuple[Attachment, ...]
) -> tuple[AttachmentView, ...]:
    """The attachments that have pages of their own (7.3.6 附件); behind a letter the report comes first."""
    first = 1 + (form_of(report) == LETTER)
    form = _mark_form(report, attachments)
    views = []
    for number, item in enumerate(attachments, first):
        if item.body:
            mark = replace(item.title, path=item.path, segments=(Segment(form.replace("{}", str(number))),))
            items = flattener.flatten(item.body)
            views.append(AttachmentView(mark, attachment_title(report, item.title), items, item.path))
    return tuple(views)


def _mark_form(report: Report, attachments: tuple[Attachment, ...]) -> str:
    several = len(attachments) + (form_of(report) == LETTER) > 1
    return str(report.kind.texts["attachment-page" if several else "attachment-page-single"])


def _enclosure(report: Report, attachments: tuple[Attachment, ...]) -> Enclosure | None:
    """The report as the first attachment of its letter; None when it stands for itself."""
    if form_of(report) != LETTER:
        return None
    title, form = report_title(report), _mark_form(report, attachments)
    return Enclosure(replace(title[0], segments=(Segment(form.replace("{}", "1")),)), title)


def _notes(report: Report) -> Mapping[str, TableNotes]:
    """The tables' notes with their marks (注：)."""
    texts = report.kind.texts

    def marked(notes: tuple[Prose, ...]) -> tuple[Prose, ...]:
        prefixes = note_prefixes(texts, len(notes))
        return tuple(with_prefix(note, prefix) for prefix, note in zip(prefixes, notes, strict=True))

    return {
        name: replace(notes, inside=marked(notes.inside), below=marked(notes.below))
        for name, notes in report.notes.items()
    }


def _tables(report: Report, measure: Measure, notes: Mapping[str, TableNotes]) -> Mapping[str, TableView]:
    box = read_box(report.kind.layout)
    return {
        name: view_table(table, report.values, (notes[name].inside, notes[name].below), box, measure)
        for name, table in report.kind.tables.items()
    }
