"""A plain tree and a schema in; what is wrong with the tree's shape, each misshape with its path, out.

The walk is jsonschema's (Draft 7); `x-type` is a keyword of ours, and every word a user reads is ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import NOTHING, Listed
from reportgen.model.forms import Plain, Steps, check_form
from reportgen.model.scalars import Flaw, Schema, Words
from reportgen.model.sound_shape import is_sound
from reportgen.model.strays import SHOWN, judge_stray

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

MOST: Final = 500
"""Findings listed for one report: more than any table has figures."""

TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {"object": "mapping-expected", "array": "list-expected", "string": "text-expected"}
)
"""The finding of a value that is not of the type."""
CERTAIN: Final = ("year", "flag", "file")
"""Forms that cannot be left for later; nor can a choice."""


@dataclass(frozen=True, slots=True)
class Misshape:
    """Something wrong with a shape. `at` leads to the value; `key` is the key in it that is one too many."""

    code: str
    at: Steps
    key: str = ""
    arguments: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


class FlawError(Exception):
    """A flaw on its way through the library, which carries nothing but exceptions."""

    def __init__(self, flaw: Flaw) -> None:
        """Keep the flaw."""
        super().__init__(flaw.code)
        self.flaw = flaw


def find_misshapes(tree: Plain, schema: Schema, words: Words) -> tuple[Misshape, ...]:
    """Every misshape of a tree, each once, in no order that matters; one more than `MOST` at most."""
    return () if is_sound(tree, schema, words) else judge(tree, schema, words)


def judge(tree: Plain, schema: Schema, words: Words) -> tuple[Misshape, ...]:
    """The misshapes that jsonschema finds."""
    from jsonschema import Draft7Validator, ValidationError
    from jsonschema.validators import extend

    def check_type(_: Validator, form: str, value: Plain, at: Schema) -> Iterator[ValidationError]:
        for path, wrong in check_form(form, value, at, words):
            yield ValidationError(wrong.code, path=path, cause=FlawError(wrong))

    engine = extend(Draft7Validator, {"x-type": check_type})  # type: ignore[no-untyped-call]
    errors = engine(schema).iter_errors(tree)
    found = list(islice((misshape for error in errors for misshape in _translate(error, schema)), MOST + 1))
    meant = {meant_by(misshape) for misshape in found}
    left = (m for m in found if m.code != "missing-key" or (m.at, m.arguments["key"]) not in meant)
    return tuple({(m.code, m.at, m.key, *m.arguments.values()): m for m in left}.values())


def meant_by(misshape: Misshape) -> tuple[Steps, str]:
    """The key that a wrong one most likely stands for, and where: it is there, only not as it should be."""
    if misshape.code != "unknown-key":
        return (), ""
    case = misshape.arguments.get("case")
    if case == "first-level":
        return (), misshape.key
    return misshape.at, "" if case else misshape.arguments["allowed"].partition("、")[0]


def _translate(error: Any, whole: Schema) -> Iterator[Misshape]:
    """The misshapes of one error of the library, by the keyword that failed."""
    at: Steps = tuple(error.absolute_path)
    if isinstance(error.cause, FlawError):
        wrong = error.cause.flaw
        yield Misshape(wrong.code, at, wrong.arguments.get("key", ""), wrong.arguments)
    elif error.validator == "additionalProperties":
        yield from _stray_keys(error.instance, list(error.schema.get("properties", ())), at, whole)
    elif error.validator == "required":
        yield from _missing_keys(error, at)
    elif (
        error.validator != "enum" or "x-type" not in error.schema
    ):  # choices of an x-type are its own to check
        yield _translate_keyword(error, at)


def _stray_keys(
    tree: Mapping[str, Plain], allowed: Sequence[str], at: Steps, whole: Schema
) -> Iterator[Misshape]:
    left = [name for name in allowed if name not in tree] or allowed
    for key, value in tree.items():
        if key not in allowed:
            wrong = judge_stray(key, value, left, at, whole)
            yield Misshape(wrong.code, at, key, wrong.arguments)


def _missing_keys(error: Any, at: Steps) -> Iterator[Misshape]:
    properties = error.schema.get("properties", {})
    for key in error.validator_value:
        if key not in error.instance:
            form = properties.get(key, {})
            certain = form.get("x-type") in CERTAIN or "enum" in form
            yield Misshape("missing-key", at, "", {"key": key, "case": "certain" if certain else ""})


def _translate_keyword(error: Any, at: Steps) -> Misshape:
    wanted, value = error.validator_value, str(error.instance)[:SHOWN]
    match error.validator:
        case "type" if error.instance is None:
            return Misshape("value-missing", at)
        case "type" if isinstance(wanted, str) and wanted in TYPES:
            return Misshape(TYPES[wanted], at)
        case "enum":
            return Misshape("choice", at, "", {"value": value, "allowed": Listed(map(str, wanted))})
        case "maxLength":
            return Misshape("text-too-long", at, "", {"length": len(error.instance), "limit": wanted})
    return Misshape("value-refused", at, "", {"value": value, "keyword": error.validator})
