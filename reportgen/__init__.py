"""The programmer's door: a report file in, documents out, by the same code that the commands call.

    from reportgen import build, load_kind, load_report, release_build, validate

The names are loaded when they are first used; `docs/maintainers/api.md` shows how they go together.
"""

from __future__ import annotations

TYPE_CHECKING = False  # nothing is imported before `__main__` can tell an interruption without a traceback
if TYPE_CHECKING:
    from typing import Final

    from reportgen.building import Build, build, release_build
    from reportgen.model.kind import load_kind
    from reportgen.model.report import load_report, validate

__version__: Final = "0.1.0"
__all__ = ["Build", "__version__", "build", "load_kind", "load_report", "release_build", "validate"]

HOMES: Final = {
    "Build": "reportgen.building",
    "build": "reportgen.building",
    "release_build": "reportgen.building",
    "load_kind": "reportgen.model.kind",
    "load_report": "reportgen.model.report",
    "validate": "reportgen.model.report",
}


def __getattr__(name: str) -> object:
    """Load a public name from the module it lives in."""
    if name not in HOMES:
        raise AttributeError(f"module 'reportgen' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(HOMES[name]), name)
