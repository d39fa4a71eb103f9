"""An outline and one to follow in; the outline with paragraphs that a page's end parts as one out."""

from __future__ import annotations

from reportgen.verify.outline.elements import Element, Outline, Text, squeezed


def join_pages(outline: Outline, model: Outline) -> Outline:
    """The outline with paragraphs that a page's end parts as one, as they are in another one.

    One that is in neither form there was changed as well: then both its parts are no paragraph of the model.
    """
    known = {squeezed(element.text) for element in model.elements}
    joined: list[Element] = []
    for element in outline.elements:
        last = joined[-1] if joined else None
        if isinstance(last, Text) and isinstance(element, Text) and is_parted(last, element):
            whole = _joined(last, element)
            parts = {squeezed(last.text), squeezed(element.text)}
            if squeezed(whole.text) in known or not parts & known:
                joined[-1] = whole
                continue
        joined.append(element)
    return Outline(outline.form, tuple(joined))


def is_parted(one: Text, other: Text) -> bool:
    """Whether a page ended between two texts of a rank."""
    last = one.marks[-1][0] if one.marks else one.page
    return one.rank == other.rank and bool(other.page) and other.page == last + 1


def _joined(one: Text, other: Text) -> Text:
    ends = (*one.ends, len(one.text), *(len(one.text) + end for end in other.ends))
    return Text(one.text + other.text, one.rank, one.role, one.path, one.page, ends, one.marks + other.marks)
