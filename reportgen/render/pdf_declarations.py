"""Nothing in; the PDF engine imported in half the time out.

Most of that import is spent on parsing C declarations that never change. cffi can give them out parsed; this
keeps them beside the derived faces, by their digest. It is for a process that may fail: where it does not
work, another imports the engine as it is.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from io import StringIO
from typing import Any

from reportgen.render.font.store import Store, default_folders, seal


def load_engine() -> None:
    """Import the PDF engine."""
    with kept_declarations(Store(default_folders(os.environ))):
        import reportgen.render.pdf_engine  # noqa: F401


@contextmanager
def kept_declarations(store: Store) -> Iterator[None]:
    """While this lasts, C declarations that a library makes are taken from the store or put there."""
    import _cffi_backend  # type: ignore[import-untyped]
    import cffi  # type: ignore[import-untyped]

    original = cffi.FFI

    class Prepared(_cffi_backend.FFI):  # type: ignore[misc]
        """An interface that knows its declarations parsed."""

        def __init__(self) -> None:
            """Wait for the declarations."""

        def cdef(self, text: str) -> None:
            """Take the declarations."""
            super().__init__("declarations", **declarations(text, f"{cffi.__version__} {text}", store))

    cffi.FFI = Prepared
    try:
        yield
    finally:
        cffi.FFI = original


def declarations(text: str, version: str, store: Store) -> Mapping[str, Any]:
    """What cffi makes of C declarations, parsed once for each version of them."""
    name = f"declarations-{sha256(version.encode()).hexdigest()[:32]}.json"
    source = store.recall(name)
    if not isinstance(source, str):
        source = parsed(text)
        store.remember(name, seal(source))
    call = ast.parse(source).body[-1]
    if not isinstance(call, ast.Assign) or not isinstance(call.value, ast.Call):
        raise TypeError("cffi writes declarations in another way now")
    return {item.arg: ast.literal_eval(item.value) for item in call.value.keywords if item.arg}


def parsed(text: str) -> str:
    """The declarations as the Python source that cffi makes of them."""
    from cffi.api import FFI  # type: ignore[import-untyped]
    from cffi.recompiler import make_py_source  # type: ignore[import-untyped]

    interface, target = FFI(), StringIO()
    interface.cdef(text)
    interface.set_source("declarations", None)
    make_py_source(interface, "declarations", target)
    return target.getvalue()
