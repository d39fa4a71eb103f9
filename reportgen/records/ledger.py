"""The events of a record in, the lines of its ledger out; and such lines read back, whatever they hold.

One event is one line of JSON. `previous` is the SHA-256 of the line before with its line break, `check`,
always last, that of the line itself without it; both can be made by hand.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from reportgen.files.reading import digest
from reportgen.records.manifest import FileRecord
from reportgen.render.revision import NONE_BEFORE

FORMAT: Final = 1
LINE_BYTES: Final = 1024 * 1024
MOST_FILES: Final = 5000
MOST_WORDS: Final = 1000
"""Characters of a name or a reason."""

EVENTS: Final = ("issued", "corrected", "signed", "archived", "withdrawn")
REVISING: Final = ("issued", "corrected")
"""The events that make a revision."""
ROLES: Final = (
    *("output", "source", "input", "reference", "kind", "findings", "verification"),
    *("metadata", "scan", "package", "notice", "changes", "redline"),
)

DIGEST: Final = re.compile("[0-9a-f]{64}")
MOMENT: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3])(:[0-5]\d){2}Z")
SUFFIX: Final = re.compile(r"\.[0-9a-z]{1,10}")
CHECK: Final = ',"check":"'
TAIL: Final = 64 + len('"}\n')


@dataclass(frozen=True, slots=True)
class Frozen:
    """A file of a revision: what it is there for (`ROLES`), and its name, SHA-256 and size in bytes."""

    role: str
    file: FileRecord

    @property
    def stored(self) -> str:
        """The name under which the record stores it: its SHA-256, with the ending it had."""
        ending = "." + self.file.name.rpartition(".")[2].lower() if "." in self.file.name else ""
        return self.file.sha256 + (ending if SUFFIX.fullmatch(ending) else "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: its number from 1, what happened to which revision, when (UTC), by whom and why.

    `report` names the report by its kind's own keys; `files` are those that the event adds to the record.
    """

    number: int
    previous: str
    event: str
    revision: int
    at: str
    by: str
    why: str
    report: Mapping[str, str]
    files: tuple[Frozen, ...]

    def named(self, role: str) -> tuple[Frozen, ...]:
        """Its files of a role."""
        return tuple(item for item in self.files if item.role == role)

    @property
    def signs_package(self) -> bool:
        """Whether a package was signed, and nothing of the revision itself."""
        return self.event == "signed" and bool(self.named("package"))


class LineError(ValueError):
    """A line is not one that the program writes; `reason` is a name in the catalogue of findings."""

    def __init__(self, reason: str) -> None:
        """Say why: `altered`, `format` or `name`."""
        super().__init__(reason)
        self.reason = reason


def write_entry(entry: Entry) -> bytes:
    """The line of an event: UTF-8, no blanks, a line break at the end."""
    content = {
        "format": FORMAT,
        "number": entry.number,
        "previous": entry.previous,
        "event": entry.event,
        "revision": entry.revision,
        "at": entry.at,
        "by": entry.by,
        "why": entry.why,
        "report": dict(entry.report),
        "files": [
            {"role": item.role, "name": item.file.name, "sha256": item.file.sha256, "size": item.file.size}
            for item in entry.files
        ],
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f'{text[:-1]}{CHECK}{digest(text.encode())}"}}\n'.encode()


def read_entry(line: bytes) -> Entry:
    """The event of a line; raises LineError on everything that `write_entry` does not write."""
    try:
        entry = parse(json.loads(line))
        written = write_entry(entry)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        own = is_checked(line)
        raise error if isinstance(error, LineError) else LineError("format" if own else "altered") from error
    if written != line:
        raise LineError("altered")
    return entry


def is_checked(line: bytes) -> bool:
    """Whether a line bears its own check, whatever else is wrong with it."""
    head, tail = line[:-TAIL], line[-TAIL:]
    body = head.removesuffix(CHECK.encode()) + b"}"
    return head.endswith(CHECK.encode()) and tail == f'{digest(body)}"}}\n'.encode()


def parse(content: Any) -> Entry:
    """The event that JSON describes; raises what wrong types raise, and ValueError."""
    require(content["format"] == FORMAT)
    require(isinstance(content["files"], list) and len(content["files"]) <= MOST_FILES)
    report = {text(key): text(value) for key, value in content["report"].items()}
    entry = Entry(
        number(content["number"]),
        sha256(content["previous"]),
        text(content["event"]),
        number(content["revision"]),
        text(content["at"]),
        text(content["by"]),
        text(content["why"]),
        report,
        tuple(frozen(item) for item in content["files"]),
    )
    require(entry.event in EVENTS and MOMENT.fullmatch(entry.at) is not None)
    require(entry.number >= 1 and entry.revision >= 1)
    return entry


def frozen(item: Any) -> Frozen:
    """A file that JSON describes."""
    name = text(item["name"])
    if not is_inside(name):
        raise LineError("name")
    require(item["role"] in ROLES)
    return Frozen(item["role"], FileRecord(name, sha256(item["sha256"]), number(item["size"])))


def is_inside(name: str) -> bool:
    """Whether a name leads nowhere but below a folder, on every system."""
    parts = name.split("/")
    harmless = "\\" not in name and not any(unicodedata.category(char) in ("Cc", "Cs") for char in name)
    return harmless and not any(part in ("", ".", "..") for part in parts)


def text(value: Any) -> str:
    """A text of bearable length that UTF-8 can hold."""
    require(isinstance(value, str) and len(value) <= MOST_WORDS)
    return str(value)


def number(value: Any) -> int:
    """A whole number, not negative."""
    require(type(value) is int and 0 <= value < 2**53)
    return int(value)


def sha256(value: Any) -> str:
    """A SHA-256 in hexadecimal."""
    require(isinstance(value, str) and DIGEST.fullmatch(value) is not None)
    return str(value)


def require(condition: bool) -> None:
    """Raise ValueError unless something holds."""
    if not condition:
        raise ValueError("not an entry of a ledger")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a ledger, whole or not: the event when it is one, else why it is none."""

    content: bytes
    entry: Entry | None
    fault: str = ""

    @property
    def sha256(self) -> str:
        """What the next line has to name."""
        return digest(self.content)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The lines of a ledger, and what stands behind the last line break: a line that was not finished."""

    lines: tuple[Line, ...] = ()
    torn: bytes = b""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The events that could be read."""
        return tuple(line.entry for line in self.lines if line.entry)

    @property
    def head(self) -> str:
        """What the next entry has to name."""
        return self.lines[-1].sha256 if self.lines else NONE_BEFORE


def read_ledger(content: bytes) -> Ledger:
    """The ledger in a file's bytes. A last line that lacks nothing but its line break counts as whole."""
    *whole, torn = content.split(b"\n")
    if torn and not read_line(torn + b"\n").fault:
        whole, torn = [*whole, torn], b""
    return Ledger(tuple(read_line(line + b"\n") for line in whole), torn)


def read_line(content: bytes) -> Line:
    """A line of a ledger."""
    if len(content) > LINE_BYTES:
        return Line(content, None, "long")
    try:
        content.decode()
    except UnicodeDecodeError:
        return Line(content, None, "encoding")
    try:
        return Line(content, read_entry(content))
    except LineError as error:
        return Line(content, None, error.reason)
