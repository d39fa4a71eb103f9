"""A filled template in; the finished Word file out: everything a template cannot hold is added here, in one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import KindError, VerificationError
from reportgen.model.values import Mark
from reportgen.render.bookmarks import Bookmark, Printer, marks_in, marks_of, printed_parts, read_texts
from reportgen.render.drawings import Gallery
from reportgen.render.imprints import Imprints
from reportgen.render.items import FreeTableView
from reportgen.render.package import DOCUMENT, Package, read_package
from reportgen.render.properties import add_map, set_properties
from reportgen.render.signature import Line, SignaturePlacement
from reportgen.render.table_widths import fit_free_tables, fit_statutory_tables
from reportgen.render.word.markup import WP, Element, name, part, twips, w
from reportgen.render.word.sheet import Sheet, combined_id
from reportgen.render.word_faults import misplaced_value

if TYPE_CHECKING:
    from reportgen.model.kind import Kind

CELL_ORDER: Final = tuple(
    ["cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark"]
)
RUN_ORDER: Final = tuple(
    ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath"]
)
"""The order Word's schema wants; the template engine's own tags do not keep it."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What finishing needs besides the filled template; `marks` are those in the text the template engine made."""

    kind: Kind
    context: Mapping[str, Any]
    signature: SignaturePlacement
    imprints: Imprints
    marks: Sequence[int]
    file: str
    source_sha256: str
    moment: datetime


def finish(package: Package, order: Finish) -> bytes:
    """The finished file. Raises KindError for a value outside of text, VerificationError when a text did not arrive."""
    trees = printed_parts(package)
    _check_marks(trees.values(), order)
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
    package.parts |= {path: part(tree) for path, tree in trees.items()}
    add_map(package, printer.bookmarks, order.source_sha256)
    set_properties(package, order.context, order.kind.language, order.moment)
    content = package.write()
    check_texts(content, printer.bookmarks, order.file)
    return content


def _check_marks(trees: Iterable[Element], order: Finish) -> None:
    """Every value the template engine printed must be there, and stand in a text or before a table."""
    found: Counter[int] = Counter()
    for tree in trees:
        for number in marks_in(tree):
            found[number] += 1
        for mark in [node for node in tree.iter() if list(marks_of(node))]:
            _check_place(mark, order)
    if found != Counter(order.marks):
        lost = next(iter(Counter(order.marks) - found or found), 0)
        raise KindError(misplaced_value(order.file, "", order.imprints.printed[lost].text))


def _check_place(mark: Element, order: Finish) -> None:
    imprint = order.imprints.printed[next(marks_of(mark))]
    holder, following = mark.getparent(), mark.getnext()
    if isinstance(imprint.thing, FreeTableView):
        right = following is not None and following.tag == name("tbl")
    else:
        run = None if holder is None else holder.getparent()
        right = holder is not None and holder.tag == name("t") and run is not None and run.tag == name("r")
    if not right:
        raise KindError(misplaced_value(order.file, "", imprint.text or imprint.path))


def _marker(sheet: Sheet) -> Any:
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
        places = {name(child): place for place, child in enumerate(order)}
        for properties in tree.iter(name(tag)):
            properties[:] = sorted(properties, key=lambda child: places.get(str(child.tag), len(places)))


def _place_signature(body: Element, placement: SignaturePlacement, sheet: Sheet) -> None:
    """Indents and space of 署名 and 成文日期, which no style can know; the text before them stays on their page."""
    names = _paragraphs(body, sheet.id("signature"))
    places = [
        *zip(names, placement.names, strict=False),
        *zip(_paragraphs(body, sheet.id("date")), [placement.date], strict=False),
    ]
    for paragraph, line in places:
        _indent(paragraph, line, sheet.pitch)
    before = names[0].getprevious() if names else None
    properties = None if before is None else before.find(name("pPr"))
    if properties is not None and properties.find(name("keepNext")) is None:
        properties.insert(1, w("keepNext"))


def _paragraphs(body: Element, style: str) -> list[Element]:
    styled = (item for item in body.iter(name("pStyle")) if item.get(name("val")) == style)
    return [item.getparent().getparent() for item in styled]


def _indent(paragraph: Element, line: Line, pitch: int) -> None:
    properties = paragraph.find(name("pPr"))
    for tag in ("spacing", "ind"):
        for old in properties.findall(name(tag)):
            properties.remove(old)
    if line.before:
        properties.append(w("spacing", before=line.before * pitch))
    properties.append(w("ind", right=twips(line.right, "pt")))


def check_texts(content: bytes, bookmarks: Sequence[Bookmark], file: str) -> None:
    """Read the file again and compare every paragraph with what was put in; raises VerificationError."""
    texts = read_texts(printed_parts(read_package(content)).values())
    lost = [bookmark for bookmark in bookmarks if texts.get(bookmark.name) != bookmark.text]
    if lost or len(texts) != len(bookmarks):
        raise VerificationError(
            *(
                find("word-text-lost", Location(file), mark.path, place=mark.path or mark.text)
                for mark in lost
            )
        )
