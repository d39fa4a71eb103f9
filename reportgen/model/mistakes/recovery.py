"""A text whose YAML is broken in; the mistakes in it out, each line mended so that the next can be found.

Loaded only for such a text: most have none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Related
from reportgen.model.limits import RECOVERED_CHARACTERS, RECOVERIES
from reportgen.model.mistakes.recognition import UNSURE, UNSURE_LATER, recognise
from reportgen.model.mistakes.trouble import Mistake, Trouble
from reportgen.model.places import Places
from reportgen.model.source import NOTHING_MORE, Failure, read_once
from reportgen.model.tree import Tree

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError


def find_mistakes(places: Places, tree: Tree, failure: Failure) -> tuple[Diagnostic, ...]:
    """The findings of a text whose first reading gave this tree and ended by this failure."""
    findings: list[Diagnostic] = []
    for attempt in range(RECOVERIES + 1):
        if attempt:
            tree, failure = read_once(places)
        findings += (found for found in tree.notes.findings if not (attempt and found.code in UNSURE_LATER))
        if failure is None:
            break
        mended = attempt or any(found.code in ("wide-space", "wide-colon") for found in findings)
        mistake = recognise(trouble_of(failure, tree))
        if mistake.code and not (mended and mistake.code in UNSURE):
            findings.append(finding(mistake, tree))
        if not mistake.patch or len(places.text) > RECOVERED_CHARACTERS:
            break
        places = places.patched(*mistake.patch)
    return tuple(findings)


def finding(mistake: Mistake, tree: Tree) -> Diagnostic:
    """The finding of a recognised mistake."""
    places = [tree.places.span(*span) for span in (mistake.place, *mistake.related)]
    related = tuple(Related(place, "") for place in places[1:])
    arguments: dict[str, Any] = dict(mistake.arguments)
    return find(mistake.code, places[0], tree.path_on(places[0].line), related=related, **arguments)


def trouble_of(failure: MarkedYAMLError | int, tree: Tree) -> Trouble:
    """Where and why reading ended: the parser gave up, or something follows the whole document."""
    if not isinstance(failure, int):
        return trouble_at(failure, tree)
    first = NOTHING_MORE.match(tree.places.text)
    return trouble(tree, failure, first.end() if first else 0, "", "did not find expected key")


def trouble_at(error: MarkedYAMLError, tree: Tree) -> Trouble:
    """Where and why the parser gave up; at the end of the file, that is after its last character."""
    end = len(tree.places.text.rstrip(" \t\r\n"))
    offset = min(error.problem_mark.index, end) if error.problem_mark else end
    origin = min(error.context_mark.index, end) if error.context_mark else offset
    return trouble(tree, offset, origin, error.context or "", error.problem or "")


def trouble(tree: Tree, offset: int, origin: int, context: str, problem: str) -> Trouble:
    """What the tree adds to a place where reading ended."""
    last, style = tree.last, (tree.last.style or "") if tree.last else ""
    span = (last.start_mark.index, last.end_mark.index) if last else None
    return Trouble(tree.places, offset, context, problem, origin, span, style, tree.bracket, tree.expression)
