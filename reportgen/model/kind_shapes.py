"""The shapes that the files of a kind are put together of: texts, names, lists, closed mappings, findings."""

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
