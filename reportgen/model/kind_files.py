"""What may stand in the data files of a kind: one JSON Schema (Draft 7) for each file, after inheritance.

`x-type: cell` is a cell of a table, as `forms` knows it. Of layout.yaml and fonts.yaml it says only what the
model itself needs; the rest is checked where it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

Schema = dict[str, Any]


def closed(needed: Sequence[str], /, **properties: Schema) -> Schema:
    """A mapping with these keys and no others; `_` in a name stands for `-`."""
    named = {name.replace("_", "-"): form for name, form in properties.items()}
    return {"type": "object", "additionalProperties": False, "required": list(needed), "properties": named}


def mapping_of(value: Schema) -> Schema:
    """A mapping of any names to values of one form."""
    return {"type": "object", "additionalProperties": value}


def list_of(item: Schema, least: int = 0, most: int = 1000) -> Schema:
    """A list of so many items of one form."""
    return {"type": "array", "minItems": least, "maxItems": most, "items": item}


TEXT: Final[Schema] = {"type": "string", "minLength": 1}
ANY_TEXT: Final[Schema] = {"type": "string"}
NAME: Final[Schema] = {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"}
CODE: Final[Schema] = {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"}
NAMES: Final = list_of(TEXT)
LENGTH: Final[Schema] = {"type": "number", "exclusiveMinimum": 0}
NUMBER: Final[Schema] = {"type": "number"}
WHOLE: Final[Schema] = {"type": "integer", "minimum": 1}
BILINGUAL: Final = closed(("zh", "en"), zh=TEXT, en=TEXT)
SEVERITY: Final[Schema] = {"enum": ["error", "warning", "hint"]}
FIGURE: Final[Schema] = {"enum": ["count", "amount"]}

WORDS: Final = (
    "unknown",
    "not-applicable",
    "rest",
    "note",
    "inside",
    "below",
    "yes",
    "no",
    "draft",
    "final",
    "last",
)
"""The words of a report file that the engine has to know."""

ROLES: Final = ("kind", "status", "organ", "year", "date")
"""The roles that some key of every report plays."""

PROFILE: Final = (
    *("name", "source", "lengths", "deadlines", "title", "matters"),
    *("matter", "field", "words", "counted", "strict"),
)
"""The keys of a file of a superior's demands, by what they mean."""

KIND: Final = closed(
    (
        "name",
        "title",
        "description",
        "version",
        "standard",
        "outputs",
        "language",
        "fields",
        "vocabulary",
        "blocks",
    ),
    name=NAME,
    abstract={"type": "boolean"},
    extends=NAME,
    title=TEXT,
    description=BILINGUAL,
    version=TEXT,
    standard=TEXT,
    language=TEXT,
    outputs=list_of({"enum": ["docx", "pdf", "html"]}, 1),
    fields={**mapping_of(TEXT), "required": list(ROLES)},
    vocabulary={**mapping_of(TEXT), "required": list(WORDS)},
    blocks=mapping_of(mapping_of({"type": ["string", "object"]})),
    waiver={**mapping_of(TEXT), "required": ["code", "place", "reason"]},
    profile={**mapping_of(TEXT), "required": list(PROFILE)},
)

FORMS: Final = [
    "text",
    "lines",
    "prose",
    "blocks",
    "count",
    "amount",
    "figure",
    "figures",
    "year",
    "date",
    "flag",
    "file",
    "table",
    "attachments",
]

PROPERTY: Final = closed(
    (),
    x_type={"enum": FORMS},
    type={"enum": ["object", "array"]},
    description=TEXT,
    default=ANY_TEXT,
    enum=NAMES,
    maxLength=WHOLE,
    required=NAMES,
)
PROPERTY["properties"] |= {"properties": mapping_of(PROPERTY), "items": PROPERTY}

SCHEMA: Final = closed(
    ("type", "properties"),
    type={"const": "object"},
    properties=mapping_of(PROPERTY),
    required=NAMES,
    order=NAMES,
)

TABLE: Final = closed(
    ("columns", "heights", "rows"),
    caption=TEXT,
    columns=list_of(LENGTH, 1, 60),
    heights={"type": ["number", "array"], "exclusiveMinimum": 0, "items": LENGTH},
    header_rows={"type": "integer", "minimum": 0, "maximum": 20},
    column_headers=mapping_of(list_of(WHOLE)),
    type=FIGURE,
    types=mapping_of(FIGURE),
    unit=ANY_TEXT,
    units=mapping_of(ANY_TEXT),
    help=mapping_of(TEXT),
    not_applicable=NAMES,
    spread=NAMES,
    axes=mapping_of(NAMES),
    rows=list_of(list_of({"x-type": "cell"}, 0, 60), 1, 300),
)

FORMULA: Final = closed(("code", "total", "addends"), code=CODE, total=TEXT, addends=NAMES)
RULE: Final = closed(
    ("code", "check", "at"),
    code=CODE,
    each=TEXT,
    check=TEXT,
    at=TEXT,
    when=mapping_of(NAMES),
    provided=TEXT,
    severity=SEVERITY,
)
FINDING: Final = closed(
    ("severity", "message", "hint", "explanation"),
    severity=SEVERITY,
    concern={"enum": ["arithmetic", "publication"]},
    message=BILINGUAL,
    hint=BILINGUAL,
    explanation=BILINGUAL,
    source=ANY_TEXT,
    waivable={"type": "boolean"},
)
RULES: Final = closed(
    (),
    formulas=list_of(FORMULA),
    rules=list_of(RULE),
    findings={**mapping_of(FINDING), "propertyNames": CODE},
)

