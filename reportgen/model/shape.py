"""A plain tree and a schema in; what is wrong with the tree's shape out, each misshape with its path.

The walk is jsonschema's (Draft 7); `x-type` is a keyword of ours, and every word a user reads is ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import NOTHING
from reportgen.model.scalars import CHECKS, Flaw, Schema, Words, flaw, is_unknown

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

Path = tuple[str | int, ...]
Plain = Any
"""A tree of dict, list and text; None where a value was left empty."""

FEW: Final = 8
NEAR: Final = 0.5
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Misshape:
    """Something wrong with the shape. `at` is the path of the value, or of the mapping around it when `key` names what is wrong in it."""

    code: str
    at: Path
    key: str = ""
    arguments: Mapping[str, str] = field(default_factory=lambda: NOTHING)


def find_misshapes(tree: Plain, schema: Schema, words: Words) -> tuple[Misshape, ...]:
    """Every misshape of a tree's shape, each once, in no order that matters."""
    from jsonschema import Draft7Validator
    from jsonschema.validators import extend

    def check_type(_: Validator, form: str, value: Plain, at: Schema) -> Iterator[ValidationError]:
        yield from _check_form(form, value, at, words)

    engine = extend(Draft7Validator, {"x-type": check_type})
    found = (misshape for error in engine(schema).iter_errors(tree) for misshape in _translate(error))
    return tuple({(m.code, m.at, m.key): m for m in found}.values())


def nearest(name: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """The names to show for a wrong one: those close to it, else all when they are few, else the first of them."""
    close = get_close_matches(name, allowed, 3, NEAR) if len(name) <= LONGEST_NAME else []
    return tuple(close or (allowed if len(allowed) < FEW else [*allowed[: FEW - 1], "…"]))


def _check_form(form: str, value: Plain, schema: Schema, words: Words) -> Iterator[ValidationError]:
    check = FORMS.get(form)
    if check is not None:
        yield from check(value, schema, words)
    elif form in CHECKS:
        yield from _check_scalar(form, value, schema, words)


def _check_scalar(form: str, value: Plain, schema: Schema, words: Words, *at: str | int) -> Iterator[ValidationError]:
    if isinstance(value, dict | list):
        yield _error(flaw("text-expected"), *at)
    elif not (value == words["not-applicable"] and schema.get("waivable")):
        wrong = CHECKS[form](value, schema, words)
        if wrong:
            yield _error(wrong, *at)


def _check_group(value: Plain, schema: Schema, words: Words) -> Iterator[ValidationError]:
    """A mapping of figures; unknown as a whole when it is left empty."""
    waived = value == words["not-applicable"] and schema.get("waivable")
    if not isinstance(value, dict) and not waived and (isinstance(value, list) or not is_unknown(value, words)):
        yield _error(flaw("mapping-expected"))


def _check_figures(value: Plain, schema: Schema, words: Words, *at: str | int) -> Iterator[ValidationError]:
    """Figures under names of the author's own, in groups as deep as wanted."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _check_figures(inner, schema, words, *at, name)
    elif at:
        yield from _check_scalar("figure", value, schema, words, *at)
    else:
        yield from _check_group(value, schema, words)


def _check_lines(value: Plain, schema: Schema, words: Words) -> Iterator[ValidationError]:
    """One text or several, one for each line."""
    lines = value if isinstance(value, list) else [value]
    if not lines:
        yield _error(flaw("empty-list"))
    for number, line in enumerate(lines):
        yield from _check_scalar("text", line, schema, words, *([number] if isinstance(value, list) else []))


def _check_notes(value: Plain, schema: Schema, words: Words) -> Iterator[ValidationError]:
    """A text, a list of texts, or either under 表内 and 表下; the texts themselves are read as prose."""
    allowed = (words["inside"], words["below"])
    for key in value if isinstance(value, dict) else ():
        if key not in allowed:
            yield _error(flaw("unknown-key", key=key, allowed="、".join(allowed)))


FORMS: Mapping[str, Callable[[Plain, Schema, Words], Iterator[ValidationError]]] = {
    "group": _check_group,
    "figures": _check_figures,
    "lines": _check_lines,
    "notes": _check_notes,
}
"""The check of each form of value that is more than one scalar; blocks of prose are checked where they are read."""


def _error(wrong: Flaw, *at: str | int) -> ValidationError:
    from jsonschema import ValidationError

    return ValidationError(wrong.code, path=at, cause=Carried(wrong))


class Carried(Exception):
    """A flaw on its way through the library, which carries nothing but exceptions."""

    def __init__(self, wrong: Flaw) -> None:
        """Keep the flaw."""
        super().__init__(wrong.code)
        self.flaw = wrong


def _translate(error: ValidationError) -> Iterator[Misshape]:
    """The misshapes of one error of the library, by the keyword that failed."""
    at = tuple(error.absolute_path)
    if isinstance(error.cause, Carried):
        wrong = error.cause.flaw
        yield Misshape(wrong.code, at, wrong.arguments.get("key", ""), wrong.arguments)
    elif error.validator == "additionalProperties":
        yield from _unknown_keys(error, at)
    elif error.validator == "required":
        for key in error.validator_value:
            if key not in error.instance:
                yield Misshape("missing-key", at, "", {"key": key})
    elif "x-type" not in error.schema:
        yield _translate_keyword(error, at)


def _unknown_keys(error: ValidationError, at: Path) -> Iterator[Misshape]:
    allowed = list(error.schema.get("properties", ()))
    for key in error.instance:
        if key not in allowed:
            names = nearest(key, [name for name in allowed if name not in error.instance] or allowed)
            yield Misshape("unknown-key", at, key, {"key": key[:40], "allowed": "、".join(names)})


def _translate_keyword(error: ValidationError, at: Path) -> Misshape:
    value = str(error.instance)[:40]
    match error.validator:
        case "type" if error.instance is None:
            return Misshape("value-missing", at)
        case "type" if error.validator_value in TYPE_CODES:
            return Misshape(TYPE_CODES[error.validator_value], at)
        case "enum":
            return Misshape("choice", at, "", {"value": value, "allowed": "、".join(map(str, error.validator_value))})
        case "maxLength":
            limit = str(error.validator_value)
            return Misshape("text-too-long", at, "", {"length": str(len(error.instance)), "limit": limit})
    return Misshape("value-refused", at, "", {"value": value, "keyword": str(error.validator)})


TYPE_CODES: Mapping[str, str] = {"object": "mapping-expected", "array": "list-expected", "string": "text-expected"}
