"""The folder that keeps derived faces: a key and files in; a folder that is whole or not there out."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reportgen.catalogue import find
from reportgen.diagnostics import Listed, Location
from reportgen.errors import FileError

ASIDE = ".making-"


def default_folders(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Where derived faces may lie: the user's cache, then beside the installation."""
    named = Path(environment.get("XDG_CACHE_HOME") or "")
    cache = named if named.is_absolute() else Path(environment.get("HOME") or "~").expanduser() / ".cache"
    return (cache / "reportgen" / "faces", Path(sys.prefix) / "share" / "reportgen" / "faces")


@dataclass(frozen=True, slots=True)
class Store:
    """Folders tried in this order; what is made goes into the first that can be written."""

    folders: tuple[Path, ...]

    def get(self, key: str) -> Path | None:
        """The folder of a key, when one is whole."""
        return next((folder / key for folder in self.folders if (folder / key).is_dir()), None)

    def writable(self) -> Path:
        """The first folder that takes new files; raises FileError when none does."""
        for folder in self.folders:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                with tempfile.TemporaryFile(dir=folder):
                    return folder
            except OSError:
                continue
        places = Listed(str(folder) for folder in self.folders)
        raise FileError(find("face-store-not-writable", Location(places), folders=places))

    @contextmanager
    def locked(self) -> Iterator[Path]:
        """The writable folder, held alone; what killed makers left there is removed."""
        import fcntl

        folder = self.writable()
        with (folder / ".lock").open("wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX)
            except OSError:  # a file system without locks: two makers then do the same work, harmlessly
                yield folder
                return
            for left in folder.glob(ASIDE + "*/"):
                shutil.rmtree(left, ignore_errors=True)
            yield folder

    def put(self, key: str, files: Mapping[str, bytes]) -> Path:
        """Keep files under a key, all of them or none; returns their folder."""
        from reportgen.files.failures import explained

        folder = self.writable()
        with explained(folder):
            self.put_in(folder, key, files)
        return folder / key

    def put_in(self, folder: Path, key: str, files: Mapping[str, bytes]) -> None:
        """Keep files under a key in one folder; raises OSError."""
        aside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=folder))
        try:
            for name, content in files.items():
                write_through(aside / name, content)
            aside.chmod(0o755)
            replace(aside, folder / key)
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def remember(self, name: str, content: bytes) -> None:
        """Keep a single file that may be lost: nothing happens where nothing can be written."""
        for folder in self.folders:
            aside = folder / f"{ASIDE}{os.getpid()}-{name}"
            try:
                folder.mkdir(parents=True, exist_ok=True)
                aside.write_bytes(content)
                aside.replace(folder / name)
            except OSError:
                continue
            return

    def recall(self, name: str) -> object:
        """The value of a single sealed file, nothing when there is none."""
        found = (read_sealed(folder / name) for folder in self.folders)
        return next((value for value in found if value is not None), None)

    def discard(self, key: str) -> None:
        """Remove what is kept under a key wherever it may be removed."""
        for folder in self.folders:
            shutil.rmtree(folder / key, ignore_errors=True)


def write_through(path: Path, content: bytes) -> None:
    """Write a file down to the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace(aside: Path, target: Path) -> None:
    """Put a finished folder in its place, unless another maker's, which is the same, stands there already."""
    try:
        aside.rename(target)
    except OSError:
        if not target.is_dir():
            raise


def seal(content: object) -> bytes:
    """A JSON value with its own SHA-256 before it."""
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode()
    return hashlib.sha256(text).hexdigest().encode() + b"\n" + text


def unseal(sealed: bytes) -> object:
    """The JSON value of its sealed form, nothing when that was altered."""
    digest, _, text = sealed.partition(b"\n")
    return json.loads(text) if hashlib.sha256(text).hexdigest().encode() == digest else None


def read_sealed(path: Path) -> object:
    """The JSON value of a sealed file, nothing when it is not there or was altered."""
    try:
        return unseal(path.read_bytes())
    except OSError:
        return None
