"""Word files in; the PDFs that LibreOffice makes of them, in the documents' own faces, out.

LibreOffice stands in for Word. It runs on its own: a profile that lives as long as the run, no macros, no
links followed, no network where the system can take it away, bounded memory, an end with all its processes
when time is over or we are.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import md5
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, Final

from reportgen.render.package import PackageError
from reportgen.verify.dropped_rows import part_rows
from reportgen.verify.flat_odf import Typography, correct, read_typography, take_own_letters
from reportgen.verify.guard import guarded

if TYPE_CHECKING:
    from reportgen.render.fonts import FontSet
    from reportgen.render.line_ends import Column

NAMES: Final = ("soffice", "libreoffice")
PACKAGE: Final = "libreoffice-writer-nogui"
"""The Debian package that brings it."""
PATIENCE: Final = 120.0
"""Seconds a run may take; a long report takes some five."""
PIPES: Final = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 (not ours: where it listens, whatever TMPDIR says)
"""In the first of them that may be written in."""
PAUSE: Final = 0.01
"""Seconds between two looks whether it stands."""
BLANK: Final = (
    b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"'
    b' office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text/></office:body>'
    b"</office:document>"
)
"""A text document of nothing."""
MOST_MEMORY: Final = 4 * 1024**3
MOST_WRITTEN: Final = 512 * 1024**2
ALONE: Final = ("unshare", "--user", "--map-current-user", "--net")
"""Starts a program without any network, where the system lets everybody do so."""

SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>"""
ITEM: Final = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
CHOSEN: Final = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Writer/Revision/TextDisplay/Insert", "Color", str(0xC00000)),
    ("Office.Writer/Revision/TextDisplay/Delete", "Color", str(0x1F3F9F)),
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""Settings of the profile: no macros, no links, tracked changes in dark colours, a proxy that nobody is."""


class OfficeError(Exception):
    """LibreOffice made nothing of a run: it was too slow, or it broke down."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where one LibreOffice works: its program, a folder that goes away with it, its variables."""

    program: str
    folder: Path
    variables: Mapping[str, str]
    patience: float = PATIENCE

    def convert(self, files: Sequence[Path], form: str) -> dict[str, Path]:
        """The files in another form, by the stem of their names; what it could not read is missing."""
        target = self.folder / form
        if files:
            convert = ["--convert-to", form, "--outdir", str(target), *map(str, files)]
            run(self._command(*convert), self.variables, self.patience)
        made = {file.stem: target / f"{file.stem}.{form}" for file in files}
        return {name: path for name, path in made.items() if path.is_file()}

    @contextmanager
    def staying(self) -> Iterator[Callable[[], None]]:
        """A LibreOffice that stays until the block ends, so that conversions need not start one each.

        What is yielded waits until it stands: whatever is asked before would become the one that stays. It
        stays for a document that is open, of which the file of its lock tells; if it fails, each conversion
        starts one of its own.
        """
        blank = lay_out(self.folder / "blank.fodt", BLANK)
        lock = blank.with_name(f".~lock.{blank.name}#")
        limit = monotonic() + self.patience
        with ExitStack() as stack:
            stack.callback(remove_pipe, self.profile)
            try:
                process = stack.enter_context(running(self._command(str(blank)), self.variables))
            except OfficeError:
                yield lambda: None
                return
            stack.enter_context(guarded(process.pid, (self.folder, *pipes_of(self.profile))))
            yield lambda: wait_until(
                lambda: lock.exists() or monotonic() > limit or has_ended(process, PAUSE)
            )

    @property
    def profile(self) -> str:
        """The address of its settings, by which it is known."""
        return (self.folder / "profile").as_uri()

    def _command(self, *order: str) -> list[str]:
        profile = f"-env:UserInstallation={self.profile}"
        options = ["--headless", "--norestore", "--nologo", "--nolockcheck"]
        return [*without_network(), self.program, profile, *options, *order]


