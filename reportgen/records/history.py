"""A record in; its events, and whether it holds, out: nothing is written and nobody is waited for."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic, Location, is_fatal
from reportgen.errors import FileError
from reportgen.files.folders import is_folder
from reportgen.files.reading import digest_file, read_file
from reportgen.records.dossier import ATTRIBUTES, FILES, GUIDE, LEDGER, LEDGER_BYTES, Dossier, read_lines
from reportgen.records.ledger import REVISING, Entry, Frozen, Ledger, Line, read_ledger
from reportgen.records.manifest import LIMIT, NAME
from reportgen.records.signatures.untold import UNTOLD as SIGNATURES
from reportgen.render.revision import NONE_BEFORE

UNTOLD: Final = frozenset({"ledger-torn", "record-unreadable", "witness-silent"}) | SIGNATURES
"""The codes of what leaves open whether a record holds."""
KNOWN: Final = frozenset({LEDGER, FILES, GUIDE, ATTRIBUTES})
MOST_LISTED: Final = 10_000
MOST_TOLD: Final = 20
MOST_NAMED: Final = 5
"""Files that one hint names."""
"""Findings of one sort that are told; a reader learns no more from the twenty-first."""

REASONS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "long": Bilingual("超过1 MB", "it is longer than 1 MB"),
        "encoding": Bilingual("不是UTF-8文本", "it is not UTF-8"),
        "format": Bilingual("不是台账应有的内容", "it does not say what a ledger says"),
        "name": Bilingual("文件名指向别处", "a file name leads elsewhere"),
        "altered": Bilingual("内容与它自己的校验值不符", "it does not match its own check"),
    }
)


class Standing(Enum):
    """The answers: there is no fourth."""

    HOLDS = "holds"
    FAILS = "fails"
    UNTOLD = "cannot-be-told"


@dataclass(frozen=True, slots=True)
class History:
    """The events of a record that could be read, and everything found; `content` is the ledger as it was."""

    dossier: Dossier
    ledger: Ledger
    diagnostics: tuple[Diagnostic, ...]
    content: bytes = b""

    @property
    def standing(self) -> Standing:
        """Whether the record holds."""
        codes = {finding.code for finding in self.diagnostics}
        if any(is_fatal((found,)) and found.code not in UNTOLD for found in self.diagnostics):
            return Standing.FAILS
        return Standing.UNTOLD if codes & UNTOLD else Standing.HOLDS

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The events in their order."""
        return self.ledger.entries

    @property
    def revisions(self) -> tuple[Entry, ...]:
        """The events that made a revision."""
        return tuple(entry for entry in self.entries if entry.event in REVISING)


def read_history(dossier: Dossier) -> History:
    """A record, examined whole; raises FileError when there is none."""
    if not os.path.lexists(dossier.folder):
        name = dossier.folder
        raise FileError(find("record-missing", Location(str(name)), name=name))
    if not is_folder(dossier.folder):
        return History(dossier, Ledger(), (about("record-link", dossier.folder),))
    present = sorted(set(names_in(dossier.folder)) - KNOWN)
    stored = frozenset(names_in(dossier.files))
    try:
        content = read_lines(dossier)
    except FileError as error:
        return History(dossier, Ledger(), (unreadable_ledger(dossier, error),))
    ledger = read_ledger(content)
    named = frozenset(item.stored for entry in ledger.entries for item in entry.files)
    loose = [f"{dossier.files.name}/{name}" for name in sorted(stored - named)]
    found = (
        *islice(judge_lines(dossier, ledger), MOST_TOLD),
        *judge_end(dossier, ledger),
        *clock(dossier, ledger),
        *islice(judge_files(dossier, ledger), MOST_TOLD),
        *judge_witnesses(dossier, ledger),
        *foreign(dossier, [*present, *loose]),
    )
    return History(dossier, ledger, found, content)


def about(code: str, path: Path, **arguments: Any) -> Diagnostic:
    """A finding about a file of a record."""
    return find(code, Location(str(path)), name=path.name, **arguments)


