"""The environment of templates: no way out, no way to blow up, and all that templates need."""

from __future__ import annotations

import pytest
from jinja2.exceptions import SecurityError, UndefinedError

from reportgen.model.sandbox import StrictEnvironment


def way_out() -> None:
    """A function; its globals would lead anywhere."""


def test_templates_have_no_globals_filters_or_callables() -> None:
    environment = StrictEnvironment()
    for text in ("{{ range(3) }}", "{{ lipsum() }}", "{{ nothing }}", "{{ cycler }}"):
        with pytest.raises(UndefinedError):
            environment.from_string(text).render()
    for text in ("{{ ''.__class__.__mro__ }}", "{{ 'a'.upper() }}", "{{ f.__globals__ }}"):
        with pytest.raises((SecurityError, UndefinedError)):
            environment.from_string(text).render(f=way_out)


@pytest.mark.parametrize(
    "text", ["{{ 9**9**9 }}", "{{ 'a' * 10**9 }}", "{{ '%999999999d' % 1 }}", "{{ [0] * 9999 }}"]
)
def test_templates_cannot_blow_up(text: str) -> None:
    with pytest.raises(SecurityError):
        StrictEnvironment().from_string(text).render()


def test_templates_have_macros_and_loops() -> None:
    text = "{% macro twice(x) %}{{ x * 2 }}{% endmacro %}{% for n in numbers %}{{ twice(n) }},{% endfor %}"
    assert StrictEnvironment().from_string(text).render(numbers=(1, 2)) == "2,4,"
