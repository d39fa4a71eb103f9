"""A report and a superior's demands in; a finding for every demand that is not met out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic, Listed, Related, Severity
from reportgen.model.review.deadlines import limit, order, spoken
from reportgen.model.review.profiles import Matter, Profile, fill
from reportgen.model.review.texts import alternatives, passages_of, sentences
from reportgen.model.values import Cell, Date, Prose

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

RUNNING: Final = ("paragraph", "heading", "item", "note")
"""Roles of passages that count as the text of a field."""
COUNT: Final = re.compile("[0-9０-９一二两三四五六七八九十百千万]+")


def check_demands(subject: Review) -> Iterator[Diagnostic]:
    """The findings of lengths, deadlines, the title and matters that are not as the profile asks."""
    profile = subject.profile
    if profile is None:
        return
    yield from _check_lengths(subject, profile)
    yield from _check_deadline(subject, profile)
    yield from _check_title(subject, profile)
    for matter in profile.matters:
        yield from _check_matter(subject, profile, matter)


def raise_levels(subject: Review, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings, those that the profile counts as errors raised, unless the report is a draft."""
    strict = subject.profile.strict if subject.profile and not subject.report.is_draft else frozenset()
    return tuple(replace(f, severity=Severity.ERROR) if f.code in strict else f for f in found)


def _check_lengths(subject: Review, profile: Profile) -> Iterator[Diagnostic]:
    for field, most in profile.lengths.items():
        texts = [p.text for p in passages_of(subject, (field,)) if p.role in RUNNING]
        length = len("".join("".join(texts).split()))
        if length > most:
            key = _key(subject, "lengths", field)
            told = {"name": field, "length": length, "limit": most}
            yield _find(subject, profile, "demand-length", field, key, **told)


def _check_deadline(subject: Review, profile: Profile) -> Iterator[Diagnostic]:
    fields, names = subject.report.kind.fields, subject.report.names.values
    body = subject.texts.get(fields.get("body", ""), "")
    year, last = names.get(fields["year"]), profile.deadlines.get(body)
    given = [
        fields[role] for role in ("published", "date") if isinstance(names.get(fields.get(role, "")), Date)
    ]
    day = names.get(given[0]) if given else None
    if (
        last is None
        or not isinstance(day, Date)
        or not isinstance(year, Cell)
        or not isinstance(year.figure, int)
    ):
        return
    latest = limit(year.figure + 1, last)
    if latest and order(day) > order(latest):
        key = _key(subject, "deadlines", body)
        told = {"place": given[0], "given": spoken(day), "wanted": spoken(latest)}
        yield _find(subject, profile, "demand-deadline", given[0], key, **told)


def _check_title(subject: Review, profile: Profile) -> Iterator[Diagnostic]:
    report = subject.report
    key = report.kind.fields["title"]
    lines = report.values.get(key)
    printed = [str(line) for line in lines if isinstance(line, Prose)] if isinstance(lines, tuple) else []
    given = "".join(printed or (fill(line, subject.texts) for line in report.kind.texts.get("title", ())))
    wanted = fill(profile.title, subject.texts)
    if wanted and "".join(given.split()) != "".join(wanted.split()):
        at = report.kind.profile["title"]
        yield _find(subject, profile, "demand-title", key, at, given=given, wanted=wanted)


def _check_matter(subject: Review, profile: Profile, matter: Matter) -> Iterator[Diagnostic]:
    wanted = alternatives(matter.words)
    spoken_of = [
        s.text for p in passages_of(subject, (matter.field,)) for s in sentences(p) if wanted.search(s.text)
    ]
    related = (Related(matter.location, matter.name, profile.name),)
    place = subject.locate(matter.field)
    if not spoken_of:
        words = Listed(matter.words)
        yield subject.find(
            "demand-missing", place, matter.field, related=related, name=matter.name, words=words
        )
    elif matter.counted and not any(COUNT.search(text) for text in spoken_of):
        yield subject.find("demand-number", place, matter.field, related=related, name=matter.name)


def _key(subject: Review, role: str, key: str) -> str:
    return f"{subject.report.kind.profile[role]}.{key}"


def _find(subject: Review, profile: Profile, code: str, field: str, key: str, **arguments: Any) -> Diagnostic:
    """A finding at a field, with where the demand stands."""
    related = (Related(profile.places[key], key, profile.name),) if key in profile.places else ()
    return subject.find(code, subject.locate(field), field, related=related, **arguments)