def unreadable_ledger(dossier: Dossier, error: FileError) -> Diagnostic:
    """Why there is no ledger to judge by."""
    code = error.diagnostics[0].code
    if code == "file-missing":
        return about("ledger-missing", dossier.ledger)
    if code == "not-a-file":
        return about("record-link", dossier.ledger)
    if code == "file-too-large":
        return about("ledger-too-large", dossier.ledger, limit=LEDGER_BYTES // 1024 // 1024)
    return about("record-unreadable", dossier.ledger, reason=error.diagnostics[0].message())


def judge_lines(dossier: Dossier, ledger: Ledger) -> Iterator[Diagnostic]:
    """What is wrong with the lines, one by one and after each other."""
    before: Line | None = None
    latest = 0
    for number, line in enumerate(ledger.lines, 1):
        entry = line.entry
        if entry is None:
            yield about("ledger-line-wrong", dossier.ledger, line=number, reason=REASONS[line.fault])
        elif entry.previous != (before.sha256 if before else NONE_BEFORE):
            if before is None or before.entry:  # else the line before is told already
                yield about("ledger-chain-broken", dossier.ledger, line=number)
        elif not follows(entry, number_after(before, number), latest):
            yield about("ledger-order", dossier.ledger, line=number)
        before, latest = line, max(latest, entry.revision if entry else latest)


def number_after(before: Line | None, number: int) -> int:
    """The number that a line should bear: one more than the line before says, else its place."""
    return before.entry.number + 1 if before and before.entry else number


def follows(entry: Entry, number: int, latest: int) -> bool:
    """Whether an event can be the one with that number when that many revisions exist."""
    if entry.number != number:
        return False
    if entry.event == "issued":
        return (entry.revision, latest) == (1, 0)
    if entry.event == "corrected":
        return latest > 0 and entry.revision == latest + 1
    return entry.revision <= latest


def judge_end(dossier: Dossier, ledger: Ledger) -> Iterator[Diagnostic]:
    """What is wrong with the end of a ledger."""
    if ledger.torn:
        yield about("ledger-torn", dossier.ledger, line=len(ledger.lines) + 1)
    if not ledger.lines:
        yield about("ledger-empty", dossier.ledger)


def clock(dossier: Dossier, ledger: Ledger) -> Iterator[Diagnostic]:
    """Events that are said to be earlier than the one before."""
    for before, entry in pairwise(ledger.entries):
        if entry.at < before.at:
            yield about("ledger-clock-back", dossier.ledger, line=entry.number, at=entry.at, before=before.at)


def judge_files(dossier: Dossier, ledger: Ledger) -> Iterator[Diagnostic]:
    """What is wrong with the frozen files."""
    if os.path.lexists(dossier.files) and not is_folder(dossier.files):
        yield about("record-link", dossier.files)
        return
    items = {item.stored: (entry, item) for entry in ledger.entries for item in entry.files}
    for name, (entry, item) in sorted(items.items()):
        code = fault_of(dossier.files / name, item)
        if code:
            yield about(
                code,
                dossier.files / name,
                file=item.file.name,
                revision=entry.revision,
                reason=Bilingual("读不出来", "it cannot be read"),
            )


def fault_of(path: Path, item: Frozen) -> str:
    """The code of what is wrong with one frozen file; empty when it is as it was."""
    try:
        state = path.lstat()
    except FileNotFoundError:
        return "record-file-missing"
    except OSError:
        return "record-unreadable"
    if not stat.S_ISREG(state.st_mode):
        return "record-link"
    if state.st_size != item.file.size:
        return "record-file-altered"
    try:
        return "" if digest_file(path) == item.file.sha256 else "record-file-altered"
    except FileError:
        return "record-unreadable"


def judge_witnesses(dossier: Dossier, ledger: Ledger) -> Iterator[Diagnostic]:
    """Hold every revision's entry against what its manifest says of it."""
    for entry in ledger.entries:
        kept = [item for item in entry.named("output") if item.file.name == NAME]
        if entry.event not in REVISING or any(fault_of(dossier.files / item.stored, item) for item in kept):
            continue
        if not kept or not witnesses(dossier.files / kept[0].stored, entry):
            yield about("ledger-witness", dossier.ledger, line=entry.number, revision=entry.revision)


def witnesses(path: Path, entry: Entry) -> bool:
    """Whether a manifest names the entry's revision, the entry before it, and the same documents."""
    said = {item.file.name: item.file.sha256 for item in entry.named("output") if item.file.name != NAME}
    try:
        manifest: Any = json.loads(read_file(path, LIMIT))
        outputs = {name: output["sha256"] for name, output in manifest["outputs"].items()}
        revision = (manifest["revision"]["number"], manifest["revision"]["previous"])
    except (FileError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    return outputs == said and revision == (entry.revision, entry.previous)


def foreign(dossier: Dossier, names: Sequence[str]) -> Iterator[Diagnostic]:
    """That files lie in a record that no line names, all in one."""
    if names:
        place, named = Location(str(dossier.folder)), names[:MOST_NAMED]
        zh, en = ("、".join(named), ", ".join(named))
        if len(names) > MOST_NAMED:
            zh, en = f"{zh}等", f"{en} …"
        yield find("record-file-foreign", place, count=len(names), names=Bilingual(zh, en))


def names_in(folder: Path) -> list[str]:
    """The names in a folder, as many as can be listed; none when it is no folder or cannot be read."""
    try:
        with os.scandir(folder) as items:
            return [item.name for item in islice(items, MOST_LISTED)] if is_folder(folder) else []
    except OSError:
        return []


def with_report(history: History, path: Path) -> History:
    """The history with how the report itself stands to the last revision."""
    frozen = {item.file.sha256 for entry in history.revisions[-1:] for item in entry.named("source")}
    if not os.path.lexists(path):
        found = find("record-without-report", Location(str(path)), name=path)
    elif frozen and not frozen & {digest_of(path)}:
        revision = history.revisions[-1].revision
        found = find("report-changed-since", Location(str(path)), name=path, revision=revision)
    else:
        return history
    return replace(history, diagnostics=(*history.diagnostics, found))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file; nothing when it cannot be read."""
    try:
        return digest_file(path)
    except FileError:
        return ""
