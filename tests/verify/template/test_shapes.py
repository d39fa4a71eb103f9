"""What the lint knows of names is what the templates see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reportgen.model.report import Report, load_report
from reportgen.model.values import Date
from reportgen.render.context import build_context
from reportgen.render.imprints import Imprints
from reportgen.render.items import FreeTableView, Image
from reportgen.verify.template.shapes import Shape, known_names

SOMETIMES = ".figure"
"""A count would print, an amount or an unknown figure would not: the cell itself is what is printed."""

FIXTURES = Path(__file__).parents[3] / "fixtures"


@cache
def report() -> Report:
    found = load_report(FIXTURES / "everything-2024.yaml").report
    assert found
    return found


@cache
def context() -> Mapping[str, Any]:
    return build_context(report(), {}, lambda text: Decimal(len(text)))


def test_every_name_of_the_context_is_known_and_no_other() -> None:
    assert known_names(report().kind, is_word=True).keys() == context().keys()


def unlike(shape: Shape, value: Any, place: str) -> Iterator[str]:
    """Where a value is not what its shape says."""
    if shape.is_anything or value is None:
        return
    if isinstance(value, tuple | list):
        item = shape.each()
        if item is None:
            yield f"{place} is a list"
            return
        for number, each in enumerate(value):
            yield from unlike(item, each, f"{place}[{number}]")
    elif isinstance(value, Mapping):
        for key, each in value.items():
            below = shape.below(str(key))
            if below is None:
                yield f"{place}.{key} is not known"
            else:
                yield from unlike(below, each, f"{place}.{key}")
    elif is_dataclass(value) and not isinstance(value, Image | Date) and shape.fields:
        for name in shape.fields:
            if hasattr(value, name):
                yield from unlike(shape.fields[name], getattr(value, name), f"{place}.{name}")
    elif shape.prints != prints(value) and not place.endswith(SOMETIMES):
        yield f"{place} prints: {prints(value)}"


def prints(value: Any) -> bool:
    """Whether the Word template can print a value."""
    try:
        Imprints(report().kind.texts).mark(value)
    except TypeError:
        return False
    return not isinstance(value, FreeTableView)


@pytest.mark.parametrize("name", sorted(context()))
def test_every_value_is_what_its_shape_says(name: str) -> None:
    shape = known_names(report().kind, is_word=True)[name]
    assert list(unlike(shape, context()[name], name)) == []
