"""Imports go one way, and each third-party library stays in the files named for it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "reportgen"

FLOORS = (
    ("__init__", "errors", "diagnostics", "catalogue", "findings", "files"),
    ("model",),
    ("render",),
    ("verify",),
    ("records",),
    ("partner", "documents", "building"),
    ("doctor",),
    (
        "reporters",
        "language",
        "progress",
        "console",
        "argparse_words",
        "arguments",
        "commands",
        "cli",
        "__main__",
    ),
)
"""Each module or package imports from its own floor and those above it in this list only."""

LIBRARIES = {
    "docx": ("render/docx.py",),
    "docxtpl": ("render/docx.py",),
    "fontTools": ("render/font/*.py", "render/fonts.py"),
    "jinja2": ("model/grammar.py", "model/expressions.py", "render/environment.py", "render/*.py"),
    "jsonschema": ("model/shape.py",),
    "lxml": ("render/*.py", "render/word/*.py"),
    "markupsafe": ("render/environment.py", "render/html.py"),
    "pikepdf": ("verify/embedded_fonts.py", "documents.py"),
    "PIL": ("render/pictures.py", "render/chart/*.py"),
    "pydyf": ("render/pdf_engine.py", "render/pdf_writer.py"),
    "pypdfium2": ("verify/outline.py", "documents.py"),
    "weasyprint": ("render/pdf_engine.py",),
    "yaml": (
        "catalogue.py",
        "model/chain.py",
        "model/source.py",
        "model/tree.py",
        "records/published_source.py",
    ),
}
"""Third-party library -> the files that may import it."""

HEAVY = {"weasyprint", "docxtpl", "docx", "fontTools", "PIL", "jsonschema", "pikepdf", "pypdfium2"}
FILES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))


def floor(module: str) -> int:
    """How high up a module of ours lives."""
    name = module.removeprefix("reportgen").lstrip(".").partition(".")[0] or "__init__"
    return next(number for number, names in enumerate(FLOORS) if name in names)


def imports(node: ast.AST, typing: bool = False) -> Iterator[tuple[str, bool]]:
    """Every module imported in a tree, and whether the program itself needs it."""
    for child in ast.iter_child_nodes(node):
        only_typing = typing or (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING")
        if isinstance(child, ast.Import):
            yield from ((alias.name, not only_typing) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield ("." * child.level + (child.module or ""), not only_typing)
        yield from imports(child, only_typing)


@pytest.mark.parametrize("file", FILES)
def test_imports_go_one_way(file: str) -> None:
    own = floor(f"reportgen.{file.removesuffix('.py').replace('/', '.')}")
    for module, needed in imports(ast.parse((ROOT / file).read_text("utf-8"))):
        assert not module.startswith("."), "imports are absolute"
        if module.partition(".")[0] == "reportgen" and file != "__init__.py":
            assert floor(module) <= own, module
        elif needed and module.partition(".")[0] not in {*sys.stdlib_module_names, "reportgen"}:
            assert any(fnmatch(file, place) for place in LIBRARIES[module.partition(".")[0]]), module


@pytest.mark.parametrize("file", FILES)
def test_heavy_libraries_are_imported_where_they_are_used(file: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    at_top = ast.Module([node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], [])
    if file != "render/pdf_engine.py":
        assert not HEAVY & {module.partition(".")[0] for module, _ in imports(at_top)}


def test_every_library_named_is_used() -> None:
    used = {
        module.partition(".")[0]
        for file in FILES
        for module, _ in imports(ast.parse((ROOT / file).read_text()))
    }
    assert set(LIBRARIES) <= used
