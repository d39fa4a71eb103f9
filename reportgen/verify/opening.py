"""A path in; the documents that are to be verified there, with the report they were made from, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic, Location, is_fatal
from reportgen.errors import ReportgenError, UsageError
from reportgen.files.failures import stopped
from reportgen.files.reading import digest, read_file
from reportgen.model.limits import FILE_BYTES
from reportgen.verify.pdf_streams import read_stream
from reportgen.verify.subject import FORMS, Subject, form_of, read_manifest_json
from reportgen.verify.verification import Check, Verdict, judged, left_out

if TYPE_CHECKING:
    from reportgen.model.report import Loaded, Report
    from reportgen.render.fonts import FontSet

MANIFEST: Final = "manifest.json"
MOST_BYTES: Final = 256 * 1024 * 1024
"""No document that is verified is larger."""
SOURCE: Final = "report-source"


@dataclass(frozen=True, slots=True)
class Sought:
    """Where to look for what the documents were made from: the kinds, the fonts, the report itself."""

    kinds: tuple[Path, ...] = ()
    fonts: Path | None = None
    source: Path | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands at a path, the check of its source, and the texts to show lines of, by name."""

    subject: Subject
    source: Check | None
    texts: Mapping[str, str]


def open_subject(path: Path, sought: Sought) -> Opened:
    """The documents of a built folder, or a single one; raises FileError, UsageError when it is neither."""
    if not path.exists():
        raise stopped("file-missing", path)
    if path.is_dir():
        manifest = read_manifest_json(read_file(path / MANIFEST)) if (path / MANIFEST).is_file() else None
        files = documents_in(path, manifest)
    else:
        manifest, files = None, {form_of(path): path}
    if not files or "" in files:
        raise UsageError(find("nothing-to-verify", Location(str(path)), name=path))
    contents = {form: read_file(file, MOST_BYTES) for form, file in files.items() if file.is_file()}
    names = {form: str(file) for form, file in files.items()}
    opened = with_origin(contents, names, manifest, sought)
    return replace(opened, subject=replace(opened.subject, folder=path if path.is_dir() else None))


def documents_in(folder: Path, manifest: Mapping[str, Any] | None) -> dict[str, Path]:
    """The documents of a folder by form: those its manifest names, without one those that lie there."""
    outputs = manifest.get("outputs") if manifest else None
    listed = [name for name in outputs if Path(name).name == name] if isinstance(outputs, dict) else []
    names = listed or sorted(item.name for item in folder.iterdir())
    found = {form_of(Path(name)): folder / name for name in reversed(names)}
    return {form: found[form] for form in FORMS if form in found}


def with_origin(
    contents: Mapping[str, bytes],
    names: Mapping[str, str],
    manifest: Mapping[str, Any] | None,
    sought: Sought,
) -> Opened:
    """The subject with its report, read from where it was written or from inside the PDF."""
    from reportgen.model.encoding import readable
    from reportgen.model.kind import load_layout

    attached = next(sources_in(contents.get("pdf", b"")), None)
    loaded, check = load_origin(names, written_source(manifest, sought), attached, sought)
    report = loaded.report if loaded else None
    layout = report.kind.layout if report else load_layout(sought.kinds)
    faces = faces_of(report, sought.fonts) if report else None
    texts = {attached[0]: readable(attached[1])} if attached else {}
    if report:
        texts[str(report.path)] = readable(report.source)
    return Opened(Subject(contents, names, layout, report, faces, manifest), check, texts)


def load_origin(
    names: Mapping[str, str], written: Path | None, attached: tuple[str, bytes] | None, sought: Sought
) -> tuple[Loaded | None, Check | None]:
    """The report that the documents were made from, as written or attached, and the check of it."""
    from reportgen.model.report import read_report

    if written is None and attached is None:
        reason = Bilingual(
            "文件里没有附带报告数据，只核验文件本身", "no report data inside; only the files are verified"
        )
        return None, left_out(SOURCE, reason)
    try:
        name, content = (str(written), read_file(written, FILE_BYTES)) if written else attached or ("", b"")
        loaded = read_report(content, Path(name), kinds=sought.kinds)
    except ReportgenError as error:
        return None, Check(SOURCE, Verdict.UNTOLD, diagnostics=error.diagnostics)
    return loaded, judge_source(loaded, written is not None, names)


def judge_source(loaded: Loaded, beside: bool, names: Mapping[str, str]) -> Check:
    """Whether the report behind the documents is sound."""
    where = (
        Bilingual("按原报告文件核对", "compared with the report file itself")
        if beside
        else Bilingual("按PDF内附的报告数据核对", "compared with the report inside the PDF")
    )
    found: tuple[Diagnostic, ...] = ()
    if is_fatal(loaded.diagnostics):
        place = Location(names.get("pdf", next(iter(names.values()))))
        found = (find("source-unsound", place), *(d for d in loaded.diagnostics if is_fatal((d,))))
    return judged(SOURCE, found, where)


def written_source(manifest: Mapping[str, Any] | None, sought: Sought) -> Path | None:
    """The report file the documents were made from, when it is still as it was."""
    if sought.source is None or manifest is None:
        return None
    try:
        recorded = manifest["inputs"][sought.source.name]["sha256"]
        same = digest(read_file(sought.source, FILE_BYTES)) == recorded
    except (ReportgenError, KeyError, TypeError):
        return None
    return sought.source if same else None


def sources_in(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """The report that a PDF carries, by its name: the attached file it was made from."""
    for name, content in attached_as("/Source", pdf, FILE_BYTES):
        yield name or "report.yaml", content


def attached_as(relation: str, pdf: bytes, most: int = MOST_BYTES) -> Iterator[tuple[str, bytes]]:
    """The files that a PDF carries as something to itself (ISO 32000-2 7.11.3), by name; bytes at most."""
    import pikepdf

    if not pdf:
        return
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            for name, entry in sorted(document.attachments.items()):
                if str(entry.obj.get("/AFRelationship", "")) == relation:
                    yield Path(name).name, read_stream(entry.obj.EF.F, most)
    except Exception:  # noqa: BLE001 (a hostile file may raise anything; the checks of the PDF tell)
        return


def faces_of(report: Report, folder: Path | None) -> FontSet | None:
    """The fonts that the documents should be set in; None where they are not on this machine."""
    from reportgen.errors import FileError, MissingError
    from reportgen.render.fonts import load_fonts
    from reportgen.render.glyphs import characters_of

    try:
        return load_fonts(report.kind.fonts, folder).with_rare(characters_of(report))
    except (MissingError, FileError):
        return None