def find_office() -> str | None:
    """The path of LibreOffice's program; None when it is not installed."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@cache
def office_version(program: str) -> str:
    """What LibreOffice says of itself, such as `LibreOffice 7.4.7.2`."""
    try:
        said = subprocess.run(  # noqa: S603 (the program itself)
            [program, "--version"], capture_output=True, check=False, text=True, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return "LibreOffice"
    return " ".join(said.stdout.split()[:2]) or "LibreOffice"


def set_pages(
    documents: Mapping[str, bytes],
    faces: FontSet,
    patience: float = PATIENCE,
    column: Column | None = None,
) -> Mapping[str, bytes]:
    """The PDF of each Word file, by the same name; one that cannot be set is missing.

    LibreOffice reads them all in one go and writes them in another; `column` is the line of their running
    text. Raises OfficeError when it is not there, takes longer than `patience` seconds for a go or breaks
    down.
    """
    with setting_pages(documents, faces, patience, column) as made:
        return made()


@contextmanager
def setting_pages(
    documents: Mapping[str, bytes],
    faces: FontSet,
    patience: float = PATIENCE,
    column: Column | None = None,
) -> Iterator[Callable[..., Mapping[str, bytes]]]:
    """The same, with LibreOffice begun: what is yielded waits for it and lets it work.

    It may be called again with cells: a page may then part the rows of tables that hold one of them.

    Raises OfficeError when LibreOffice is not there; what is yielded raises it in the other cases.
    """
    names = dict(zip(map(str, range(len(documents))), documents, strict=True))
    wanted = {number: typography_of(documents[name]) for number, name in names.items()}
    sound = {number: typography for number, typography in wanted.items() if typography}
    with workshop(faces, patience) as office, office.staying() as stands:
        files = [lay_out(office.folder / f"{number}.docx", documents[names[number]]) for number in sound]

        def finish(cells: Collection[str] = ()) -> Mapping[str, bytes]:
            stands()
            flat = office.convert(files, "fodt")
            for number, path in flat.items():
                content = take_own_letters(path.read_bytes(), faces.own_letters())
                path.write_bytes(correct(part_rows(content, cells), sound[number], column))
            made = office.convert(list(flat.values()), "pdf")
            return {names[number]: path.read_bytes() for number, path in made.items()}

        yield finish


def typography_of(docx: bytes) -> Typography | None:
    """What LibreOffice has to be told of a Word file; None for a file it must not be given."""
    try:
        return read_typography(docx)
    except PackageError:
        return None


def save_again(docx: bytes, faces: FontSet) -> bytes:
    """A Word file as LibreOffice saves it; raises OfficeError."""
    with workshop(faces) as office:
        made = office.convert([lay_out(office.folder / "saved.docx", docx)], "docx")
        if not made:
            raise OfficeError
        return made["saved"].read_bytes()


def lay_out(path: Path, content: bytes) -> Path:
    """Write a file for LibreOffice to read."""
    path.write_bytes(content)
    return path


@contextmanager
def workshop(faces: FontSet, patience: float = PATIENCE) -> Iterator[Workshop]:
    """A place to work that knows no fonts but those of the set; raises OfficeError without a program."""
    program = find_office()
    if program is None:
        raise OfficeError
    with TemporaryDirectory(prefix="reportgen-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        items = "".join(ITEM.format(path=path, name=key, value=value) for path, key, value in CHOSEN)
        settings.write_text(SETTINGS.format(items=items), "utf-8")
        yield Workshop(program, folder, {**surroundings(folder), **faces.isolate(folder)}, patience)


def surroundings(folder: Path) -> Mapping[str, str]:
    """The variables of the program: the same on every machine, nothing kept outside the folder."""
    own = str(folder)
    return {
        **{"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"},
        **{"HOME": own, "TMPDIR": own, "XDG_CACHE_HOME": own, "XDG_CONFIG_HOME": own},
    }


@cache
def without_network() -> tuple[str, ...]:
    """What starts a program without the network; nothing where the system does not let us."""
    try:
        tried = subprocess.run(  # noqa: S603 (a fixed command)
            [*ALONE, "true"], capture_output=True, check=False, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return ALONE if tried.returncode == 0 else ()


def run(command: Sequence[str], variables: Mapping[str, str], patience: float) -> None:
    """Run a program to its end and end all it started; raises OfficeError when it is too slow."""
    with running(command, variables) as process:
        if not has_ended(process, patience):
            raise OfficeError


@contextmanager
def running(command: Sequence[str], variables: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program at work until the block ends, which ends all it started; raises OfficeError."""
    try:
        process = subprocess.Popen(  # noqa: S603 (our own command, no shell)
            command,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise OfficeError from error
    try:
        bound(process.pid)
        yield process
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def has_ended(process: subprocess.Popen[bytes], patience: float) -> bool:
    """Whether a program comes to its end in so many seconds."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        return False
    return True


def wait_until(holds: Callable[[], bool]) -> None:
    """Ask again and again until something holds; asking takes its time."""
    while not holds():
        pass


def remove_pipe(profile: str) -> None:
    """Take away where a LibreOffice listened: it leaves that when it is ended."""
    for pipe in pipes_of(profile):
        with suppress(OSError):
            pipe.unlink()


def pipes_of(profile: str) -> tuple[Path, ...]:
    """Where a LibreOffice may listen, named after the address of its profile."""
    digest = md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    name = f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}"
    return tuple(folder / name for folder in PIPES)


def bound(process: int) -> None:
    """Bound what a program may use, and all that it starts."""
    with suppress(ProcessLookupError, PermissionError):
        resource.prlimit(process, resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.prlimit(process, resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
