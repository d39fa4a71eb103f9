"""An archive package and what signs in; the package with one more detached signature, or as it was, out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from reportgen.errors import LedgerError
from reportgen.files.disk import Disk
from reportgen.files.failures import explained
from reportgen.files.folders import remove_tree
from reportgen.files.reading import read_file
from reportgen.files.writing import rewrite_file
from reportgen.records.archive.bag import SIGNATURES
from reportgen.records.archive.marks import SIGNED
from reportgen.records.archive.office import archive_words
from reportgen.records.archive.opening import Package, open_package
from reportgen.records.archive.zipped import write_zip
from reportgen.verify.package.fixity import altered
from reportgen.verify.package.parts import Parts

ENDING: Final = ".p7s"


def sign_package(path: Path, make: Callable[[bytes], bytes], disk: Disk | None = None) -> str:
    """Sign the tag manifest of a whole package, a folder or a zip; the name of the signature in it.

    `make` gives the detached signature (CMS, DER) of the bytes it is handed. Raises LedgerError when the
    package is refused or was altered, FileError when it cannot be written, and what `make` raises. Then the
    package is as it was.
    """
    package = whole_package(path)
    name = free_name(package)
    put(package, name, make(package.contents[SIGNED]), disk or Disk())
    return name


def whole_package(path: Path) -> Package:
    """A package that was not altered; raises LedgerError."""
    package = open_package(path)
    found = tuple(altered(Parts(package, archive_words())))
    if found:
        raise LedgerError(*found)
    return package


def put(package: Package, name: str, signature: bytes, disk: Disk) -> None:
    """Put a signature into a package in one step; raises FileError with the package as it was."""
    if package.packed is not None:
        after = write_zip({**package.contents, name: signature})
        rewrite_file(package.path, package.packed, after, disk=disk)
    else:
        put_beside(package, name, signature, disk)


def take_out(package: Package, name: str) -> None:
    """Take a signature that was put into a package out again; raises OSError, FileError."""
    if package.packed is not None:
        if (now := read_file(package.path)) != package.packed:
            rewrite_file(package.path, now, package.packed)
        return
    path = package.path / name
    path.unlink(missing_ok=True)
    if not any(path.parent.iterdir()):
        path.parent.rmdir()


def free_name(package: Package) -> str:
    """The name of the next signature."""
    number = 1
    while f"{SIGNATURES}{number}{ENDING}" in package.contents:
        number += 1
    return f"{SIGNATURES}{number}{ENDING}"


def put_beside(package: Package, name: str, signature: bytes, disk: Disk) -> None:
    """Put a signature into a folder in one step: what is being written lies beside it, never in it."""
    path = package.path.absolute()
    aside = path.with_name(f".{path.name}.signing")
    target = path / name
    with explained(path):
        remove_tree(disk, aside)
        disk.make_folder(aside)
        disk.write(aside / target.name, signature)
        disk.sync(aside)
        if target.parent.is_dir():
            disk.place(aside / target.name, target)
            disk.sync(target.parent)
            disk.remove(aside)
        else:
            disk.place(aside, target.parent)
            disk.sync(path)
