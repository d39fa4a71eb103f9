"""A report in; its Word file, PDF, web page and manifest out: validated, rendered, verified, in this order.

The module is not named after its function so that `from reportgen import build` is always the function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Listed, Location, is_fatal
from reportgen.errors import MissingError, ReportError, UsageError, VerificationError
from reportgen.imprint import describe
from reportgen.records.manifest import NAME, Manifest, record, write_manifest
from reportgen.records.release import Desk, Released, check_stem, reject, release
from reportgen.records.standing import Parcel

if TYPE_CHECKING:
    from reportgen.documents import Job
    from reportgen.model.kind import Kind
    from reportgen.model.report import Loaded, Report
    from reportgen.model.review.references import Against
    from reportgen.partner import Channel
    from reportgen.press import Made
    from reportgen.records.inputs import Input
    from reportgen.render.fonts import FontSet
    from reportgen.render.revision import Revision
    from reportgen.verify.verification import Check, Verification
    from reportgen.verifying import Making


def in_silence(*_: object) -> None:
    """Tell nobody how far the work has come."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of a build, as `build` takes it."""

    outputs: tuple[str, ...]
    fonts: Path | None
    kinds: tuple[Path, ...]
    epoch: int | None
    on_step: Callable[[str], None]
    on_fonts: Callable[[int, int], None]
    proven: bool = False
    against: Against | None = None
    revision: Revision | None = None


