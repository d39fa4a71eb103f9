"""A package in; its documents made again from the data and templates inside, and how they compare, out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.errors import ReportgenError
from reportgen.partner import bounded
from reportgen.records.archive import pieces
from reportgen.records.manifest import NAME
from reportgen.records.revisions import revision_of_entry
from reportgen.render.revision import Revision
from reportgen.verify.package.items import both, item, untold
from reportgen.verify.verification import Check

if TYPE_CHECKING:
    from reportgen.verify.package.parts import Parts

CODE: Final = "rebuild"
BROKE_OFF: Final = Bilingual("重新生成时中断", "making them again broke off")
VERSIONS: Final = ("engine", "libraries", "fonts")
"""What has to be the same for the same bytes to come out."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """The data and templates of a package laid out as files: the report, and the folder of kinds."""

    report: Path
    kinds: Path

    @property
    def scratch(self) -> Path:
        """Where files that nobody keeps may lie."""
        return self.kinds.parent


@contextmanager
def workshop(parts: Parts) -> Iterator[Workshop | None]:
    """The data and templates of a package in a folder of their own for a while; None without a report."""
    source = parts.revision.named("source") if parts.revision else ()
    if len(source) != 1:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="reportgen-") as name:
        for file, content in parts.payload.items():
            if file.startswith((f"{pieces.SOURCE}/", f"{pieces.KINDS}/")):
                path = Path(name, file)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        yield Workshop(Path(name, pieces.SOURCE, source[0].file.name), Path(name, pieces.KINDS))


def check_rebuild(parts: Parts, place: Workshop | None, fonts: Path | None) -> Check:
    """Whether the same documents come out again: the same bytes, or with other versions the same content."""
    with rebuild_at_work(parts, place, fonts) as check:
        return check()


@contextmanager
def rebuild_at_work(
    parts: Parts, place: Workshop | None, fonts: Path | None
) -> Iterator[Callable[[], Check]]:
    """The documents being made again beside this process, within bounds; the check is waited for."""
    said = parts.manifest.get("revision")
    if place is None or not isinstance(said, dict):
        nothing = untold(CODE, Bilingual("没有可以重新生成的数据", "there are no data to make them from"))
        yield lambda: nothing
        return
    number = said.get("number", 0)

    def work() -> Check:
        tempfile.tempdir = str(place.scratch)  # this process may be killed: the workshop goes in any case
        return remade(parts, place, number, fonts)

    with bounded(work) as answer:
        yield lambda: answer() or untold(CODE, BROKE_OFF)


def remade(parts: Parts, place: Workshop, number: int, fonts: Path | None) -> Check:
    """The documents made again and compared."""
    entry = parts.revision
    revision = revision_of_entry(entry, place.report.stem) if entry else None
    made = made_or_reason(place, revision or Revision(number, ""), fonts)
    if isinstance(made, Bilingual):
        return untold(CODE, made)
    archived = {name: parts.payload.get(f"{pieces.ISSUED}/{name}", b"") for name in made}
    pdf = next((name for name in made if name.endswith(".pdf")), "")
    archived[pdf] = archived[pdf] or parts.original[1]
    different = [name for name in sorted(made) if made[name] != archived[name]]
    if not different:
        return item(CODE, (), both(f"{len(made)}个文件逐字节相同", f"{len(made)} files, the same bytes"))
    if same_versions(parts.manifest, made[NAME]):
        found = [parts.find("rebuild-differs", f"data/{pieces.ISSUED}/{name}") for name in different]
        return item(
            CODE, found, Bilingual("程序和字体的版本相同，字节不同", "the same versions, other bytes")
        )
    return compare_content(parts, archived, made)


def made_or_reason(
    place: Workshop, revision: Revision, fonts: Path | None
) -> Mapping[str, bytes] | Bilingual:
    """The files of a build, or what stopped it: with templates of another time that may be anything."""
    from reportgen.building import build

    try:
        return build(place.report, kinds=(place.kinds,), fonts=fonts, revision=revision).files
    except ReportgenError as error:
        first = error.diagnostics[0]
        return both(
            f"不能重新生成：{first.message('zh')}",
            f"they cannot be made again: {first.message('en')}",
        )
    except Exception as error:  # noqa: BLE001 (whatever is in a stranger's kind, no traceback)
        reason = type(error).__name__
        return both(
            f"不能重新生成：本程序读不了包里的种类或数据（{reason}）",
            f"they cannot be made again: the kind or the data cannot be used ({reason})",
        )


def same_versions(archived: Mapping[str, Any], manifest: bytes) -> bool:
    """Whether program, libraries and fonts are those that made the archived documents."""
    import json

    now = json.loads(manifest)
    return all(archived.get(key) == now.get(key) for key in VERSIONS)


def compare_content(parts: Parts, archived: Mapping[str, bytes], made: Mapping[str, bytes]) -> Check:
    """Whether documents made by other versions say the same: each new one beside the archived Word file."""
    found = other_words(archived, made)
    if found:
        found = (find("rebuild-differs", parts.package.place(), name=parts.package.path.name), *found)
    return item(
        CODE, found, Bilingual("程序或字体的版本不同：比较文字", "other versions: the words were compared")
    )


def other_words(kept: Mapping[str, bytes], made: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    """Where documents made again say something else than the Word file that was kept."""
    from reportgen.model.kind import load_layout
    from reportgen.verify.subject import Subject, form_of
    from reportgen.verify.twins import Readings, check_words

    forms = {form_of(Path(name)): name for name in made if name != NAME}
    contents = {form: made[name] for form, name in forms.items()} | {"docx": kept[forms["docx"]]}
    check = check_words(Readings(Subject(contents, dict(forms), load_layout())))
    return check.diagnostics if check else ()
