"""The pages of a PDF in; where 版头, the head of a letter and 版记 stand (GB/T 9704-2012 7.2, 7.4) out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Bilingual
from reportgen.render.signer_lines import SIGNERS
from reportgen.verify.layout.joint_mark import JOINT, measure_joint
from reportgen.verify.layout.page_geometry import ASCENT
from reportgen.verify.layout.pages import on_page, sample
from reportgen.verify.layout.protocol import Sample
from reportgen.verify.layout.standard import MM
from reportgen.verify.numberless import outer_form

if TYPE_CHECKING:
    from reportgen.verify.glyphs import Shape
    from reportgen.verify.layout.lines import Line, Sheet
    from reportgen.verify.layout.pages import Pages
    from reportgen.verify.layout.protocol import Protocol
    from reportgen.verify.layout.standard import Standard

RED: Final = Bilingual("红色", "red")
EVEN: Final = Bilingual("双页", "an even page")
NONE: Final = Bilingual("没有", "none")
THICKEST: Final = 3.0
"""Points: what is thicker is no rule."""
APART: Final = 2.0
"""Points between the rules of one double rule, at most."""
NEAR: Final = 6.0
"""Points a rule of 版记 may be from the text it stands above, its own space left out."""


def color_words(color: str, wanted: str) -> Bilingual:
    """A colour of 发文机关标志, by its name when it is the wanted one."""
    return RED if color == wanted else Bilingual(f"#{color}", f"#{color}")


def measure_surroundings(pages: Pages, protocol: Protocol) -> None:
    """Hold what stands around the text against the standard; only where the roles of lines are known."""
    layout = protocol.standard.layout
    if not pages.known or "masthead" not in layout:
        return
    head = layout["masthead"]
    for form, places, measure in (
        ("document", head["places"], measure_document),
        ("letter", head["letter-places"], measure_letter),
    ):
        marks = pages.of_role(*head[form])
        if marks:
            lines = [mark.line for mark in marks]
            measure(pages, lines, places, protocol)
            measure_color(lines[0], protocol)
    joint = [setting.line for setting in pages.of_role(*head.get(JOINT, ()))]
    if len(joint) > 1:
        measure_document(pages, joint[:-1], head["places"], protocol)
        measure_joint(joint[:-1], joint[-1], protocol)
        for line in joint:
            measure_color(line, protocol)
    measure_colophon(pages, layout["colophon"], protocol)


def measure_color(mark: Line, protocol: Protocol) -> None:
    """The colour of every letter of the mark."""
    head = protocol.standard.layout["masthead"]
    wanted = protocol.standard.color_of(head["document"][0])
    colors = dict.fromkeys(glyph.color for glyph in mark.glyphs)
    protocol.agree("issuer-color", RED, [sample(color_words(color, wanted), mark) for color in colors])


def measure_document(
    pages: Pages, marks: Sequence[Line], places: Mapping[str, Any], protocol: Protocol
) -> None:
    """版头 of a document (7.2); in a draft the mark may still be of several lines."""
    standard, mark, last = protocol.standard, marks[0], marks[-1]
    protocol.compare("issuer-top", float(places["top"]), [sample((upper(mark) - standard.top) / MM, mark)])
    numbers = pages.of_role("document-number", *SIGNERS)
    titles = pages.of_role("title")
    if not numbers:
        return
    first, number = numbers[0].line, numbers[-1].line
    space = (upper(first) - lower(last)) / standard.pitch
    protocol.compare("number-below", float(places["number"]), [sample(space, first)])
    measure_signers([setting.line for setting in numbers if setting.role in SIGNERS], protocol)
    rule = next((rule for rule in rules_of(pages, number.page) if rule.top > number.base), None)
    if rule is None:
        protocol.agree("masthead-rule", Bilingual("有", "there"), [sample(NONE, number)])
        return
    protocol.compare(
        "masthead-rule", float(places["rule"]), [sample((rule.top - lower(number)) / MM, number)]
    )
    protocol.compare("masthead-rule-width", float(places["width"]), [sample(width_of(rule), number)])
    if titles:
        title = titles[0].line
        space = (upper(title) - rule.bottom) / standard.pitch
        protocol.compare("title-below", float(places["title"]), [sample(space, title)])


def measure_signers(lines: Sequence[Line], protocol: Protocol) -> None:
    """Names of 签发人 begin below the first name of the line above, one line of the grid apart (7.2.6)."""
    standard = protocol.standard
    named = [(line, start) for line in lines if (start := names_from(line, standard)) is not None]
    for (above, begins), (line, start) in pairwise(named):
        protocol.compare("signers", 0.0, [sample((start - begins) / standard.character, line)])
        pitch = (line.base - above.base) / standard.pitch
        protocol.compare("signers-pitch", 1.0, [sample(pitch, line)])


def names_from(line: Line, standard: Standard) -> float | None:
    """Where the names in a line of 签发人 begin, by their face."""
    face = standard.roles[SIGNERS[0]]["also"]
    names = (glyph.left for glyph in line.glyphs if standard.face_of(glyph.face) == face)
    return next(names, None)


def measure_letter(
    pages: Pages, marks: Sequence[Line], places: Mapping[str, Any], protocol: Protocol
) -> None:
    """The head of a letter, and its lower rule (10.1)."""
    mark = marks[0]
    protocol.compare("letter-top", float(places["top"]), [sample(upper(mark) / MM, mark)])
    rules, sheet = rules_of(pages, mark.page), sheet_of(pages, mark.page)
    if not rules:
        protocol.agree("letter-rule", Bilingual("有", "there"), [sample(NONE, mark)])
        return
    first, last = rules[0], rules[-1]
    protocol.compare(
        "letter-rule", float(places["rule"]), [sample((first.top - lower(marks[-1])) / MM, mark)]
    )
    protocol.compare("letter-foot", float(places["foot"]), [sample((sheet.height - last.bottom) / MM, mark)])
    widths = [sample(width_of(rule), mark) for rule in rules]
    protocol.compare("letter-rule-width", float(places["width"]), widths)


def measure_colophon(pages: Pages, thickness: Mapping[str, Any], protocol: Protocol) -> None:
    """版记 with rules: on an even page, on the lower edge of the type area (7.4)."""
    lines = [setting.line for setting in pages.of_role("copied", "printed")]
    if not lines or outer_form(protocol.subject) != "document":
        return
    standard, page = protocol.standard, lines[0].page
    told = EVEN if page % 2 == 0 and page == len(pages.sheets) else on_page(page)
    protocol.agree("colophon-page", EVEN, [sample(told, lines[0])])
    begins = min(upper(line) for line in lines) - NEAR - APART
    rules = [rule for rule in rules_of(pages, page) if rule.bottom > begins]
    if not rules:
        protocol.agree("colophon-foot", Bilingual("有", "there"), [sample(NONE, lines[-1])])
        return
    foot = standard.top + standard.height - rules[-1].bottom
    protocol.compare("colophon-foot", 0.0, [sample(foot / MM, lines[-1])])
    ends = (rules[0], rules[-1])
    protocol.compare("colophon-rule", float(thickness["first"]), thicknesses(ends, lines[0]))
    protocol.compare("colophon-rule", float(thickness["middle"]), thicknesses(rules[1:-1], lines[0]))


def thicknesses(rules: Sequence[Shape], line: Line) -> list[Sample]:
    """How thick rules are, in mm."""
    return [sample((rule.bottom - rule.top) / MM, line) for rule in rules]


def rules_of(pages: Pages, page: int) -> list[Shape]:
    """The rules across a page that belong to no table, from the top."""
    sheet = sheet_of(pages, page)
    least = (sheet.width - 80 * MM) * 0.9
    wide = (
        shape
        for shape in sheet.shapes
        if shape.bottom - shape.top < THICKEST and shape.right - shape.left > least and not shape.stroked
    )
    inside = [(table.top - APART, table.bottom + APART) for table in sheet.tables]
    free = (shape for shape in wide if not any(top < shape.top < bottom for top, bottom in inside))
    return sorted(free, key=lambda shape: shape.top)


def sheet_of(pages: Pages, page: int) -> Sheet:
    """The page of a number."""
    return next(sheet for sheet in pages.sheets if sheet.number == page)


def upper(line: Line) -> float:
    """The upper edge of the characters of a line."""
    return line.base - ASCENT * line.size


def lower(line: Line) -> float:
    """The lower edge of the characters of a line."""
    return line.base + (1 - ASCENT) * line.size


def width_of(rule: Shape) -> float:
    """How long a rule is, in mm."""
    return (rule.right - rule.left) / MM
