"""A tree of a YAML file in; plain values out, as the program's own data files mean them."""

from __future__ import annotations

import re
from decimal import Decimal
from types import MappingProxyType
from typing import Final, TypeAlias

from reportgen.model.nodes import Mapping, Node, Scalar

Constant: TypeAlias = "dict[str, Constant] | list[Constant] | str | int | Decimal | bool | None"

NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?P<fraction>\.[0-9]{1,18})?")
WORDS: Final = MappingProxyType({"true": True, "false": False, "null": None, "~": None, "": None})


def constant(node: Node) -> Constant:
    """Mappings as dicts and lists as lists; of the plain scalars whole numbers as int, decimals as Decimal.

    `true` and `false` are bool, `null`, `~` and nothing at all None; every other scalar is text as written.
    """
    if isinstance(node, Scalar):
        return scalar(node.text) if node.plain else node.text
    if isinstance(node, Mapping):
        return {entry.key.text: constant(entry.value) for entry in node.entries}
    return [constant(item) for item in node.items]


def scalar(text: str) -> Constant:
    """What a plain scalar stands for."""
    if text in WORDS:
        return WORDS[text]
    number = NUMBER.fullmatch(text)
    if not number:
        return text
    return Decimal(text) if number["fraction"] else int(text)
