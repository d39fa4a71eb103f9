"""A Word file in; the standard's numbers beside those its sections and paragraphs have in effect out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual
from reportgen.model.widths import text_width
from reportgen.render.word.markup import name
from reportgen.verify.layout.page_ends import NOTICES
from reportgen.verify.layout.protocol import Sample
from reportgen.verify.layout.roles import HEADINGS, NUMBERED, RUN_IN
from reportgen.verify.layout.standard import BLACK as BLACK_CODE
from reportgen.verify.layout.standard import MM
from reportgen.verify.layout.surroundings import RED, color_words
from reportgen.verify.layout.text_setting import BLACK, INDENTED, style_role
from reportgen.verify.layout.title_shape import GOOD, told_shape
from reportgen.verify.layout.word_end import measure_end
from reportgen.verify.layout.word_numbers import measure_footers
from reportgen.verify.layout.word_roles import Cast, cast_roles, number

if TYPE_CHECKING:
    from reportgen.render.word.markup import Element
    from reportgen.verify.layout.protocol import Protocol
    from reportgen.verify.layout.standard import Standard
    from reportgen.verify.layout.word_paragraphs import Run, WordFile, WordParagraph
    from reportgen.verify.layout.word_styles import Styles

TWIPS: Final = 20
"""Word gives lengths in twentieths of a point."""
ALIGNMENTS: Final = {
    "center": Bilingual("居中", "centred"),
    "right": Bilingual("右对齐", "flush right"),
    "end": Bilingual("右对齐", "flush right"),
    "both": Bilingual("两端对齐", "justified"),
    "distribute": Bilingual("分散对齐", "distributed"),
}
LEFT: Final = Bilingual("左对齐", "flush left")
PITCHED: Final = frozenset({"body", RUN_IN, "level-1", "level-2", "level-3", "level-4", "recipient"})


def known_paragraphs(word: WordFile, standard: Standard) -> tuple[tuple[str, str], ...]:
    """The role and the words, without blanks, of every paragraph outside tables, when styles tell them."""
    cast, known = cast_roles(word, standard)
    return (
        tuple((item.role, item.paragraph.bare) for item in cast if not item.paragraph.in_table)
        if known
        else ()
    )


def measure_word(word: WordFile, protocol: Protocol) -> None:
    """Hold sections, paragraphs and page numbers of a Word file against the standard."""
    cast, known = cast_roles(word, protocol.standard)
    measure_sections(word, cast, protocol)
    measure_pitches(word, cast, protocol)
    measure_runs(word.styles, cast, protocol)
    measure_indents(cast, known, protocol)
    titles = [item.paragraph for item in cast if item.role == "title"]
    if len(titles) > 1:
        texts = [title.bare for title in titles]
        shape = told_shape(texts, [float(text_width(text)) for text in texts], protocol)
        protocol.agree("title-shape", GOOD, [sample(shape, titles[0])], "title")
    measure_end(word, cast, protocol)
    measure_footers(word, protocol)
    notices = [item.paragraph for item in cast if any(words in item.paragraph.bare for words in NOTICES)]
    protocol.refuse("notice", [sample(Bilingual(item.bare, item.bare), item) for item in notices])


def sample(value: float | Bilingual, paragraph: WordParagraph) -> Sample:
    """What was found in a paragraph."""
    at = Bilingual(f"第{paragraph.number}段", f"paragraph {paragraph.number}")
    return Sample(value, at, paragraph.text.strip())


def lengths(section: Element, tag: str) -> dict[str, float]:
    """The lengths of an element of a section, in pt."""
    element = section.find(name(tag))
    if element is None:
        return {}
    return {str(key).rpartition("}")[2]: number(str(text)) / TWIPS for key, text in element.attrib.items()}


def measure_sections(word: WordFile, cast: Sequence[Cast], protocol: Protocol) -> None:
    """Paper, margins and type area of every section, and what it holds."""
    standard, found = protocol.standard, defaultdict(list)
    upright = [section for section in word.sections if not is_across(section)]
    for at, section in enumerate(word.sections, 1):
        if section in upright or not upright:  # tables may stand on paper laid across
            where = Bilingual(f"第{at}节", f"section {at}")
            for item, value in geometry_of(section).items():
                found[item].append(Sample(value / MM, where))
    page, area = standard.layout["page"], (standard.width / MM, standard.height / MM)
    margin = standard.layout["margins"]
    expected = (page["width"], page["height"], margin["top"], margin["left"], *area)
    for (item, samples), value in zip(found.items(), expected, strict=False):
        protocol.compare(item, float(value), samples)
    measure_room(word, cast, found["area-width"], found["area-height"], protocol)


def is_across(section: Element) -> bool:
    """Whether the paper of a section is laid across."""
    size = lengths(section, "pgSz")
    return size.get("w", 0.0) > size.get("h", 0.0) > 0


def geometry_of(section: Element) -> dict[str, float]:
    """Paper, margins and type area of a section in pt, by the names of their measurements."""
    size, margins = lengths(section, "pgSz"), lengths(section, "pgMar")
    width, height = size.get("w", 0.0), size.get("h", 0.0)
    left, top = margins.get("left", 0.0) + margins.get("gutter", 0.0), abs(margins.get("top", 0.0))
    return {
        "paper-width": width,
        "paper-height": height,
        "top": top,
        "left": left,
        "area-width": width - left - margins.get("right", 0.0),
        "area-height": height - top - abs(margins.get("bottom", 0.0)),
    }


def measure_room(
    word: WordFile,
    cast: Sequence[Cast],
    widths: Sequence[Sample],
    heights: Sequence[Sample],
    protocol: Protocol,
) -> None:
    """How many lines and characters the type area holds, by the pitch and the advance of the body."""
    body = next((item.paragraph for item in cast if item.role in ("body", RUN_IN)), None)
    if (
        body is None
        or not widths
        or not isinstance(widths[0].value, float)
        or not isinstance(heights[0].value, float)
    ):
        return
    grid = protocol.standard.layout["grid"]
    pitch, properties = pitch_of(body, word), body.runs[-1].properties
    if isinstance(pitch, float) and pitch:
        lines = int((heights[0].value * MM + 0.02 * pitch) / pitch)
        protocol.compare("lines", float(grid["lines"]), [Sample(float(lines))])
    advance = (
        number(properties.get("sz", "20")) / 2
        + number(properties.get("spacing.val", "0")) / TWIPS
        + extra(word)
    )
    if advance > 0:
        held = int(widths[0].value * MM / advance + 0.05)
        protocol.compare("characters", float(grid["characters"]), [Sample(float(held))])


def extra(word: WordFile) -> float:
    """What the grid of the last section adds to the advance of every character, in pt."""
    grid = word.sections[-1].find(name("docGrid")) if word.sections else None
    if grid is None or grid.get(name("type")) not in ("linesAndChars", "snapToChars"):
        return 0.0
    return number(str(grid.get(name("charSpace"), "0"))) / 4096


def pitch_of(paragraph: WordParagraph, word: WordFile) -> float | Bilingual:
    """The line pitch of a paragraph in pt; in words where it depends on the font."""
    properties = paragraph.properties
    line, rule = (
        number(properties.get("spacing.line", "240"), 240),
        properties.get("spacing.lineRule", "auto"),
    )
    if rule != "auto":
        return line / TWIPS
    grid = word.sections[-1].find(name("docGrid")) if word.sections else None
    snapped = properties.get("snapToGrid", "1") not in ("0", "false", "off")
    if grid is not None and snapped and grid.get(name("type")) in ("lines", "linesAndChars", "snapToChars"):
        return number(str(grid.get(name("linePitch"), "0"))) / TWIPS * line / 240
    return Bilingual(f"{line / 240:g}倍行距", f"{line / 240:g} times the font's height")


def measure_pitches(word: WordFile, cast: Sequence[Cast], protocol: Protocol) -> None:
    """The line pitch of the body and its headings."""
    body = [item.paragraph for item in cast if item.role in PITCHED]
    protocol.compare("pitch", protocol.standard.pitch, [sample(pitch_of(item, word), item) for item in body])


def measure_runs(styles: Styles, cast: Sequence[Cast], protocol: Protocol) -> None:
    """Size, face and colour of every run."""
    standard = protocol.standard
    sizes, faces, colors, reds = defaultdict(list), defaultdict(list), list[Sample](), list[Sample]()
    for item in cast:
        role = style_role(item.role)
        for at, run in enumerate(item.paragraph.runs):
            if role in standard.roles and run.text.strip():
                sizes[role].append(sample(number(run.properties.get("sz", "20")) / 2, item.paragraph))
                face = standard.face_of(styles.font(run.properties))
                for face_role in face_roles(item, at, run, face, standard):
                    if face == standard.roles[face_role].get("also"):
                        continue
                    faces[face_role].append(sample(Bilingual(face, face), item.paragraph))
            color = run.properties.get("color", "auto").upper()
            if standard.color_of(role) != BLACK_CODE:
                reds.append(sample(color_words(color, standard.color_of(role)), item.paragraph))
            elif color not in ("AUTO", BLACK_CODE) and not is_head(item, run, color):
                meant = standard.own and color == style_color(item, run, styles)
                told = sample(Bilingual(f"#{color}", f"#{color}"), item.paragraph)
                colors.append(replace(told, meant=meant))
    for role, samples in sizes.items():
        protocol.compare("size", standard.size_of(role), samples, role)
    for role, samples in faces.items():
        font = standard.roles[role]["font"]
        protocol.agree("face", Bilingual(font, font), samples, role)
    protocol.agree("color", BLACK, colors or [Sample(BLACK)])
    protocol.agree("issuer-color", RED, reds)


def face_roles(item: Cast, at: int, run: Run, face: str, standard: Standard) -> Iterator[str]:
    """The role whose face a run has to have; none where looks do not tell."""
    if not any(ord(character) > 0x2E7F for character in run.text):
        return
    if item.role != RUN_IN:
        yield style_role(item.role)
        return
    level = next((role for role, form in NUMBERED if form.match(item.paragraph.bare)), "")
    headings = {entry["id"] for entry in standard.layout["runs"].values() if "font" in entry}
    if at == 0 and level in HEADINGS:
        if run.style in headings or (len(item.paragraph.runs) > 1 and face != standard.roles["body"]["font"]):
            yield level
    elif at == len(item.paragraph.runs) - 1:
        yield "body"


def style_color(item: Cast, run: Run, styles: Styles) -> str:
    """The colour that the styles of a run give it: a kind may choose one for its Word file."""
    base = styles.in_effect(item.paragraph.style, "rPr")
    own = styles.resolve(run.style, "rPr") if run.style else {}
    return str(own.get("color", base.get("color", ""))).upper()


def is_head(item: Cast, run: Run, color: str) -> bool:
    """Whether a run is the red name of the organ above a document of other origin (7.2)."""
    large = number(run.properties.get("sz", "20")) >= 44
    return item.role == "title" and large and color[:2] >= "80" and color[2:] == "0000"


def measure_indents(cast: Sequence[Cast], known: bool, protocol: Protocol) -> None:
    """Indents in characters of the role's style; what is to be centred by its distance from the middle."""
    standard = protocol.standard
    found: dict[tuple[str, str], list[Sample]] = defaultdict(list)
    for item in cast:
        role, paragraph = style_role(item.role), item.paragraph
        style = standard.roles.get(role)
        if style is None or style.get("align") == "right" or paragraph.in_table:
            continue
        advance = standard.advance(float(style["size"]))
        first, others, right = indents(paragraph, advance)
        if style.get("align") == "center":
            given = paragraph.properties.get("jc", "")
            shown = ALIGNMENTS.get(given, LEFT)
            found["centred", role].append(
                sample((first - right) / 2 if given == "center" else shown, paragraph)
            )
        elif role in standard.indented and (known or item.role in INDENTED):
            found["indent", role].append(sample(first, paragraph))
            if known or not item.role.startswith("attachment"):
                found["turn-lines", role].append(sample(others, paragraph))
    for (item_name, role), samples in found.items():
        key = {"indent": "indent", "turn-lines": "hang"}.get(item_name, "")
        protocol.compare(item_name, float(standard.roles[role].get(key, 0)), samples, role)


def indents(paragraph: WordParagraph, advance: float) -> tuple[float, float, float]:
    """Where the first line and the others begin and how far they end from the edge, in characters."""
    properties = paragraph.properties

    def given(*keys: str) -> float:
        for key in keys:
            characters = number(properties.get(f"ind.{key}Chars", "0"))
            length = number(properties.get(f"ind.{key}", "0"))
            if characters or length:
                return characters / 100 if characters else length / TWIPS / advance
        return 0.0

    left, right = given("left", "start"), given("right", "end")
    hanging, first = given("hanging"), given("firstLine")
    text = paragraph.text
    blanks = float(text_width(text[: len(text) - len(text.lstrip())]))
    return left + (first or -hanging) + blanks, left, right
