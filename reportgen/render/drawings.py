"""A picture in; the parts of a Word file that show it out: inline, with its alternative text."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from lxml import etree

from reportgen.render.items import Image
from reportgen.render.package import DOCUMENT, Package, Relation
from reportgen.render.word.markup import NAMESPACES, Element, R

A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WP: Final = NAMESPACES["wp"]
SVG: Final = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_EXTENSION: Final = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
IMAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
EMU: Final = 36_000
"""English metric units in a millimetre."""

ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpeg"}


@dataclass(slots=True)
class Gallery:
    """Adds pictures to a package, numbering them from `first` on."""

    package: Package
    first: int = 1
    count: int = field(default=0)

    def draw(self, image: Image) -> Element:
        """The drawing of a picture, to stand in a run; its bytes become parts of the package."""
        number = self.first + self.count
        self.count += 1
        bitmap = self._add(f"word/media/picture{number}.{ENDINGS[image.media]}", image.data)
        vector = self._add(f"word/media/picture{number}.svg", image.svg.encode()) if image.svg else ""
        return _drawing(number, image, bitmap, vector)

    def _add(self, name: str, content: bytes) -> str:
        self.package.add(name, content)
        return self.package.relate(DOCUMENT, Relation(IMAGE, name))


def _drawing(number: int, image: Image, bitmap: str, vector: str) -> Element:
    size = {"cx": _emu(image.width), "cy": _emu(image.height)}
    about = {"id": str(number), "name": f"picture{number}", "descr": str(image.alt)}
    picture = _element(PIC, "pic", _names(about), _fill(bitmap, vector), _shape(size))
    graphic = _element(A, "graphic", _element(A, "graphicData", picture, uri=PIC))
    edges = dict.fromkeys(("distT", "distB", "distL", "distR"), "0")
    inline = _element(
        WP, "inline",
        _element(WP, "extent", **size),
        _element(WP, "docPr", **about),
        _element(WP, "cNvGraphicFramePr", _element(A, "graphicFrameLocks", noChangeAspect="1")),
        graphic,
        **edges,
    )  # fmt: skip
    drawing = etree.Element(f"{{{NAMESPACES['w']}}}drawing")
    drawing.append(inline)
    return drawing


def _names(about: dict[str, str]) -> Element:
    return _element(PIC, "nvPicPr", _element(PIC, "cNvPr", **about), _element(PIC, "cNvPicPr"))


def _fill(bitmap: str, vector: str) -> Element:
    blip = _element(A, "blip")
    blip.set(f"{{{R}}}embed", bitmap)
    if vector:
        better = _element(SVG, "svgBlip")
        better.set(f"{{{R}}}embed", vector)
        blip.append(_element(A, "extLst", _element(A, "ext", better, uri=SVG_EXTENSION)))
    return _element(PIC, "blipFill", blip, _element(A, "stretch", _element(A, "fillRect")))


def _shape(size: dict[str, str]) -> Element:
    frame = _element(A, "xfrm", _element(A, "off", x="0", y="0"), _element(A, "ext", **size))
    outline = _element(A, "prstGeom", _element(A, "avLst"), prst="rect")
    return _element(PIC, "spPr", frame, outline)


def _element(space: str, tag: str, *children: Element, **attributes: str) -> Element:
    names = {"a": A, "pic": PIC, "wp": WP, "asvg": SVG, "r": R}
    element = etree.Element(
        f"{{{space}}}{tag}", attributes, nsmap={k: v for k, v in names.items() if v in (space, R)}
    )
    element.extend(children)
    return element


def _emu(millimetres: Decimal) -> str:
    return str((millimetres * EMU).quantize(Decimal(1), ROUND_HALF_UP))
