"""A kind's text.yaml in; its shape, and the places in its sentences that cannot be filled, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from reportgen.diagnostics import Listed
from reportgen.model.forms import Steps
from reportgen.model.kind_shapes import NAMES, TEXT, Schema, closed, list_of, mapping_of
from reportgen.model.misfits import Misfit, misfit
from reportgen.model.strays import nearest

LINES: Final = list_of(TEXT, 1, 20)
ORDINALS: Final = closed(("1", "2", "3", "4"), **{str(level): TEXT for level in range(1, 5)})
PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "note": ("",),
    "notes": ("", ""),
    "attachments": ("",),
    "attachments-several": ("", ""),
    "attachment-page": ("",),
    "recipient": ("",),
    "date": ("day", "month", "year"),
    "page-number": ("",),
    "picture-title": ("", ""),
    "table-title": ("", ""),
    "issuer": ("",),
    "copied": ("",),
    "printed": ("",),
}
"""What the engine fills in, in order; without it something of the report would not be printed."""
PLAIN: Final = ("draft-mark", "gap", "unchecked", "full-stop", "attachment-page-single", "joint")
WORDS: Final = ("untitled-table", "signers", "copied-joint")
TEXTS: Final[Schema] = {
    "type": "object",
    "properties": {
        **dict.fromkeys((*PLACES, *PLAIN, *WORDS), TEXT),
        "title": LINES,
        "headings": mapping_of(TEXT),
        "ordinals": ORDINALS,
        "upward": NAMES,
        "letter": closed(("title", "body"), title=LINES, body=LINES),
        "embedded": mapping_of(TEXT),
        "downloads": mapping_of(TEXT),
        "replaces": closed(("page", "notice"), page=TEXT, notice=TEXT),
    },
}
"""What the engine looks for in text.yaml; a kind may have further words."""
REPLACES: Final = ("before", "date", "reason", "revision")
ORDINAL: Final = ("", "中文")
PLACE: Final = re.compile(r"\{([^{}]*)\}")


def check_texts(texts: Mapping[str, Any], names: list[str]) -> Iterator[Misfit]:
    """The places of the sentences that the engine does not fill, or misses; `names` are the report's keys."""
    for key, places in PLACES.items():
        if key in texts:
            yield from _check_places(texts[key], ("text", key), places)
    for level, text in texts.get("ordinals", {}).items():
        yield from _check_places(text, ("text", "ordinals", level), *((place,) for place in ORDINAL))
    if "replaces" in texts:
        yield from _check_places(texts["replaces"]["page"], ("text", "replaces", "page"), REPLACES)
    yield from _check_lines(texts.get("title", ()), ("text", "title"), names)
    for key, lines in texts.get("letter", {}).items():
        yield from _check_lines(lines, ("text", "letter", key), names)


def _check_places(text: str, at: Steps, *choices: tuple[str, ...]) -> Iterator[Misfit]:
    """A text that does not have the places of one of the choices, or has half a brace."""
    found = tuple(sorted(PLACE.findall(text)))
    if found not in choices or _odd(text):
        yield misfit("text-places", at, text=text, places=" ".join(f"{{{place}}}" for place in choices[0]))


def _check_lines(lines: Sequence[str], at: Steps, names: list[str]) -> Iterator[Misfit]:
    """Lines that ask for what is no key of the report, or have half a brace."""
    for number, line in enumerate(lines):
        for name in PLACE.findall(line):
            if name not in names:
                yield misfit(
                    "kind-name-unknown", (*at, number), name=name, known=Listed(nearest(name, names))
                )
        if _odd(line):
            yield misfit("text-places", (*at, number), text=line, places=f"{{{names[0]}}}")


def _odd(text: str) -> bool:
    return bool(set("{}") & set(PLACE.sub("", text)))
