"""The manifest and the documents of a folder in; findings where a file is not what was recorded out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import PurePath
from typing import Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic, Location
from reportgen.errors import FileError
from reportgen.files.reading import read_file
from reportgen.records.manifest import APART, FORMAT, NAME, is_plain
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, judged

CHECK: Final = "manifest"
SUMMARY: Final = Bilingual(
    "清单记有{count}个文件，逐个核对SHA-256和字节数", "{count} files held against their SHA-256 and size"
)


def check_recorded_files(subject: Subject) -> Check:
    """Every output that the manifest names, and every file it does not name."""
    outputs = recorded(subject.manifest)
    if outputs is None:
        return judged(CHECK, [find("manifest-unreadable", Location(place(subject, NAME)))])
    found = [item for name, entry in outputs.items() for item in compare(subject, name, entry)]
    found += unrecorded(subject, outputs)
    count = {"count": str(len(outputs))}
    return judged(CHECK, found, Bilingual(SUMMARY.zh.format_map(count), SUMMARY.en.format_map(count)))


def recorded(manifest: Mapping[str, Any] | None) -> Mapping[str, Mapping[str, Any]] | None:
    """The outputs by name; None when it is no manifest of ours."""
    outputs = manifest.get("outputs") if manifest and manifest.get("format") == FORMAT else None
    if not isinstance(outputs, dict):
        return None
    good = all(isinstance(entry, dict) and is_plain(name) for name, entry in outputs.items())
    return outputs if good else None


def compare(subject: Subject, name: str, entry: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """What is wrong with one file."""
    content = content_of(subject, name)
    if content is None:
        yield find("output-missing", Location(place(subject, name)), name=name)
    elif (len(content), sha256(content).hexdigest()) != (entry.get("size"), entry.get("sha256")):
        where, size = Location(place(subject, name)), len(content)
        yield find("output-not-as-recorded", where, name=name, recorded=entry.get("size"), size=size)


def content_of(subject: Subject, name: str) -> bytes | None:
    """What a document of the subject or another file of the folder holds; None when it is not there."""
    for form, shown in subject.names.items():
        if PurePath(shown).name == name:
            return subject.contents.get(form)
    try:
        return read_file(subject.folder / name) if subject.folder else None
    except FileError:
        return None


def unrecorded(subject: Subject, outputs: Mapping[str, Any]) -> list[Diagnostic]:
    """A hint for every file of the folder that the manifest does not name."""
    known = {*outputs, NAME, APART}
    try:
        names = sorted(path.name for path in subject.folder.iterdir()) if subject.folder else []
    except OSError:
        names = []
    strange = [name for name in names if name not in known and not name.startswith(".")]
    return [find("file-not-recorded", Location(place(subject, name)), name=name) for name in strange]


def place(subject: Subject, name: str) -> str:
    """A file of the folder as findings show it."""
    for shown in subject.names.values():
        if PurePath(shown).name == name:
            return shown
    return str(subject.folder / name) if subject.folder else name
