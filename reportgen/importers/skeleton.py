"""A kind in; the least draft that figures can be put into, every one of them still to be filled in, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.model.forms import Plain
from reportgen.model.kind import Kind
from reportgen.model.quoting import write_scalar


def make_skeleton(kind: Kind) -> bytes:
    """A draft with every key that is needed; totals are left out, they are computed."""
    return ("\n".join(lines(kind)) + "\n").encode()


def lines(kind: Kind) -> Iterator[str]:
    """The lines of the draft."""
    words = kind.vocabulary
    known = {kind.fields["kind"]: kind.title, kind.fields["status"]: words["draft"]}
    needed = kind.schema.get("required", ())
    for key in kind.schema["properties"]:
        if key in kind.tables:
            yield f"{key}:"
            yield from table_lines(figures(kind, key), 1)
        elif key in known or key in needed:
            yield f"{key}: {write_scalar(known.get(key, words['unknown']))}"


def figures(kind: Kind, table: str) -> dict[str, Plain]:
    """The figures of a table that are filled in, as nested mappings of what is still unknown."""
    totals = {formula.total for formula in kind.formulas}
    tree: dict[str, Plain] = {}
    for path in kind.tables[table].figures:
        if path not in totals:
            *groups, name = path.split(".")[1:]
            node = tree
            for group in groups:
                node = node.setdefault(group, {})
            node[name] = kind.vocabulary["unknown"]
    return tree


def table_lines(tree: Mapping[str, Plain], depth: int) -> Iterator[str]:
    """Nested mappings as block lines, the innermost in braces."""
    margin = "  " * depth
    for key, value in tree.items():
        if not isinstance(value, dict):
            yield f"{margin}{key}: {value}"
        elif any(isinstance(inner, dict) for inner in value.values()):
            yield f"{margin}{key}:"
            yield from table_lines(value, depth + 1)
        else:
            inside = ", ".join(f"{name}: {inner}" for name, inner in value.items())
            yield f"{margin}{key}: {{{inside}}}"
