"""A job in; the same with its 版记 on the page it belongs to (GB/T 9704-2012 7.4, 7.5) out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reportgen.documents import make_page, pdf_inputs
from reportgen.render.geometry import POINTS_PER_MM
from reportgen.render.outer_form import Colophon

if TYPE_CHECKING:
    from reportgen.documents import Job

NAME: Final = "colophon"
"""The id of 版记 in the page."""
TRIAL: Final = "#colophon{position:static!important;break-inside:avoid!important;padding-top:6pt!important}"
"""For the trial 版记 stands in the run of the text, with a little more room than it needs."""


def with_colophon_placed(job: Job) -> Job:
    """Lay the page out once to see on which page the text ends and whether 版记 still fits below it.

    In a document it stands on an even page, the back of the last sheet; an empty page before it and it
    itself then bear no number.
    """
    from reportgen.render.pdf import place_of

    colophon = job.context["colophon"]
    if not isinstance(colophon, Colophon):
        return job
    found = place_of(make_page(job, "pdf"), pdf_inputs(job, ()), NAME, TRIAL)
    if found is None:
        return job
    page, top = found
    begins = top < float(job.report.kind.layout["margins"]["top"]) * float(POINTS_PER_MM) + 1
    placed = settle(colophon, page - begins, fits=not begins)
    return replace(job, context={**job.context, NAME: placed})


def settle(colophon: Colophon, last: int, *, fits: bool) -> Colophon:
    """Where 版记 goes when the text ends on page `last` and there is room for it below or not."""
    if not colophon.ruled:
        return replace(colophon, overleaf=not fits)
    if last % 2:
        return replace(colophon, overleaf=True)
    return replace(colophon, overleaf=not fits, apart=not fits)
