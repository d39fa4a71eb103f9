"""A Word file that lies in a folder in; what looks otherwise in it than its template lets it, out.

Made by `verify` alone: in a build the Word file has just come out of its template.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.render.bookmarks import paragraph_text, printed_parts
from reportgen.render.finisher import frame_of
from reportgen.render.package import TEMPLATE, Package, PackageError, read_package
from reportgen.render.style_ids import with_declared_ids
from reportgen.render.word.markup import Element, name, w
from reportgen.verify.verification import Check, judged, left_out

if TYPE_CHECKING:
    from reportgen.model.kind import Kind
    from reportgen.verify.twins import Readings

Format = tuple[str, str, tuple[tuple[str, str], ...]]
"""One thing said of a run, paragraph, cell, row, table or section: of what, what, and with which values."""

NAME: Final = "word-format"
MOST: Final = 20
SHOWN: Final = 20
KEPT: Final = ("word/styles.xml", "word/settings.xml", "word/fontTable.xml", "word/numbering.xml")
"""Parts that filling a template leaves as they are."""
PROPERTIES: Final = tuple(name(tag) for tag in ("rPr", "pPr", "tcPr", "trPr", "tblPr", "sectPr"))
COMPUTED: Final = frozenset(
    {
        *(("pPr", "keepNext", ()), ("pPr", "keepLines", ()), ("pPr", "spacing", ("before",))),
        *(("pPr", "ind", ("right",)), ("rPr", "rStyle", ("val",)), ("tblPr", "tblCaption", ("val",))),
        *(("pPr", "tabs", ()), ("pPr", "ind", ("left", "right"))),
        ("pPr", "framePr", ("hAnchor", "vAnchor", "w", "wrap", "x", "y")),
        ("tcPr", "tcW", ("type", "w")),
    }
)
"""What is worked out for a signature, 版头, a gap or a table of the author's, with values of their own."""
ROOM: Final = ("hRule", "atLeast")
"""The height of a row of the author's: of any value, as long as text has room."""
MADE: Final = re.compile(r"(docProps|customXml|word/media)/[\w./-]+")
"""The parts that finishing adds to those of the template."""
EMPTY: Final = Bilingual("空段落", "an empty paragraph")
DRAWING: Final = frozenset(
    {
        *("inline", "extent", "docPr", "cNvGraphicFramePr", "graphicFrameLocks", "graphic", "graphicData"),
        *("pic", "nvPicPr", "cNvPr", "cNvPicPr", "blipFill", "blip", "extLst", "ext", "svgBlip", "stretch"),
        *("fillRect", "spPr", "xfrm", "off", "prstGeom", "avLst"),
    }
)
"""What the drawing of a picture is made of: nothing that cuts, turns or colours it."""
TURNS: Final = ("rot", "flipH", "flipV")
FILLED: Final = frozenset(name(tag) for tag in ("bookmarkStart", "bookmarkEnd", "drawing", "t", "r", "p"))
"""What comes in with the texts and pictures; pictures hold elements of other vocabularies."""
NO_TEMPLATE: Final = Bilingual(
    "模板在生成之后已有变动，无法对照", "the template is no longer that of the build: nothing to compare with"
)
SUMMARY: Final = Bilingual(
    "样式和设置与模板相同；{count}处格式都是模板里有的",
    "styles and settings are those of the template, and {count} formats are among its own",
)


def check_format(readings: Readings) -> Check | None:
    """The check that styles, settings and every format of the Word file of a folder are its template's."""
    report, folder = readings.subject.report, readings.subject.folder
    if report is None or folder is None or "docx" not in readings.sound:
        return None
    template = read_template(report.kind, recorded_template(readings.subject.manifest, report.kind))
    if template is None:
        return left_out(NAME, NO_TEMPLATE)
    trees = list(readings.parts.values())
    found = [*changed_parts(readings, template), *strange_formats(readings, trees, template)]
    count = {"count": str(sum(1 for _ in formats(trees)))}
    summary = Bilingual(SUMMARY.zh.format_map(count), SUMMARY.en.format_map(count))
    return judged(NAME, found, summary, tool="lxml")


def recorded_template(manifest: Any, kind: Kind) -> str:
    """The SHA-256 of the template of the build, as its manifest has it; empty when it does not tell."""
    try:
        return str(manifest["inputs"][f"{kind.find_file(TEMPLATE).parent.name}/{TEMPLATE}"]["sha256"])
    except (KeyError, TypeError):
        return ""


def read_template(kind: Kind, recorded: str) -> Package | None:
    """The template of a kind as it is filled; None when it is another one than is recorded."""
    try:
        content = kind.find_file(TEMPLATE).read_bytes()
        if recorded and sha256(content).hexdigest() != recorded:
            return None
        return read_package(with_declared_ids(content, kind))
    except (OSError, PackageError):
        return None


def changed_parts(readings: Readings, template: Package) -> Iterator[Diagnostic]:
    """A finding for every part that should be the template's and is not."""
    found, own = readings.package.parts, template.parts
    more = [part for part in sorted(found) if part not in own and not MADE.fullmatch(part)]
    for part in dict.fromkeys((*KEPT, *more)):
        if found.get(part) != own.get(part):
            yield readings.subject.find("word-part-changed", "docx", part=part)


