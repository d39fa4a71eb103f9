"""What may stand in the data files of a kind: one JSON Schema (Draft 7) for each file, after inheritance.

`x-type: cell` is a cell of a table, as `forms` knows it. Of layout.yaml and fonts.yaml it says only what the
model itself needs; the rest is checked where it is used.
"""

from __future__ import annotations

from typing import Final

from reportgen.model.fixed_texts import TEXTS
from reportgen.model.kind_shapes import (
    ANY_TEXT,
    BILINGUAL,
    CODE,
    FIGURE,
    FINDING,
    LENGTH,
    NAME,
    NAMES,
    NUMBER,
    SEVERITY,
    TEXT,
    WHOLE,
    Schema,
    closed,
    list_of,
    mapping_of,
)
from reportgen.model.review_files import LINT, REVIEW, VOCABULARY

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

OTHER_ROLES: Final = (
    *("title", "signature", "sealed", "recipient", "attachments", "waivers", "demands", "published"),
    *("form", "number", "signers", "issuer", "copy-number", "secrecy", "urgency", "copied"),
    *("printer", "printed", "letter-title", "letter-body", "sheet", "previous", "body"),
    *("about", "reason", "remarks"),
    *("comparison", "conclusion", "authenticity", "completeness", "usability", "security", "problems"),
    *("approval", "work", "matter", "printing"),
)
"""Further roles that the program knows; a misspelt one would silence what it stands for."""

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
    fields=closed(ROLES, **dict.fromkeys((*ROLES, *OTHER_ROLES), TEXT)),
    unsigned={"type": "boolean"},
    forms=mapping_of({"enum": ["report", "document", "letter"]}),
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
    told=TEXT,
    severity=SEVERITY,
)
RULES: Final = closed(
    (),
    formulas=list_of(FORMULA),
    rules=list_of(RULE),
    findings={**mapping_of(FINDING), "propertyNames": CODE},
)

ELEMENT: Final = closed(
    ("code", "name"),
    code=ANY_TEXT,
    name=TEXT,
    of=NAMES,
    text=TEXT,
    each={"enum": ["file", "event", "signature"]},
    must={"type": "boolean"},
    most=WHOLE,
    pattern=TEXT,
    choices=NAMES,
)
ELEMENT["properties"] |= {"inner": list_of(ELEMENT)}
KNOWN: Final = (
    *("number", "fonds", "term", "identifier", "title", "year", "pages", "format"),
    *("file", "size", "digest", "act", "moment", "person"),
)
"""The elements of metadata that the program has to know."""
EVENTS: Final = ("issued", "corrected", "signed", "archived", "withdrawn")
ARCHIVE: Final = closed(
    ("office", "terms", "known", "organization", "elements", "events", "formats"),
    office=SCHEMA,
    terms=mapping_of(TEXT),
    known={**mapping_of(TEXT), "required": list(KNOWN)},
    organization=NAMES,
    elements=list_of(ELEMENT, 1),
    events={**mapping_of(TEXT), "required": list(EVENTS)},
    formats=mapping_of(TEXT),
)
"""What goes with an archived report; read only when one is archived or a package is verified."""

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
DATA: Final[Schema] = {
    "type": "object",
    "required": ["kind", "schema", "text", "layout"],
    "properties": {
        "kind": KIND,
        "schema": SCHEMA,
        "tables": mapping_of(TABLE),
        "rules": RULES,
        "review": REVIEW,
        "text": TEXTS,
        "layout": LAYOUT,
        "fonts": {"type": "object"},
        "figures": VOCABULARY,
        "lint": LINT,
        "draft": DRAFT,
    },
}
"""All data files of a kind, by their stems."""
