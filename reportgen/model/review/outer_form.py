"""A report in; what is missing or wrong around its text in the outer form it has chosen (公文形式) out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.signers import INSET, arrange_signers, signers_fit, spaced
from reportgen.model.values import Date, Mark, Prose
from reportgen.model.widths import room_of, text_width

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

NUMBER: Final = re.compile(r"[^\s〔〕0-9第]{1,20}〔(?P<year>(?:19|20)[0-9]{2})〕[1-9][0-9]{0,4}号")
NEARLY: Final = re.compile(
    r"(?P<code>[^\s\[\]〔〕（）()【】［］0-9第]{1,20})\s?[\[〔（(【［]\s?(?P<year>(?:19|20)[0-9]{2})(?:年)?\s?[\]〕）)】］]\s?"
    r"第?\s?0*(?P<number>[1-9][0-9]{0,4})\s?号?"
)
BRACKET: Final = re.compile(r"[〔（(【［\[]")
SECRECY: Final = re.compile(r"(?:绝密|机密|秘密)(?:★.{1,10})?")
COPY_NUMBER: Final = re.compile(r"[0-9]{6}")

PRINTED: Final[Mapping[str, frozenset[str]]] = {
    "report": frozenset(),
    "document": frozenset(
        ("number", "signers", "issuer", "copy-number", "secrecy", "urgency", "copied", "printer", "printed")
    ),
    "letter": frozenset(
        ("number", "issuer", "copy-number", "secrecy", "urgency", "copied", "letter-title", "letter-body")
    ),
}
"""The roles of the fields that each outer form prints; those of none are printed by all."""


def check_outer_form(subject: Review) -> Iterator[Diagnostic]:
    """The findings of a document or a letter, and fields given that the form does not print."""
    kind, values = subject.report.kind, subject.report.values
    form = kind.forms.get(str(values.get(kind.fields.get("form", ""), "")), "report")
    yield from _unprinted(subject, form)
    if form == "report":
        return
    yield from _number(subject)
    yield from _printed(subject)
    yield from _missing(subject, "recipient", "recipient-missing")
    yield from _signers(subject, form)
    yield from _markings(subject)
    yield from _issuer(subject, form)


def _unprinted(subject: Review, form: str) -> Iterator[Diagnostic]:
    fields = subject.report.kind.fields
    known = frozenset().union(*PRINTED.values())
    for role in (role for role in fields if role in known - PRINTED[form]):
        key = fields[role]
        if subject.report.root.get(key):
            yield subject.find(
                "form-without-field", subject.locate(key), key, name=key, form=_chosen(subject)
            )


def _chosen(subject: Review) -> str:
    """The word for the form that is chosen."""
    kind = subject.report.kind
    given = subject.texts.get(kind.fields.get("form", ""), "")
    return given or next((word for word, form in kind.forms.items() if form == "report"), "")


def _number(subject: Review) -> Iterator[Diagnostic]:
    """发文字号: code, year in 〔〕, number without 第 and without zeros before it (7.2.5)."""
    given, key = _text(subject, "number"), subject.report.kind.fields["number"]
    if not given:
        yield from _missing(subject, "number", "document-number-missing")
        return
    text = str(given)
    match = NUMBER.fullmatch(text)
    if match is None:
        yield subject.find(
            "document-number-form", given.location, key, given=text, meant=_meant(text) or "某发〔2024〕1号"
        )
        return
    date = subject.report.values.get(subject.report.kind.fields["date"])
    if isinstance(date, Date) and date.year != int(match["year"]):
        yield subject.find("document-number-year", given.location, key, given=match["year"], wanted=date.year)


def _printed(subject: Review) -> Iterator[Diagnostic]:
    """印发日期: a document is printed when it has been signed, not before (7.4.4)."""
    fields, values = subject.report.kind.fields, subject.report.values
    key = fields.get("printed", "")
    printed, signed = values.get(key), values.get(fields["date"])
    if not (isinstance(printed, Date) and isinstance(signed, Date)):
        return
    if (printed.year, printed.month, printed.day) < (signed.year, signed.month, signed.day):
        yield subject.find("printed-early", subject.locate(key), key, name=key, date=fields["date"])


def _meant(text: str) -> str:
    """What was meant by a number that is nearly one."""
    match = NEARLY.fullmatch(text.strip())
    return f"{match['code']}〔{match['year']}〕{match['number']}号" if match else ""


def _signers(subject: Review, form: str) -> Iterator[Diagnostic]:
    """签发人: on what goes upward, as its number tells (7.2.6)."""
    key, names = subject.report.kind.fields.get("signers", ""), _value(subject, "signers")
    if form != "document":
        return
    number = str(_text(subject, "number") or "")
    if isinstance(names, tuple) and names:
        yield from _signers_fit(subject, [spaced(str(name)) for name in names], number)
    code = BRACKET.split(number)[0]
    upward = subject.report.kind.texts.get("upward", ())
    if not names and any(word in code for word in upward):
        yield subject.find("signer-missing", subject.locate(key), key, mark=code)


def _signers_fit(subject: Review, names: Sequence[str], number: str) -> Iterator[Diagnostic]:
    """Names that leave no room for the document number beside the last (7.2.5)."""
    kind, key = subject.report.kind, subject.report.kind.fields["signers"]
    room, label = Decimal(kind.layout["grid"]["characters"]), str(kind.texts["signers"])
    block = arrange_signers(names, number, label, room)
    if not signers_fit(block, number, label, room):
        yield subject.find("signers-wide", subject.locate(key), key, number=number, limit=int(room) - INSET)


def _markings(subject: Review) -> Iterator[Diagnostic]:
    """份号 and 密级 (7.2.1, 7.2.2)."""
    fields = subject.report.kind.fields
    copy, secrecy = _text(subject, "copy-number"), _text(subject, "secrecy")
    if copy and not COPY_NUMBER.fullmatch(str(copy)):
        yield subject.find("copy-number-form", copy.location, fields["copy-number"], given=copy)
    if secrecy and not SECRECY.fullmatch(str(secrecy)):
        yield subject.find("secrecy-form", secrecy.location, fields["secrecy"], given=secrecy)
    if secrecy and not copy:
        yield subject.find("copy-number-missing", secrecy.location, fields["copy-number"])


def _issuer(subject: Review, form: str) -> Iterator[Diagnostic]:
    """发文机关标志 that is too long for a line in the smallest of its styles (7.2.4)."""
    kind, names = subject.report.kind, _value(subject, "issuer") or ()
    key = kind.fields["issuer" if names else "organ"]
    if len(names) > 1:
        yield from _joint(subject, names, form)
    given: Sequence[Any] = names or (_value(subject, "organ") or "",)
    before, _, word = str(kind.texts["issuer"]).partition("{}") if form == "document" else ("", "", "")
    apart = Decimal(str(kind.layout["masthead"]["joint-gap"])) if word and len(names) > 1 else Decimal(0)
    most = room_of(kind.layout, kind.layout["masthead"][form][-1])
    for name in given if form == "document" else given[:1]:
        if isinstance(name, Prose) and not _is_known(name):
            continue
        if isinstance(name, Prose) and word and names and str(name).endswith(word):
            yield subject.find("mark-typed", name.location, key, given=str(name), mark=word)
        text = f"{before}{name}{word}"
        if text_width(text) + apart > most:
            yield subject.find("issuer-too-long", subject.locate(key), key, given=text, limit=int(most))


def _joint(subject: Review, names: Sequence[Prose], form: str) -> Iterator[Diagnostic]:
    """Several names: as many sign (7.2.4); a letter has that of the organ in charge alone (10.1)."""
    fields = subject.report.kind.fields
    key, signed = fields["issuer"], _value(subject, "signature") or ()
    if form == "letter":
        yield subject.find("issuers-letter", subject.locate(key), key, name=str(names[0]))
    elif len(signed) != len(names):
        sign, many = fields["signature"], max(len(signed), 1)
        yield subject.find(
            "issuers-count", subject.locate(key), key, count=len(names), signed=many, signature=sign
        )


def _missing(subject: Review, role: str, code: str) -> Iterator[Diagnostic]:
    key = subject.report.kind.fields.get(role, "")
    if key and not subject.report.root.get(key):
        where = subject.locate(subject.report.kind.fields["form"])
        yield subject.find(code, where, key, name=key, form=_chosen(subject))


def _value(subject: Review, role: str) -> Any:
    return subject.report.values.get(subject.report.kind.fields.get(role, ""))


def _text(subject: Review, role: str) -> Prose | None:
    """A text that is given; one that is still to be filled in is told of elsewhere."""
    value = _value(subject, role)
    return value if isinstance(value, Prose) and _is_known(value) else None


def _is_known(text: Prose) -> bool:
    return all(part.mark is not Mark.GAP for part in text.segments)
