"""A report in; the titles whose lines are not shaped, or end, as GB/T 9704-2012 7.3.1 asks out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Bilingual, Diagnostic, Location
from reportgen.model.review.profiles import fill
from reportgen.model.titles import Shape, break_title, set_title, shape_of, words_broken
from reportgen.model.values import Attachment, Mark, Prose
from reportgen.model.widths import room_of, text_width

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

NAMES: Final = {
    "rectangle": Bilingual("长方形（各行一样长）", "a rectangle, all lines of one length"),
    "hourglass": Bilingual("沙漏形（中间的行短）", "an hourglass, shorter in the middle"),
}
STYLE: Final = "title"


def check_title_shapes(subject: Review) -> Iterator[Diagnostic]:
    """A warning for every title printed as 长方形 or 沙漏形, with a better division where there is one."""
    kind = subject.report.kind
    values: Mapping[str, Any] = subject.report.values
    title, letter = (kind.fields.get(role, "") for role in ("title", "letter-title"))
    if values.get(title):
        yield from _judge_given(subject, title, values[title])
    elif kind.texts.get("title"):
        yield from _judge_own(subject, [fill(line, subject.texts) for line in kind.texts["title"]])
    if kind.forms.get(str(values.get(kind.fields.get("form", "")))) == "letter" and values.get(letter):
        yield from _judge_given(subject, letter, values[letter])
    for item in values.get(kind.fields.get("attachments", "")) or ():
        if isinstance(item, Attachment) and item.body:
            yield from _judge_given(subject, item.title.path, (item.title,))


def _judge_given(subject: Review, path: str, given: Sequence[Prose]) -> Iterator[Diagnostic]:
    """A title of the author's; one that has still to be filled in has no shape."""
    if not any(part.mark is Mark.GAP for line in given for part in line.segments):
        lines = [str(line) for line in given]
        printed = set_title(lines, *_setting(subject))
        yield from _judge(subject, given[0].location, path, printed, break_title(lines, *_setting(subject)))
        for at, word in words_broken(lines, _setting(subject)[0]):
            yield subject.find("title-word", given[at].location, given[at].path, word=word)


def _judge_own(subject: Review, lines: Sequence[str]) -> Iterator[Diagnostic]:
    """The kind's own title, which a report has that gives none; nobody has to divide it."""
    organ, printed = subject.report.kind.fields["organ"], break_title(lines, *_setting(subject))
    yield from _judge(subject, subject.locate(organ), organ, printed, printed)


def _judge(
    subject: Review, location: Location, path: str, printed: Sequence[str], better: Sequence[str]
) -> Iterator[Diagnostic]:
    shape = _shape(printed)
    if shape != "good":
        told, instead = (" / ".join(lines) for lines in (printed, better))
        case = "" if _shape(better) == "good" else "words"
        yield subject.find(
            "title-shape", location, path, given=told, shape=NAMES[shape], better=instead, case=case
        )


def _shape(lines: Sequence[str]) -> Shape:
    return shape_of(map(text_width, lines))


def _setting(subject: Review) -> tuple[Sequence[str], Sequence[str], Decimal]:
    """Where titles of a kind may be broken, where not, and how many characters a line of one holds."""
    kind = subject.report.kind
    room = room_of(kind.layout, STYLE).quantize(Decimal(1), ROUND_DOWN)
    return kind.texts.get("title-words", ()), kind.texts.get("title-wholes", ()), room
