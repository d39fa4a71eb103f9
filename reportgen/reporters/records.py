"""Findings in; JSON for programs out."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from reportgen.diagnostics import Diagnostic, Language, Location, in_file_order, spoken

UNSAFE: Final = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]"
)
"""What `json` leaves as it is although a terminal would obey it or UTF-8 cannot hold it."""


def report_json(diagnostics: tuple[Diagnostic, ...], language: Language = "zh") -> str:
    """A JSON list of the findings in file order, its messages in the language of the interface."""
    return json_text([record(diagnostic, language) for diagnostic in in_file_order(diagnostics)])


def json_text(records: list[dict[str, Any]]) -> str:
    """A JSON list that no terminal obeys."""
    text = json.dumps(records, ensure_ascii=False, indent=2)
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def record(diagnostic: Diagnostic, language: Language) -> dict[str, Any]:
    """The fields of a finding."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.level.value,
        "message": diagnostic.message(language),
        "location": location_record(diagnostic.location),
        "path": diagnostic.path,
        "related": [
            {
                "location": location_record(related.location),
                "path": related.path,
                "note": spoken(related.note, language),
            }
            for related in diagnostic.related
        ],
        "hint": diagnostic.hint(language),
        **({"reason": diagnostic.reason} if diagnostic.reason else {}),
    }


def location_record(location: Location) -> dict[str, str | int]:
    """The fields of a place; lines and columns count from 1, all 0 for the file as a whole.

    A place in a workbook has its `cell` as well.
    """
    cell = {"cell": location.cell} if location.cell else {}
    return {
        "file": location.file,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        **cell,
    }
