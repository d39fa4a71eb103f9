"""A filled template in; the finished Word file out: what a template cannot hold is added here, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from reportgen.model.values import Mark
from reportgen.render.bookmarks import Printer, printed_parts
from reportgen.render.drawings import Gallery
from reportgen.render.imprints import Imprints
from reportgen.render.masthead_places import place_masthead
from reportgen.render.package import DOCUMENT, Package
from reportgen.render.properties import add_map, set_properties, set_revision
from reportgen.render.revision import Revision
from reportgen.render.signature import Line, SignaturePlacement
from reportgen.render.table_widths import fit_free_tables, fit_statutory_tables
from reportgen.render.word.markup import WP, Element, ensure, name, paragraphs_of, part, twips, w
from reportgen.render.word.sheet import Sheet, combined_id
from reportgen.render.word_checks import check_marks, check_texts

if TYPE_CHECKING:
    from reportgen.model.kind import Kind

CELL_ORDER: Final = """
cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark
"""
RUN_ORDER: Final = """
rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em
lang eastAsianLayout specVanish oMath
"""
"""The order Word's schema wants; the template engine's own tags do not keep it."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What finishing needs besides the filled template; `marks` are those in the engine's own text."""

    kind: Kind
    context: Mapping[str, Any]
    signature: SignaturePlacement
    imprints: Imprints
    marks: Sequence[int]
    file: str
    source_sha256: str
    moment: datetime
    revision: Revision | None = None


def finish(package: Package, order: Finish) -> bytes:
    """The finished file; raises KindError on a value outside of text, VerificationError on a lost text."""
    trees = printed_parts(package)
    check_marks(trees.values(), order.imprints.printed, order.marks, order.file)
    body, sheet = trees[DOCUMENT], Sheet(order.kind.layout, order.kind.fonts)
    fit_free_tables(body, order.imprints.printed)
    fit_statutory_tables(body, order.imprints.printed, order.kind.tables, order.context["tables"])
    gallery = Gallery(package, _first_free(body, f"{{{WP}}}docPr", "id"))
    first = max(_first_free(tree, name("bookmarkStart"), name("id")) for tree in trees.values())
    printer = Printer(order.imprints.printed, _marker(sheet), gallery.draw, first)
    for tree in trees.values():
        printer.print_part(tree)
        _sort_children(tree)
    _place_signature(body, order.signature, sheet)
    place_masthead(body, order.context["masthead"], sheet)
    _frame(body, sheet)
    package.parts |= {path: part(tree) for path, tree in trees.items()}
    add_map(package, printer.bookmarks, order.source_sha256)
    set_properties(package, order.context, order.kind.language, order.moment)
    if order.revision:
        set_revision(package, order.revision)
    content = package.write()
    check_texts(content, printer.bookmarks, order.file)
    return content


def _marker(sheet: Sheet) -> Callable[[str, Mark], str]:
    """The id of the style of a marked stretch, by the style of the run it stands in."""
    faces = {style.id for style in sheet.runs.values() if "font" in style.entry}

    def marked(current: str, mark: Mark) -> str:
        own = sheet.run(mark.value)
        return combined_id(current, own) if current in faces else own

    return marked


def _first_free(tree: Element, tag: str, attribute: str) -> int:
    taken = [int(element.get(attribute) or 0) for element in tree.iter(tag)]
    return max(taken, default=0) + 1


def _sort_children(tree: Element) -> None:
    for tag, order in (("tcPr", CELL_ORDER), ("rPr", RUN_ORDER)):
        places = {name(child): place for place, child in enumerate(order.split())}
        for properties in tree.iter(name(tag)):
            properties[:] = sorted(properties, key=lambda child: places.get(str(child.tag), len(places)))


def _place_signature(body: Element, placement: SignaturePlacement, sheet: Sheet) -> None:
    """Indents and space of 署名 and 成文日期, which no style can know; the text before stays with them."""
    names = paragraphs_of(body, sheet.id("signature"))
    places = [
        *zip(names, placement.names, strict=False),
        *zip(paragraphs_of(body, sheet.id("date")), [placement.date], strict=False),
    ]
    for paragraph, line in places:
        _indent(paragraph, line, sheet.pitch)
    before = names[0].getprevious() if names else None
    if before is not None and before.tag == name("p"):
        _keep_whole(ensure(before, "pPr"))


def _frame(body: Element, sheet: Sheet) -> None:
    """Set what stands at a place of the page there: word processors want it said of every paragraph."""
    framed = {style.id: style.entry["frame"] for style in sheet.paragraphs.values() if "frame" in style.entry}
    for style in list(body.iter(name("pStyle"))):
        frame = sheet.layout["frames"].get(framed.get(str(style.get(name("val")))))
        if frame:
            style.addnext(frame_of(frame))


def frame_of(frame: Mapping[str, Any]) -> Element:
    """A frame of the layout for Word: on the lower edge of the type area, or at its place of the paper."""
    place: dict[str, object] = {"w": twips(frame["width"]), "wrap": "around"}
    if frame.get("foot"):
        return w("framePr", **place, vAnchor="margin", hAnchor="margin", xAlign="left", yAlign="bottom")
    left, top = twips(frame["left"]), twips(frame["top"])
    return w("framePr", **place, vAnchor="page", hAnchor="page", x=left, y=top)


def _keep_whole(properties: Element) -> None:
    """Keep a paragraph in one piece and with the next: programs differ in what they part of a kept one."""
    for tag in ("keepLines", "keepNext"):
        for old in properties.findall(name(tag)):
            properties.remove(old)
        properties.insert(1, w(tag))


def _indent(paragraph: Element, line: Line, pitch: int) -> None:
    properties = ensure(paragraph, "pPr")
    for old in properties.findall(name("spacing")) + properties.findall(name("ind")):
        properties.remove(old)
    if line.before:
        properties.append(w("spacing", before=line.before * pitch))
    properties.append(w("ind", right=twips(line.right, "pt")))
