"""A superior's demands, a file without code, in; what it asks for out, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from reportgen.catalogue import engine_catalogue, find
from reportgen.diagnostics import Diagnostic, Listed, Location
from reportgen.errors import ReportgenError
from reportgen.model import nodes
from reportgen.model.misshapes import describe_misshapes, locate, plain, spell
from reportgen.model.review.references import Against, named
from reportgen.model.shape import find_misshapes
from reportgen.model.source import read_source
from reportgen.model.strays import nearest

if TYPE_CHECKING:
    from reportgen.model.kind import Kind
    from reportgen.model.report import Report

DAY: Final = re.compile("(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
PLACE: Final = re.compile(r"\{([^{}]+)\}")

LEVELS: Final = ("typo", "wording", "figure", "structure")
"""The levels of change that may be approved by different people, as the kind names them."""

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Matter:
    """Something a field has to speak of, in one of these words, and with a number when `counted`."""

    name: str
    field: str
    words: tuple[str, ...]
    counted: bool
    location: Location


@dataclass(frozen=True, slots=True)
class Profile:
    """What a superior asks for besides the kind's own rules.

    `lengths` limits the characters of fields, `deadlines` gives the last day (MM-DD) by the kind of body,
    `title` is the form of the title, `strict` the codes that count as errors. `places` tells where a demand
    stands in the file, by its key and the key in it. `approvals` says who approves a correction of which
    level.
    """

    name: str
    lengths: Mapping[str, int]
    deadlines: Mapping[str, str]
    title: str
    matters: tuple[Matter, ...]
    strict: frozenset[str]
    places: Mapping[str, Location]
    approvals: Mapping[str, str] = field(default_factory=dict)


def read_profile(report: Report, against: Against) -> tuple[Profile | None, tuple[Diagnostic, ...]]:
    """The demands an option or the report names; None without any or when their shape is wrong.

    Raises what reading raises when an option names the file.
    """
    from reportgen.files.reading import read_file
    from reportgen.model.limits import FILE_BYTES

    source, words = named(report, "demands", against.profile), report.kind.profile
    if source is None or not words:
        return None, ()
    try:
        data = read_file(source.file, FILE_BYTES)
    except ReportgenError:
        if not source.path:
            raise
        return None, ()  # a file that is not there is found already
    root, found = read_source(data, str(source.file))
    if root is None:
        return None, found
    misshapes = find_misshapes(plain(root), profile_schema(report.kind), report.kind.vocabulary)
    if misshapes:
        return None, (*found, *describe_misshapes(misshapes, root))
    return _profile(root, report.kind), (
        *found,
        *_bad_days(root, report.kind),
        *_unknown_codes(root, report.kind),
    )


def profile_schema(kind: Kind) -> dict[str, Any]:
    """The shape of a profile for reports of a kind."""
    words, text = kind.profile, {"type": "string", "x-type": "text"}
    fields = kind.fields_of_type("blocks")
    bodies = kind.schema["properties"].get(kind.fields.get("body", ""), {}).get("enum", ())
    texts = {"type": "array", "minItems": 1, "items": text}
    matter = {
        words["matter"]: text,
        words["field"]: {"x-type": "text", "enum": list(fields)},
        words["words"]: texts,
        words["counted"]: {"x-type": "flag"},
    }
    needed = [words[role] for role in ("matter", "field", "words")]
    return closed(
        {
            words["name"]: text,
            words["source"]: text,
            words["lengths"]: closed({key: {"x-type": "count"} for key in fields}),
            words["deadlines"]: closed(dict.fromkeys(bodies, text)),
            words["title"]: text,
            words["matters"]: {"type": "array", "items": closed(matter, needed)},
            words["strict"]: texts,
            **approval_shape(words, text),
        },
        [words["name"]],
    )


def approval_shape(words: Words, text: Mapping[str, str]) -> dict[str, Any]:
    """The shape of who approves what, where the kind has words for it."""
    if "approvals" not in words:
        return {}
    return {words["approvals"]: closed({words[level]: text for level in LEVELS if level in words})}


def closed(properties: Mapping[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    """The shape of a mapping with these keys and no others."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": dict(properties),
        "required": required or [],
    }


def _profile(root: nodes.Mapping, kind: Kind) -> Profile:
    words, tree = kind.profile, plain(root)
    inner = {role: tree.get(words[role]) or {} for role in ("lengths", "deadlines")}
    places = {
        f"{words[role]}.{key}": locate(root, (words[role], key)) for role in inner for key in inner[role]
    } | {words[role]: locate(root, (words[role],)) for role in ("title", "name") if words[role] in tree}
    unknown = kind.vocabulary["unknown"]
    return Profile(
        tree[words["name"]],
        {key: int(limit) for key, limit in inner["lengths"].items() if limit not in (None, unknown)},
        inner["deadlines"],
        tree.get(words["title"], ""),
        tuple(
            _matter(entry, locate(root, (words["matters"], number)), kind)
            for number, entry in enumerate(tree.get(words["matters"], ()))
        ),
        frozenset(tree.get(words["strict"], ())),
        places,
        approvals_in(tree, words),
    )


def approvals_in(tree: Mapping[str, Any], words: Words) -> Mapping[str, str]:
    """Who approves a correction, by the level."""
    given = tree.get(words.get("approvals", "")) or {}
    return {level: given[words[level]] for level in LEVELS if words.get(level) in given}


def _matter(entry: Mapping[str, Any], location: Location, kind: Kind) -> Matter:
    words = kind.profile
    counted = entry.get(words["counted"]) == kind.vocabulary["yes"]
    wanted = tuple(entry[words["words"]])
    return Matter(entry[words["matter"]], entry[words["field"]], wanted, counted, location)


def _bad_days(root: nodes.Mapping, kind: Kind) -> tuple[Diagnostic, ...]:
    key = kind.profile["deadlines"]
    return tuple(
        find("demand-day", locate(root, (key, body)), spell((key, body)), given=day)
        for body, day in (plain(root).get(key) or {}).items()
        if not DAY.fullmatch(day)
    )


def _unknown_codes(root: nodes.Mapping, kind: Kind) -> tuple[Diagnostic, ...]:
    key = kind.profile["strict"]
    known = engine_catalogue() | kind.catalogue
    return tuple(
        find(
            "demand-code-unknown",
            locate(root, (key, number)),
            spell((key, number)),
            name=code,
            nearest=Listed(nearest(code, list(known))),
        )
        for number, code in enumerate(plain(root).get(key, ()))
        if code not in known
    )


def fill(form: str, texts: Mapping[str, str]) -> str:
    """The form of a title with the report's short texts in it; what there is no text for stays."""
    return PLACE.sub(lambda match: texts.get(match[1], match[0]), form)
