"""The PDF engine loads with declarations parsed beforehand, and makes the same of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.render.font.store import Store
from reportgen.render.pdf_declarations import declarations

ROOT = Path(__file__).parents[2]
TEXT = "typedef struct { int a; double b[3]; } pair; int sum_of (pair *one, const char *name);"


def test_declarations_are_kept_by_their_text_and_version(tmp_path: Path) -> None:
    store = Store((tmp_path,))
    made = declarations(TEXT, "1", store)
    assert set(made) >= {"_version", "_types", "_globals"}
    (kept,) = tmp_path.iterdir()
    before = kept.read_bytes()
    assert declarations(TEXT, "1", store) == made
    assert kept.read_bytes() == before
    declarations(TEXT, "2", store)
    assert len(list(tmp_path.iterdir())) == 2


def test_altered_declarations_are_made_anew(tmp_path: Path) -> None:
    store = Store((tmp_path,))
    made = declarations(TEXT, "1", store)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"_types", b"_typos"))
    assert declarations(TEXT, "1", store) == made


@pytest.mark.slow
def test_the_engine_loads_with_kept_declarations(tmp_path: Path) -> None:
    program = (
        "from reportgen.render.pdf_declarations import load_engine; load_engine(); import sys, cffi;"
        "from weasyprint.text.ffi import ffi; size = ffi.sizeof('PangoRectangle');"
        "print(type(ffi).__name__, cffi.FFI.__module__, size, 'pycparser' in sys.modules)"
    )
    environment = {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-c", program]
    done = [subprocess.run(command, env=environment, capture_output=True, check=True) for _ in range(2)]
    assert [one.stdout for one in done] == [b"Prepared cffi.api 16 True\n", b"Prepared cffi.api 16 False\n"]
