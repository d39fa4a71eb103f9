"""Jinja's options in; the one strict sandbox out in which templates are filled and prose is read."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any, Final

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

SANE: Final = 10**9
"""Numbers at and beyond this cannot be multiplied in a template."""


class StrictEnvironment(ImmutableSandboxedEnvironment):
    """Jinja as templates and prose see it: names must exist, nothing is global, only macros can be called.

    Jinja's filters and tests are absent unless they are given; `*` and `%` work on numbers of sane size.
    """

    intercepted_binops = frozenset({"*", "%", "**"})

    def __init__(self, **options: Any) -> None:
        """Make the environment with Jinja's options."""
        super().__init__(undefined=StrictUndefined, **options)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call it: macros and blocks of its own; what is undefined says so itself."""
        return isinstance(obj, Macro | BlockReference | Undefined)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """The operator's result; raises SecurityError for texts and numbers that could grow without end."""
        sane = all(isinstance(side, int | Decimal) and -SANE < side < SANE for side in (left, right))
        if operator == "**" or not sane:
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)


@cache
def environment() -> StrictEnvironment:
    """The environment whose lexer and parser read prose."""
    return StrictEnvironment()
