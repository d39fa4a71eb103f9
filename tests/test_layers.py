"""Imports go one way, and each third-party library stays in the files named for it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1] / "reportgen"

FLOORS = (
    ("errors", "diagnostics", "catalogue", "findings", "files"),
    ("model",),
    ("render", "importers"),
    ("records",),
    ("verify", "edited", "redlining"),
    (
        "partner",
        "documents",
        *("placing", "dispatch"),
        "press",
        "imprint",
        "verifying",
        *("rebuilding", "remaking"),
        "verifying_packages",
        "building",
        "watching",
        "versions",
        "absorbing",
    ),
    ("doctor",),
    (
        "reporters",
        *("issuing", "correcting", "notices", "following", "signing"),
        "archiving",
        *("signing_apart", "signing_packages"),
        "reporting_packages",
        "words",
        "language",
        "sources",
        "progress",
        "console",
        "argparse_words",
        "arguments",
        "clerk",
        "moments",
        "commands",
        "cli",
    ),
    ("__init__", "__main__"),
)
"""Modules and packages import from their own floor and from those before it."""

LIBRARIES = {
    "PIL": (
        "records/signatures/seal_picture.py",
        "render/pictures.py",
        "verify/looks.py",
        "verify/pictures.py",
    ),
    "_cffi_backend": ("render/pdf_declarations.py",),
    "asn1crypto": ("records/signatures/*.py",),
    "bagit": ("verify/package/foreign.py",),
    "cffi": ("render/pdf_declarations.py",),
    "cryptography": ("records/archive/digests.py", "records/signatures/*.py"),
    "cssselect2": ("render/pdf_engine.py",),
    "docxtpl": ("render/docx.py",),
    "gmalg": ("records/signatures/sm2.py",),
    "fontTools": ("render/font/*.py", "verify/font_programs.py"),
    "jinja2": (
        *("model/grammar.py", "model/lowering.py", "model/sandbox.py", "model/tokens.py"),
        *("render/environment.py", "render/docx.py", "render/html.py", "render/*_faults.py"),
        *("reporters/verification_page.py", "reporters/changes_page.py"),
        *(f"verify/template/{name}.py" for name in ("pages", "reading", "syntax", "word_tags")),
    ),
    "jpype": ("verify/conformance/verapdf_examiner.py",),
    "jsonschema": ("model/shape.py",),
    "lxml": ("edited/*.py", "redlining/*.py", "render/*.py", "verify/*.py"),
    "markupsafe": ("render/environment.py", "render/line_ends.py", "render/html.py"),
    "openpyxl": ("importers/form.py", "importers/looks.py"),
    "pikepdf": ("verify/*.py",),
    "pkcs11": ("records/signatures/tokens.py",),
    "pydyf": ("render/pdf_*.py",),
    "pyhanko": ("records/signatures/*.py",),
    "pyhanko_certvalidator": ("records/signatures/*.py",),
    "pypdfium2": ("render/chart/raster.py", "verify/*.py"),
    "weasyprint": ("render/pdf_*.py",),
    "yaml": ("catalogue.py", "model/chain.py", "model/source.py", "records/published_source.py"),
}
"""Third-party library -> the files that may import it."""


def imports(node: ast.AST, needed: bool = True) -> Iterator[tuple[str, bool]]:
    """Every module imported in a tree, and whether the program needs it and not only the type checker."""
    for child in ast.iter_child_nodes(node):
        inner = needed and not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING")
        if isinstance(child, ast.Import):
            yield from ((alias.name, needed) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield "." * child.level + (child.module or ""), needed
        yield from imports(child, inner)


def floor(module: str) -> int:
    """How high up a module lives."""
    return next(number for number, names in enumerate(FLOORS) if [*module.split("."), "__init__"][1] in names)


@cache
def all_imports() -> tuple[tuple[str, str, bool], ...]:
    """File, module, needed: every import of the package."""
    files = {path.relative_to(ROOT).as_posix(): path for path in sorted(ROOT.rglob("*.py"))}
    return tuple(
        (file, *found)
        for file, path in files.items()
        for found in imports(ast.parse(path.read_text("utf-8")))
    )


def test_imports_go_one_way() -> None:
    for file, module, _ in all_imports():
        assert not module.startswith("."), (file, "imports are absolute")
        own = floor("reportgen." + file.removesuffix(".py").replace("/", "."))
        if module.startswith("reportgen."):
            assert floor(module) <= own, (file, module)


def test_each_library_stays_in_its_files() -> None:
    used = set()
    for file, module, needed in all_imports():
        library = module.partition(".")[0]
        if needed and library not in {*sys.stdlib_module_names, "reportgen"}:
            used.add(library)
            assert any(fnmatch(file, place) for place in LIBRARIES[library]), (file, library)
    assert used == set(LIBRARIES)
