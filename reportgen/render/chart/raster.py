"""The picture of a drawing in pixels: shapes in; a PNG for programs that cannot show the SVG out."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

from reportgen.render.chart.shapes import Curve, Point, Shape

DPI: Final = 300
POINTS: Final = 72 / 25.4
"""Points in a millimetre."""

WINDING: Final = 2


def write_png(shapes: Iterable[Shape], width: float, height: float) -> bytes:
    """A drawing of that size in millimetres as a grey PNG of 300 dpi; the same bytes for the same shapes."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    page = document.new_page(width * POINTS, height * POINTS)
    for shape in shapes:
        pypdfium2.raw.FPDFPage_InsertObject(page.raw, make_path(shape, height))
    page.gen_content()
    picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
    written = BytesIO()
    picture.save(written, "PNG", optimize=True, dpi=(DPI, DPI))
    document.close()
    return written.getvalue()


def make_path(shape: Shape, height: float) -> Any:
    """A path object of PDFium."""
    import pypdfium2.raw as pdfium

    def point(place: Point) -> tuple[float, float]:
        x, y = place[0] * shape.scale[0] + shape.x, place[1] * shape.scale[1] + shape.y
        return x * POINTS, (height - y) * POINTS

    path = pdfium.FPDFPageObj_CreateNewPath(*point(shape.contours[0].start))
    for number, contour in enumerate(shape.contours):
        if number:
            pdfium.FPDFPath_MoveTo(path, *point(contour.start))
        last = contour.start
        for curve in contour.curves:
            add_curve(path, [point(place) for place in cubic(last, curve)])
            last = curve[-1]
        if contour.closed:
            pdfium.FPDFPath_Close(path)
    paint(path, shape)
    return path


def cubic(start: Point, curve: Curve) -> Curve:
    """A curve as a line or a cubic one."""
    if len(curve) != 2:
        return curve
    control, end = curve
    first = tuple(a + 2 / 3 * (c - a) for a, c in zip(start, control, strict=True))
    second = tuple(b + 2 / 3 * (c - b) for b, c in zip(end, control, strict=True))
    return ((first[0], first[1]), (second[0], second[1]), end)


def add_curve(path: Any, points: list[Point]) -> None:
    """Lengthen a path by a line or a cubic curve."""
    import pypdfium2.raw as pdfium

    if len(points) == 1:
        pdfium.FPDFPath_LineTo(path, *points[0])
    else:
        pdfium.FPDFPath_BezierTo(path, *(number for place in points for number in place))


def paint(path: Any, shape: Shape) -> None:
    """Set how a path is filled and stroked."""
    import ctypes

    import pypdfium2.raw as pdfium

    if shape.fill is not None:
        pdfium.FPDFPageObj_SetFillColor(path, shape.fill, shape.fill, shape.fill, 255)
    if shape.stroke is not None:
        pdfium.FPDFPageObj_SetStrokeColor(path, shape.stroke, shape.stroke, shape.stroke, 255)
        pdfium.FPDFPageObj_SetStrokeWidth(path, shape.width * POINTS)
    if shape.dash:
        lengths = [length * POINTS for length in shape.dash]
        pdfium.FPDFPageObj_SetDashArray(path, (ctypes.c_float * len(lengths))(*lengths), len(lengths), 0)
    pdfium.FPDFPath_SetDrawMode(path, WINDING if shape.fill is not None else 0, shape.stroke is not None)
