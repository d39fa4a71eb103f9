"""What may stand in the files that reviews read: one JSON Schema (Draft 7) for each, after inheritance.

review.yaml says which checks of texts are made, figures.yaml which words name figures, lint.yaml what the
reading of punctuation and numerals has to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportgen.model.kind_shapes import (
    CODE,
    FINDING,
    LENGTH,
    NAMES,
    SEVERITY,
    TEXT,
    WHOLE,
    Schema,
    closed,
    list_of,
    mapping_of,
)

PATTERNS: Final = closed(("fields", "pattern"), fields=NAMES, pattern=TEXT)
DAY: Final[Schema] = {"type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}


def tasks(needed: Sequence[str], **properties: Schema) -> Schema:
    """Checks of one form, by their names; `code` is what is found when it is not the name."""
    common = {
        "code": CODE,
        "when": mapping_of(NAMES),
        "like": mapping_of(TEXT),
        "provided": TEXT,
        "severity": SEVERITY,
    }
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
    organs=tasks(("fields", "own", "lead", "ends"), fields=NAMES, own=TEXT, lead=TEXT, ends=TEXT),
    problems=tasks(
        ("field", "least", "none", "measure", "problem", "denied", "empty", "lacking", "action"),
        field=TEXT,
        least=WHOLE,
        none=TEXT,
        measure=TEXT,
        problem=TEXT,
        denied=TEXT,
        empty=NAMES,
        lacking=NAMES,
        trace=TEXT,
        neutral=TEXT,
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

LINT: Final = closed(
    (),
    units=NAMES,
    doubled=list_of(closed(("text",), text=TEXT, not_after=NAMES, not_before=NAMES)),
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
    deeds=TEXT,
    sorting=TEXT,
    beside=mapping_of(list_of(TEXT, 1)),
    left=mapping_of(TEXT),
    rest=TEXT,
    happened=TEXT,
    onward=TEXT,
    decided=TEXT,
    crossing=mapping_of(TEXT),
    periods=TEXT,
    earlier=TEXT,
    parts=TEXT,
    whole=TEXT,
    soft=TEXT,
    wider=TEXT,
    areas=TEXT,
    papers=TEXT,
    limits=TEXT,
    lone=NAMES,
    bodies=NAMES,
    own=NAMES,
    topics=mapping_of(TEXT),
    acts=mapping_of(closed(("words",), topic=TEXT, words=TEXT)),
    columns=mapping_of(closed(("words", "columns"), words=list_of(TEXT), columns=list_of(TEXT, 1))),
    whole_column=TEXT,
    own_column=TEXT,
    all=TEXT,
    quantities=mapping_of(QUANTITY),
    wholes=NAMES,
    rates=list_of(
        closed(
            ("topic", "words", "parts", "wholes"),
            topic=TEXT,
            words=TEXT,
            parts=list_of(TEXT, 1),
            wholes=list_of(TEXT, 1),
        )
    ),
    claims=list_of(
        closed(("words", "zero"), topic=TEXT, words=TEXT, zero=list_of(TEXT, 1), hint={"type": "boolean"})
    ),
)
"""figures.yaml: the words of texts that name figures of the tables; long lists are texts with blanks."""
