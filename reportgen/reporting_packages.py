"""The verdict on a package in; the report of its four-property check, made by the engine itself, out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from reportgen import __version__
from reportgen.model.kind import load_kind
from reportgen.records.archive.digests import sha256
from reportgen.records.archive.marks import SIGNED
from reportgen.reporters.four_properties import KIND, Tested, write_report

if TYPE_CHECKING:
    from reportgen.building import Build
    from reportgen.verifying_packages import Demands, Inspected

NAME: Final = "四性检测报告"
"""The stem of the report's files."""
CHINA: Final = timezone(timedelta(hours=8))
LONGEST_ORGAN: Final = 60
FORMS: Final = (".docx", ".pdf")
"""The endings of a single file that the report can be written into; a page or JSON is another matter."""


def facts_of(inspected: Inspected, at: datetime) -> Tested:
    """What the report says was tested, and when: the day in China."""
    parts = inspected.parts
    info = parts.info
    return Tested(
        title="".join(parts.named("title")[:1]) or parts.package.path.name,
        number="".join(parts.named("number")[:1]) or "—",
        digest=sha256(parts.contents.get(SIGNED, b"")),
        organ=(info.get("Source-Organization") or "立档单位不明")[:LONGEST_ORGAN],
        day=at.astimezone(CHINA).date().isoformat(),
        software=f"reportgen {__version__}",
    )


@contextmanager
def built_report(inspected: Inspected, demands: Demands) -> Iterator[Build]:
    """The documents of the report; its source lies in a folder for as long as they are needed."""
    from reportgen.building import build

    kind = load_kind(KIND, demands.kinds)
    content = write_report(inspected.verification, facts_of(inspected, demands.trust.at), kind)
    with TemporaryDirectory(prefix="reportgen-") as folder:
        source = Path(folder, f"{NAME}.yaml")
        source.write_bytes(content)
        yield build(source, kinds=demands.kinds, fonts=demands.fonts)


def write_documents(inspected: Inspected, demands: Demands, target: Path) -> Path:
    """Write the report into a folder `target/四性检测报告/`, or one of its documents into a file.

    Raises what `build` and `release_build` raise, FileError where the file is another's.
    """
    from reportgen.building import release_build
    from reportgen.errors import VerificationError
    from reportgen.files.writing import write_file

    with built_report(inspected, demands) as made:
        ending = target.suffix.lower()
        if ending not in FORMS:
            return release_build(made, target).folder
        if not made.passed:
            raise VerificationError(*made.diagnostics)
        write_file(target, made.files[f"{NAME}{ending}"])
        return target
