"""A job and what was made of it in; what its manifest says out: which report, from what, with what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.records.manifest import FontRecord, Manifest, record

if TYPE_CHECKING:
    from reportgen.documents import Job
    from reportgen.model.report import Report
    from reportgen.press import Made
    from reportgen.records.inputs import Input

IDENTITY = ("kind", "organ", "year")
"""The roles of the fields that tell one report from another."""

LIBRARIES = (
    "docxtpl",
    "fonttools",
    "jinja2",
    "lxml",
    "pillow",
    "pydyf",
    "python-docx",
    "pyyaml",
    "weasyprint",
)
"""The libraries whose version can change a byte of the outputs."""


def identify(report: Report) -> Mapping[str, str]:
    """Which report it is: the values of the fields that say so, by their official keys."""
    from reportgen.render.printing import printed

    keys = [report.kind.fields[role] for role in IDENTITY if role in report.kind.fields]
    given = {key: report.values[key] for key in keys if key in report.values}
    texts = report.kind.texts
    return {key: "".join(part.text for part in printed(value, texts)) for key, value in given.items()}


def describe(job: Job, inputs: tuple[Input, ...], made: Made) -> Manifest:
    """The manifest of a build."""
    from importlib.metadata import version

    from reportgen import __version__
    from reportgen.records.inputs import kind_digest

    kind = job.report.kind
    fonts = job.fonts.versions()
    return Manifest(
        report=identify(job.report),
        date=job.moment.date().isoformat(),
        engine=__version__,
        kind=kind.name,
        kind_version=kind.version,
        kind_sha256=kind_digest(kind, inputs),
        inputs=tuple(item.record for item in inputs),
        outputs=tuple(record(name, content) for name, content in made.files.items()),
        fonts=tuple(FontRecord(role, font["file"], font["sha256"]) for role in fonts for font in fonts[role]),
        libraries={name: version(name) for name in LIBRARIES},
        revision=job.revision,
    )
