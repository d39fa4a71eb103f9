"""What a template's syntax tree is read with: its page, its macros, the names that Jinja adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from jinja2 import nodes

from reportgen.verify.template.shapes import ANYTHING, FLAG, TEXT, Shape, list_of, record

LOOP: Final = record(
    {
        **dict.fromkeys(("index", "index0", "revindex", "revindex0", "length", "depth", "depth0"), TEXT),
        **dict.fromkeys(("first", "last"), FLAG),
        **dict.fromkeys(("previtem", "nextitem"), ANYTHING),
    }
)
MARKUP: Final = Shape(prints=True, is_block=True)
"""What a macro gives."""

LISTED: Final = list_of(ANYTHING)
"""A list written in the template."""

FORBIDDEN: Final = (nodes.Include, nodes.EvalContextModifier, nodes.FilterBlock, nodes.Pow)
ALIKE: Final = 0.6

Scope = Mapping[str, Shape]
Loader = Callable[[str], "Page | None"]


@dataclass(frozen=True, slots=True)
class Page:
    """A template file: its path as findings show it, and its syntax tree."""

    file: str
    tree: nodes.Template


@dataclass(frozen=True, slots=True, eq=False)
class Macro:
    """A macro with the names it can see and the file it stands in."""

    node: nodes.Macro
    names: dict[str, Shape]
    macros: dict[str, Macro]
    file: str


def dotted(node: nodes.Node) -> str:
    """`a.b.c` of an expression that is nothing else."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        above = dotted(node.node)
        return f"{above}.{node.attr}" if above else ""
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        above = dotted(node.node)
        return f"{above}.{node.arg.value}" if above else ""
    return ""