PATTERNS: Final = closed(("fields", "pattern"), fields=NAMES, pattern=TEXT)
DAY: Final[Schema] = {"type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}


def tasks(needed: Sequence[str], **properties: Schema) -> Schema:
    """Checks of one form, by their names; `code` is what is found when it is not the name."""
    common = {"code": CODE, "when": mapping_of(NAMES), "provided": TEXT, "severity": SEVERITY}
    return {**mapping_of(closed(needed, **common, **properties)), "propertyNames": CODE}


REVIEW: Final = closed(
    (),
    aspects=tasks(("field", "items"), field=TEXT, items=mapping_of(NAMES)),
    mentions=tasks(("fields", "words"), fields=NAMES, words=mapping_of(NAMES)),
    sentences=tasks(
        ("fields", "about"), fields=NAMES, about=TEXT, holds=TEXT, elsewhere=PATTERNS, unless=PATTERNS
    ),
    patterns=tasks(("patterns",), fields=NAMES, patterns=NAMES),
    years=tasks(
        ("reach",),
        fields=NAMES,
        reach=WHOLE,
        any={"type": "boolean"},
        before=TEXT,
        own=TEXT,
        after=TEXT,
        work=TEXT,
        future=NAMES,
        next=NAMES,
    ),
    periods=tasks(("about",), fields=NAMES, about=TEXT),
    deadlines=tasks(("fields",), fields=NAMES, latest=DAY, earliest=DAY),
    leads=tasks(("fields", "count", "ending", "old"), fields=NAMES, count=TEXT, ending=TEXT, old=NAMES),
    problems=tasks(
        ("field", "least", "none", "measure", "problem", "lacking", "action"),
        field=TEXT,
        least=WHOLE,
        none=TEXT,
        measure=TEXT,
        problem=TEXT,
        lacking=NAMES,
        action=NAMES,
    ),
    copies=tasks(
        ("field", "with", "limit", "least"),
        **{"field": TEXT, "with": list_of({"enum": ["last", "others"]}, 1), "limit": LENGTH, "least": WHOLE},
    ),
    privacy=tasks(
        ("contact", "public", "words", "names"), contact=TEXT, public=NAMES, words=TEXT, names=TEXT
    ),
    numbering=tasks((), fields=NAMES),
    amounts=tasks(
        ("fields", "pattern", "figure", "factor"), fields=NAMES, pattern=TEXT, figure=TEXT, factor=WHOLE
    ),
    findings={**mapping_of(FINDING), "propertyNames": CODE},
)

WORKBOOK: Final = closed(
    ("fields", "rows", "sheets", "words"),
    fields=NAMES,
    rows={**WHOLE, "maximum": 1000},
    sheets={**mapping_of(TEXT), "required": ["fields", "help"]},
    words=mapping_of(TEXT),
)
"""What the collection workbook says; read only when one is made or brought in."""

LAYOUT: Final[Schema] = {
    "type": "object",
    "required": ["page", "margins"],
    "properties": {
        "page": {"type": "object", "required": ["width"], "properties": {"width": NUMBER}},
        "margins": {
            "type": "object",
            "required": ["left", "right"],
            "properties": {"left": NUMBER, "right": NUMBER},
        },
    },
}

LINT: Final = closed(
    (),
    units=NAMES,
    doubled=list_of(closed(("text",), text=TEXT, not_after=NAMES, not_before=NAMES)),
)

DRAFT: Final = closed(
    (),
    reset=mapping_of(TEXT),
    drop=NAMES,
    carried=mapping_of(TEXT),
    remarks=mapping_of(TEXT),
    marks=closed((), year=TEXT, figure=TEXT),
    preface=NAMES,
    skeleton=mapping_of(TEXT),
)
QUANTITY: Final = closed(
    ("counters",), counters=NAMES, near=TEXT, said=NAMES, whole=NAMES, acts=mapping_of(list_of(TEXT, 1))
)
VOCABULARY: Final = closed(
    ("counters", "topics", "acts", "quantities"),
    counters=TEXT,
    fillers=TEXT,
    neutral=TEXT,
    foreign=TEXT,
    periods=TEXT,
    parts=TEXT,
    whole=TEXT,
    soft=TEXT,
    lone=NAMES,
    bodies=NAMES,
    own=NAMES,
    topics=mapping_of(TEXT),
    acts=mapping_of(closed(("words",), topic=TEXT, words=TEXT)),
    columns=mapping_of(closed(("words", "columns"), words=list_of(TEXT, 1), columns=list_of(TEXT, 1))),
    whole_column=TEXT,
    own_column=TEXT,
    all=TEXT,
    quantities=mapping_of(QUANTITY),
    wholes=NAMES,
    claims=list_of(
        closed(("words", "zero"), topic=TEXT, words=TEXT, zero=list_of(TEXT, 1), hint={"type": "boolean"})
    ),
)
"""figures.yaml: the words of texts that name figures of the tables; long lists are texts with blanks."""

DATA: Final[Schema] = {
    "type": "object",
    "required": ["kind", "schema", "text", "layout"],
    "properties": {
        "kind": KIND,
        "schema": SCHEMA,
        "tables": mapping_of(TABLE),
        "rules": RULES,
        "review": REVIEW,
        "text": {"type": "object"},
        "layout": LAYOUT,
        "fonts": {"type": "object"},
        "figures": VOCABULARY,
        "lint": LINT,
        "draft": DRAFT,
    },
}
"""All data files of a kind, by their stems."""