@dataclass(frozen=True, slots=True)
class Build:
    """The files of a build by name, `manifest.json` among them, and everything found on the way.

    `verification` holds the checks made on the documents; `inputs` are the files that were read, to notice
    one that changes before the release, `fonts` the font files that the roles may draw from.
    """

    report: Report
    files: Mapping[str, bytes]
    manifest: Manifest
    diagnostics: tuple[Diagnostic, ...]
    inputs: tuple[Input, ...]
    verification: Verification
    fonts: tuple[Path, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether verification found no error."""
        return self.verification.passed and not is_fatal(self.diagnostics)


def build(
    source: Report | Loaded | Path | str,
    *,
    outputs: Sequence[str] = (),
    fonts: Path | None = None,
    kinds: Sequence[Path] = (),
    against: Against | None = None,
    epoch: int | None = None,
    helped: bool = False,
    proven: bool = False,
    revision: Revision | None = None,
    on_step: Callable[[str], None] = in_silence,
    on_fonts: Callable[[int, int], None] = in_silence,
) -> Build:
    """Make the documents of a report in memory; nothing is written.

    `outputs` are some of the kind's (`docx`, `pdf`, `html`), all when empty; `fonts` is a folder of fonts
    of one's own; `against` what the report is held against besides what it names; `epoch` the time in the
    files, in seconds, instead of the report's date; `helped` lets a forked process help, which a program
    with threads must not allow; `proven` asks the validators and the word processor on the machine as well;
    `revision` is what the documents say of the record they are issued in, nothing without it;
    `on_step` hears what is done next, `on_fonts` how many parts of new faces are done, of how many.

    Raises ReportError when the report has errors, UsageError on an output the kind has not, KindError,
    MissingError and FileError. A build that failed verification is returned: `passed` is then False.
    """
    from reportgen.partner import partner
    from reportgen.press import serve_as_printer

    order = Order(tuple(outputs), fonts, tuple(kinds), epoch, on_step, on_fonts, proven, against, revision)
    if not helped:
        return build_with(None, source, order)
    with partner(serve_as_printer) as printer:
        return build_with(printer, source, order)


def build_with(printer: Channel | None, source: Report | Loaded | Path | str, order: Order) -> Build:
    """The build, step by step; the printer is a process that loads the PDF engine meanwhile."""
    from reportgen.model.review.waivers import read_waivers, waive
    from reportgen.press import make_all
    from reportgen.records.inputs import read_inputs
    from reportgen.verify.template.lint import sound_templates

    order.on_step("read")
    report, found = sound_report(source, order.kinds, order.against)
    outputs = choose_outputs(report, order.outputs)
    check_stem(report.path)
    inputs = read_inputs(report)
    warned = () if is_linted(report.kind, inputs) else sound_templates(report.kind)
    order.on_step("make")
    job, noted = prepare(report, outputs, order)
    made = make_all(job, printer)
    order.on_step("verify")
    manifest = describe(job, inputs, made)
    files = {**made.files, NAME: write_manifest(manifest)}
    verification = judge(job, made, files[NAME], proven=order.proven, helped=printer is not None)
    drawn = waive(noted, read_waivers(report))
    seen = (*found, *warned, *drawn, *verification.diagnostics)
    return Build(report, files, manifest, seen, inputs, verification, job.fonts.files())


def is_linted(kind: Kind, inputs: tuple[Input, ...]) -> bool:
    """Whether the kind is one that came with the program, as it came: its tests have linted it."""
    from reportgen.model.shipped import checked_digests
    from reportgen.records.inputs import kind_digest

    return kind_digest(kind, inputs) in checked_digests()


def release_build(
    build: Build,
    folder: Path,
    *,
    force: bool = False,
    aside: Mapping[str, bytes] = MappingProxyType({}),
    state: Mapping[str, Any] = MappingProxyType({}),
    on_wait: Callable[[], None] = in_silence,
) -> Released:
    """Write a build into `folder/stem/`, all files or none, unless an input has changed; raises FileError.

    A build that failed verification goes to `folder/stem.未通过/` instead, with the files of `aside`, and
    VerificationError is raised. `force` keeps altered files under new names and goes on; `state` is noted to
    know the set again by (`records/unchanged.py`); `on_wait` hears when another build writes there.
    """
    from reportgen.records.inputs import check_unchanged

    desk = Desk(force, on_wait=on_wait)
    parcel = Parcel(build.report.path.stem, build.files, build.report.path, build.manifest.report)
    check_unchanged(build.inputs)
    if not build.passed:
        reject(with_aside(parcel, build.manifest, aside), folder, desk)
        raise VerificationError(*build.diagnostics)
    return release(replace(parcel, state=state), folder, desk)


def with_aside(parcel: Parcel, manifest: Manifest, aside: Mapping[str, bytes]) -> Parcel:
    """A set that is not released with further files, which its manifest then names too."""
    outputs = (*manifest.outputs, *(record(name, content) for name, content in aside.items()))
    files = {**parcel.files, **aside, NAME: write_manifest(replace(manifest, outputs=outputs))}
    return replace(parcel, files=files)


def sound_report(
    source: Report | Loaded | Path | str, kinds: Sequence[Path], against: Against | None = None
) -> tuple[Report, tuple[Diagnostic, ...]]:
    """The report with its findings, none of them an error; raises ReportError."""
    from reportgen.model.report import Loaded, Report, load_report, validate
    from reportgen.model.review.references import NOTHING

    held = against or NOTHING
    if isinstance(source, Report):
        loaded = Loaded(source, validate(source, kinds=kinds, against=held))
    else:
        loaded = source if isinstance(source, Loaded) else load_report(source, kinds=kinds, against=held)
    if loaded.report is None or is_fatal(loaded.diagnostics):
        raise ReportError(*loaded.diagnostics, *further_faults(loaded))
    return loaded.report, loaded.diagnostics


def further_faults(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """What drawing would find next in the pictures of a report with errors, so that all is told at once."""
    from reportgen.render.illustrations import find_faulty_pictures

    if loaded.report is None:
        return ()
    told = {(finding.code, finding.location) for finding in loaded.diagnostics}
    found = find_faulty_pictures(loaded.report)
    return tuple(finding for finding in found if (finding.code, finding.location) not in told)


def choose_outputs(report: Report, wanted: Sequence[str]) -> tuple[str, ...]:
    """The outputs asked for, in the kind's order; raises UsageError when it has one not."""
    known = report.kind.outputs
    for name in wanted:
        if name not in known:
            raise UsageError(find("unknown-format", Location("--to"), name=name, choices=", ".join(known)))
    return tuple(name for name in known if name in wanted or not wanted)


def prepare(report: Report, outputs: tuple[str, ...], order: Order) -> tuple[Job, tuple[Diagnostic, ...]]:
    """What the documents are drawn from; raises ReportError when something cannot be drawn."""
    from reportgen.documents import Job, moment_of
    from reportgen.placing import with_colophon_placed
    from reportgen.records.published_source import outgoing_source
    from reportgen.render.context import build_context
    from reportgen.render.fonts import load_fonts
    from reportgen.render.glyphs import characters_of
    from reportgen.render.grids import check_widths
    from reportgen.render.html import figure_measure
    from reportgen.render.illustrations import illustrate

    kind = report.kind
    faces = load_fonts(kind.fonts, order.fonts, order.on_fonts)
    faces = faces.with_rare(characters_of(report), order.on_fonts)
    images, found = illustrate(report, faces)
    measure = figure_measure(faces, kind.layout)
    context: Mapping[str, Any] = build_context(report, images, measure)
    found = (*found, *check_widths(context["tables"], kind.layout, measure), *judge_own(faces, order.fonts))
    if is_fatal(found):
        raise ReportError(*found)
    moment = moment_of(report, order.epoch)
    job = Job(report, outputs, faces, context, outgoing_source(report), moment, order.revision)
    return with_colophon_placed(job) if context["colophon"] else job, found


def judge_own(faces: FontSet, folder: Path | None) -> tuple[Diagnostic, ...]:
    """A finding when a folder of fonts of one's own was given and none of them is used."""
    if folder is None or faces.own_files(folder):
        return ()
    return (find("own-fonts-unused", Location(str(folder)), names=Listed(faces.office_names())),)


def judge(job: Job, made: Made, manifest: bytes, *, proven: bool, helped: bool = False) -> Verification:
    """Every check of the documents just made; raises MissingError when a proof needs what is not there."""
    from reportgen.verify.subject import Subject, read_manifest_json
    from reportgen.verify.verification import Verification
    from reportgen.verifying import about_report, check_quickly, proving

    names = {form: job.name(form) for form in made.drawn}
    layout = job.report.kind.layout
    subject = Subject(made.drawn, names, layout, job.report, job.fonts, read_manifest_json(manifest))
    with proving(subject) if proven else nullcontext() as proofs:
        checks = check_quickly(subject, helped=helped)
        checks = (*checks, *sure(proofs)) if proofs else checks
    return Verification(job.stem, checks, about=about_report(job.report))


def sure(proofs: Making) -> tuple[Check, ...]:
    """The checks of the programs at work; raises MissingError when one of these is not there."""
    from reportgen.verify.verification import Verdict, title_of
    from reportgen.verifying import proven

    checks = proven(proofs)
    absent = [check for check in checks if check.verdict is Verdict.LEFT_OUT]
    if absent:
        raise MissingError(
            *(
                find("proof-missing", Location("--prove"), name=title_of(check).zh, reason=check.summary.zh)
                for check in absent
            )
        )
    return checks