def strange_formats(readings: Readings, trees: Iterable[Element], template: Package) -> Iterator[Diagnostic]:
    """A finding for each format and element that the template does not hold, at the first of its places."""
    own = list(printed_parts(template).values())
    known = {said for _, said in formats([*own, *framed(readings.subject.layout)])}
    tags = FILLED | {node.tag for tree in own for node in tree.iter(etree.Element)}
    strange: dict[str | Bilingual, Element] = {}
    for node, said in formats(trees):
        if said not in known and not is_computed(said):
            strange.setdefault(shown(said), node)
    for node in strange_elements(trees, tags):
        strange.setdefault(local(node), node)
    strange |= dict(strange_gaps(trees, own))
    strange |= dict(strange_drawings(trees))
    strange |= strange_fields(readings.parts, template)
    paths = {bookmark.name: bookmark.path for bookmark in readings.bookmarks}
    for cause, node in islice(strange.items(), MOST):
        path, text = place_of(node, paths)
        yield readings.subject.find("word-format-strange", "docx", path, cause=cause, text=text)


def is_computed(said: Format) -> bool:
    """Whether a format is one that is worked out anew for each report."""
    holder, tag, values = said
    if (holder, tag) == ("trPr", "trHeight"):
        return ROOM in values
    return (holder, tag, tuple(key for key, _ in values)) in COMPUTED


def strange_elements(trees: Iterable[Element], known: Container[object]) -> Iterator[Element]:
    """The outermost elements that the template does not hold, but for drawings, which are looked at apart."""
    for node in (node for tree in trees for node in tree.iter(etree.Element)):
        inside = next(node.iterancestors(*PROPERTIES, name("drawing")), None) is not None
        parent = node.getparent()
        if not inside and node.tag not in known and (parent is None or parent.tag in known):
            yield node


def strange_gaps(trees: Iterable[Element], own: Iterable[Element]) -> Iterator[tuple[Bilingual, Element]]:
    """The first empty paragraph of a style of which the template has no empty one."""
    known = {style for style, _ in empty_paragraphs(own)}
    yield from islice(((EMPTY, gap) for style, gap in empty_paragraphs(trees) if style not in known), 1)


def empty_paragraphs(trees: Iterable[Element]) -> Iterator[tuple[str, Element]]:
    """The paragraphs of the text itself that hold nothing, each with its style."""
    for paragraph in (node for tree in trees for body in tree.iter(name("body")) for node in body):
        if paragraph.tag == name("p") and next(paragraph.iter(name("r")), None) is None:
            style = paragraph.find(f"{name('pPr')}/{name('pStyle')}")
            yield ("" if style is None else str(style.get(name("val")))), paragraph


def strange_drawings(trees: Iterable[Element]) -> Iterator[tuple[str, Element]]:
    """What changes the look of a picture in its drawing, and drawings that say two sizes."""
    for drawing in (node for tree in trees for node in tree.iter(name("drawing"))):
        for node in drawing.iterdescendants(etree.Element):
            if local(node) not in DRAWING or any(key in node.attrib for key in TURNS):
                yield f"drawing {local(node)}", drawing
        sizes = {(node.get("cx"), node.get("cy")) for node in drawing.iter("{*}extent", "{*}ext")}
        if len(sizes - {(None, None)}) > 1:
            yield "drawing extent", drawing


def strange_fields(parts: Mapping[str, Element], template: Package) -> dict[str | Bilingual, Element]:
    """The fields that the template does not have in the same part."""
    own = {part: set(fields(tree)) for part, tree in printed_parts(template).items()}
    return {
        f"instrText {said.partition(' ')[0]}": node
        for part, tree in parts.items()
        for said, node in fields(tree).items()
        if said not in own.get(part, ())
    }


def fields(tree: Element) -> dict[str, Element]:
    """What the fields of a part ask for, each with its first place."""
    found: dict[str, Element] = {}
    for node in tree.iter(name("instrText"), name("fldSimple")):
        found.setdefault((node.text or str(node.get(name("instr")))).strip(), node)
    return found


def framed(layout: Mapping[str, Any]) -> Iterator[Element]:
    """The properties of paragraphs that stand at a place of the page, which finishing adds."""
    yield from (w("p", w("pPr", frame_of(frame))) for frame in layout.get("frames", {}).values())


def formats(trees: Iterable[Element]) -> Iterator[tuple[Element, Format]]:
    """Everything that is said of runs, paragraphs, cells, rows, tables and sections, and where."""
    for tree in trees:
        for holder in tree.iter(*PROPERTIES):
            for node in holder:
                if node.tag not in PROPERTIES and isinstance(node.tag, str):
                    values = sorted((str(key).rpartition("}")[2], str(value)) for key, value in node.items())
                    yield node, (local(holder), local(node), tuple(values))


def local(node: Element) -> str:
    """The name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2]


def shown(said: Format) -> str:
    """A format as Word files spell it: `rPr strike`, `pPr ind left=20`."""
    return " ".join((said[0], said[1], *(f"{key}={value}" for key, value in said[2])))


def place_of(node: Element, paths: dict[str, str]) -> tuple[str, str]:
    """Where in the report the text at an element comes from, and how it begins."""
    around = [node, *node.iterancestors()]
    holders = (item for item in around if local(item) in ("p", "tc", "tr", "tbl"))
    holder = next(holders, None)
    if holder is None:
        return "", ""
    starts = (str(start.get(name("name"))) for start in holder.iter(name("bookmarkStart")))
    path = next((paths[start] for start in starts if paths.get(start)), "")
    shown = (paragraph_text(item) for item in (holder, *holder.itersiblings(preceding=True)))
    return path, next(filter(None, shown), "")[:SHOWN]
