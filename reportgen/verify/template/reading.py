"""The syntax tree of a template in; what its expressions may not do or do not find out, names included."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from jinja2 import nodes

from reportgen.verify.template.faults import Fault
from reportgen.verify.template.shapes import ANYTHING, FLAG, TEXT, Shape
from reportgen.verify.template.syntax import (
    ALIKE,
    FORBIDDEN,
    LISTED,
    LOOP,
    MARKUP,
    Loader,
    Macro,
    Page,
    Scope,
    dotted,
)


@dataclass
class Reading:
    """Reads templates with the names of `known`; `load` finds another template by its name.

    `filters` are those there are, `faults` what was found, `used` the names read, each with its first line.
    Not slotted: it caches.
    """

    known: Scope
    load: Loader = lambda _: None
    filters: Collection[str] = ()
    on_print: Callable[[int, Shape], str] = lambda _, shape: "" if shape.prints else "unprintable"
    faults: list[Fault] = field(default_factory=list)
    used: dict[str, int] = field(default_factory=dict)
    file: str = ""
    macros: dict[str, Macro] = field(default_factory=dict)
    blocks: dict[str, tuple[nodes.Block, str]] = field(default_factory=dict)
    seen: set[tuple[object, ...]] = field(default_factory=set)

    def read(self, page: Page) -> tuple[Fault, ...]:
        """Everything wrong in a template and in those it extends and imports."""
        self.file = page.file
        try:
            self._page(page, dict(self.known))
            for macro in list(self.macros.values()):
                if not any(key[0] == id(macro.node) for key in self.seen):
                    self._enter(macro, [ANYTHING] * len(macro.node.args))
        except RecursionError:
            self.faults.append(Fault("forbidden", 1, file=page.file))
        return tuple(dict.fromkeys(self.faults))

    def _page(self, page: Page, names: dict[str, Shape]) -> None:
        """One template: the blocks it gives to the one it extends, or its own text."""
        outer, self.file = self.file, page.file
        base = next((node for node in page.tree.body if isinstance(node, nodes.Extends)), None)
        for block in page.tree.find_all(nodes.Block):
            self.blocks.setdefault(block.name, (block, page.file))
        if base is None:
            self._all(page.tree.body, names)
        else:
            heads = (nodes.FromImport, nodes.Import, nodes.Macro, nodes.Assign)
            self._all([node for node in page.tree.body if isinstance(node, heads)], names)
            below = self._load(base.template, base.lineno)
            if below:
                self._page(below, names)
        self.file = outer

    def _load(self, template: nodes.Expr, at: int) -> Page | None:
        name = template.value if isinstance(template, nodes.Const) else None
        page = self.load(str(name)) if name is not None else None
        if page is None:
            self._fault("forbidden" if name is None else "missing", at, str(name or ""))
        return page

    def _fault(self, rule: str, at: int, name: str = "", known: Iterable[str] = ()) -> None:
        meant = get_close_matches(name, list(known), 1, ALIKE) if name else []
        self.faults.append(Fault(rule, at, name, meant[0] if meant else "", self.file))

    def _all(self, body: Sequence[nodes.Node], names: dict[str, Shape]) -> None:
        for node in body:
            self._statement(node, names)

    def _statement(self, node: nodes.Node, names: dict[str, Shape]) -> None:
        if isinstance(node, FORBIDDEN):
            self._fault("forbidden", node.lineno)
            return
        action = self._actions.get(type(node))
        if action:
            action(node, names)
            return
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self.shape(child, names)
            else:
                self._statement(child, names)

    @cached_property
    def _actions(self) -> Mapping[type, Callable[[Any, dict[str, Shape]], None]]:
        return {
            nodes.Output: self._output,
            nodes.For: self._for,
            nodes.If: self._if,
            nodes.Assign: self._assign,
            nodes.AssignBlock: self._assign_block,
            nodes.Macro: self._macro,
            nodes.CallBlock: self._call_block,
            nodes.FromImport: self._from_import,
            nodes.Import: self._import,
            nodes.Block: self._block,
            nodes.With: self._with,
        }

    def _output(self, node: nodes.Output, names: dict[str, Shape]) -> None:
        for each in node.nodes:
            if not isinstance(each, nodes.TemplateData):
                rule = self.on_print(each.lineno, self.shape(each, names))
                if rule:
                    self._fault(rule, each.lineno)

    def _for(self, node: nodes.For, names: dict[str, Shape]) -> None:
        over = self.shape(node.iter, names)
        item = over.each()
        if item is None:
            self._fault("forbidden", node.lineno)
        inner = {**names, "loop": LOOP}
        self._bind(node.target, item or ANYTHING, inner)
        if node.test:
            self.shape(node.test, inner)
        self._all(node.body, inner)
        self._all(node.else_, dict(names))

    def _bind(self, target: nodes.Node, shape: Shape, names: dict[str, Shape]) -> None:
        if isinstance(target, nodes.Name):
            names[target.name] = shape
        elif isinstance(target, nodes.Tuple):
            for each in target.items:
                self._bind(each, ANYTHING, names)

    def _if(self, node: nodes.If, names: dict[str, Shape]) -> None:
        self.shape(node.test, names)
        for each in (node.body, node.elif_, node.else_):
            self._all(each, names)

    def _assign(self, node: nodes.Assign, names: dict[str, Shape]) -> None:
        self._bind(node.target, self.shape(node.node, names), names)

    def _assign_block(self, node: nodes.AssignBlock, names: dict[str, Shape]) -> None:
        self._all(node.body, dict(names))
        self._bind(node.target, MARKUP, names)

    def _with(self, node: nodes.With, names: dict[str, Shape]) -> None:
        inner = dict(names)
        for target, value in zip(node.targets, node.values, strict=True):
            self._bind(target, self.shape(value, names), inner)
        self._all(node.body, inner)

    def _macro(self, node: nodes.Macro, names: dict[str, Shape]) -> None:
        self.macros[node.name] = Macro(node, names, self.macros, self.file)

    def _call_block(self, node: nodes.CallBlock, names: dict[str, Shape]) -> None:
        self.shape(node.call, names)
        self._all(node.body, dict(names))

    def _block(self, node: nodes.Block, names: dict[str, Shape]) -> None:
        block, file = self.blocks.get(node.name, (node, self.file))
        outer, self.file = self.file, file
        self._all(block.body, dict(names))
        self.file = outer

    def _from_import(self, node: nodes.FromImport, _: dict[str, Shape]) -> None:
        page = self._load(node.template, node.lineno)
        if page is None:
            return
        macros = self._macros_of(page)
        for each in node.names:
            name, alias = each if isinstance(each, tuple) else (each, each)
            if name in macros:
                self.macros[alias] = macros[name]
            else:
                self._fault("undefined", node.lineno, name, macros)

    def _macros_of(self, page: Page) -> dict[str, Macro]:
        """What another template defines."""
        inner = replace(self, macros={}, file=page.file)
        inner._all(page.tree.body, dict(self.known))
        return inner.macros

    def _import(self, node: nodes.Import, names: dict[str, Shape]) -> None:
        self._load(node.template, node.lineno)
        names[node.target] = ANYTHING

    def _enter(self, macro: Macro, given: Sequence[Shape]) -> None:
        """Read a macro with what it is called with; once for each."""
        key = (id(macro.node), *given)
        if key in self.seen:
            return
        self.seen.add(key)
        outer, self.file, self.macros = (self.file, self.macros), macro.file, macro.macros
        inner = {**macro.names, "caller": MARKUP, "varargs": ANYTHING, "kwargs": ANYTHING}
        defaults = [ANYTHING] * (len(macro.node.args) - len(given))
        for argument, shape in zip(macro.node.args, (*given, *defaults), strict=False):
            inner[argument.name] = shape
        self._all(macro.node.body, inner)
        self.file, self.macros = outer

    def shape(self, node: nodes.Node, names: Scope) -> Shape:
        """What an expression stands for; what is wrong in it is noted."""
        if isinstance(node, nodes.Name):
            return self._name(node, names)
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            return self._below(node, names)
        if isinstance(node, nodes.Call):
            return self._call(node, names)
        if isinstance(node, nodes.Filter | nodes.Test) and node.name not in self.filters:
            self._fault("filter", node.lineno, node.name)
        if isinstance(node, FORBIDDEN):
            self._fault("forbidden", node.lineno)
        below = [
            self.shape(child, names) for child in node.iter_child_nodes() if isinstance(child, nodes.Expr)
        ]
        if isinstance(node, nodes.Const):
            return TEXT if isinstance(node.value, str | int) and not isinstance(node.value, bool) else FLAG
        if isinstance(node, nodes.Compare | nodes.Not):
            return FLAG
        if isinstance(node, nodes.CondExpr) and len(below) == 3:
            return below[1]
        return LISTED if isinstance(node, nodes.List | nodes.Tuple) else ANYTHING

    def _name(self, node: nodes.Name, names: Scope) -> Shape:
        if node.name in names:
            self.used.setdefault(node.name, node.lineno)
            return names[node.name]
        if node.name.startswith("_"):
            self._fault("forbidden", node.lineno)
        elif node.name not in self.macros:
            self._fault("undefined", node.lineno, node.name, (*names, *self.macros))
        return ANYTHING

    def _below(self, node: nodes.Getattr | nodes.Getitem, names: Scope) -> Shape:
        """A part of something: `item.text`, `网页信息[key]`."""
        above = self.shape(node.node, names)
        key = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
        if isinstance(node, nodes.Getitem) and not isinstance(key, str):
            self.shape(node.arg, names)
            return above.rest or above.item or ANYTHING
        if str(key).startswith("_"):
            self._fault("forbidden", node.lineno)
            return ANYTHING
        found = above.below(str(key))
        if found is None:
            self._fault("undefined", node.lineno, str(key), above.fields)
        path = dotted(node)
        if path:
            self.used.setdefault(path, node.lineno)
        return found or ANYTHING

    def _call(self, node: nodes.Call, names: Scope) -> Shape:
        """Only macros can be called."""
        given = [self.shape(each, names) for each in node.args]
        for each in node.kwargs:
            self.shape(each.value, names)
        called = node.node.name if isinstance(node.node, nodes.Name) else ""
        macro = self.macros.get(called) if called not in names else None
        if macro is None:
            if called not in ("super", "caller"):
                undefined = bool(called) and called not in names
                self._fault("undefined" if undefined else "forbidden", node.lineno, called, self.macros)
            return MARKUP
        if len(given) > len(macro.node.args):
            self._fault("forbidden", node.lineno)
        self._enter(macro, given)
        return MARKUP
