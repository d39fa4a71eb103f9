"""The names of 签发人 and the document number in; the lines they stand in (GB/T 9704-2012 7.2.6) out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.model.signers import SPACE, SignerRow, arrange_signers, spaced
from reportgen.model.values import Mark, Prose, Segment
from reportgen.render.geometry import characters_per_line

if TYPE_CHECKING:
    from reportgen.model.kind import Kind

SIGNERS: Final = ("document-number-upward", "document-number-next")
"""The classes of the first line of 签发人, and of those below it."""


@dataclass(frozen=True, slots=True)
class SignerLine:
    """A line of 签发人: the label before the first, the document number beside the last (7.2.6).

    `right` is what is free behind its names, in characters; `style` the class of its style.
    """

    number: Prose | None
    label: str
    names: Prose
    right: Decimal
    style: str


def signer_lines(given: Sequence[Prose], number: Prose | None, kind: Kind) -> tuple[SignerLine, ...]:
    """The lines of those who sign what goes upward, with the number beside the last; none of no names."""
    names, label = [_name(name) for name in given], str(kind.texts["signers"])
    if not names:
        return ()
    room = characters_per_line(kind.layout, SIGNERS[0])
    rows = arrange_signers([*map(str, names)], str(number or ""), label, room).rows
    rest, last = iter(names), len(rows) - 1
    return tuple(
        SignerLine(
            number if at == last else None,
            "" if at else label,
            _beside([next(rest) for _ in row.gaps], row),
            row.right,
            SIGNERS[min(at, 1)],
        )
        for at, row in enumerate(rows)
    )


def _name(name: Prose) -> Prose:
    """A name as it is printed; one that is still to be filled in stays as it is."""
    text = spaced(str(name))
    if text == str(name) or any(part.mark is not Mark.PLAIN for part in name.segments):
        return name
    return replace(name, segments=(Segment(text),), computed=True, origins=())


def _beside(names: Sequence[Prose], row: SignerRow) -> Prose:
    """The names of a line as one text."""
    if len(names) == 1:
        return names[0]
    segments = [
        part
        for name, gap in zip(names, row.gaps, strict=True)
        for part in (*([Segment(SPACE * gap)] if gap else []), *name.segments)
    ]
    return replace(names[0], segments=tuple(segments), computed=True, origins=())
